"""The desk in Django's admin: doors that collect, call a verb and show what came of it."""

from claims.admin import (
    account,
    api_key,
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
    source_relation,
    subject,
    tables,
)

__all__ = [
    "account",
    "api_key",
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
    "source_relation",
    "subject",
    "tables",
]
