"""What speaks for one source having copied another, or the very article that cites it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from claims.domain.names import fold_name
from claims.domain.vocabulary import RelationSignal, SourceRelationKind

RUN: Final = 5  # words in a row that two texts rarely share by chance
RARE_DIGITS: Final = 3  # significant digits from which a number is not met by chance
ENOUGH: Final = 3  # points from which a proposal is made

_WORD: Final = re.compile(r"\w+(?:['’-]\w+)*")
_MANY_RUNS: Final = 6
_SOME, _MUCH, _ALL = 30, 50, 80  # per cent of the shorter text's runs


@dataclass(frozen=True, slots=True)
class RelayedReport:
    """What one source says on a claim: its words, its value as text, and when it appeared.

    `earliest` and `latest` are the first and last day on which it may have appeared, None where
    unknown. References are unique; '' stands for an outlet, words or a value that is not known.
    """

    id: int
    source: str
    title: str = ""
    outlet: str = ""
    earliest: date | None = None
    latest: date | None = None
    words: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class DatedPassage:
    """Words of an article, and the day since which it has had them."""

    article: str
    words: str
    since: date


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that speaks for a proposal, in words for the person who decides."""

    signal: RelationSignal
    words: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """`source` seems to have what it says from `on`, a source or an article, by reference."""

    source: str
    on: str
    kind: SourceRelationKind
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """A report with its words as they are compared."""

    report: RelayedReport
    tokens: tuple[str, ...]
    runs: dict[tuple[str, ...], int]

    @property
    def order(self) -> tuple[date, int, int]:
        """Who comes first: by date, undated last; then the longer text, which a copy shortens."""
        return self.report.latest or date.max, -len(self.tokens), self.report.id


def copies(reports: Iterable[RelayedReport]) -> list[Proposal]:
    """Propose for each source the one that it seems to have copied, in the order of sources.

    Only the first holder of each run of words and the outlets that a text names are compared
    with it, so that the work grows with the texts and not with their pairs.
    """
    texts = sorted(map(_text, reports), key=lambda text: text.order)
    holders: dict[tuple[str, ...], int] = {}
    outlets = _Outlets(texts)
    values = Counter(text.report.value for text in texts if text.report.value)
    found = []
    for place, text in enumerate(texts):
        shared = Counter(holders.setdefault(run, place) for run in text.runs)
        del shared[place]
        named = outlets.named_by(text, texts)
        best = _best(text, texts, shared, named, values)
        if best is not None:
            found.append(best)
    return sorted(found, key=lambda proposal: proposal.source)


def circles(reports: Iterable[RelayedReport], passages: Iterable[DatedPassage]) -> list[Proposal]:
    """Propose the articles that sources copied: they are younger, and their words are its words."""
    held = [(passage, _runs(_tokens(passage.words))) for passage in passages]
    found = []
    for text in map(_text, reports):
        if text.report.earliest is None:
            continue
        for passage, runs in held:
            shared = text.runs.keys() & runs.keys()
            share = _per_cent(len(shared), text.runs, runs)
            if text.report.earliest > passage.since and share >= _MUCH and len(shared) > 2:
                found.append(_circle(text, passage, len(shared), share))
                break
    return found


class _Outlets:
    """The outlets of the reports, found in texts by their folded words."""

    def __init__(self, texts: Sequence[_Text]) -> None:
        self._first: dict[str, int] = {}
        self._starting: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for place, text in enumerate(texts):
            name = _tokens(text.report.outlet)
            if name:
                self._first.setdefault(" ".join(name), place)
                self._starting[name[0]].add(name)

    def named_by(self, text: _Text, texts: Sequence[_Text]) -> set[int]:
        """The first reports of the other outlets that a report names in title or words."""
        own = " ".join(_tokens(text.report.outlet))
        found = {
            " ".join(name)
            for tokens in (text.tokens, _tokens(text.report.title))
            for place, token in enumerate(tokens)
            for name in self._starting.get(token, ())
            if tokens[place : place + len(name)] == name
        }
        places = {self._first[name] for name in found if name != own}
        return {place for place in places if texts[place].report.source != text.report.source}


def _best(
    text: _Text,
    texts: Sequence[_Text],
    shared: Counter[int],
    named: set[int],
    values: Counter[str],
) -> Proposal | None:
    """The candidate with most points, the first of equal ones; None below ENOUGH."""
    scored = []
    for place in sorted({*shared, *named}):
        other = texts[place]
        if other.report.source == text.report.source or _came_before(text, other):
            continue
        share = _per_cent(shared[place], text.runs, other.runs)
        value = text.report.value
        same, rare = bool(value) and value == other.report.value, _is_rare(value, values)
        points = _points(shared[place], share, place in named, same_value=same, rare=rare)
        scored.append((points, -place, share))
    points, place, share = max(scored, default=(0, 0, 0))
    if points < ENOUGH:
        return None
    other = texts[-place]
    signs = tuple(_signs(text, other, shared[-place], share, -place in named, values))
    kind = SourceRelationKind.REPUBLISHES if share >= _ALL else SourceRelationKind.RELAYS
    return Proposal(text.report.source, other.report.source, kind, signs)


def _came_before(text: _Text, other: _Text) -> bool:
    """Whether the dates forbid that the first has it from the other."""
    mine, theirs = text.report.latest, other.report.earliest
    return mine is not None and theirs is not None and mine < theirs


def _points(shared: int, share: int, named: bool, *, same_value: bool, rare: bool) -> int:
    """Words in a row count most; a name, or a figure that others rarely hit, count beside them."""
    points = 0
    if shared >= _MANY_RUNS:
        points = 3 if share >= _MUCH else 2 if share >= _SOME else 0
    points += 2 if named else 0
    return points + (1 if same_value and (named or rare) else 0)


def _is_rare(value: str, values: Counter[str]) -> bool:
    """Whether a number is too exact to be met by chance, and few say it.

    1347 and 112 are, 97 and 1200 are not; few are three, or half of those that give a number.
    """
    digits = value.replace(".", "").strip("0")
    few = values[value] <= max(3, values.total() // 2)
    return few and digits.isdigit() and len(digits) >= RARE_DIGITS


def _signs(
    text: _Text, other: _Text, shared: int, share: int, named: bool, values: Counter[str]
) -> Iterator[Sign]:
    mine, theirs = text.report, other.report
    if shared >= _MANY_RUNS:
        run = next(run for run in text.runs if run in other.runs)
        start = text.runs[run]
        example = " ".join(_WORD.findall(mine.words)[start : start + RUN])
        words = f"{shared} runs of {RUN} words ({share} % of the shorter text) stand in both, "
        yield Sign(RelationSignal.SHARED_WORDS, f"{words}such as “{example}”.")
    if named:
        words = f"It names {theirs.outlet}, which published {theirs.source}."
        yield Sign(RelationSignal.OUTLET_NAMED, words)
    if mine.value and mine.value == theirs.value and _is_rare(mine.value, values):
        words = f"Both say {mine.value}, as {values[mine.value]} sources here do."
        yield Sign(RelationSignal.RARE_VALUE, words)
    yield Sign(RelationSignal.ORDER, _order_words(mine, theirs))


def _order_words(mine: RelayedReport, theirs: RelayedReport) -> str:
    if mine.earliest is None or theirs.latest is None:
        return "Which of them came first is not known: one has no date."
    if mine.earliest > theirs.latest:
        return f"{theirs.source} appeared by {theirs.latest}, {mine.source} from {mine.earliest}."
    return f"Which of them came first is not known: both may be of {theirs.latest}."


def _circle(text: _Text, passage: DatedPassage, shared: int, share: int) -> Proposal:
    report = text.report
    words = f"{passage.article} has had these words since {passage.since}; "
    signs = (
        Sign(RelationSignal.CIRCLE, f"{words}{report.source} appeared from {report.earliest}."),
        Sign(
            RelationSignal.SHARED_WORDS,
            f"{shared} runs of {RUN} words ({share} % of the shorter text) stand in both.",
        ),
    )
    kind = SourceRelationKind.REPUBLISHES if share >= _ALL else SourceRelationKind.RELAYS
    return Proposal(report.source, passage.article, kind, signs)


def _text(report: RelayedReport) -> _Text:
    tokens = _tokens(report.words)
    return _Text(report, tokens, _runs(tokens))


def _tokens(words: str) -> tuple[str, ...]:
    """The words of a text as they are compared, however long it is."""
    return tuple(fold_name(word) for word in _WORD.findall(words))


def _runs(tokens: tuple[str, ...]) -> dict[tuple[str, ...], int]:
    """Each run of RUN words with the place where it begins first."""
    runs: dict[tuple[str, ...], int] = {}
    for place in range(len(tokens) - RUN + 1):
        runs.setdefault(tokens[place : place + RUN], place)
    return runs


def _per_cent(
    shared: int, one: dict[tuple[str, ...], int], other: dict[tuple[str, ...], int]
) -> int:
    """How much of the shorter text is shared, in per cent."""
    shorter = min(len(one), len(other))
    return 100 * shared // shorter if shorter else 0
