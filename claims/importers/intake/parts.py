"""The parts that a text names of a total ("97, of whom 12 ..."), as relations of claims."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User

from claims.choices import RelationKind
from claims.errors import InvalidValueError
from claims.models import Claim, ClaimRelation
from claims.reading.asking.scope import Scope
from claims.reading.asking.terms import scopes_of
from claims.reading.proposals import Reading
from claims.workflow.claims import relate_claims
from claims.workflow.comments import write_comment


def relate_parts(reading: Reading, claims: Mapping[Scope, Claim], *, by: User, reason: str) -> None:
    """Link the claims of parts to those of their totals; `claims` are those of each scope."""
    figures = reading.figures
    if all(figure.part_of is None for figure in figures):
        return
    scopes = scopes_of(reading)
    for figure, scope in zip(figures, scopes, strict=True):
        if figure.part_of is None or scope.unit != scopes[figure.part_of].unit:
            continue
        part, total = claims.get(scope), claims.get(scopes[figure.part_of])
        if part is None or total is None or part == total:
            continue
        ends = {"from_claim": part, "to_claim": total, "kind": RelationKind.PART_OF_TOTAL}
        if not ClaimRelation.objects.filter(**ends).exists():
            _relate(ends, by=by, reason=reason)


def _relate(ends: dict[str, Any], *, by: User, reason: str) -> None:
    try:
        relate_claims(**ends, by=by, reason=reason)
    except InvalidValueError:
        told = f"The text makes this a part of {ends['to_claim'].ref}: a circle."
        write_comment(claim=ends["from_claim"], by=by, body=told)
