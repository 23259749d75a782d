"""Every public address of what is stored: each claim, each version, each format."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from claims.models import (
    Article,
    Assertion,
    ClaimVersion,
    Dispute,
    PublishedFigure,
    Source,
)
from tests.routes import Samples


def samples() -> Iterator[Samples]:
    """Samples of routes, as tests.routes has them, for each claim that was ever published."""
    for version in ClaimVersion.objects.current().order_by("claim_id"):
        rows = _rows_of(version)
        yield {"published": rows, "in_review": rows, "retired": rows}


def _rows_of(version: ClaimVersion) -> dict[str, Any]:
    """The claim with its own first figure, source and dispute, or where it has none any other."""
    figures = Assertion.objects.filter(claim=version.claim_id).order_by("pk")
    cited = PublishedFigure.objects.filter(claim=version.claim_id).exclude(source=None)
    disputes = Dispute.objects.filter(claim=version.claim_id).order_by("pk")
    figure = cited.first()
    return {
        "claim": version.claim,
        "subject": version.subject,
        "measure": version.measure,
        "assertion": figures.first(),
        "figure": figures.first(),
        "source": figure.source if figure is not None else Source.objects.first(),
        "dispute": disputes.first() or Dispute.objects.first(),
        "article": Article.objects.first(),
    }


def numbered(addresses: list[str]) -> list[str]:
    """These addresses, and those of a first version again for each version of the claim."""
    found = list(addresses)
    for version in ClaimVersion.objects.order_by("sequence"):
        page = f"/claims/{version.claim.ref}/v/"
        found += [
            one.replace(f"{page}1/", f"{page}{version.number}/")
            for one in addresses
            if one.startswith(f"{page}1/")
        ]
    return found
