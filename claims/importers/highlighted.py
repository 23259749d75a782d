"""The figures of an article's text that no draft was made for, read again when they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claims.domain.figures import words_of_figure
from claims.domain.quantity import Figure
from claims.importers.quoted import LONGEST_READ
from claims.importers.text_places import TextPlace
from claims.models import Anchor, ArticleRevision
from claims.reading.article import read_article
from claims.reading.asking.silence import Silence
from claims.reading.asking.statement import Statement
from claims.reading.asking.statements import quoted_span, statements_of
from claims.reading.languages.language import language_named
from claims.reading.proposals import ProposedFigure, Reading, ReadingError
from claims.reading.text.sentences import sentence_around


@dataclass(frozen=True, slots=True)
class Highlight:
    """A figure in its sentence; ``place`` and ``at`` open the form of a claim that says it.

    ``value`` is what the form would say, with its unit; ``speaker`` is '' where nobody is named.
    """

    place: str
    at: int
    before: str
    words: str
    after: str
    value: str
    speaker: str
    why: Silence


@dataclass(frozen=True, slots=True)
class Highlighted:
    """The highlights of a text in its order, or in words why it was not read."""

    all: tuple[Highlight, ...] = ()
    is_too_long: bool = False
    refusal: str = ""


def highlights_of(revision: ArticleRevision) -> Highlighted:
    """Read the text, and leave out the places that have a statement by now, dropped ones too.

    Over 200,000 characters are not read while somebody waits.
    """
    if len(revision.text) > LONGEST_READ:
        return Highlighted(is_too_long=True)
    try:
        reading = read_article(
            revision.text,
            format=revision.format,
            language=revision.article.language,
            figures_only=True,
        )
        if not reading.figures:
            language_named(reading.language)
    except ReadingError as error:
        return Highlighted(refusal=str(error))
    taken = set(Anchor.objects.filter(revision=revision).values_list("start", flat=True))
    return Highlighted(tuple(_shown(reading, revision, taken)))


def _shown(reading: Reading, revision: ArticleRevision, taken: set[int]) -> Iterator[Highlight]:
    figures = {figure.char_start: figure for figure in reading.figures}
    found: dict[int, Statement] = {}
    for one in statements_of(reading)[0]:
        for place in one.places if one.is_highlight else ():
            found.setdefault(place.char_start, one)
    for at, one in sorted(found.items()):
        if at in figures and at not in taken:
            yield _highlight(figures[at], one, revision)


def _highlight(figure: ProposedFigure, one: Statement, revision: ArticleRevision) -> Highlight:
    span = quoted_span(figure, revision.text)
    if one.silence == Silence.DENIED:  # without the words that deny it, it would be misquoted
        before, after = sentence_around(revision.text, *span)
        span = span[0] - len(before), span[1] + len(after)
    place = TextPlace(revision, (span,))
    value = words_of_figure(Figure(**one.value)) if one.value else figure.quote
    named = one.attribution.name if one.attribution else ""
    return Highlight(
        place=str(place),
        at=figure.char_start,
        before=figure.before.lstrip(),
        words=" ".join(figure.quote.split()),
        after=figure.after.rstrip(),
        value=f"{value} {figure.currency or figure.unit}".strip(),
        speaker=named or "",
        why=one.silence,
    )
