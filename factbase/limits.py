"""Limits: every size, length and rate, in this one place; settings.FACTBASE_LIMITS."""

from __future__ import annotations

from typing import Any, Final

MEGABYTE: Final = 1024 * 1024

LIMITS: Final[dict[str, Any]] = {
    "article_bytes": 10 * MEGABYTE,
    "import_bytes": 1024 * MEGABYTE,
    "import_page_bytes": 10 * MEGABYTE,
    "request_bytes": 2 * MEGABYTE,
    "digits": 15,  # SQLite loses the sixteenth digit of a decimal without a word
    "quote_characters": 2_000,
    "reason_characters": 2_000,
    "rationale_characters": 10_000,
    "comment_characters": 10_000,
    "query_characters": 200,
    "undo_minutes": 10,  # for who returned a claim, or decided on a dispute, to think better of it
    "stale_days": 30,  # after which a claim waits long; ?days= of the queue asks for others
    "mail_lines": 100,  # notifications that one mail lists; the others are on the desk
    "mail_pause_minutes": 10,  # between two mails to who is told at once
    "mail_lease_minutes": 10,  # after which a mail whose sender was interrupted is sent again
    "notification_days": 90,  # for which read notifications are kept, see prune_notifications
    "page_size": 50,
    "page_size_max": 200,
    "count_max": 10_000,
    "documents_examined": 200,  # of a page of a list of another day, which is worked out anew
    "sign_in_failures": 5,
    "sign_in_pause_minutes": 15,
    "api_key_days": 365,
    "api_keys_per_user": 20,
    "rates": {
        # The API, by address, or by account for those who send a key.
        "anon": "600/minute",
        "user": "1200/minute",
        "export": "60/hour",
        # Pages and the desk, by address; an office of editors may be one address.
        "page": "600/minute",
        "search": "120/minute",
        "write": "120/minute",
        "sign_in": "20/minute",
    },
    "exports_at_once": 2,  # of one process: the other threads stay free for pages
    "export_seconds": 600,
    # Seconds; 0 is as long as it takes. A page gives up well before the server's 30.
    "database": {
        "connect": 3,
        "pool": 3,
        "web": {"statement": 10, "lock": 4, "idle_in_transaction_session": 25},
        "command": {"statement": 0, "lock": 60, "idle_in_transaction_session": 0},
        "migration": {"statement": 0, "lock": 0, "idle_in_transaction_session": 0},
    },
}
