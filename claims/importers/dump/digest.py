"""One hash over what articles, claims and statements say, whatever their numbers and order."""

# Two imports of one file hold the same content exactly when these hashes are equal, be they cut
# short and resumed or not.

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any, Final

from django.db.models import Model, QuerySet

from claims.models import Anchor, ArticleRevision, Assertion, Claim, Dispute
from claims.models.history import plain_value

_BITS: Final = 1 << 256
_CLAIM: Final = (
    *("subject__title", "subject__place", "subject__when", "measure__slug", "unit"),
    *("population", "aggregation", "as_of"),
)
_ASSERTION: Final = (
    *("stance", "value_state", "point", "low", "high", "low_strict", "high_strict", "high_open"),
    *("approximate", "vague_term", "edtf", "boolean", "text", "quote", "status", "extent"),
    *("ground", "citation_needed", "source__title", "source__url", "test_low", "test_high"),
)


def content_digest() -> str:
    """Return the hash in hex; rows are streamed, so memory does not grow with their number."""
    total = 0
    for row in _rows():
        text = json.dumps([plain_value(value) for value in row], ensure_ascii=False)
        total += int.from_bytes(hashlib.sha256(text.encode()).digest())
    return f"{total % _BITS:064x}"


def _rows() -> Iterator[tuple[Any, ...]]:
    yield from _table(ArticleRevision, "article__slug", "article__title", "number", "sha256")
    yield from _table(Claim, *_CLAIM, "question", "state", "contention", "severity")
    yield from _table(Dispute, *_below("claim", _CLAIM), "kind", "state")
    yield from _table(Assertion, *_below("claim", _CLAIM), *_ASSERTION)
    yield from _table(
        Assertion,
        *("claim__question", "quote", "source__title"),
        *("attributions__position", "attributions__party__name", "attributions__role"),
    )
    yield from _table(
        Anchor,
        *("revision__article__slug", "revision__number", "start", "end", "exact", "status"),
        *("assertion__claim__question", "assertion__stance"),
    )


def _table(model: type[Model], *names: str) -> Iterator[tuple[Any, ...]]:
    rows: QuerySet[Any] = model._default_manager.order_by().values_list(*names)
    for row in rows.iterator(chunk_size=2_000):
        yield (f"{model.__name__}", *row)


def _below(relation: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{relation}__{name}" for name in names)
