"""System checks: settings that lose writes, sign no log or hold limits less than they say."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Remark
from django.db import connections

from claims.domain.notes import NoteError
from claims.workflow.log_key import verifier_keys

TIMEOUT_SECONDS = 20


@register(Tags.database)
def check_sqlite_settings(
    *, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Report SQLite connections that would refuse writers instead of queueing them."""
    faults: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor != "sqlite":
            continue
        options = connection.settings_dict["OPTIONS"]
        if options.get("transaction_mode") != "IMMEDIATE":
            faults.append(
                Error(
                    f"The SQLite database {alias!r} does not start its transactions as IMMEDIATE.",
                    hint="Set OPTIONS['transaction_mode'] to 'IMMEDIATE' in factbase/settings.py.",
                    id="claims.E001",
                )
            )
        if options.get("timeout", 0) < TIMEOUT_SECONDS:
            faults.append(
                Error(
                    f"The SQLite database {alias!r} waits too short a time for another writer.",
                    hint=f"Set OPTIONS['timeout'] to {TIMEOUT_SECONDS} seconds or more.",
                    id="claims.E002",
                )
            )
    return faults


@register(Tags.security)
def check_log_key(**kwargs: Any) -> list[CheckMessage]:
    """Report a log that is not signed in production, and a key that cannot be read."""
    try:
        keys = verifier_keys()
    except NoteError as error:
        return [Error(error.message, hint="See docs/guide-trust.md.", id="claims.E003")]
    if keys or not settings.PRODUCTION:
        return []
    words = "The log of acts is not signed: neither LOG_KEY_FILE nor LOG_KEY is set."
    return [Remark(words, hint="manage.py create_log_key PATH", id="claims.W003")]


@register(Tags.security)
def check_limits_are_shared(**kwargs: Any) -> list[CheckMessage]:
    """Warn of workers that each count for themselves."""
    alone = not settings.PRODUCTION or settings.WEB_WORKERS == 1
    if alone or settings.REDIS_URL or not settings.RATE_LIMITS:
        return []
    return [
        Remark(
            f"Without Redis each of {settings.WEB_WORKERS} workers counts requests for itself: "
            f"every rate limit holds {settings.WEB_WORKERS} times over.",
            hint="Set REDIS_URL, or WEB_CONCURRENCY to 1.",
            id="claims.W001",
        )
    ]
