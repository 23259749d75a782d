"""Counts of the whole event in different parts of an article: infobox, lead, sections, tables."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from claims.reading.conflicts.answers import Answer
from claims.reading.conflicts.comparing import disjoint, same_question
from claims.reading.conflicts.occasions import days_apart
from claims.reading.conflicts.rival_counts import Pair, same_voice
from claims.reading.languages.english import ENGLISH

WHOLE = ENGLISH.pattern("whole_counts.whole")
MEASURED_ONCE = frozenset(ENGLISH.words("whole_counts.measured_once"))
MOST_OF_ONE: Final = 30
"""How many counts of one measure are compared with one another."""


def whole_pairs(answers: Sequence[Answer], text: str) -> Iterator[Pair]:
    """Yield (earlier, later, why) for counts of the whole event that exclude each other."""
    lead = next((a.question.block for a in answers if a.evidence.block.kind == "paragraph"), -1)
    boxes: dict[str, list[Answer]] = defaultdict(list)
    bodies: dict[str, list[Answer]] = defaultdict(list)
    for one in answers:
        kind = one.evidence.block.kind
        if one.measure not in MEASURED_ONCE:
            continue
        if kind == "infobox" and not one.evidence.block.label[-1:].isdecimal():
            boxes[one.measure].append(one)
        elif kind == "paragraph" and not one.evidence.mention.vague and _is_whole(one, text, lead):
            bodies[one.measure].append(one)
    for measure in bodies:
        box, body = _of_one_field(boxes[measure]), bodies[measure][:MOST_OF_ONE]
        yield from _against(box, body, "the infobox against the text")
        yield from _sections(body, lead)


def _of_one_field(box: Sequence[Answer]) -> Sequence[Answer]:
    """The tolls of the infobox, unless it gives several that need not be of the same."""
    fields = {one.question.block for one in box}
    kinds = {one.question.population for one in box}
    spoken = all(one.voice for one in box)
    if len(box) == 1 or (len(fields) == 1 and spoken):
        return box[:MOST_OF_ONE]
    return box[:MOST_OF_ONE] if len(kinds) == len(box) else []


def _against(box: Sequence[Answer], body: Sequence[Answer], why: str) -> Iterator[Pair]:
    for one in box:
        for other in body:
            if same_question(one, other) and disjoint(one, other) and not _by_same(one, other):
                yield one, other, why


def _by_same(one: Answer, other: Answer) -> bool:
    return bool(one.voice and other.voice) and same_voice(one.voice, other.voice)


def _sections(body: Sequence[Answer], lead: int) -> Iterator[Pair]:
    """The lead and the sections, or two sections, whose sources count differently."""
    for index, one in enumerate(body):
        for other in body[index + 1 :]:
            if one.question.block == other.question.block or not same_question(one, other):
                continue
            if not disjoint(one, other) or _by_same(one, other) or not _one_day(one, other):
                continue
            if (one.voice and other.voice) or one.question.block == lead:
                yield one, other, "two parts of the article"


def _one_day(one: Answer, other: Answer) -> bool:
    first, second = one.question, other.question
    return not days_apart(_day(one), _day(other)) and (
        not first.place or not second.place or first.place == second.place
    )


def _day(one: Answer) -> str:
    """The day of what is counted; "" where it may be the day on which the speaker counted."""
    return one.question.date_edtf if one.question.dated or not one.named else ""


def _is_whole(one: Answer, text: str, lead: int) -> bool:
    """Whether a count is that of the whole event: in the lead, or called so."""
    if one.occasion.number or one.apart:
        return False
    if one.question.block == lead:
        return True
    block = one.evidence.block
    around = text[max(block.start, one.start - 70) : min(block.end, one.end + 50)]
    return WHOLE.search(around) is not None


def table_pairs(answers: Sequence[Answer]) -> Iterator[Pair]:
    """Yield (cell, figure in the text, why): a row names the place or year the text speaks of."""
    cells: dict[tuple[str, str], list[Answer]] = defaultdict(list)
    for one in answers:
        if one.evidence.block.kind == "table_row" and one.measure and one.question.place:
            cells[one.measure, one.question.place.strip().casefold()].append(one)
    for other in answers:
        if other.evidence.block.kind != "paragraph" or other.evidence.mention.vague:
            continue
        for key in (other.question.place.casefold(), other.question.date_edtf[:4]):
            for one in cells.get((other.measure, key), [])[:MOST_OF_ONE]:
                if key and same_question(one, other) and disjoint(one, other):
                    yield one, other, "the table against the text"
