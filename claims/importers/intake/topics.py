"""The subjects and measures that an article's scopes call for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.contrib.auth.models import User

from claims.choices import SubjectKind
from claims.domain.dates import date_words
from claims.domain.units import may_count
from claims.domain.vocabulary import ValueKind
from claims.models import Measure, Subject
from claims.querysets.lookup import rows_known_as
from claims.reading.asking.measuring import AMOUNT, SHARE
from claims.reading.asking.scope import Scope, value_kind_of
from claims.reading.asking.sizes import SIZES
from claims.reading.asking.wording import measure_label
from claims.reading.proposals import Reading
from claims.reading.questions.counted import AMOUNTS
from claims.workflow.importing import lock_names
from claims.workflow.look_alikes_of_new import ask_about_added
from claims.workflow.measures import add_measures
from claims.workflow.subjects import add_subjects

WHOLE: Final = ("", "")  # neither place nor date: the article's own subject
_FIGHTING: Final = ("combatant", "commander", "conflict", "belligerent")


class Topics:
    """Finds or adds subjects and measures; each is looked up once an article.

    ``is_new``: nobody knew the article's own subject, so no claim is about it or its parts.
    """

    def __init__(self, reading: Reading, title: str, *, by: User, reason: str) -> None:
        self._reading, self._title = reading, title
        self._by, self._reason = by, reason
        self._subjects: dict[tuple[str, str], Subject] = {}
        self._measures: dict[str, Measure] = {}
        self.is_new = False
        self.asked = 0

    def prepare(self, scopes: Iterable[Scope]) -> None:
        """Find or add the events and measures of all these scopes at once."""
        asked = list(scopes)
        self._prepare_measures(scope.measure for scope in asked)
        keys = dict.fromkeys((scope.place, scope.when) for scope in asked)
        self._prepare_subjects([key for key in keys if key not in self._subjects])

    def _prepare_subjects(self, keys: list[tuple[str, str]]) -> None:
        """Find or add the article's own subject and, below it, the event of each key."""
        if not keys:
            return
        below: Subject | dict[str, Any] = self._known_subjects() or self._whole()
        missing = [key for key in keys if any(key) and key not in self._subjects]
        if isinstance(below, Subject) and not missing:
            return
        self.is_new |= not isinstance(below, Subject)
        rows = [self._event(*key) for key in missing]
        made = add_subjects(rows=rows, below=below, by=self._by, reason=self._reason)
        self._subjects |= dict(zip([WHOLE, *missing], made, strict=True))
        added = made[1:] if isinstance(below, Subject) else made
        self.asked += ask_about_added(added, by=self._by, reason=self._reason)

    def _known_subjects(self) -> Subject | None:
        """Look up the article's own subject and what lies below it."""
        if WHOLE in self._subjects:
            return self._subjects[WHOLE]
        whole = subject_of(self._title)
        if whole is None:
            return None
        self._subjects[WHOLE] = whole
        for row in reversed(rows_known_as(Subject, {"parent_id": [whole.pk]})):
            row.parent = whole  # nobody need fetch it
            if row.place or row.when:
                self._subjects[row.place, row.when] = row
        return whole

    def look_up(self, scope: Scope) -> tuple[Subject | None, Measure | None]:
        """The scope's event and measure where the desk has them; adds nothing."""
        self._known_subjects()
        self._find_measures({scope.measure: scope.measure})
        return self._subjects.get((scope.place, scope.when)), self._measures.get(scope.measure)

    def subject(self, scope: Scope) -> Subject:
        """The event at the scope's place and time, below the article's own subject."""
        key = (scope.place, scope.when)
        if key not in self._subjects:
            self._prepare_subjects([key])
        return self._subjects[key]

    def measure(self, scope: Scope) -> Measure:
        """The scope's measure, from the vocabulary or added to it."""
        if scope.measure not in self._measures:
            self._prepare_measures([scope.measure])
        return self._measures[scope.measure]

    def _whole(self) -> dict[str, Any]:
        labels = [block.label.casefold() for block in self._reading.blocks]
        fought = any(word in label for label in labels for word in _FIGHTING)
        kind = SubjectKind.CONFLICT if fought else SubjectKind.EVENT
        return {"title": self._title, "kind": kind}

    def _event(self, place: str, when: str) -> dict[str, Any]:
        words = ", ".join(part for part in (place, date_words(when) if when else "") if part)
        return {
            "title": f"{words} ({self._title})"[:300],
            "kind": SubjectKind.EVENT,
            "place": place,
            "when": when,
        }

    def _prepare_measures(self, slugs: Iterable[str]) -> None:
        wanted = {slug: slug for slug in slugs if slug not in self._measures}
        missing = self._find_measures(wanted)
        if missing and lock_names("measure", missing.values()):
            missing = self._find_measures(missing)
        if missing:
            new = dict.fromkeys(missing.values())
            rows = [_fields_of(slug) for slug in new]
            made = add_measures(rows=rows, by=self._by, reason=self._reason)
            by_slug = dict(zip(new, made, strict=True))
            self._measures |= {word: by_slug[slug] for word, slug in missing.items()}

    def _find_measures(self, wanted: Mapping[str, str]) -> dict[str, str]:
        """Look up the measure of each word; return the slugs of those to be added.

        Where the slug is taken by a measure of another kind, such as the date of an event, the
        next one is tried.
        """
        missing: dict[str, str] = {}
        while wanted:
            rows = rows_known_as(Measure, {"slug": set(wanted.values())})
            found = {row.slug: row for row in rows}
            missing |= {word: slug for word, slug in wanted.items() if slug not in found}
            taken = {word: found[slug] for word, slug in wanted.items() if slug in found}
            fits = {
                word: row for word, row in taken.items() if row.value_kind == value_kind_of(word)
            }
            self._measures |= fits
            left = {word: row for word, row in taken.items() if word not in fits}
            wanted = {word: f"{row.slug}-{_suffix(word)}" for word, row in left.items()}
        return missing


def subject_of(title: str) -> Subject | None:
    """The own subject of the article of this title, if the desk has it."""
    named = Subject.objects.titled(title)
    return next((row for row in named if row.parent_id is None), None)


def _suffix(word: str) -> str:
    return "money" if value_kind_of(word) is ValueKind.MONEY else "number"


def _fields_of(slug: str) -> dict[str, Any]:
    sizes = {AMOUNT, SHARE} | AMOUNTS | SIZES
    return {
        "slug": slug,
        "label": measure_label(slug),
        "value_kind": value_kind_of(slug),
        "is_count": may_count(value_kind_of(slug)) and slug not in sizes,
    }
