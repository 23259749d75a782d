"""Which question a proposed figure answers: the scope of its claim."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from claims.choices import Aggregation
from claims.domain.dates import EdtfError, parse_edtf
from claims.importers.proposals.populations import population_of
from claims.importers.proposals.values import is_whole
from claims.reading.proposals import ArticleBlock, ProposedFigure, Reading

# Measures of sizes that need not be whole numbers.
AMOUNTS: Final = frozenset({"cost", "magnitude", "turnout"})
NUMBER, AMOUNT, SHARE = "number", "amount", "share"
SHARES: Final = frozenset({"share", "percent", "per cent", "%"})
_EXPECTED = re.compile(
    r"\b(?:expect\w*|forecast\w*|project(?:ed|ions?)|predict\w*|will)\b", re.IGNORECASE
)
_AS_OF = re.compile(r"\b[Aa]s (?:of|at)\b")
_EDGES = " \t\n.,;:!?\"'()[]–—-"


@dataclass(frozen=True, slots=True)
class Scope:
    """What makes figures comparable; `place` and `when` name the event within the article."""

    measure: str
    unit: str
    population: str
    aggregation: str
    as_of: str
    place: str
    when: str


def scopes_of(reading: Reading) -> list[Scope]:
    """Return the scope of each figure; figures that the reading compares share one.

    Rival counts ("60" against "97") are answers to one question even where one text says
    soldiers and the other deaths: the first of them names the scope.
    """
    blocks = Blocks(reading.blocks)
    scopes = [_scope(figure, blocks.around(figure), reading.text) for figure in reading.figures]
    for rivals in _rivals(reading):
        leader = scopes[rivals[0]]
        for index in rivals:
            if scopes[index].unit == leader.unit:
                scopes[index] = leader
    return scopes


class Blocks:
    """The article's blocks, found by a place in the text."""

    def __init__(self, blocks: Sequence[ArticleBlock]) -> None:
        self.blocks = blocks

    def around(self, figure: ProposedFigure) -> ArticleBlock | None:
        """The innermost block that holds the figure."""
        holding = [
            block
            for block in self.blocks
            if block.char_start <= figure.char_start and figure.char_end <= block.char_end
        ]
        return min(holding, key=lambda block: block.char_end - block.char_start, default=None)


def _rivals(reading: Reading) -> list[list[int]]:
    """The figures of each proposed disagreement, by index."""
    index_at = {figure.char_start: index for index, figure in enumerate(reading.figures)}
    found = []
    for conflict in reading.conflicts:
        if conflict.kind == "figures disagree":
            members = [index_at.get(member.char_start) for member in conflict.members]
            found.append(sorted(member for member in members if member is not None))
    return [members for members in found if len(members) > 1]


def _scope(figure: ProposedFigure, block: ArticleBlock | None, text: str) -> Scope:
    as_of = _as_of(figure, block, text)
    when = "" if as_of else _known_date(figure.date_edtf)
    return Scope(
        measure=_measure(figure),
        unit=figure.unit[:40],
        population=population_of(figure, block, text),
        aggregation=_aggregation(figure, as_of, text),
        as_of=as_of,
        place=_tidy(figure.place)[:200],
        when=when,
    )


def _measure(figure: ProposedFigure) -> str:
    base = figure.unit.split("/")[0]
    if base in SHARES:
        return SHARE
    if figure.event and (is_whole(figure) or figure.event in AMOUNTS):
        return figure.event
    return NUMBER if is_whole(figure) and base in ("", "people") else AMOUNT


def _aggregation(figure: ProposedFigure, as_of: str, text: str) -> str:
    if "/" in figure.unit:
        return Aggregation.RATE
    if as_of:
        return Aggregation.STOCK
    near = text[figure.char_end : figure.char_end + 60].split(".", maxsplit=1)[0]
    return Aggregation.FORECAST if _EXPECTED.search(near) else Aggregation.EVENT


def _as_of(figure: ProposedFigure, block: ArticleBlock | None, text: str) -> str:
    """The date of "As of 8 April" ahead of the figure in its sentence."""
    start = block.char_start if block else 0
    lead = text[max(start, figure.char_start - 120) : figure.char_start]
    return _known_date(figure.date_edtf) if _AS_OF.search(lead.rsplit(". ", 1)[-1]) else ""


def _known_date(edtf: str) -> str:
    """The date when it is one that the desk can keep, else ''."""
    try:
        return edtf if edtf and len(edtf) <= 64 and parse_edtf(edtf).earliest else ""
    except EdtfError:
        return ""


def _tidy(words: str) -> str:
    return " ".join(words.split()).strip(_EDGES)
