"""Rival counts of one paragraph or entry: what sets one figure against another."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from claims.reading.conflicts.answers import Answer
from claims.reading.conflicts.comparing import NO_DIMENSION, disjoint, same_occasion, same_question
from claims.reading.languages.english import ENGLISH

CONTRAST = ENGLISH.pattern("rival_counts.contrast")
FIRST_COUNT = ENGLISH.pattern("rival_counts.first_count")
LATER_COUNT = ENGLISH.pattern("rival_counts.later_count")
OTHERS = ENGLISH.pattern("rival_counts.others")
REJECTS = ENGLISH.pattern("rival_counts.rejects")
DISMISSED = ENGLISH.pattern("rival_counts.dismissed")
NEXT_FEW: Final = 12
SENTENCES_APART: Final = 3
FARTHEST: Final = 400
OPENING = re.compile(r"[.!?][\"\u201d]? ([A-Z]\w+)")
Pair = tuple[Answer, Answer, str]


def rival_pairs(answers: Sequence[Answer], text: str) -> Iterator[Pair]:
    """Yield (earlier, later, why) for figures of one block that exclude each other."""
    by_block: dict[int, list[Answer]] = defaultdict(list)
    for one in answers:
        by_block[one.question.block].append(one)
    for together in by_block.values():
        for index, one in enumerate(together):
            for other in together[index + 1 : index + NEXT_FEW]:
                if disjoint(one, other) and (why := _why(Meeting(one, other, text))):
                    yield one, other, why


def same_voice(one: str, other: str) -> bool:
    """Whether the words of one name are among those of the other."""
    first, second = (
        {w for w in re.findall(r"\w+", v) if len(w) > 2} - {"the"} for v in (one, other)
    )
    return bool(first & second) and (first <= second or second <= first)


@dataclass(slots=True)
class Meeting:
    """Two figures of one block that exclude each other, the earlier one first."""

    one: Answer
    other: Answer
    text: str

    @property
    def gap(self) -> int:
        """How many sentences apart they stand."""
        return self.other.question.sentence - self.one.question.sentence

    @property
    def between(self) -> str:
        """The words between them, at most the nearest."""
        start, end = self.one.end, self.other.start
        return self.text[max(start, end - FARTHEST) : end]

    @property
    def announced(self) -> bool:
        """Whether the article says that this number is in dispute."""
        return self.one.question.topic >= 0 and self.one.question.topic == self.other.question.topic

    @property
    def two_voices(self) -> bool:
        """Whether two count, who are not one."""
        voices = (self.one.voice, self.other.voice)
        return all(voices) and not same_voice(*voices)

    @property
    def one_voice(self) -> bool:
        """Whether only one of the two is the article's own."""
        return bool(self.one.voice) != bool(self.other.voice)

    @property
    def contrast(self) -> bool:
        """Whether a word between sets them against each other."""
        return CONTRAST.search(self.between) is not None


def _why(met: Meeting) -> str:
    """Say in a few words what makes the two rivals; "" when nothing does."""
    if not (same_question(met.one, met.other) and same_occasion(met.one, met.other)):
        return "one rejects the other" if _rejected(met) else ""
    if met.one.evidence.block.kind in ("infobox", "table_row"):
        both = met.one.named and met.other.named
        return "two speakers in one entry" if met.two_voices and both else ""
    if met.gap > (SENTENCES_APART if met.one.measure else 1) or _grows(met.one, met.other):
        return ""
    return next((why for why, holds in SIGNALS if holds(met)), "")


def _rejected(met: Meeting) -> bool:
    """As in "... 1,100. The historian rejects this: the church held 400", whatever is counted."""
    first, second = met.one.question, met.other.question
    units = {first.unit, second.unit} - {"", "people"}
    unfit = met.one.apart or met.other.apart or first.past or second.past or units
    neighbours = met.other.evidence.index - met.one.evidence.index == 1 and met.gap == 1
    return neighbours and not unfit and bool(met.other.voice) and bool(REJECTS.search(met.between))


def _grows(one: Answer, other: Answer) -> bool:
    """As in "By Monday 40, by Friday 60": a count that goes on."""
    low, high = other.interval.low, one.interval.high
    higher = low is not None and high is not None and low > high
    first, second = one.question.date_edtf, other.question.date_edtf
    moved = first != second or not first
    if other.risen:
        return higher
    if other.by_then:
        return higher and (moved or not other.question.dated)
    return one.by_then and other.question.dated and higher and moved


def _revised(met: Meeting) -> bool:
    """As in "at first 102, later corrected to 94", also by one speaker."""
    one = met.one
    if met.gap > 1:
        return False
    lead = met.text[max(one.evidence.block.start, one.start - 60) : one.start]
    later = LATER_COUNT.search(met.between[-160:]) is not None
    if FIRST_COUNT.search(lead.rsplit(". ", 1)[-1]):
        return later or met.contrast or not (one.named and met.other.named)
    return met.other.question.echo and later


def _two_sources(met: Meeting) -> bool:
    return met.two_voices and (met.one.named or met.other.named or met.contrast)


def _answered(met: Meeting) -> bool:
    """The article's own figure, then another for the same: "2,600 posts. Unions said 3,500"."""
    asked = met.one.question
    counts = asked.unit in NO_DIMENSION and bool(asked.noun or met.one.measure)
    echoes = met.other.named and met.other.question.echo
    return met.one_voice and echoes and met.gap <= 1 and counts


def _contrasted(met: Meeting) -> bool:
    if not met.one_voice:
        return False
    if met.gap == 0 or met.other.question.echo:
        return met.contrast
    opening = OPENING.search(met.between)
    return met.gap == 1 and opening is not None and CONTRAST.match(opening[1]) is not None


def _others(met: Meeting) -> bool:
    """As in "Some sources put it at 60, others at 97": two nameless sources."""
    nameless = not met.one.voice and not met.other.voice
    return nameless and met.gap <= 1 and OTHERS.search(met.between) is not None


SIGNALS: Final[tuple[tuple[str, Callable[[Meeting], bool]], ...]] = (
    ("the article calls the number disputed", lambda met: met.announced),
    ("a first and a later count", _revised),
    ("one dismisses the other", lambda met: met.gap <= 1 and bool(DISMISSED.search(met.between))),
    ("different sources", _two_sources),
    ("different sources", _answered),
    ("set against each other", _contrasted),
    ("others count differently", _others),
)
"""What makes two answers to one question rivals, the plainest first."""
