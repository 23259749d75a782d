"""The subjects and measures that an article's scopes call for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.contrib.auth.models import User

from claims.choices import SubjectKind, ValueKind
from claims.domain.dates import date_words
from claims.importers.proposals.scopes import AMOUNT, AMOUNTS, SHARE, Scope
from claims.importers.proposals.wording import label_of
from claims.models import Measure, Subject
from claims.reading.proposals import Reading
from claims.workflow.importing import lock_names
from claims.workflow.measures import add_measure
from claims.workflow.subjects import add_subject, add_subjects

_FIGHTING: Final = ("combatant", "commander", "conflict", "belligerent")


class Topics:
    """Finds or adds subjects and measures; each is looked up once an article."""

    def __init__(self, reading: Reading, title: str, *, by: User, reason: str) -> None:
        self._reading, self._title = reading, title
        self._by, self._reason = by, reason
        self._subjects: dict[tuple[str, str], Subject] = {}
        self._measures: dict[str, Measure] = {}

    def prepare(self, scopes: Iterable[Scope]) -> None:
        """Find or add the events of all these scopes at once."""
        keys = dict.fromkeys((scope.place, scope.when) for scope in scopes)
        wanted = [key for key in keys if any(key) and key not in self._subjects]
        if not wanted:
            return
        whole = self.subject_of_article()
        for row in Subject.objects.filter(parent=whole).order_by("-pk"):
            if row.place or row.when:
                self._subjects[row.place, row.when] = row
        missing = [key for key in wanted if key not in self._subjects]
        fields = [self._event(whole, *key) for key in missing]
        if missing:
            made = add_subjects(rows=fields, by=self._by, reason=self._reason)
            self._subjects |= dict(zip(missing, made, strict=True))
        for one in self._subjects.values():
            if one.parent_id == whole.pk:
                one.parent = whole  # known already: nobody need fetch it

    def subject(self, scope: Scope) -> Subject:
        """The event at the scope's place and time, below the article's own subject."""
        key = (scope.place, scope.when)
        if not any(key):
            return self.subject_of_article()
        if key not in self._subjects:
            self.prepare([scope])
        return self._subjects[key]

    def measure(self, scope: Scope) -> Measure:
        """The scope's measure, from the vocabulary or added to it."""
        if scope.measure not in self._measures:
            self._measures[scope.measure] = self._find_measure(scope.measure)
        return self._measures[scope.measure]

    def _whole(self) -> Subject:
        found = Subject.objects.filter(title=self._title, parent=None).order_by("pk").first()
        labels = [block.label.casefold() for block in self._reading.blocks]
        fought = any(word in label for label in labels for word in _FIGHTING)
        kind = SubjectKind.CONFLICT if fought else SubjectKind.EVENT
        return found or add_subject(by=self._by, reason=self._reason, title=self._title, kind=kind)

    def _event(self, whole: Subject, place: str, when: str) -> dict[str, Any]:
        words = ", ".join(part for part in (place, date_words(when) if when else "") if part)
        return {
            "title": f"{words} ({self._title})"[:300],
            "kind": SubjectKind.EVENT,
            "parent": whole,
            "place": place,
            "when": when,
        }

    def subject_of_article(self) -> Subject:
        """The subject of the article as a whole."""
        if ("", "") not in self._subjects:
            self._subjects["", ""] = self._whole()
        return self._subjects["", ""]

    def _find_measure(self, slug: str) -> Measure:
        found = Measure.objects.filter(slug=slug).first()
        if found is None and lock_names("measure", [slug]):
            found = Measure.objects.filter(slug=slug).first()
        if found is None:
            whole_numbers = slug not in {AMOUNT, SHARE} | AMOUNTS
            return add_measure(
                by=self._by,
                reason=self._reason,
                slug=slug,
                label=label_of(slug),
                value_kind=ValueKind.QUANTITY,
                is_count=whole_numbers,
            )
        if found.value_kind == ValueKind.QUANTITY:
            return found
        # The word is taken by a measure of another kind, such as the date of an event.
        return self._find_measure(f"{slug}-number")
