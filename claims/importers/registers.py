"""Finding or adding what imports name: subjects, measures, works, parties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model

from claims.choices import CslType, PartyKind, SubjectKind, UrlStatus, ValueKind
from claims.domain.identity import match_key, slug_key
from claims.domain.likeness import Match
from claims.domain.units import may_count
from claims.models import Measure, Party, Source, Subject
from claims.workflow.identity import ask_about, find_measure, find_party, find_source, find_subject
from claims.workflow.importing import lock_all, lock_names
from claims.workflow.measures import add_measure
from claims.workflow.parties import add_party
from claims.workflow.sources import add_source, names_of_work
from claims.workflow.subjects import add_subject


class Registers:
    """The registers of the desk as one import uses them; what is not there is added, signed.

    What is there is found however it is written (claims/workflow/identity.py). Where nobody can
    tell, a new row is added and people are asked whether it is one of those that it may be;
    ``asked`` counts these questions.
    """

    def __init__(self, *, by: User, reason: str) -> None:
        self._signed: dict[str, Any] = {"by": by, "reason": reason}
        self.asked = 0

    def subject(
        self, title: str, when: str = "", kind: str = SubjectKind.EVENT, **where: Any
    ) -> Subject:
        """The subject of this Wikidata item, else with this title and date.

        ``where`` are wikidata_id, place, country, latitude and longitude of one that is added.
        """
        item = where.get("wikidata_id", "")

        def find() -> Match[Subject]:
            of_item = Subject.objects.filter(wikidata_id=item).order_by("pk").first()
            if item and of_item is not None:
                return Match(of_item)
            found = find_subject(title, when)
            is_it = found.row is not None and (not item or found.row.wikidata_id in ("", item))
            return found if is_it or found.row is None else Match()

        def add() -> Subject:
            return add_subject(title=title, when=when, kind=kind, **where, **self._signed)

        return self._one("subject", [title, match_key(title), item], find, add)

    def measure(
        self, slug: str, value_kind: str = ValueKind.QUANTITY, *, is_count: bool = True
    ) -> Measure:
        """The measure of this slug."""

        def add() -> Measure:
            return add_measure(
                slug=slug,
                label=slug.replace("_", " ").replace("-", " "),
                value_kind=value_kind,
                is_count=is_count and may_count(value_kind),
                **self._signed,
            )

        return self._one("measure", [slug, slug_key(slug)], lambda: find_measure(slug), add)

    def work(self, fields: Mapping[str, str], publisher: str = "") -> Source:
        """The work with this number, address, or title with publisher and date.

        ``fields`` as add_source takes them, days as text; ``publisher`` is a name.
        """
        more: dict[str, Any] = {}
        if publisher:
            more["publisher"] = self.party(publisher)

        def add() -> Source:
            more["url_status"] = UrlStatus.UNKNOWN if fields.get("url") else UrlStatus.NONE
            for day in ("accessed_on", "archived_on"):
                if fields.get(day):
                    more[day] = dt.date.fromisoformat(fields[day])
            return add_source(**{"csl_type": CslType.DOCUMENT, **fields, **more, **self._signed})

        find = partial(known_work, fields, more.get("publisher"))
        return self._one("source", _names_of(fields), find, add)

    def party(self, name: str, kind: str = "", description: str = "", qid: str = "") -> Party:
        """The party of this name; ``kind`` is '' where nothing says it, a role may be empty."""

        def add() -> Party:
            return add_party(
                name=name,
                kind=kind or PartyKind.ORGANISATION,
                description=description,
                wikidata_qid=qid,
                **self._signed,
            )

        find = partial(find_party, name, kind=kind, description=description, qid=qid)
        return self._one("party", [name], find, add)

    @staticmethod
    def expect(works: Iterable[Mapping[str, str]], parties: Iterable[str]) -> None:
        """Lock all that a form or a table names before the first of it is looked for.

        Two who name the same rows in another order would else wait for each other.
        """
        named = {("source", one) for fields in works for one in _names_of(fields)}
        lock_all(named | {("party", name) for name in parties if name.strip()})

    def _one[Row: Model](
        self,
        noun: str,
        names: Iterable[str],
        find: Callable[[], Match[Row]],
        add: Callable[[], Row],
    ) -> Row:
        """What is found, else added; found again where another writer may have added it."""
        found = find()
        if found.row is None and lock_names(noun, filter(None, names)):
            found = find()
        return found.row or self._ask(found, add())

    def _ask[Row: Model](self, found: Match[Row], added: Row) -> Row:
        self.asked += len(ask_about(added, found, **self._signed))
        return added


def _names_of(fields: Mapping[str, str]) -> set[str]:
    told = {name: fields.get(name, "") for name in ("url", "doi", "isbn")}
    return names_of_work(fields.get("title", ""), **told)


def known_work(fields: Mapping[str, str], publisher: Party | None = None) -> Match[Source]:
    """The work that these fields name, if the desk has it."""
    numbers = {name: fields.get(name, "") for name in ("url", "issued", "doi", "isbn")}
    return find_source(fields["title"], publisher=publisher, **numbers)
