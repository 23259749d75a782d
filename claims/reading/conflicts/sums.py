"""Totals that are not the sum of their parts: in an entry, a table, a sentence, a column."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import Final

from claims.domain.arithmetic import arithmetic_check
from claims.reading.languages.english import ENGLISH
from claims.reading.questions.evidence import FigureEvidence

TOTAL_LABEL = re.compile(r"(?:\A|[;,.(]| )[Tt]otals?:? ?\Z")
TOTAL_ROW = ENGLISH.pattern("sums.total_row")
SIDE = re.compile(r"casualties ?[123]\Z")
LISTS = re.compile(r"[^.;:0-9]{0,60}: ?\Z")
BETWEEN_PARTS = re.compile(r"[^.;:0-9]{0,40}(?:,| and) \Z")
FURTHER = ENGLISH.pattern("sums.further")
IN_ALL = ENGLISH.pattern("sums.in_all")
WITH_THE_REST: Final = 2
"""How many figures on a total may stand behind the last of its parts."""
NEXT_FEW: Final = 12
MOST_TOLLS: Final = 40
MOST_ROWS: Final = 200
Sum = tuple[tuple[FigureEvidence, ...], str]


def wrong_sums(evidence: Sequence[FigureEvidence], text: str) -> Iterator[Sum]:
    """Yield (parts and total, why) where the parts cannot add up to the total."""
    yield from _entries(evidence, text)
    yield from _columns(evidence)
    yield from _lists(evidence, text)
    yield from _added(evidence, text)
    yield from _itemised_losses(evidence)


def _checked(parts: Sequence[FigureEvidence], total: FigureEvidence) -> Iterator[Sum]:
    """Compare all parts of a total with it, as the desk does."""
    found = arithmetic_check(
        [part.mention.figure for part in parts],
        total.mention.figure,
        exhaustive=True,
        scope_exact=True,
        count=all(one.is_count for one in (*parts, total)),
    )
    if found.hard or found.soft:
        why = f"the parts add up to {_span(parts)}, the stated total is {total.words}"
        yield (*parts, total), why


def _span(parts: Sequence[FigureEvidence]) -> str:
    """The sum of the stated ends in words."""
    low = _least(parts)
    if any(part.mention.high is None or part.mention.figure.high_open for part in parts):
        return f"at least {low:f}"
    high = sum((part.mention.high or Decimal(0) for part in parts), Decimal(0))
    return f"{low:f}" if low == high else f"{low:f} to {high:f}"


def _least(parts: Sequence[FigureEvidence]) -> Decimal:
    return sum((part.mention.low or Decimal(0) for part in parts), Decimal(0))


def _entries(evidence: Sequence[FigureEvidence], text: str) -> Iterator[Sum]:
    """As in "Total: N" in an entry against the sum of the items before it."""
    entries: dict[int, list[FigureEvidence]] = defaultdict(list)
    for one in evidence:
        if one.block.kind in ("infobox", "list"):
            entries[one.question.block].append(one)
    for items in entries.values():
        for place, total in enumerate(items):
            lead = text[max(total.block.start, total.mention.start - 10) : total.mention.start]
            if not TOTAL_LABEL.search(lead):
                continue
            parts = [
                item
                for item in items[max(0, place - NEXT_FEW) : place]
                if item.question.unit == total.question.unit
            ]
            if len(parts) >= 2:
                yield from _checked(parts, total)


def _columns(evidence: Sequence[FigureEvidence]) -> Iterator[Sum]:
    """The last row of a table, called total, against the rows above it."""
    columns: dict[str, list[FigureEvidence]] = defaultdict(list)
    last = -1
    for one in evidence:
        if one.block.kind != "table_row":
            continue
        if one.question.block - last > 1:
            columns.clear()
        last = one.question.block
        header = _header(one)
        rows = columns[header]
        if not TOTAL_ROW.match(one.question.place.strip()):
            if len(rows) < MOST_ROWS:
                rows.append(one)
            continue
        if len(rows) >= 2:
            yield from _checked(rows, one)
        columns[header] = []


def _header(one: FigureEvidence) -> str:
    at = one.mention.start
    return next((c.header for c in one.block.cells if c.start <= at < c.end), "")


def _lists(evidence: Sequence[FigureEvidence], text: str) -> Iterator[Sum]:
    """As in "29 people: 16 guests and 11 members of staff"."""
    for place, total in enumerate(evidence):
        parts: list[FigureEvidence] = []
        before, opening = total, LISTS
        for part in evidence[place + 1 : place + NEXT_FEW]:
            between = text[before.mention.end : part.mention.start]
            if part.question.sentence != total.question.sentence or not opening.match(between):
                break
            parts.append(part)
            before, opening = part, BETWEEN_PARTS
        whole = total.mention.form != "part" and total.mention.unit == ""
        if whole and len(parts) >= 2 and all(_fits(part, total) for part in parts):
            yield from _checked(parts, total)


def _added(evidence: Sequence[FigureEvidence], text: str) -> Iterator[Sum]:
    """As in "The boat took off 38; a further 20 swam ashore. The paper wrote of 62 in all"."""
    parts: list[FigureEvidence] = []
    for place, one in enumerate(evidence):
        further = FURTHER.search(text, max(0, one.mention.start - 20), one.mention.number_start)
        if further and place:
            parts = [*(parts or [evidence[place - 1]]), one]
        elif parts and IN_ALL.match(text, one.mention.end) and _completes(parts, one):
            yield from _checked(parts, one)
            parts = []
        elif parts and one.index - parts[-1].index >= WITH_THE_REST:
            parts = []


def _completes(parts: Sequence[FigureEvidence], total: FigureEvidence) -> bool:
    """Whether a total tells of the same measure, in the paragraph of its parts."""
    asked, first = total.question, parts[0].question
    fit = all(_fits(p, total) and p.question.event in ("", first.event) for p in parts)
    return fit and asked.block == first.block and asked.event == first.event


def _fits(part: FigureEvidence, total: FigureEvidence) -> bool:
    mention = part.mention
    most = total.mention.high if total.mention.high is not None else total.mention.low
    if mention.form == "part" or mention.unit or mention.vague or most is None:
        return False
    return part.question.unit in ("", total.question.unit) and (mention.low or Decimal(0)) < most


def _itemised_losses(evidence: Sequence[FigureEvidence]) -> Iterator[Sum]:
    """A side's dead in the infobox against the dead of that side itemised in the text."""
    tolls = (
        one
        for one in evidence
        if one.block.kind == "infobox"
        and one.question.event == "killed"
        and SIDE.match(one.block.label.casefold())
    )
    for toll in islice(tolls, MOST_TOLLS):
        side = _side(toll, evidence)
        items = [
            one
            for one in evidence
            if one.block.kind == "paragraph"
            and one.question.event in ("killed", "executed")
            and not one.mention.vague
            and one.question.population == side
            and one.mention.form != "part"
        ]
        least = toll.interval.low
        if len(items) >= 3 and least is not None and _least(items) < least:
            why = f"the infobox gives {toll.words}, the text itemises at least {_least(items):f}"
            yield (toll, *items), why


def _side(toll: FigureEvidence, evidence: Sequence[FigureEvidence]) -> str:
    """Which side an infobox column is: soldiers where regulars or police stand, else fighters."""
    number = toll.block.label[-1:]
    column = [
        one.question
        for one in evidence
        if one.block.kind == "infobox" and one.block.label.endswith(number)
    ]
    military = any(q.population == "military" or q.event == "defected" for q in column)
    return "military" if military else "fighters"
