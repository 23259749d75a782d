"""What a figure measures where its verb or its column says so exactly, whatever else is near."""

from __future__ import annotations

from claims.reading.asking.deeds import told_of_deed
from claims.reading.asking.elections import told_of_election
from claims.reading.asking.sides import Sides
from claims.reading.asking.sizes import told_of_size
from claims.reading.asking.sums_of_money import told_of_money
from claims.reading.asking.told import Told
from claims.reading.counts.money import is_money
from claims.reading.proposals import ArticleBlock, ProposedFigure


def told_by_words(
    figure: ProposedFigure,
    block: ArticleBlock | None,
    noun: str,
    text: str,
    sides: Sides,
) -> Told | None:
    """Return what the governing words say of a figure, None where they name nothing known."""
    if told := told_of_election(figure, block, text, sides.names):
        return told
    if block is not None and block.kind in ("infobox", "table_row"):
        return None
    if figure.currency:
        return told_of_money(figure)
    if figure.unit and is_money(figure.unit):
        return None  # in no currency that can be told
    if figure.unit not in ("", "people"):
        return told_of_size(figure)
    return told_of_deed(figure, noun) if figure.is_count else None
