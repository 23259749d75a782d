"""Which rows are never made one, and why; and that nobody goes on using a merged row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from claims.choices import (
    BorrowedNoun,
    ClaimState,
    DisputeKind,
    MergedNoun,
    MergeState,
    RelationKind,
    SamenessAnswer,
)
from claims.domain.identity import unit_key
from claims.domain.likeness import dates_agree, subject_likeness
from claims.errors import InvalidValueError, TransitionError
from claims.models import (
    Assertion,
    Claim,
    ClaimRelation,
    Correction,
    Measure,
    Merge,
    SamenessQuestion,
    Source,
    Subject,
)
from claims.workflow.borrowing import share
from claims.workflow.desk import subject_path
from claims.workflow.identity import subject_traits
from claims.workflow.merge_relations import refuse_related_sources
from claims.workflow.sameness import MODELS, merged_noun
from claims.workflow.scopes import twins_of

_OPEN: Final = (ClaimState.IN_REVIEW, ClaimState.RETIRING)


def refuse_unfit(noun: str, old: Any, new: Any) -> None:
    """Refuse a merge of rows that are not the same kind of thing, or that something else holds.

    Raises InvalidValueError where it can never be, TransitionError where something comes first.
    """
    refuse_merged(noun, [old.pk])
    _refuse_as_survivor(noun, new)
    waiting = Correction.objects.waiting() | Correction.objects.unfinished()
    for row, field in ((old, "merged"), (new, "into")):  # readers would get it with the merge
        if noun in BorrowedNoun.values and waiting.filter(noun=noun, number=row.pk).exists():
            raise TransitionError(
                f"An edit of {name_of(row)} waits for review; decide on that first.", field=field
            )
    _RULES[noun](old, new)


def refuse_merged(noun: str, numbers: Iterable[int | None]) -> None:
    """Refuse rows that are others by now, naming what each of them is.

    The rows are held until the transaction ends: no merge passes by a writer that names them.
    """
    wanted = {number for number in numbers if number is not None}
    if not wanted:
        return
    share(MODELS[noun].objects.filter(pk__in=wanted))
    found = Merge.objects.done().filter(noun=noun, merged__in=wanted).order_by("pk").first()
    if found is not None:
        old, new = row_of(noun, found.merged), row_of(noun, found.into)
        raise TransitionError(
            f"{name_of(old)} was merged into {name_of(new)}; use that one.", field=noun
        )


def refuse_merged_in(row: Assertion) -> None:
    """Refuse a statement, as it was just written, that names a merged row."""
    speakers = row.attributions.values_list("party", flat=True)
    answers = row.party_links.values_list("party", flat=True)
    refuse_merged(MergedNoun.SOURCE, [row.source_id])  # in the one lock order
    refuse_merged(MergedNoun.PARTY, [*speakers, *answers])


def row_of(noun: str, number: int) -> Any:
    """The row of a kind with this number; refuses one that is not there."""
    row = MODELS[noun].objects.filter(pk=number).first() if noun in MODELS else None
    if row is None:
        raise InvalidValueError(f"There is no such {noun}.", field="noun")
    return row


def name_of(row: Any) -> str:
    """What people call a row: its reference; of a measure its slug."""
    return row.slug if isinstance(row, Measure) else str(row.ref)


def _refuse_as_survivor(noun: str, new: Any) -> None:
    merge = Merge.objects.filter(noun=noun, merged=new.pk).exclude(
        state__in=[MergeState.RETURNED, MergeState.UNDONE]
    )
    found = merge.first()
    if found is not None and found.is_done:
        survivor = row_of(noun, Merge.objects.survivor(noun, new.pk) or found.into)
        raise TransitionError(
            f"{name_of(new)} was itself merged into {name_of(survivor)}; merge into that one.",
            field="into",
        )
    if found is not None:
        raise TransitionError(
            f"{name_of(new)} is itself proposed to be merged; decide on that first.", field="into"
        )


def _party_rules(old: Any, new: Any) -> None:
    """Any two parties may be one: kinds and roles are mended, names become aliases."""


def _source_rules(old: Source, new: Source) -> None:
    if old.is_withdrawn != new.is_withdrawn:
        gone = old if old.is_withdrawn else new
        raise InvalidValueError(
            f"{gone.ref} is withdrawn and the other is not; the statements of one would start or "
            "cease to count.",
            field="into",
        )
    refuse_related_sources(old, new)


def _subject_rules(old: Subject, new: Subject) -> None:
    if old.pk in [above.pk for above in subject_path(new)]:
        raise InvalidValueError(f"{new.ref} lies below {old.ref} in the tree.", field="into")
    if new.pk in [above.pk for above in subject_path(old)]:
        raise InvalidValueError(f"{old.ref} lies below {new.ref} in the tree.", field="into")
    _twin_rules(MergedNoun.SUBJECT, old, new)


def _measure_rules(old: Measure, new: Measure) -> None:
    if (old.value_kind, old.is_count) != (new.value_kind, new.is_count):
        raise InvalidValueError(
            f"{old.slug} takes {_kind(old)}, {new.slug} takes {_kind(new)}.", field="into"
        )
    _twin_rules(MergedNoun.MEASURE, old, new)


def _kind(measure: Measure) -> str:
    return f"{measure.value_kind} values" if not measure.is_count else "whole numbers"


def _twin_rules(noun: str, old: Any, new: Any) -> None:
    """Claims that would ask the same afterwards become one with the rows."""
    pairs = twins_of(noun, old.pk, new.pk)
    claims = Claim.objects.select_related("subject", "measure").in_bulk(
        [number for pair in pairs for number in pair]
    )
    for claim, twin in pairs:
        refuse_unfit_twins(claims[claim], claims[twin], apart=noun)


def refuse_unfit_twins(old: Claim, new: Claim, *, apart: str) -> None:
    """Refuse claims that cannot become one with the rows of the kind that tells them apart."""
    try:
        refuse_proposed(MergedNoun.CLAIM, old)
        _refuse_as_survivor(MergedNoun.CLAIM, new)
        _claim_rules(old, new, apart=apart)
    except (InvalidValueError, TransitionError) as refusal:
        raise TransitionError(
            f"{old.ref} and {new.ref} would ask the same and become one with it: {refusal.message}",
            field="into",
        ) from None


def refuse_proposed(noun: str, old: Any) -> None:
    """Refuse a row of which somebody has said already what it is merged into."""
    if Merge.objects.filter(noun=noun, merged=old.pk, state=MergeState.PROPOSED).exists():
        raise TransitionError(f"{name_of(old)} is proposed to be merged already.", field="merged")


def _claim_rules(old: Claim, new: Claim, *, apart: str = "") -> None:
    """``apart`` is the kind of row that tells the two apart, where it is merged with them."""
    for claim in (old, new):
        if claim.state == ClaimState.RETIRED:
            raise TransitionError(f"{claim.ref} is retired.", field="state")
        if claim.state in _OPEN:
            raise TransitionError(
                f"{claim.ref} waits for review; decide on that first.", field="state"
            )
    if (old.measure.value_kind, old.measure.is_count) != (
        new.measure.value_kind,
        new.measure.is_count,
    ):
        raise InvalidValueError(
            f"{old.ref} asks for {_kind(old.measure)}, {new.ref} for {_kind(new.measure)}.",
            field="into",
        )
    differs = _scope_difference(old, new, apart)
    if differs:
        raise InvalidValueError(
            f"{old.ref} and {new.ref} differ in {differs}: figures of another scope cannot be "
            f"compared.{_way_to_merge(old, new)}",
            field="into",
        )
    _refuse_two_doubts(old, new)
    for part, total in ((old, new), (new, old)):
        _refuse_circle(part, total)


def _refuse_two_doubts(old: Claim, new: Claim) -> None:
    """One claim has one open doubt of an editor."""
    doubts = [
        doubt
        for claim in (old, new)
        for doubt in claim.disputes.unresolved().filter(kind=DisputeKind.EDITOR)
    ]
    if len(doubts) > 1:
        names = " and ".join(doubt.ref for doubt in doubts)
        raise TransitionError(f"{names} are both open; decide one of them first.", field="merged")


def _refuse_circle(part: Claim, total: Claim) -> None:
    """Refuse claims of which one is a part of the other along other claims.

    A link between the two themselves is dropped with the merge.
    """
    links = ClaimRelation.objects.filter(kind=RelationKind.PART_OF_TOTAL)
    above = set(links.filter(from_claim=part).values_list("to_claim", flat=True)) - {total.pk}
    seen = set(above)
    while above:
        above = set(links.filter(from_claim__in=above).values_list("to_claim", flat=True)) - seen
        seen |= above
    if total.pk in seen:
        raise TransitionError(
            f"{part.ref} is a part of {total.ref} along other claims; the sum would be circular.",
            field="into",
        )


def _way_to_merge(old: Claim, new: Claim) -> str:
    """The merge that would make two claims one, in words; '' where there is none."""
    for noun in (MergedNoun.SUBJECT, MergedNoun.MEASURE):
        one, other = getattr(old, noun), getattr(new, noun)
        if one.pk != other.pk and not _scope_difference(old, new, noun):
            return (
                f" If {name_of(one)} and {name_of(other)} are one, merge these: the claims "
                "become one with them."
            )
    return ""


def _scope_difference(old: Claim, new: Claim, apart: str = "") -> str:
    """In what the scopes of two claims differ by more than how they are written; '' in nothing."""
    if apart != MergedNoun.MEASURE and not _one(old.measure, new.measure):
        return "what is measured"
    if apart != MergedNoun.SUBJECT and not _one(old.subject, new.subject):
        return "the subject"
    if unit_key(old.unit) != unit_key(new.unit):
        return "the unit"
    if unit_key(old.population) != unit_key(new.population):
        return "the population"
    if old.aggregation != new.aggregation:
        return "the aggregation"
    dated = old.as_of == new.as_of or dates_agree(old.as_of, new.as_of)
    return "" if dated else "the date"


def _one(old: Any, new: Any) -> bool:
    """Whether two rows are one, look so, or were said to be."""
    if old.pk == new.pk:
        return True
    asked = SamenessQuestion.objects.of(merged_noun(old), old.pk, new.pk)
    if asked.filter(answer=SamenessAnswer.YES).exists():
        return True
    if isinstance(old, Subject):
        return subject_likeness(subject_traits(old), subject_traits(new)).answer != "other"
    return False


_RULES: Final[dict[str, Callable[[Any, Any], None]]] = {
    MergedNoun.PARTY: _party_rules,
    MergedNoun.SOURCE: _source_rules,
    MergedNoun.SUBJECT: _subject_rules,
    MergedNoun.MEASURE: _measure_rules,
    MergedNoun.CLAIM: _claim_rules,
}
