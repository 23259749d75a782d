"""Figures that disagree: rival counts, wide ranges, totals against their parts."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from claims.reading.evidence import Evidence, disjoint

FIGURES, ARITHMETIC = "figures disagree", "arithmetic"
MANNERS = {"executed": "killed", "casualties": "killed"}
COUNTED_EVENTS = frozenset(
    "killed injured missing captured arrested displaced infected attendance aboard strength survived destroyed affected".split()  # noqa: E501
)
PART_WORDS = re.compile(
    r"\b(?:including|of whom|of which|of these|of them|among them|among the dead|comprising|"
    r"consisting|another|other|more|further|additional|"
    r"additionally|respectively|at least one|plus|each|the first|the second|another)\b",
    re.IGNORECASE,
)
TOTAL = re.compile(
    r"\b(?:[Tt]otals?|[Oo]verall|[Ii]n all|[Aa]ltogether|death toll|toll|casualty figures?)\b"
)
TOTAL_LABEL = re.compile(r"(?:\A|[;,.(]| )[Tt]otals?:? ?\Z")
CONTRAST_OPENS = re.compile(
    r"[.!?][\"\u201d]? (?:But|However|Others?|Another|Yet|In contrast|By contrast|Later)\b"
)
WIDE = Decimal(2)
NEXT_FEW = 12
MOST_TOLLS = 40
MOST_TIMES = 20
TOLLS = frozenset("killed injured missing displaced infected arrested survived".split())
Conflict = tuple[str, tuple[Evidence, ...], str]


def numeric_conflicts(evidence: Sequence[Evidence], text: str) -> Iterator[Conflict]:
    """Yield (kind, members, why) for every set of figures that cannot all hold."""
    yield from _wide_ranges(evidence)
    yield from _rivals(evidence, text)
    yield from _infobox_totals(evidence, text)
    yield from _body_against_infobox(evidence, text)
    yield from _itemised_losses(evidence)


def same_measure(one: Evidence, other: Evidence) -> bool:
    """Whether two figures count the same thing happening to the same sort of people."""
    first, second = one.question, other.question
    event = MANNERS.get(first.event, first.event)
    if not event or event != MANNERS.get(second.event, second.event):
        return False
    if first.unit != second.unit:
        return False
    populations = {first.population, second.population}
    return len(populations - {"", "people"}) <= 1


def _wide_ranges(evidence: Sequence[Evidence]) -> Iterator[Conflict]:
    """A range whose ends are far apart folds two counts into one, unless one source gives it."""
    for one in evidence:
        low, high = one.figure.low, one.figure.high
        if (
            one.figure.best is not None
            or low is None
            or high is None
            or low < 10
            or one.figure.form == "part"
        ):
            continue
        named = one.block.kind == "paragraph" and one.origin
        if (
            one.question.event in COUNTED_EVENTS | {"executed", "defected"}
            and high >= WIDE * low
            and not named
        ):
            yield (
                FIGURES,
                (one,),
                f"{one.words}: the upper figure is {_times(high, low)} times the lower",
            )


def _rivals(evidence: Sequence[Evidence], text: str) -> Iterator[Conflict]:
    """Figures for one question in one paragraph, from different sources, that exclude each other."""  # noqa: E501
    by_block: dict[int, list[Evidence]] = defaultdict(list)
    for one in evidence:
        if one.block.kind in ("paragraph", "list", "infobox"):
            by_block[one.question.block].append(one)
    for together in by_block.values():
        yield from _groups(together, text)


def _groups(together: Sequence[Evidence], text: str) -> Iterator[Conflict]:
    """Join competing pairs into groups; a paragraph's figures are compared with the next few."""
    used: set[int] = set()
    for index, one in enumerate(together):
        group = [one]
        for later in range(index + 1, min(len(together), index + NEXT_FEW)):
            other = together[later]
            if later in used or not same_measure(one, other) or not disjoint(one, other):
                continue
            if _compete(one, other, text):
                group.append(other)
                used.add(later)
        if len(group) > 1 and index not in used:
            yield FIGURES, tuple(group), _against(group)


def _compete(one: Evidence, other: Evidence, text: str) -> bool:
    if one.figure.form == "part" or other.figure.form == "part":
        return False
    if _far_apart(one, other):
        return False
    if one.block.kind == "infobox" and not (one.origin and other.origin):
        return False
    if one.origin == other.origin:
        return bool(one.origin == "" and _revised(one, other, text))
    if not _same_day(one, other) or not _same_place(one, other):
        return False
    if not one.origin or not other.origin:
        apart = other.question.sentence - one.question.sentence
        if apart > 1 or (
            apart == 1 and not CONTRAST_OPENS.search(text, one.figure.end, other.figure.start)
        ):
            return False
        # One of the two is the article's own voice: the words between must set them against each other.  # noqa: E501
        between = text[one.figure.end : other.figure.start]
        if not re.search(
            r"\b(?:but|however|while|although|whereas|disput|instead|put|estimate|claim|only)",
            between,
        ):
            return False
    before_other = text[max(one.figure.end, other.figure.start - 60) : other.figure.start]
    before_one = text[max(one.block.start, one.figure.start - 24) : one.figure.start]
    return PART_WORDS.search(before_other) is None and PART_WORDS.search(before_one) is None


def _far_apart(one: Evidence, other: Evidence) -> bool:
    """Rival counts of one thing differ by a factor, not by orders of magnitude."""
    sizes = [e.figure.high if e.figure.high is not None else e.figure.low for e in (one, other)]
    small, large = sorted(size or Decimal(0) for size in sizes)
    return large > MOST_TIMES * max(small, Decimal(1))


def _revised(one: Evidence, other: Evidence, text: str) -> bool:
    """As in "Some sources put it at 60, others at 97": two nameless sources set against each other."""  # noqa: E501
    if (
        one.question.sentence != other.question.sentence
        and other.question.sentence - one.question.sentence > 1
    ):
        return False
    between = text[one.figure.end : other.figure.start]
    return bool(
        re.search(
            r"\b(?:others? (?:sources?|reports?|estimates?|accounts?|figures?)|others (?:put|say|"
            r"claim|give)|other (?:sources|estimates|reports|accounts)|another (?:estimate|source|"
            r"report|account|count)|"
            r"later (?:revised|raised|lowered|reduced)|was (?:later )?revised|not [a-z]+ as)\b",
            between,
        )
    )


def _same_day(one: Evidence, other: Evidence) -> bool:
    first, second = one.question.date_edtf, other.question.date_edtf
    if one.question.sentence == other.question.sentence or not first or not second:
        return True
    return first == second or first.startswith(second) or second.startswith(first)


def _same_place(one: Evidence, other: Evidence) -> bool:
    first, second = one.question.place, other.question.place
    return not first or not second or first == second or one.question.block == other.question.block


def _infobox_totals(evidence: Sequence[Evidence], text: str) -> Iterator[Conflict]:
    """As in "Total: N" in an entry against the sum of the items before it."""
    entries: dict[int, list[Evidence]] = defaultdict(list)
    for one in evidence:
        if one.block.kind in ("infobox", "list"):
            entries[one.question.block].append(one)
    for items in entries.values():
        for place, total in enumerate(items):
            lead = text[max(total.block.start, total.figure.start - 10) : total.figure.start]
            parts = [
                item
                for item in items[max(0, place - NEXT_FEW) : place]
                if item.question.unit == total.question.unit
            ]
            if len(parts) < 2 or not TOTAL_LABEL.search(lead):
                continue
            low = sum((part.figure.low or Decimal(0) for part in parts), Decimal(0))
            high = sum(
                (part.figure.high or part.figure.low or Decimal(0) for part in parts), Decimal(0)
            )
            stated_low, stated_high = total.figure.low, total.figure.high
            if (stated_low is not None and low > stated_low) or (
                stated_high is not None and high < stated_high
            ):
                yield (
                    ARITHMETIC,
                    (*parts, total),
                    f"the parts add up to {low:f} to {high:f}, the stated total is {total.words}",
                )


def _body_against_infobox(evidence: Sequence[Evidence], text: str) -> Iterator[Conflict]:
    """The infobox toll against the toll in the lead or called a total in the text."""
    tolls = [
        one for one in evidence if one.block.kind == "infobox" and one.question.event in TOLLS
    ][:MOST_TOLLS]
    lead = next((one.question.block for one in evidence if one.block.kind == "paragraph"), -1)
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for one in tolls:
        counts[one.question.event, one.question.population] += 1
    for toll in tolls:
        if (
            counts[toll.question.event, toll.question.population] > 1
            or toll.block.label[-1:].isdecimal()
        ):
            continue
        rivals = [
            one
            for one in evidence
            if one.block.kind == "paragraph"
            and same_measure(toll, one)
            and disjoint(toll, one)
            and not one.figure.vague
            and _is_total(one, text, lead)
        ]
        if rivals:
            yield FIGURES, (toll, *rivals), _against([toll, *rivals])


def _is_total(one: Evidence, text: str, lead: int) -> bool:
    around = text[max(one.block.start, one.figure.start - 70) : one.figure.end + 40]
    if PART_WORDS.search(around):
        return False
    return one.question.block == lead or TOTAL.search(around) is not None


def _itemised_losses(evidence: Sequence[Evidence]) -> Iterator[Conflict]:
    """A side's dead in the infobox against the dead of that side itemised in the text."""
    for toll in evidence:
        if toll.block.kind != "infobox" or not re.match(
            r"casualties ?[123]\Z", toll.block.label.casefold()
        ):
            continue
        if toll.question.event != "killed" or toll.figure.low is None:
            continue
        side = _side(toll, evidence)
        items = [
            one
            for one in evidence
            if one.block.kind == "paragraph"
            and one.question.event in ("killed", "executed")
            and not one.figure.vague
            and one.question.population == side
            and one.figure.form != "part"
        ]
        low = sum((item.figure.low or Decimal(0) for item in items), Decimal(0))
        if len(items) >= 3 and low < toll.figure.low:
            yield (
                ARITHMETIC,
                (toll, *items),
                f"the infobox gives {toll.words}, the text itemises at least {low:f}",
            )


def _side(toll: Evidence, evidence: Sequence[Evidence]) -> str:
    """Which side an infobox column is: soldiers where regulars or the police stand, else fighters."""  # noqa: E501
    number = toll.block.label[-1:]
    column = [
        one.question.population
        for one in evidence
        if one.block.kind == "infobox" and one.block.label.endswith(number)
    ]
    military = any(population == "military" for population in column) or any(
        one.question.event == "defected"
        for one in evidence
        if one.block.kind == "infobox" and one.block.label.endswith(number)
    )
    return "military" if military else "fighters"


def _against(group: Sequence[Evidence]) -> str:
    said = [
        f"{one.words} ({one.sources[0].source or 'unnamed'})" if one.sources else one.words
        for one in group
    ]
    return " against ".join(said)


def _times(high: Decimal, low: Decimal) -> str:
    return f"{high / low:.1f}"
