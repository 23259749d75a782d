"""Read one article: text in, proposals out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.reading.conflicts.answers import LANDMARKS as COUNTING_WORDS
from claims.reading.conflicts.denials import denial_conflicts
from claims.reading.conflicts.holders import TAKING_WORDS
from claims.reading.conflicts.numeric_conflicts import numeric_conflicts
from claims.reading.conflicts.revisions import revisions
from claims.reading.conflicts.rival_accounts import RIVAL_WORDS, rival_accounts
from claims.reading.conflicts.rivals import DEED_WORDS, Rival, Rivalry, rivalries
from claims.reading.counts.figures import find_figures
from claims.reading.counts.mentions import FigureMention, UnkeptNumber
from claims.reading.counts.numbers import WORDS as NUMBER_WORDS
from claims.reading.dates.date_mentions import DateMention, find_dates
from claims.reading.languages.language import Language, is_read, language_for, language_of_figures
from claims.reading.proposals import (
    MOST_OF_A_KIND,
    ArticleBlock,
    AttributedStatement,
    CitedSource,
    ProposedAnswer,
    ProposedAttribution,
    ProposedConflict,
    ProposedDate,
    ProposedFigure,
    Reading,
    Span,
    UnkeptFigure,
    figures_alone,
)
from claims.reading.questions.evidence import FigureEvidence
from claims.reading.questions.groups import doubt_about, group_keys, included_in
from claims.reading.questions.questions import PLACE_WORDS, Questions
from claims.reading.text.blocks import Layout
from claims.reading.text.decode import require_readable
from claims.reading.text.landmarks import Landmarks
from claims.reading.text.layout import FORMATS, take_apart
from claims.reading.text.sentences import Sentence, Sentences
from claims.reading.voices.attribution import Statements
from claims.reading.voices.brackets import bracket_statements
from claims.reading.voices.cue_patterns import TRIGGERS as CUE_WORDS
from claims.reading.voices.statements import CuedStatement
from claims.reading.works.citations import Citations
from claims.reading.works.cited_works import cited_works

NEAR = 120  # characters around a figure that are kept with it
VOCABULARY = {
    "cue": CUE_WORDS,
    "number": NUMBER_WORDS,
    "taking": TAKING_WORDS,
    "deed": DEED_WORDS,
    "rival": RIVAL_WORDS,
    "place": PLACE_WORDS,
    **COUNTING_WORDS,
}


def read_article(
    text: str,
    *,
    format: str = "auto",  # noqa: A002
    title: str = "",
    language: str = "",
    figures_only: bool = False,
) -> Reading:
    """Return the proposals of an article; `format` is auto, plain or wikitext.

    `title` is that of a page whose text does not name it, as in a dump. `language` is the BCP 47
    tag that its record or its file gives; where the text itself is clearly in another, that
    counts. With `figures_only` a text in a language that is not read gives its figures, which
    lead to no draft, instead of a LanguageError. Linear in the text, deterministic. Raises
    ReadingError for input that is no article, LanguageError (one of them) for a language that is
    not read.
    """
    if format not in FORMATS:
        raise ValueError(f"format is one of {', '.join(FORMATS)}, not {format!r}")
    require_readable(text)
    layout = take_apart(text, format)
    find = language_of_figures if figures_only else language_for
    spoken = find(layout.plain.text, language)
    works = cited_works(text, layout.parts)
    layout = replace(layout, title=title or layout.title, parts=())
    reading = _Proposer(text, layout, works, spoken).reading()
    return reading if is_read(spoken.tag) else figures_alone(reading)


@dataclass(slots=True, init=False)
class _Proposer:
    text: str
    layout: Layout
    works: tuple[CitedSource, ...]
    language: Language
    landmarks: Landmarks
    dates: list[DateMention]
    sentences: Sentences
    statements: Statements
    citations: Citations
    unkept: list[UnkeptNumber]
    evidence: list[FigureEvidence]

    def __init__(
        self, text: str, layout: Layout, works: tuple[CitedSource, ...], language: Language
    ) -> None:
        self.text, self.layout, self.works, self.language = text, layout, works, language
        self.landmarks = Landmarks(layout.plain.text, VOCABULARY, language.word)
        self.dates = find_dates(layout)
        self.sentences = Sentences(layout.plain.text, layout.blocks, self.landmarks)
        self.statements = Statements(layout, self.sentences, bracket_statements(layout))
        self.citations = Citations(layout, self.sentences)
        self.evidence = self._gather()

    def _gather(self) -> list[FigureEvidence]:
        questions = Questions(self.layout, self.sentences, self.dates)
        plain = self.layout.plain.text
        gathered = []
        dated = [(date.start, date.end) for date in self.dates]
        mentions, self.unkept = find_figures(self.layout, dated, self.landmarks, self._end())
        for index, mention in enumerate(mentions):
            sources = self.statements.nearest(mention.number_start)
            question = questions.of(mention, sources[0] if sources else None)
            words = plain[mention.start : mention.end]
            block = self.layout.blocks[question.block]
            gathered.append(FigureEvidence(index, mention, question, block, tuple(sources), words))
        return gathered

    def _end(self) -> int:
        """Where the article is read to: the last date or statement that is kept, else its end."""
        ends = [len(self.layout.plain.text)]
        if len(self.dates) >= MOST_OF_A_KIND:
            ends.append(self.dates[-1].end)
        if len(self.statements.all) >= MOST_OF_A_KIND:
            ends.append(self.statements.all[-1].cue_end)
        return min(ends)

    def reading(self) -> Reading:
        """Put the proposals together."""
        return Reading(
            text=self.text,
            title=self.layout.title,
            format=self.layout.format,
            language=self.language.tag,
            blocks=self._blocks(),
            figures=self._figures(),
            dates=tuple(self._date(date) for date in self.dates),
            attributions=tuple(self._statement(one) for one in self.statements.all),
            conflicts=self._conflicts(),
            sources=self.works,
            unkept=tuple(map(self._unkept, self.unkept)),
            read_to=self._read_to(),
        )

    def _read_to(self) -> int | None:
        """Where the original is read to; None when that is its end."""
        end, whole = self._end(), len(self.layout.plain.text)
        if len(self.evidence) >= MOST_OF_A_KIND:
            end = min(end, self.evidence[-1].mention.end)
        return self.layout.span(end - 1, end)[1] if end < whole else None

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

    def _unkept(self, number: UnkeptNumber) -> UnkeptFigure:
        start, end = self.layout.span(number.start, number.end)
        return UnkeptFigure(start, end, self.text[start:end], number.why)

    def _statement(self, one: CuedStatement) -> AttributedStatement:
        start, end = self.layout.span(one.cue_start, one.cue_end)
        return AttributedStatement(
            start, end, self.text[start:end], one.source, one.role, one.via, one.anonymous
        )

    def _figures(self) -> tuple[ProposedFigure, ...]:
        keys = group_keys(self.evidence)
        wholes = included_in(self.evidence, self.layout.plain.text)
        older = revisions(self.evidence, self.layout.plain.text)
        return tuple(
            replace(
                self._figure(one, keys[one.index], wholes.get(one.index)),
                replaces=older.get(one.index),
            )
            for one in self.evidence
        )

    def _figure(self, one: FigureEvidence, group: str, part_of: int | None) -> ProposedFigure:
        mention, question = one.mention, one.question
        start, end = self.layout.span(mention.start, mention.end)
        before, after = self._around(mention, self.sentences.all[question.sentence])
        return ProposedFigure(
            char_start=start,
            char_end=end,
            quote=self.text[start:end],
            section=one.block.section
            or one.block.kind.capitalize() * (one.block.kind == "infobox"),
            figure=mention.figure,
            unit=question.unit,
            currency=question.currency,
            is_count=one.is_count,
            counted=question.counted,
            event=question.event,
            population=question.population,
            place=question.place,
            date_edtf=question.date_edtf,
            attribution=tuple(
                ProposedAttribution(s.source, s.role, s.via, s.anonymous) for s in one.sources
            ),
            citations=self.citations.behind(mention.end),
            stance="denies" if _is_denied(one) else "asserts",
            group=group,
            part_of=part_of,
            doubt=doubt_about(one),
            before=before,
            after=after,
            dated=question.dated,
        )

    def _around(self, mention: FigureMention, sentence: Sentence) -> tuple[str, str]:
        """The plain words of the sentence before and after a figure, cut where they are long."""
        text = self.layout.plain.text
        start, end = (
            max(sentence.start, mention.start - NEAR),
            min(sentence.end, mention.end + NEAR),
        )
        before, after = text[start : mention.start], text[mention.end : end]
        if start > sentence.start:
            before = before.partition(" ")[2]
        return before, after.rpartition(" ")[0] if end < sentence.end else after

    def _conflicts(self) -> tuple[ProposedConflict, ...]:
        plain = self.layout.plain.text
        numeric = (
            (kind, [(one.mention.start, one.mention.end) for one in members], why)
            for kind, members, why in numeric_conflicts(self.evidence, self.sentences, plain)
        )
        denied = denial_conflicts(self.layout, self.sentences, self.statements.all)
        accounts = rival_accounts(
            self.layout, self.sentences, self.dates, self.statements.all, self._speaker_at
        )
        rivals = rivalries(self.layout, self.sentences, self.dates, self._speaker_at)
        return (
            *(ProposedConflict(kind, self._spans(spans), why) for kind, spans, why in numeric),
            *(self._rivalry(rivalry) for rivalry in rivals),
            *(ProposedConflict(kind, self._spans(spans), why) for kind, spans, why in denied),
            *(ProposedConflict(kind, self._spans(spans), why) for kind, spans, why in accounts),
        )

    def _rivalry(self, rivalry: Rivalry) -> ProposedConflict:
        spans = self._spans([(side.start, side.end) for side in rivalry.rivals])
        answers = tuple(map(self._answer, rivalry.rivals)) if rivalry.asked else ()
        return ProposedConflict(rivalry.kind, spans, rivalry.why, rivalry.asked, answers)

    def _answer(self, rival: Rival) -> ProposedAnswer:
        start, end = self.layout.span(rival.start, rival.end)
        near = self.statements.covering(rival.said[1] - 1)
        sources = [s for s in near if self._speaks(s, rival)][:1]
        return ProposedAnswer(
            start,
            end,
            rival.edtf,
            rival.parties,
            rival.either,
            tuple(ProposedAttribution(s.source, s.role, s.via, s.anonymous) for s in sources),
            self.citations.behind(rival.end),
        )

    def _speaks(self, one: CuedStatement, rival: Rival) -> bool:
        """Whether the cue stands before the answer or ends its clause: not "as X said it ..."."""
        after = self.layout.plain.text[one.cue_end : one.cue_end + 1]
        return one.cue_start < rival.said[0] or after in ".,;"

    def _speaker_at(self, position: int) -> str:
        sources = self.statements.nearest(position)
        return (sources[0].source or "").casefold() if sources else ""

    def _spans(self, spans: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
        return tuple(Span(*self.layout.span(start, end)) for start, end in spans if end > start)


def _is_denied(one: FigureEvidence) -> bool:
    """Whether the speaker denies the figure, or the words themselves do."""
    by_speaker = bool(one.sources) and one.sources[0].role == "denied by"
    return by_speaker or one.mention.denied
