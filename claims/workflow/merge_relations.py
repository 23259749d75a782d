"""Which source rests on which, when sources or claims become one."""

from __future__ import annotations

from typing import Any, Final

from claims.choices import SourceRelationState
from claims.errors import TransitionError
from claims.models import Source, SourceRelation

_LIVING: Final = (SourceRelationState.PROPOSED, SourceRelationState.CONFIRMED)
_ENDS: Final = ("from_source_id", "to_source_id", "to_article_id", "claim_id")


def stays_behind(row: Any, column: str, number: int) -> bool:
    """Whether a relation keeps naming the merged row: it would tie the other to itself, or
    another relation says the same of the other already.
    """
    ends = {name: getattr(row, name) for name in _ENDS} | {column: number}
    if ends["from_source_id"] == ends["to_source_id"]:
        return True
    return row.state in _LIVING and _twin(ends, row.pk) is not None


def refuse_related_sources(old: Source, new: Source) -> None:
    """Refuse sources of which one rests on the other, or whose relations wait for a decision.

    Two that rest on one another are two works; and a relation that counts must not give way to
    one that nobody has decided on.
    """
    living = SourceRelation.objects.filter(state__in=_LIVING)
    pair = [old.pk, new.pk]
    tie = living.filter(from_source__in=pair, to_source__in=pair).order_by("pk").first()
    if tie is not None:
        raise TransitionError(
            f"{tie.ref} says that one of them rests on the other; decide on that first.",
            field="into",
        )
    confirmed = SourceRelation.objects.confirmed()
    if old.pk in confirmed.below(new.pk) or new.pk in confirmed.below(old.pk):
        raise TransitionError(
            f"{old.ref} and {new.ref} rest on one another along other sources.", field="into"
        )
    _refuse_undecided(old, new)


def _refuse_undecided(old: Source, new: Source) -> None:
    confirmed = SourceRelation.objects.confirmed()
    for column in ("from_source_id", "to_source_id"):
        for row in confirmed.filter(**{column: old.pk}).order_by("pk"):
            ends = {name: getattr(row, name) for name in _ENDS} | {column: new.pk}
            twin = _twin(ends, row.pk)
            if twin is not None and twin.state == SourceRelationState.PROPOSED:
                raise TransitionError(
                    f"{twin.ref} says what {row.ref} does and waits; decide on that first.",
                    field="into",
                )


def _twin(ends: dict[str, Any], number: int) -> SourceRelation | None:
    """Another living relation with these ends."""
    wanted = {
        name if value is not None else f"{name.removesuffix('_id')}__isnull": (
            value if value is not None else True
        )
        for name, value in ends.items()
    }
    living = SourceRelation.objects.filter(state__in=_LIVING, **wanted)
    return living.exclude(pk=number).first()
