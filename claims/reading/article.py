"""Read one article: text in, proposals out."""

import re

from claims.reading.attribution import Statement, Statements
from claims.reading.blocks import Layout
from claims.reading.brackets import bracket_statements
from claims.reading.citations import Citations
from claims.reading.dates import DateMention, find_dates
from claims.reading.decode import require_readable
from claims.reading.figures import Figure, find_figures
from claims.reading.plain_format import take_plain_apart
from claims.reading.wiki_format import take_wikitext_apart
from claims.reading.proposals import (
    ArticleBlock,
    AttributedStatement,
    Attribution,
    ProposedDate,
    ProposedFigure,
    Reading,
)
from claims.reading.sentences import Sentences

FORMATS = ("auto", "plain", "wikitext")
WIKI_SIGNS = re.compile(r"\{\{|\[\[|<ref[ >/]|'''|\{\|")


def read_article(text: str, *, format: str = "auto") -> Reading:
    """Return the proposals of an article; `format` is auto, plain or wikitext.

    Linear in the text, deterministic. Raises ReadingError for input that is no article.
    """
    if format not in FORMATS:
        raise ValueError(f"format is one of {', '.join(FORMATS)}, not {format!r}")
    require_readable(text)
    is_wiki = format == "wikitext" or (format == "auto" and WIKI_SIGNS.search(text) is not None)
    layout = take_wikitext_apart(text) if is_wiki else take_plain_apart(text)
    dates = find_dates(layout)
    figures = find_figures(layout, [(date.start, date.end) for date in dates])
    sentences = Sentences(layout.plain.text, layout.blocks)
    statements = Statements(layout, sentences, bracket_statements(layout))
    citations = Citations(layout, sentences)
    return Reading(
        text=text,
        title=layout.title,
        format=layout.format,
        blocks=_blocks(layout),
        figures=tuple(
            _proposed_figure(text, layout, figure, statements, citations) for figure in figures
        ),
        attributions=tuple(_proposed_statement(text, layout, one) for one in statements.all),
        sources=layout.works,
        dates=tuple(_proposed_date(text, layout, date) for date in dates),
    )


def _blocks(layout: Layout) -> tuple[ArticleBlock, ...]:
    span = layout.plain.span
    return tuple(
        ArticleBlock(
            block.kind, *span(block.start, block.end), block.section, block.label,
            tuple((c.header, *span(c.start, c.end)) for c in block.cells if c.end > c.start),
        )
        for block in layout.blocks
    )  # fmt: skip


def _proposed_date(text: str, layout: Layout, date: DateMention) -> ProposedDate:
    start, end = layout.span(date.start, date.end)
    return ProposedDate(start, end, text[start:end], date.edtf, date.kind)


def _proposed_statement(text: str, layout: Layout, one: Statement) -> AttributedStatement:
    start, end = layout.span(one.cue_start, one.cue_end)
    return AttributedStatement(
        start, end, text[start:end], one.source, one.role, one.via, one.anonymous
    )


def _sources(statements: Statements, figure: Figure) -> tuple[Attribution, ...]:
    named = [s for s in statements.covering(figure.number_start)]
    return tuple(Attribution(s.source, s.role, s.via, s.anonymous) for s in named[:1])


def _proposed_figure(
    text: str, layout: Layout, figure: Figure, statements: Statements, citations: Citations
) -> ProposedFigure:
    start, end = layout.span(figure.start, figure.end)
    words = layout.plain.text[figure.start : figure.end]
    return ProposedFigure(
        start, end, text[start:end], "", figure.low, figure.high, figure.best, figure.approximate,
        figure.lower_open, figure.upper_open, figure.exclusive, figure.vague,
        words if figure.vague else "", figure.unit, "", "", "", "", "",
        _sources(statements, figure), citations.behind(figure.end),
    )  # fmt: skip
