"""B1: all disputed claims as files, beside the driver alone and a DRF export."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import orjson
from django.db import connection
from django.db.models import QuerySet

from benchmarks.baselines import (
    ClaimSerializer,
    disputed_claims,
    plain_sql,
    prefetched_claims,
)
from benchmarks.memory import product
from benchmarks.timing import in_turns, seconds
from claims.models import ClaimVersion, PublishedFigure

FETCHED = 500  # rows at a time
DRF_CLAIMS = 2_000  # a sample is enough: its rate does not depend on the number
KINDS = ("ndjson", "csv")


def exports(rounds: int) -> dict[str, Any]:
    """Return for each format rows, bytes, and seconds of the product and the driver."""
    found: dict[str, Any] = {}
    for kind in KINDS:
        tally = product(kind)
        times = in_turns({"product": _exporting(kind), "driver": _reading(kind)}, rounds)
        found[kind] = {"times": times, "rows": tally.count, "bytes": tally.size}
    found["drf"] = serialized()
    return found


def driver(kind: str) -> int:
    """Read the same rows through the driver alone; return their bytes."""
    read = _copied if connection.vendor == "postgresql" else _fetched
    return sum(map(len, read(*plain_sql(_rows(kind)))))


def _rows(kind: str) -> QuerySet[Any]:
    if kind == "csv":
        figures = PublishedFigure.objects.disputed().order_by("claim_id", "assertion_id")
        return figures.values_list("csv_line")
    versions = ClaimVersion.objects.public().disputed().order_by("claim_id")
    return versions.values_list("payload")


def _fetched(sql: str, params: tuple[Any, ...]) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(FETCHED):
            for (text,) in rows:
                yield text


def _copied(sql: str, params: tuple[Any, ...]) -> Iterator[memoryview]:
    with connection.cursor() as cursor, cursor.copy(f"COPY ({sql}) TO STDOUT", params) as copy:
        yield from copy


def serialized() -> dict[str, Any]:
    """Export up to DRF_CLAIMS claims by serializers, tuned; return their number and seconds."""
    size = min(DRF_CLAIMS, disputed_claims().count())
    return {"rows": size, "seconds": seconds(lambda: _serialize(size))}


def _serialize(size: int) -> None:
    after, done = 0, 0
    while done < size:
        rows = list(prefetched_claims().filter(pk__gt=after)[: min(FETCHED, size - done)])
        for document in ClaimSerializer(rows, many=True).data:
            orjson.dumps(document, default=str)
        after, done = rows[-1].pk, done + len(rows)


def _exporting(kind: str) -> Callable[[], object]:
    return lambda: product(kind)


def _reading(kind: str) -> Callable[[], object]:
    return lambda: driver(kind)
