"""Read one article: text in, proposals out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.reading.attribution import Statements
from claims.reading.blocks import Layout
from claims.reading.brackets import bracket_statements
from claims.reading.citations import Citations
from claims.reading.dates import DateMention, find_dates
from claims.reading.decode import require_readable
from claims.reading.evidence import Evidence
from claims.reading.figures import find_figures
from claims.reading.groups import doubt_about, group_keys, parts_of
from claims.reading.numeric_conflicts import numeric_conflicts
from claims.reading.plain_format import take_plain_apart
from claims.reading.proposals import (
    ArticleBlock,
    AttributedStatement,
    Attribution,
    ProposedConflict,
    ProposedDate,
    ProposedFigure,
    Reading,
    Span,
)
from claims.reading.questions import Questions
from claims.reading.sentences import Sentences
from claims.reading.statement_conflicts import statement_conflicts
from claims.reading.statements import Statement
from claims.reading.wiki_format import take_wikitext_apart

FORMATS = ("auto", "plain", "wikitext")
WIKI_SIGNS = re.compile(r"\{\{|\[\[|<ref[ >/]|'''|\{\|")


def read_article(text: str, *, format: str = "auto", title: str = "") -> Reading:  # noqa: A002
    """Return the proposals of an article; `format` is auto, plain or wikitext.

    `title` is that of a page whose text does not name it, as in a dump. Linear in the text,
    deterministic. Raises ReadingError for input that is no article.
    """
    if format not in FORMATS:
        raise ValueError(f"format is one of {', '.join(FORMATS)}, not {format!r}")
    require_readable(text)
    is_wiki = format == "wikitext" or (format == "auto" and WIKI_SIGNS.search(text) is not None)
    layout = take_wikitext_apart(text) if is_wiki else take_plain_apart(text)
    return _Proposer(text, replace(layout, title=title) if title else layout).reading()


@dataclass(slots=True, init=False)
class _Proposer:
    text: str
    layout: Layout
    dates: list[DateMention]
    sentences: Sentences
    statements: Statements
    citations: Citations
    evidence: list[Evidence]

    def __init__(self, text: str, layout: Layout) -> None:
        self.text = text
        self.layout = layout
        self.dates = find_dates(layout)
        self.sentences = Sentences(layout.plain.text, layout.blocks)
        self.statements = Statements(layout, self.sentences, bracket_statements(layout))
        self.citations = Citations(layout, self.sentences)
        self.evidence = self._gather()

    def _gather(self) -> list[Evidence]:
        questions = Questions(self.layout, self.sentences, self.dates)
        plain = self.layout.plain.text
        gathered = []
        figures = find_figures(self.layout, [(date.start, date.end) for date in self.dates])
        for index, figure in enumerate(figures):
            question = questions.of(figure)
            sources = self.statements.covering(figure.number_start)[:1]
            words = plain[figure.start : figure.end]
            block = self.layout.blocks[question.block]
            gathered.append(Evidence(index, figure, question, block, tuple(sources), words))
        return gathered

    def reading(self) -> Reading:
        """Put the proposals together."""
        return Reading(
            text=self.text,
            title=self.layout.title,
            format=self.layout.format,
            blocks=self._blocks(),
            figures=self._figures(),
            dates=tuple(self._date(date) for date in self.dates),
            attributions=tuple(self._statement(one) for one in self.statements.all),
            conflicts=self._conflicts(),
            sources=self.layout.works,
        )

    def _blocks(self) -> tuple[ArticleBlock, ...]:
        span = self.layout.plain.span
        return tuple(
            ArticleBlock(
                block.kind,
                *span(block.start, block.end),
                block.section,
                block.label,
                tuple((c.header, *span(c.start, c.end)) for c in block.cells if c.end > c.start),
            )
            for block in self.layout.blocks
        )

    def _date(self, date: DateMention) -> ProposedDate:
        start, end = self.layout.span(date.start, date.end)
        return ProposedDate(start, end, self.text[start:end], date.edtf, date.kind)

    def _statement(self, one: Statement) -> AttributedStatement:
        start, end = self.layout.span(one.cue_start, one.cue_end)
        return AttributedStatement(
            start, end, self.text[start:end], one.source, one.role, one.via, one.anonymous
        )

    def _figures(self) -> tuple[ProposedFigure, ...]:
        keys = group_keys(self.evidence)
        wholes = parts_of(self.evidence, self.layout.plain.text)
        return tuple(
            self._figure(one, keys[one.index], wholes.get(one.index)) for one in self.evidence
        )

    def _figure(self, one: Evidence, group: str, part_of: int | None) -> ProposedFigure:
        figure, question = one.figure, one.question
        start, end = self.layout.span(figure.start, figure.end)
        return ProposedFigure(
            char_start=start,
            char_end=end,
            quote=self.text[start:end],
            section=one.block.section
            or one.block.kind.capitalize() * (one.block.kind == "infobox"),
            low=figure.low,
            high=figure.high,
            best=figure.best,
            approximate=figure.approximate,
            lower_open=figure.lower_open,
            upper_open=figure.upper_open,
            exclusive=figure.exclusive,
            vague=figure.vague,
            vague_term=one.words.lower() if figure.vague else "",
            unit=question.unit,
            counted=question.counted,
            event=question.event,
            population=question.population,
            place=question.place,
            date_edtf=question.date_edtf,
            attribution=tuple(
                Attribution(s.source, s.role, s.via, s.anonymous) for s in one.sources
            ),
            citations=self.citations.behind(figure.end),
            stance="denies" if one.sources and one.sources[0].role == "denied by" else "asserts",
            group=group,
            part_of=part_of,
            doubt=doubt_about(one),
        )

    def _conflicts(self) -> tuple[ProposedConflict, ...]:
        plain = self.layout.plain.text
        found = [
            (kind, [(one.figure.start, one.figure.end) for one in members], why)
            for kind, members, why in numeric_conflicts(self.evidence, plain)
        ]
        found += [
            (kind, list(spans), why)
            for kind, spans, why in statement_conflicts(
                self.layout, self.sentences, self.dates, self.statements.all
            )
        ]
        return tuple(ProposedConflict(kind, self._spans(spans), why) for kind, spans, why in found)

    def _spans(self, spans: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
        return tuple(Span(*self.layout.span(start, end)) for start, end in spans if end > start)
