"""Finding or adding what imports name: subjects, measures, works, parties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User

from claims.choices import CslType, PartyKind, SubjectKind, UrlStatus, ValueKind
from claims.domain.names import fold_name
from claims.models import Measure, Party, Source, Subject
from claims.workflow.measures import add_measure
from claims.workflow.parties import add_party
from claims.workflow.sources import add_source
from claims.workflow.subjects import add_subject


class Registers:
    """The registers of the desk as one import uses them; what is not there is added, signed."""

    def __init__(self, *, by: User, reason: str) -> None:
        self._signed: dict[str, Any] = {"by": by, "reason": reason}

    def subject(
        self,
        title: str,
        when: str = "",
        kind: str = SubjectKind.EVENT,
        **where: Any,
    ) -> Subject:
        """The subject of this Wikidata item, else with this title and date.

        ``where`` are wikidata_id, place, country, latitude and longitude of one that is added.
        """
        item = where.get("wikidata_id", "")
        known = Subject.objects.filter(wikidata_id=item).order_by("pk").first() if item else None
        alike = Subject.objects.filter(folded_title__folded=fold_name(title), when=when)
        if item:
            alike = alike.filter(wikidata_id="")
        found = known or alike.order_by("pk").first()
        return found or add_subject(title=title, when=when, kind=kind, **where, **self._signed)

    def measure(
        self, slug: str, value_kind: str = ValueKind.QUANTITY, *, is_count: bool = True
    ) -> Measure:
        """The measure of this slug."""
        return Measure.objects.filter(slug=slug).first() or add_measure(
            slug=slug,
            label=slug.replace("_", " ").replace("-", " "),
            value_kind=value_kind,
            is_count=is_count,
            **self._signed,
        )

    def work(self, fields: Mapping[str, str], publisher: str = "") -> Source:
        """The work with this DOI, else with this title, address and date.

        ``fields`` as add_source takes them, days as text; ``publisher`` is a name.
        """
        url, issued, doi = (fields.get(name, "") for name in ("url", "issued", "doi"))
        known = Source.objects.filter(doi__iexact=doi) if doi else Source.objects.none()
        alike = Source.objects.filter(folded_title__folded=fold_name(fields["title"]))
        alike = alike.filter(url=url, issued=issued)
        found = known.order_by("pk").first() or alike.order_by("pk").first()
        if found is not None:
            return found
        more: dict[str, Any] = {"url_status": UrlStatus.UNKNOWN if url else UrlStatus.NONE}
        if publisher:
            more["publisher"] = self.party(publisher)
        if fields.get("accessed_on"):
            more["accessed_on"] = dt.date.fromisoformat(fields["accessed_on"])
        return add_source(**{"csl_type": CslType.DOCUMENT, **fields, **more}, **self._signed)

    def party(self, name: str, kind: str = "", description: str = "", qid: str = "") -> Party:
        """The party of this Wikidata id, else of this name, kind and role.

        Without a kind, any party of the name.
        """
        known = Party.objects.filter(wikidata_qid=qid).order_by("pk").first() if qid else None
        if known is None:
            known = Party.objects.named(name, kind, description)
        if known is not None and (not qid or known.wikidata_qid in ("", qid)):
            return known
        return add_party(
            name=name,
            kind=kind or PartyKind.ORGANISATION,
            description=description if known is None else description or qid,
            wikidata_qid=qid,
            **self._signed,
        )
