"""Cuts the words of an article where marks, emphasis, links and reference marks begin and end."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from claims.reading.text.blocks import Layout
from claims.reading.text.plaintext import DASHES, DIGIT_GAPS
from claims.reading.text.styles import Style, styles_of

# What reading leaves out of a line of plain text, and pages show: footnote marks, tags.
_NOISE: Final = r"(?:\[[a-z0-9 ]{1,8}\]|</?[a-zA-Z]{1,16}[^<>\n]{0,200}>|[ \t])"
LEFT_OUT: Final = re.compile(rf"{_NOISE}*(?<![ \t])(?=[ \t]*(?:\n|\Z))")
LEFT_OUT_BEFORE: Final = re.compile(rf"(?![ \t]){_NOISE}+\Z")
# What the plain text has in place of what an author wrote.
_REPLACED: Final = frozenset(DASHES) | DIGIT_GAPS


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look; ``marks`` cover it, ``ends`` are those that end with it.

    Both hold positions in the list of marks that was passed in. ``page`` is the title of the page
    of the same wiki that it links to, ``address`` another address; ``notes`` are the numbers of
    the references that stand behind it, ``gaps`` the names of templates left out there.
    """

    text: str
    marks: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    bold: bool = False
    italic: bool = False
    page: str = ""
    address: str = ""
    notes: tuple[int, ...] = ()
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Styled:
    """A style in offsets of the plain text."""

    start: int
    end: int
    style: Style


class Cutter:
    """Cuts the blocks of one article.

    ``as_read`` gives the words as they are read and searched, not as they were written.
    """

    def __init__(
        self,
        original: str,
        layout: Layout,
        marks: Sequence[tuple[int, int]],
        *,
        as_read: bool = False,
    ) -> None:
        self.original = original
        self.as_read = as_read
        self.is_plain = layout.format == "plain"
        self.text = layout.plain.text
        self.offsets = layout.plain.offsets
        spans = ((*self._plain(start, end), number) for number, (start, end) in enumerate(marks))
        self.spans = sorted(
            (*self._whole_words(start, end), number) for start, end, number in spans if start < end
        )
        self.starts = [start for start, _, _ in self.spans]
        self.longest = max((end - start for start, end, _ in self.spans), default=0)
        styles = [] if self.is_plain else styles_of(original, layout.parts)
        placed = ((*self._plain(one.start, one.end), one) for one in styles)
        self.styles = [_Styled(*one) for one in placed if one[0] < one[1]]
        self.style_starts = [one.start for one in self.styles]
        self.longest_style = max((one.end - one.start for one in self.styles), default=0)
        self.note_numbers: dict[str, int] = {}
        self.notes = [
            (cited.at, self.note_numbers.setdefault(cited.key, len(self.note_numbers) + 1))
            for cited in layout.citations
        ]
        self.note_places = [at for at, _ in self.notes]
        self.gaps = [(gap.at, gap.key) for gap in layout.gaps]
        self.gap_places = [at for at, _ in self.gaps]

    def _plain(self, start: int, end: int) -> tuple[int, int]:
        return bisect_left(self.offsets, start), bisect_left(self.offsets, end)

    def runs(self, start: int, end: int) -> tuple[Run, ...]:
        """The words from start to end; what leaves the block is cut at its border."""
        first = bisect_left(self.starts, start - self.longest)
        last = bisect_left(self.starts, end)
        inside = [span for span in self.spans[first:last] if span[1] > start]
        styles = self._styles(start, end)
        cuts = {start, end}
        for begin, stop, _ in inside:
            cuts |= {max(begin, start), min(stop, end)}
        for one in styles:
            cuts |= {max(one.start, start), min(one.end, end)}
        for places in (self.note_places, self.gap_places):
            cuts |= set(places[bisect_left(places, start) : bisect_right(places, end)])
        places = sorted(cuts)
        looks = _looks(places, styles)
        return tuple(
            self._run(a, b, inside, look, is_first=a == start)
            for (a, b), look in zip(pairwise(places), looks, strict=True)
        )

    def _styles(self, start: int, end: int) -> list[_Styled]:
        first = bisect_left(self.style_starts, start - self.longest_style)
        last = bisect_left(self.style_starts, end)
        return [one for one in self.styles[first:last] if one.end > start]

    def _run(
        self,
        start: int,
        end: int,
        spans: list[tuple[int, int, int]],
        look: dict[str, Style],
        *,
        is_first: bool,
    ) -> Run:
        covering = tuple(n for begin, stop, n in spans if begin <= start and stop >= end)
        ending = tuple(n for begin, stop, n in spans if begin < end and stop == end)
        return Run(
            self.written(start, end),
            covering,
            ending,
            "bold" in look,
            "italic" in look,
            look["page"].target if "page" in look else "",
            look["address"].target if "address" in look else "",
            tuple(number for _, number in _between(self.notes, start, end, is_first=is_first)),
            tuple(name for _, name in _between(self.gaps, start, end, is_first=is_first)),
        )

    def written(self, start: int, end: int) -> str:
        """The words between two characters as their author wrote them.

        Of plain text nothing is left out between them; of wikitext the markup is.
        """
        offsets, text = self.offsets, self.text[start:end]
        if self.as_read:
            return text
        first, last = offsets.both(start, end - 1)
        if self.is_plain:
            return self._untouched(first, last, end)
        source = self.original[first : last + 1]
        if len(source) == len(text):
            return source
        if _REPLACED.isdisjoint(source):
            return text
        places = (offsets[at] for at in range(start, end))
        return "".join(
            self.original[place] if self.original[place] in _REPLACED else char
            for char, place in zip(text, places, strict=True)
        )

    def _untouched(self, first: int, last: int, end: int) -> str:
        """Plain text between two of its places, with what reading leaves out beside them."""
        original = self.original
        if end < len(self.offsets) and self.text[end] != "\n":
            stop = self.offsets[end]
        else:
            after = LEFT_OUT.match(original, last + 1)
            stop = after.end() if after else last + 1
        found = original[first:stop].replace("\n", " ")
        return self._before(first) + found

    def _before(self, first: int) -> str:
        """What reading left out at the beginning of a line, if this place is the first after it."""
        at = bisect_left(self.offsets, first)
        if at and self.text[at - 1] != "\n":
            return ""
        begin = self.original.rfind("\n", 0, first) + 1
        before = LEFT_OUT_BEFORE.search(self.original, begin, first)
        return before[0] if before else ""

    def _whole_words(self, start: int, end: int) -> tuple[int, int]:
        text = self.text
        while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
            start -= 1
        while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
            end += 1
        return start, end


def _looks(places: Sequence[int], styles: Iterable[_Styled]) -> Iterator[dict[str, Style]]:
    """What holds between each place and the next, by kind: one pass over both."""
    begins: dict[int, list[Style]] = {}
    ends: dict[int, list[Style]] = {}
    for one in styles:
        begins.setdefault(max(one.start, places[0]), []).append(one.style)
        ends.setdefault(min(one.end, places[-1]), []).append(one.style)
    now: dict[str, Style] = {}
    for place in places[:-1]:
        for style in ends.get(place, ()):
            if now.get(style.kind) is style:
                del now[style.kind]
        now |= {style.kind: style for style in begins.get(place, ())}
        yield dict(now)


def _between[T](
    points: Sequence[tuple[int, T]], start: int, end: int, *, is_first: bool
) -> Sequence[tuple[int, T]]:
    """What stands behind the words from start to end; before them only where a block begins."""
    first = (bisect_left if is_first else bisect_right)(points, start, key=lambda one: one[0])
    return points[first : bisect_right(points, end, key=lambda one: one[0])]
