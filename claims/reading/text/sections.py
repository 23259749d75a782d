"""The sections of an article by the headings of its own format, to be edited one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claims.reading.text.blocks import Layout
from claims.reading.text.layout import take_apart


@dataclass(frozen=True, slots=True)
class Section:
    """text[start:end]; ``number`` 0 is the lead, the others count headings from 1.

    A section reaches to the next heading that is not below its own, so it holds its subsections.
    """

    number: int
    title: str
    level: int
    start: int
    end: int


def sections_in(text: str, format: str) -> list[Section]:  # noqa: A002
    """Return the lead and the sections in order; of a text without headings only the lead.

    ``format`` is plain, wikitext or auto. The line that names the article belongs to the lead.
    Linear in the text.
    """
    layout = take_apart(text, format)
    heads = list(_headings(text, layout))
    starts = [start for start, _, _ in heads]
    ends = _ends([level for _, level, _ in heads], [*starts, len(text)])
    lead = Section(0, "", 0, 0, starts[0] if starts else len(text))
    rest = zip(heads, ends, strict=True)
    return [
        lead,
        *(
            Section(number, title, level, start, end)
            for number, ((start, level, title), end) in enumerate(rest, 1)
        ),
    ]


def _headings(text: str, layout: Layout) -> Iterator[tuple[int, int, str]]:
    """Where the line of each heading begins, how deep it is, and its words."""
    for block in layout.blocks:
        if block.kind == "heading" and block.level > 1:
            first, _ = layout.span(block.start, block.end)
            title = layout.plain.text[block.start : block.end].strip()
            yield text.rfind("\n", 0, first) + 1, block.level, title


def _ends(levels: list[int], starts: list[int]) -> list[int]:
    """Where each section ends: at the next heading of its level or above it, else with the text."""
    ends = [starts[-1]] * len(levels)
    open_ones: list[int] = []
    for index, level in enumerate(levels):
        while open_ones and levels[open_ones[-1]] >= level:
            ends[open_ones.pop()] = starts[index]
        open_ones.append(index)
    return ends
