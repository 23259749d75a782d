"""System checks: settings without which the database loses writes."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

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
