"""A claim drafted from words selected in an article: what the reading is sure of, unwritten."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.auth.models import User

from claims.choices import PartyKind, Stance
from claims.domain.figures import words_of_figure
from claims.domain.quantity import Figure
from claims.domain.typed_answers import SEPARATOR, TypedAnswerError, parse_answer
from claims.errors import InvalidValueError
from claims.importers.intake.parties import Speakers
from claims.importers.intake.sources import Works
from claims.importers.intake.topics import Topics, subject_of
from claims.importers.references.paste import read_reference
from claims.importers.text_places import TextPlace
from claims.models import ArticleRevision
from claims.reading.article import read_article
from claims.reading.asking.measuring import UNCLEAR
from claims.reading.asking.party_names import PartyNames, outlets_in
from claims.reading.asking.scope import Scope, value_kind_of
from claims.reading.asking.silence import Silence
from claims.reading.asking.statement import Statement
from claims.reading.asking.statements import statements_of
from claims.reading.asking.wording import question_of
from claims.reading.proposals import CitedSource, Reading, ReadingError
from claims.reading.questions.groups import UNCLEAR as UNCLEAR_COUNT
from claims.reading.text.quotes import words_at
from claims.workflow.identity import find_party

LONGEST_READ: Final = 200_000  # characters that one request reads, in about two seconds


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that the selected words say, as an editor chooses among several.

    ``at`` is where its figure begins in the text; ``words`` are the article's own.
    """

    at: int
    words: str
    question: str


@dataclass(slots=True)
class Suggestion:
    """What a form may start from: ``terms`` of the claim, ``figures`` of its rows, by input.

    ``spans`` are the places that the rows mark, in code points, end exclusive; ``doubts`` are
    left to the editor, in words.
    """

    terms: dict[str, Any] = field(default_factory=dict)
    figures: list[dict[str, Any]] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


class QuotedPassage:
    """Words of an article's text, from ``start`` to ``end``, with what the reading finds there.

    A text of over 200,000 characters is not read: nothing is suggested but the words.
    """

    def __init__(self, revision: ArticleRevision, start: int, end: int, *, by: User) -> None:
        self.revision, self.start, self.end, self._by = revision, start, end, by
        self.is_read = len(revision.text) <= LONGEST_READ
        self._reading: Reading | None = None
        self._statements: list[Statement] = []
        if self.is_read:
            self._read()

    def _read(self) -> None:
        try:
            self._reading = read_article(
                self.revision.text,
                format=self.revision.format,
                language=self.revision.article.language,
            )
        except ReadingError:
            return
        found, _unkept = statements_of(self._reading)
        self._statements = [one for one in found if self._places(one)]

    def _places(self, one: Statement) -> list[tuple[int, int]]:
        """Where the statement stands within the selected words."""
        spans = ((place.char_start, place.char_end) for place in one.places)
        return [(a, b) for a, b in spans if self.start <= a and b <= self.end]

    def choices(self) -> list[Said]:
        """The questions that the words answer, each once, in the order of the text.

        None is worded where the text leaves a gap in it; a number that the words deny answers none.
        """
        found: dict[Scope, Said] = {}
        told = [one for one in self._statements if one.silence != Silence.DENIED]
        for one in sorted(told, key=lambda one: self._places(one)[0]):
            at = self._places(one)[0][0]
            question = question_of(one.scope, self.revision.title) if _asks(one) else ""
            found.setdefault(one.scope, Said(at, one.quote, question))
        return list(found.values())

    def suggest(self, at: int | None) -> Suggestion:
        """The draft for the question of the statement at ``at``; None: only the words."""
        chosen = [one for one in self._statements if at in dict(self._places(one))]
        if not chosen or self._reading is None or chosen[0].silence == Silence.DENIED:
            return self._words_alone()
        scope = chosen[0].scope
        answers = [
            one for one in self._statements if one.scope == scope and one.silence != Silence.DENIED
        ]
        reader = _Reader(self._reading, self.revision, by=self._by)
        return Suggestion(
            terms=reader.terms(scope, asks=_asks(chosen[0])),
            figures=[
                {**reader.row(one), **self._words(), "place": self._place(self._places(one))}
                for one in answers
            ],
            spans=sorted({span for one in answers for span in self._places(one)}),
            doubts=[doubt for one in answers for doubt in one.doubts],
        )

    def _words_alone(self) -> Suggestion:
        subject = subject_of(self.revision.title)
        terms = {"subject": subject.pk} if subject is not None else {}
        whole = [(self.start, self.end)]
        return Suggestion(terms, [{**self._words(), "place": self._place(whole)}], whole)

    def _words(self) -> dict[str, str]:
        text, format_ = self.revision.text, self.revision.format
        return {"quote": words_at(text, self.start, self.end, format_)}

    def _place(self, spans: list[tuple[int, int]]) -> str:
        return str(TextPlace(self.revision, tuple(sorted(spans))))


class _Reader:
    """Turns what was read of one article into inputs; looks rows up and adds none."""

    def __init__(self, reading: Reading, revision: ArticleRevision, *, by: User) -> None:
        self._reading, self._title = reading, revision.title
        self._names = PartyNames(revision.title, reading.text, outlets_in(reading))
        signed: dict[str, Any] = {"by": by, "reason": ""}
        self._works = Works(reading, Speakers(self._names, **signed), **signed)
        self._topics = Topics(reading, revision.title, **signed)
        # What is counted is asked of the editor; the number itself is sure for all that.
        sure = ("", UNCLEAR_COUNT)
        self._unsure = {one.char_start for one in reading.figures if one.doubt not in sure}

    def terms(self, scope: Scope, *, asks: bool) -> dict[str, Any]:
        """The question and its scope; where only the article's words tell it apart, less."""
        subject, measure = self._topics.look_up(scope)
        found: dict[str, Any] = {"subject": subject and subject.pk}
        if scope.measure in UNCLEAR:
            return {name: value for name, value in found.items() if value}
        found |= {"measure": measure and measure.pk, "unit": scope.unit, "as_of": scope.as_of}
        found["aggregation"] = scope.aggregation
        if asks and not scope.words:
            found["question"] = question_of(scope, self._title)
            found["population"] = scope.population
        return {name: value for name, value in found.items() if value}

    def row(self, one: Statement) -> dict[str, Any]:
        """One statement's inputs: its value where it is sure, speaker, source."""
        told = {**self._value(one), **self._speaker(one), **self._source(one)}
        if one.stance != Stance.ASSERTS and not one.doubts:
            told |= {"stance": one.stance, **one.objection}
        return {name: value for name, value in told.items() if value not in ("", None)}

    def _value(self, one: Statement) -> dict[str, Any]:
        """What is typed for the value; '' unless typing it gives just this value."""
        if any(place.char_start in self._unsure for place in one.places):
            return {}
        typed = _typed(one)
        try:
            told = parse_answer(typed, value_kind_of(one.scope.measure), one.scope.unit)
        except TypedAnswerError:
            return {}
        if one.parties:
            return {"value": typed} if told.get("parties") == list(one.parties) else {}
        plain = {name: value for name, value in told.items() if name != "value_state"}
        return {"value": typed} if _said(plain) == _said(one.value) else {}

    def _speaker(self, one: Statement) -> dict[str, Any]:
        """Who says it, by name; those whom the article leaves unnamed are not made up."""
        named = one.attribution
        if named is None or not named.name or named.anonymous:
            return {}
        read = self._names.read(named.name)
        if read.is_unnamed or read.kind == PartyKind.OUTLET:  # which publishes, and does not speak
            return {}
        known = find_party(read.names[-1], kind=read.kind, description=read.description).row
        told: dict[str, Any] = {"speaker": known.pk} if known else {
            "speaker_name": read.names[-1], "speaker_kind": read.kind,
            "speaker_role": read.description}  # fmt: skip
        return {**told, **(self._relayer(named.via) if named.via else {})}

    def _relayer(self, name: str) -> dict[str, Any]:
        read = self._names.read(name, outlet=True)
        if read.is_unnamed:
            return {}
        known = find_party(read.names[-1], kind=read.kind).row
        return {"relayer": known.pk} if known else {"relayer_name": read.names[-1]}

    def _source(self, one: Statement) -> dict[str, Any]:
        """The work that is cited; whether the words need a citation is for the editor to say."""
        if not one.citation:
            return {}
        known, work = self._works.look_up(one.citation)
        if known is not None:
            return {"source": known.pk}
        return _inputs_of(work, self._reading.text) if work is not None else {}


def _asks(one: Statement) -> bool:
    """Whether the text says enough for a question without a gap."""
    return one.silence in (Silence.SPEAKS, Silence.RIVAL)


def _typed(one: Statement) -> str:
    value = one.value
    if one.parties:
        return f"{SEPARATOR} ".join(one.parties)
    if "edtf" in value:
        return str(value["edtf"])
    if "boolean" in value:
        return "yes" if value["boolean"] else "no"
    return words_of_figure(Figure(**value)) if value else ""


def _said(value: dict[str, Any]) -> dict[str, Any]:
    return {name: told for name, told in value.items() if told not in (None, False, "")}


def _inputs_of(work: CitedSource, text: str) -> dict[str, Any]:
    """The inputs of a new source: its reference as it stands, where that reads, else its data."""
    written = text[work.char_start : work.char_end]
    try:
        if read_reference(written).get("title"):
            return {"source_reference": written}
    except InvalidValueError:
        pass
    if not work.title:
        return {}
    told = {
        "source_title": work.title[:500],
        "source_url": work.url[:2000],
        "source_publisher": (work.publisher or work.container)[:300],
        "source_issued": work.issued[:64],
    }
    return {name: value for name, value in told.items() if value}
