"""The desk in Django's admin: doors that collect, call a verb and show what came of it."""

from claims.admin import (
    account,
    article,
    assertion,
    claim,
    correction,
    dispute,
    imports,
    measure,
    party,
    record,
    relation,
    source,
    subject,
)

__all__ = [
    "account",
    "article",
    "assertion",
    "claim",
    "correction",
    "dispute",
    "imports",
    "measure",
    "party",
    "record",
    "relation",
    "source",
    "subject",
]
