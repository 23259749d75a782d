"""Find a quote again in a changed text, its numbers exactly as they were."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain
from typing import Final, Literal

from claims.domain.vague import LEAST

CONTEXT: Final = 32  # code points kept on each side
MAX_QUOTE_WORDS: Final = 150  # longer quotes are found verbatim or not at all
MAX_VERBATIM: Final = 200  # places looked at, nearest to the hint first
MOST_COMPARED: Final = 12_000  # places, for all quotes of a text together
NEAR: Final = 200  # code points around a short quote in which its names are looked for
MAX_CANDIDATES: Final = 12
MIN_LIKENESS: Final = 0.75  # of the words of quote and span; a ratio, never a figure
MIN_LIKENESS_AT_HOME: Final = 0.55  # between the old neighbours
MIN_CONTEXT, HOME_CONTEXT = 0.6, 0.85
LONG_QUOTE: Final = 6  # words; a shorter quote is only trusted beside its old neighbours
_WORD = re.compile(r"\w+|[^\w\s]")
_BREAK = re.compile(r"[.!?]\s|\n")
_NAME = re.compile(r"\b[A-ZÀ-Þ][\w'’-]{2,}")
_GLUED_BEFORE = re.compile(r"(?:[~<>\u2248]|\d[.,\u2012-\u2014-]?)\s?$")
_GLUED_AFTER = re.compile(r"\s?(?:\+|[.,\u2012-\u2014-]?\d)")
_SIZES: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty "
    "ninety hundred thousand million billion trillion dozen score half third quarter no none "
    "about around roughly approximately nearly almost least more less fewer over under"
)
_NUMBER_WORDS: Final = frozenset([*_SIZES.split(), *" ".join(LEAST).split()]) - {"of"}


@dataclass(frozen=True, slots=True)
class AnchorMatch:
    """Where the quote stands now; "moved" when its words changed but its numbers did not."""

    start: int
    end: int
    status: Literal["exact", "moved"]


@dataclass(frozen=True, slots=True)
class _Quote:
    """What is looked for, and roughly where."""

    exact: str
    prefix: str
    suffix: str
    hint: int

    def context_likeness(self, text: str, start: int, end: int) -> float:
        """Return how like the old neighbours the new ones are, 0 to 1, on the better side."""
        before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
        sides = [_likeness(old, new) for old, new in self._sides(before, after) if old.strip()]
        return max(sides, default=1.0)

    def is_home(self, text: str, start: int) -> bool:
        """Whether the neighbours on both sides are the old ones, letter by letter."""
        end = start + len(self.exact)
        return text.startswith(self.suffix, end) and text.endswith(self.prefix, 0, start)

    def names(self) -> list[str]:
        """The names beside a short quote, in its sentence; a long one speaks for itself."""
        if _is_long(self.exact):
            return []
        before, after = self.prefix, self.suffix
        if len(before) >= CONTEXT:
            before = re.sub(r"^\w+", "", before)  # half a word, perhaps
        if len(after) >= CONTEXT:
            after = re.sub(r"\w+$", "", after)
        beside = _BREAK.split(before)[-1], _BREAK.split(after)[0]
        return [name for words in beside for name in _NAME.findall(words)]

    def _sides(self, before: str, after: str) -> tuple[tuple[str, str], tuple[str, str]]:
        return (self.prefix, before), (self.suffix, after)


@dataclass(frozen=True, slots=True)
class _Page:
    """The text with its words in lower case and where each of them stands."""

    text: str
    words: list[str]
    spans: list[tuple[int, int]]

    @classmethod
    def of(cls, text: str) -> _Page:
        spans = [found.span() for found in _WORD.finditer(text)]
        return cls(text, [text[start:end].lower() for start, end in spans], spans)


def anchor_for(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Return the quote text[start:end] with up to 32 code points before and after it."""
    return text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]


def find_quote(
    text: str, exact: str, prefix: str = "", suffix: str = "", start_hint: int = 0
) -> AnchorMatch | None:
    """Return where the quote stands in the text, or None when it is not there any more.

    Verbatim first, between several places by their neighbours, then by nearness to the hint.
    Else the most alike passage in which every number, in digits or in words, is the same: a
    changed number is a different fact. The work is linear in the text.
    """
    return QuoteFinder(text).find(exact, prefix, suffix, start_hint)


def numbers_in(text: str) -> list[str]:
    """Return the runs of digits, with ~ and +, and the words of size in the text, in order."""
    found = re.findall(r"[~<>\u2248]?\d+\+?|[^\W\d_]+", text.lower())
    return [word for word in found if not word.isalpha() or word in _NUMBER_WORDS]


class QuoteFinder:
    """Finds many quotes in one text, never where ``taken`` says that something else stands.

    ``taken`` are spans in the order of the text. The work for all quotes together is bounded:
    past MOST_COMPARED comparisons only the words themselves are looked for, beside neighbours
    that are the same.
    """

    def __init__(self, text: str, taken: Sequence[tuple[int, int]] = ()) -> None:
        self._text, self._taken = text, taken
        self._starts = [start for start, _ in taken]
        self._places: dict[str, list[int]] = {}
        self._names: dict[str, list[int]] = {}
        self._page: _Page | None = None
        self._left = MOST_COMPARED

    def find(self, exact: str, prefix: str, suffix: str, start_hint: int) -> AnchorMatch | None:
        """Return where the quote stands as find_quote does."""
        if not exact.strip():
            return None
        quote = _Quote(exact, prefix, suffix, start_hint)
        return self._verbatim(quote) or self._alike(quote)

    def _is_free(self, start: int, length: int) -> bool:
        at = bisect_left(self._starts, start + length) - 1
        return at < 0 or self._taken[at][1] <= start

    def _verbatim(self, quote: _Quote) -> AnchorMatch | None:
        length = len(quote.exact)
        rated = [
            (quote.context_likeness(self._text, at, at + length), at)
            for at in self._nearest(quote)
            if _same_edges(self._text, at, at + length, quote)
        ]
        if not rated:
            return None
        likeness, start = max(rated, key=lambda one: (one[0], -abs(one[1] - quote.hint)))
        if likeness < MIN_CONTEXT and not _is_long(quote.exact):
            return None
        return AnchorMatch(start, start + length, "exact")

    def _nearest(self, quote: _Quote) -> list[int]:
        """Where the very words stand, nearest to the hint first; those like home, if any.

        Names beside the quote still stand around it: "10 people" of "In Arden 10 people died" is
        not that of "In Corvin 10 people died".
        """
        places = self._places.get(quote.exact)
        length = len(quote.exact)
        if places is None:
            found = _occurrences(self._text, quote.exact)
            self._places[quote.exact] = places = [at for at in found if self._is_free(at, length)]
        names = sorted((self._places_of(name) for name in quote.names()), key=len)
        if names and len(names[0]) <= MAX_VERBATIM:
            spots = {at for spot in names[0] for at in _beside(places, spot, length)}
        else:
            middle = bisect_left(places, quote.hint)
            spots = set(places[max(0, middle - MAX_VERBATIM) : middle + MAX_VERBATIM])
        near = [at for at in spots if all(_stands_near(name, at, length) for name in names)]
        near.sort(key=lambda place: abs(place - quote.hint))
        home = [place for place in near if quote.is_home(self._text, place)]
        if home:
            return home[:1]
        self._left -= len(near[:MAX_VERBATIM])
        return near[:MAX_VERBATIM] if self._left > 0 else []

    def _places_of(self, name: str) -> list[int]:
        if name not in self._names:
            found = (_occurrences(self._text, form) for form in {name, name.lower()})
            self._names[name] = sorted(chain.from_iterable(found))
        return self._names[name]

    def _alike(self, quote: _Quote) -> AnchorMatch | None:
        wanted = [word.lower() for word in _WORD.findall(quote.exact)]
        if not wanted or len(wanted) > MAX_QUOTE_WORDS or self._left <= 0:
            return None
        if self._page is None:
            self._page = _Page.of(self._text)
        page = self._page
        self._left -= len(page.words) // 100 + MAX_CANDIDATES
        found = (_aligned(page, quote, wanted, at) for at in _candidates(wanted, page.words))
        names, length = [self._places_of(name) for name in quote.names()], len(quote.exact)
        rated = [
            one
            for one in found
            if one is not None
            and self._is_free(one[1].start, one[1].end - one[1].start)
            and all(_stands_near(name, one[1].start, length) for name in names)
        ]
        return max(rated, key=lambda one: one[0])[1] if rated else None


def _beside(places: Sequence[int], spot: int, length: int) -> Sequence[int]:
    """The places around a spot, of a quote of this length."""
    first = bisect_left(places, spot - NEAR - length)
    return places[first : bisect_left(places, spot + NEAR, lo=first)][:MAX_VERBATIM]


def _stands_near(name: Sequence[int], start: int, length: int) -> bool:
    at = bisect_left(name, start - NEAR)
    return at < len(name) and name[at] < start + length + NEAR


def _occurrences(text: str, exact: str) -> Iterator[int]:
    """Yield where the quote begins, never inside a longer run of digits or letters."""
    at = text.find(exact)
    while at >= 0:
        if not (_is_split(text, at) or _is_split(text, at + len(exact))):
            yield at
        at = text.find(exact, at + 1)


def _is_split(text: str, at: int) -> bool:
    """Whether position `at` lies within a word or a number."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _same_edges(text: str, start: int, end: int, quote: _Quote) -> bool:
    """Whether no figure at an edge grew: "97" is not found in "97,000", "97-120" or "97+"."""
    if text[start].isdigit() and _glue(_GLUED_BEFORE, text[max(0, start - CONTEXT) : start]) != (
        _glue(_GLUED_BEFORE, quote.prefix)
    ):
        return False
    after = text[end : end + CONTEXT]
    grew = _glue(_GLUED_AFTER, after) != _glue(_GLUED_AFTER, quote.suffix)
    return not (text[end - 1].isdigit() and grew)


def _glue(pattern: re.Pattern[str], context: str) -> str:
    """Return the part of the neighbouring text that belongs to a figure at the edge."""
    found = pattern.match(context) if pattern is _GLUED_AFTER else pattern.search(context)
    return found.group() if found else ""


def _candidates(wanted: list[str], words: list[str]) -> list[int]:
    """Return the word positions at which most words of the quote would fall into place."""
    offsets: dict[str, list[int]] = defaultdict(list)
    for offset, word in enumerate(wanted):
        if len(offsets[word]) < 3:
            offsets[word].append(offset)
    width = max(2, len(wanted) // 3)
    votes: Counter[int] = Counter()
    for at, word in enumerate(words):
        for offset in offsets.get(word, ()):
            votes[(at - offset) // width] += 1
    return [bucket * width for bucket, _ in votes.most_common(MAX_CANDIDATES)]


def _aligned(
    page: _Page, quote: _Quote, wanted: list[str], at: int
) -> tuple[tuple[float, float, int], AnchorMatch] | None:
    """Align the quote with the words around position `at`; None when it is not alike enough."""
    slack = len(wanted) // 2 + 4
    first, last = max(0, at - slack), min(len(page.words), at + len(wanted) + slack)
    matcher = SequenceMatcher(None, wanted, page.words[first:last], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return None
    begin, finish = first + blocks[0].b, first + blocks[-1].b + blocks[-1].size
    shared = sum(block.size for block in blocks)
    likeness = 2 * shared / (len(wanted) + finish - begin)
    start, end = page.spans[begin][0], page.spans[finish - 1][1]
    context = quote.context_likeness(page.text, start, end)
    trusted = context >= MIN_CONTEXT or len(wanted) >= LONG_QUOTE
    needed = MIN_LIKENESS_AT_HOME if context >= HOME_CONTEXT else MIN_LIKENESS
    if likeness < needed or not trusted:
        return None
    same_numbers = numbers_in(page.text[start:end]) == numbers_in(quote.exact)
    if not (same_numbers and _same_edges(page.text, start, end, quote)):
        return None
    return (likeness, context, -abs(start - quote.hint)), AnchorMatch(start, end, "moved")


def _is_long(exact: str) -> bool:
    return len(_WORD.findall(exact)) >= LONG_QUOTE


def _likeness(old: str, new: str) -> float:
    return SequenceMatcher(None, old, new, autojunk=False).ratio()
