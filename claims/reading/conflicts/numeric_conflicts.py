"""Figures that disagree: rival counts joined by question, wide ranges, sums that do not hold."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain
from typing import Final

from claims.reading.conflicts.answers import answers
from claims.reading.conflicts.rival_counts import Pair, rival_pairs
from claims.reading.conflicts.sums import wrong_sums
from claims.reading.conflicts.whole_counts import table_pairs, whole_pairs
from claims.reading.questions.evidence import FigureEvidence
from claims.reading.text.sentences import Sentences

FIGURES, ARITHMETIC = "figures disagree", "arithmetic"
COUNTED_EVENTS = frozenset(
    "killed injured missing captured arrested displaced infected attendance aboard strength "
    "survived destroyed affected executed defected casualties".split()
)
WIDE: Final = Decimal(2)
LEAST_WIDE: Final = 10
NumericConflict = tuple[str, tuple[FigureEvidence, ...], str]


def numeric_conflicts(
    evidence: Sequence[FigureEvidence], sentences: Sentences, text: str
) -> Iterator[NumericConflict]:
    """Yield (kind, members, why) for every set of figures that cannot all hold."""
    yield from _wide_ranges(evidence)
    known = list(answers(evidence, sentences, text))
    pairs = chain(rival_pairs(known, text), whole_pairs(known, text), table_pairs(known))
    yield from _joined(pairs, evidence)
    yield from ((ARITHMETIC, members, why) for members, why in wrong_sums(evidence, text))


def _wide_ranges(evidence: Sequence[FigureEvidence]) -> Iterator[NumericConflict]:
    """A range whose ends are far apart folds two counts into one, unless one source gives it."""
    for one in evidence:
        low, high = one.mention.low, one.mention.high
        if one.mention.figure.point is not None or one.mention.form == "part" or one.mention.unit:
            continue
        if low is None or high is None or low < LEAST_WIDE or high < WIDE * low:
            continue
        named = one.block.kind == "paragraph" and one.origin
        if one.question.event in COUNTED_EVENTS and not named:
            why = f"{one.words}: the upper figure is {high / low:.1f} times the lower"
            yield FIGURES, (one,), why


def _joined(pairs: Iterable[Pair], evidence: Sequence[FigureEvidence]) -> Iterator[NumericConflict]:
    """Join pairs that share a figure: one conflict per question, its figures in order."""
    root = list(range(len(evidence)))
    reasons: dict[int, str] = {}
    for one, other, why in pairs:
        first, second = (_root_of(root, side.evidence.index) for side in (one, other))
        low, high = min(first, second), max(first, second)
        root[high] = low
        reasons[low] = reasons.get(low) or reasons.get(high) or why
    members: dict[int, list[FigureEvidence]] = defaultdict(list)
    for figure in evidence:
        at = _root_of(root, figure.index)
        if at in reasons:
            members[at].append(figure)
    for at, group in members.items():
        yield FIGURES, tuple(group), f"{reasons[at]}: {_against(group)}"


def _root_of(root: list[int], at: int) -> int:
    while root[at] != at:
        root[at] = root[root[at]]
        at = root[at]
    return at


def _against(group: Sequence[FigureEvidence]) -> str:
    said = [
        f"{one.words} ({one.sources[0].source or 'unnamed'})" if one.sources else one.words
        for one in group
    ]
    return " against ".join(said)
