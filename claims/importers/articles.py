"""One article in: its revision, and draft claims for what the reading proposes."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from claims.choices import ClaimState
from claims.domain.characters import without_hidden
from claims.errors import ImportRefusedError
from claims.importers.intake.drafts import Drafts
from claims.importers.intake.known import (
    Terms,
    asked_about,
    dropped_from,
    replaced_in,
    same_statement,
    terms_key,
)
from claims.importers.intake.notes import ask_people, conflict_notes
from claims.importers.intake.parties import Name, Speakers, attribution_chain, names_in
from claims.importers.intake.parts import relate_parts
from claims.importers.intake.sources import Works
from claims.importers.intake.topics import Topics
from claims.importers.slugs import slug_of
from claims.models import Anchor, ArticleRevision, Assertion, Claim, Source
from claims.reading.article import read_article
from claims.reading.asking.party_names import PartyNames, outlets_in
from claims.reading.asking.scope import Scope
from claims.reading.asking.statement import Statement, Unkept
from claims.reading.asking.statements import count_highlights, doubts_of, statements_of, to_draft
from claims.reading.asking.wording import question_of
from claims.reading.proposals import Reading, ReadingError
from claims.workflow.acts import act
from claims.workflow.anchors import Followed, follow_anchors
from claims.workflow.articles import add_article
from claims.workflow.comments import write_comment, write_comments
from claims.workflow.events import moment
from claims.workflow.evidence import add_assertion, change_assertion, supersede_assertion


@dataclass(slots=True)
class ImportedArticle:
    """What one import read and what it made; all counts but `known` are of new rows.

    `asked` are questions whether new rows are old ones, `without_claim` are proposed conflicts
    between statements that led to no draft, in words. `highlights` are figures without a draft.
    `followed` tells of the places of known statements in a changed article; else None.
    """

    revision: ArticleRevision
    reading: Reading
    is_new: bool = True
    drafted: list[Claim] = field(default_factory=list)
    extended: list[Claim] = field(default_factory=list)
    assertions: int = 0
    known: int = 0
    doubts: int = 0
    highlights: int = 0
    to_confirm: int = 0
    sources: int = 0
    parties: int = 0
    asked: int = 0
    unkept: list[Unkept] = field(default_factory=list)
    without_claim: list[str] = field(default_factory=list)
    followed: Followed | None = None


def read_text(
    text: str,
    *,
    format: str = "auto",  # noqa: A002
    language: str = "",
    figures_only: bool = False,
) -> Reading:
    """Return what a text proposes, with places in its NFC; ReadingError when it is no article.

    `language` and `figures_only` are those of read_article.
    """
    stored = unicodedata.normalize("NFC", text)
    return read_article(stored, format=format, language=language, figures_only=figures_only)


@transaction.atomic
def import_text(
    text: str,
    *,
    by: User,
    title: str = "",
    format: str = "auto",  # noqa: A002
) -> ImportedArticle:
    """Store an article and propose draft claims, all or nothing; publish nothing.

    `title` is used when the text has none. What an earlier import made stays as people have
    left it: a place that has an assertion, dropped ones included, is not proposed again.
    Raises ImportRefusedError for text that is no article, RefusalError when `by` may not.
    """
    try:
        reading = read_text(text, format=format)
    except ReadingError as error:
        raise ImportRefusedError(str(error)) from error
    with act("import_article", by=by, reason="Imported an article."):
        done = import_reading(reading, by=by, title=title)
        ask_people(done.drafted, done.extended, by=by)
        return done


@transaction.atomic(savepoint=False)
def import_reading(
    reading: Reading, *, by: User, title: str = "", slug: str = "", **fields: Any
) -> ImportedArticle:
    """Store an article that was read, in NFC, as import_text does; `fields` are the Article's."""
    heading = without_hidden(reading.title or title)[:300]
    reason = f"Imported from the article “{heading[:200]}”."
    fields |= {"title": heading, "slug": slug or slug_of(heading)}
    fields |= {"text": reading.text, "format": reading.format}
    fields.setdefault("language", reading.language)
    now = moment(None)
    revision = add_article(by=by, reason=reason, now=now, **fields)
    done = ImportedArticle(revision, reading, is_new=revision.added_at == now)
    if revision.number > 1 and done.is_new:  # first of all: what is unchanged is known
        done.followed = follow_anchors(revision=revision, by=by, reason=reason)
    _Intake(done, by=by, reason=reason).take_in()
    return done


class _Intake:
    """The work of one import."""

    def __init__(self, done: ImportedArticle, *, by: User, reason: str) -> None:
        title = done.revision.article.title
        self.done, self.by, self.reason, self.title = done, by, reason, title
        names = PartyNames(title, done.reading.text, outlets_in(done.reading))
        self.speakers = Speakers(names, by=by, reason=reason)
        self.works = Works(done.reading, self.speakers, by=by, reason=reason)
        self.topics = Topics(done.reading, title, by=by, reason=reason)
        self.drafts = Drafts(done.revision)
        self.claims: dict[Scope, Claim] = {}
        self.asked: dict[Terms, Claim] = {}
        self.dropped: dict[Terms, list[Claim]] = {}

    def take_in(self) -> None:
        found, self.done.unkept = statements_of(self.done.reading)
        statements, self.done.highlights = to_draft(found), count_highlights(found)
        self.done.doubts = sum(bool(one.doubts) for one in statements)
        taken = self._places_taken()
        fresh: dict[Scope, list[Statement]] = defaultdict(list)
        for one in statements:
            if all((place.char_start, place.char_end) in taken for place in one.places):
                self.done.known += 1
            else:
                fresh[one.scope].append(one)
        self.topics.prepare(fresh)
        self._prepare([one for answers in fresh.values() for one in answers])
        subjects = [self.topics.subject(scope) for scope in fresh]
        self.asked = {} if self.topics.is_new else asked_about(subjects)
        if self.done.followed is not None or not self.done.is_new:
            self.dropped = dropped_from(self.done.revision.article, subjects)
        for scope, answers in fresh.items():
            self._take_answers(scope, answers)
        self._draft(fresh)
        relate_parts(self.done.reading, self.claims, by=self.by, reason=self.reason)
        self.done.sources, self.done.parties = self.works.added, self.speakers.added
        self.done.asked = self.works.asked + self.speakers.asked + self.topics.asked

    def _places_taken(self) -> set[tuple[int, int]]:
        """Where this revision has statements already."""
        if self.done.is_new and self.done.followed is None:
            return set()
        return set(self.done.revision.anchors.values_list("start", "end"))

    def _prepare(self, statements: list[Statement]) -> None:
        """Find or add the speakers and sources of all these statements at once."""
        citations = [one.citation for one in statements if one.citation]
        publishers = [Name(words, outlet=True) for words in self.works.publishers(citations)]
        self.speakers.prepare([*publishers, *names_in(statements)])
        uncited = [attribution_chain(one, self.speakers) for one in statements if not one.citation]
        self.works.prepare(citations, [chain[-1] for chain in uncited if chain], self.title)

    def _take_answers(self, scope: Scope, answers: list[Statement]) -> None:
        """Add to the claim that asks this already, else gather for a new draft."""
        terms: dict[str, Any] = {
            "subject": self.topics.subject(scope),
            "measure": self.topics.measure(scope),
            "unit": scope.unit,
            "population": scope.population,
            "aggregation": scope.aggregation,
            "as_of": scope.as_of,
        }
        key = terms_key(terms)
        answers = [one for one in answers if not self._was_dropped(key, one)]
        found = self.asked.get(key)
        if found is not None:
            self._extend(found, scope, answers)
            return
        if answers:
            self.drafts.ask(scope, question_of(scope, self.title), terms)
        for one in answers:
            places = [(place.char_start, place.char_end) for place in one.places]
            if self.drafts.answer(scope, self._answer(one), places, one.replaces):
                self.done.assertions += 1
            else:
                self.done.known += 1

    def _was_dropped(self, key: Terms, one: Statement) -> bool:
        """Whether the article said so before and the claim that it led to was retired."""
        claims = self.dropped.get(key, [])
        answer = self._answer(one) if claims else {}
        dropped = any(same_statement(claim, one, answer) is not None for claim in claims)
        self.done.known += dropped
        return dropped

    def _draft(self, fresh: dict[Scope, list[Statement]]) -> None:
        self.claims |= (made := self.drafts.write(by=self.by, reason=self.reason))
        self.done.drafted = list({claim.pk: claim for claim in made.values()}.values())
        notes = [(claim, doubts_of(fresh[scope])) for scope, claim in made.items()]
        unsure, self.done.without_claim = conflict_notes(
            self.done.reading, self.done.revision, self.done.drafted
        )
        self.done.to_confirm = len(unsure)
        write_comments(notes=[note for note in [*notes, *unsure] if note[1]], by=self.by)

    def _extend(self, claim: Claim, scope: Scope, answers: list[Statement]) -> None:
        self.claims[scope] = claim
        added = [self._take(claim, one) for one in answers]
        if any(added):
            self.done.extended.append(claim)
            if words := doubts_of(answers):
                write_comment(claim=claim, by=self.by, body=words)

    def _take(self, claim: Claim, one: Statement) -> bool:
        """Add the answer, or its place to the assertion that gives the same one; tell if new."""
        answer = self._answer(one)
        places = [
            {"revision": self.done.revision, "start": place.char_start, "end": place.char_end}
            for place in one.places
        ]
        twin = same_statement(claim, one, answer)
        if twin is not None:
            self.done.known += 1
            self._add_places(claim, twin, places)
            return False
        signed: dict[str, Any] = {"by": self.by, "reason": self._why(one)}
        if (older := replaced_in(claim, one, self.done.revision)) is not None:
            supersede_assertion(assertion=older, anchors=places, **signed, **answer)
        else:
            add_assertion(claim=claim, anchors=places, **signed, **answer)
        self.done.assertions += 1
        return True

    def _why(self, one: Statement) -> str:
        """Why an answer is added to a claim that was there before."""
        changed = self.done.followed is not None and one.value
        return f"The article now says {one.quote[:200]}." if changed else self.reason

    def _answer(self, one: Statement) -> dict[str, Any]:
        """The statement as add_assertion takes it, without its places."""
        chain = attribution_chain(one, self.speakers)
        source = self._source(one, chain)
        return {
            "source": source,
            "citation_needed": source is None,
            "quote": one.quote[:2000],
            "quote_language": self.done.revision.article.language,
            "stance": one.stance,
            "attributions": chain,
            "parties": [self.speakers.party(name) for name in one.parties],
            **one.value,
            **one.objection,
        }

    def _source(self, one: Statement, chain: list[dict[str, Any]]) -> Source | None:
        if one.citation:
            return self.works.cited(one.citation)
        return self.works.named(chain[-1], self.title) if chain else None

    def _add_places(self, claim: Claim, twin: Assertion, places: list[dict[str, Any]]) -> None:
        """Anchor a known answer here too. What readers see is not sent back to review for it."""
        article = self.done.revision.article
        anchored = Anchor.objects.filter(assertion=twin, revision__article=article).exists()
        state = Claim.objects.values_list("state", flat=True).get(pk=claim.pk)
        at_rest = state in (ClaimState.DRAFT, ClaimState.CHANGES_REQUESTED)
        if twin.is_live and (at_rest or not anchored):
            change_assertion(assertion=twin, by=self.by, reason=self.reason, anchors=places)
