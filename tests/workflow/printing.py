"""Statements that sources make in their own name."""

from __future__ import annotations

from typing import Any

from claims.models import Claim, Source
from tests import factories as make


def printed(claim: Claim, source: Source, point: int = 60, **fields: Any) -> None:
    """What a source says in its own name."""
    make.figure(claim, point, source=source, **{"attributions": [], **fields})


def reports(count: int, point: int = 60) -> tuple[Claim, list[Source]]:
    """A claim with so many reports of one figure, each in the name of its source."""
    claim, sources = make.claim(), [make.source() for _ in range(count)]
    for source in sources:
        printed(claim, source, point)
    return claim, sources


def origins(document: dict[str, Any]) -> list[str]:
    """The origins that count in a document."""
    return [one["origin"] for one in document["origins"] if one["counted"]]
