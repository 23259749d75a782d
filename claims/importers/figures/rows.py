"""From rows of the tidy table to what the verbs take: terms of a claim, answers, and their rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.contrib.auth.models import User

from claims.choices import (
    AttributionMode,
    AttributionRole,
    CslType,
    Extent,
    PartyKind,
    PartyMode,
    Stance,
    SubjectKind,
    UrlStatus,
    ValueKind,
    ValueState,
)
from claims.domain.names import fold_name
from claims.importers.figures.mapping import SourceTerms
from claims.importers.figures.table import FLAGS, NUMBERS, FigureTable, MeasureSeen, TableRow
from claims.models import Measure, Party, Source, Subject
from claims.workflow.measures import add_measure
from claims.workflow.parties import add_party
from claims.workflow.sources import add_source
from claims.workflow.subjects import add_subject

_SEPARATOR: Final = "; "
_GLUES: Final = {PartyMode.JOINT: " and ", PartyMode.EITHER: " or "}


class FigureDesk:
    """Finds or adds the subjects, measures, sources and parties that a table names."""

    def __init__(self, table: FigureTable, *, by: User, reason: str) -> None:
        self._measures = table.measures
        self._whole = table.mapping.source if table.mapping is not None else None
        self._signed: dict[str, Any] = {"by": by, "reason": reason}

    def subject(self, title: str, when: str) -> Subject:
        """The subject with this title and date."""
        alike = Subject.objects.filter(folded_title__folded=fold_name(title), when=when)
        found = alike.order_by("pk").first()
        return found or add_subject(title=title, when=when, kind=SubjectKind.EVENT, **self._signed)

    def measure(self, slug: str) -> Measure:
        """The measure of this slug; a new one takes figures as the whole table has them."""
        found = Measure.objects.filter(slug=slug).first()
        seen = self._measures.get(slug, MeasureSeen())
        return found or add_measure(
            slug=slug,
            label=slug.replace("_", " ").replace("-", " "),
            value_kind=seen.value_kind or ValueKind.QUANTITY,
            is_count=seen.is_count,
            **self._signed,
        )

    def source(self, row: TableRow) -> Source | None:
        """The work of the whole file, else that of the row; None when neither names one."""
        if self._whole is not None:
            return self._work(self._whole.fields, self._whole)
        told = {"title": "source_title", "url": "source_url", "issued": "published"}
        fields = {name: row[column].strip() for name, column in told.items()}
        return self._work({"csl_type": CslType.DOCUMENT, **fields}) if fields["title"] else None

    def _work(self, fields: Mapping[str, str], whole: SourceTerms | None = None) -> Source:
        """The work with this DOI, else with this title, address and date."""
        url, issued, doi = (fields.get(name, "") for name in ("url", "issued", "doi"))
        known = Source.objects.filter(doi__iexact=doi) if doi else Source.objects.none()
        alike = Source.objects.filter(folded_title__folded=fold_name(fields["title"]))
        alike = alike.filter(url=url, issued=issued)
        found = known.order_by("pk").first() or alike.order_by("pk").first()
        if found is not None:
            return found
        more: dict[str, Any] = {"url_status": UrlStatus.UNKNOWN if url else UrlStatus.NONE}
        if whole is not None and whole.publisher:
            more["publisher"] = self.party(whole.publisher)
        if fields.get("accessed_on"):
            more["accessed_on"] = dt.date.fromisoformat(fields["accessed_on"])
        return add_source(**{**fields, **more}, **self._signed)

    @property
    def has_one_source(self) -> bool:
        """Whether the whole file is taken from one work."""
        return self._whole is not None

    def party(self, name: str, kind: str = "", description: str = "") -> Party:
        """The party of this name, kind and role; without a kind, any party of the name."""
        return Party.objects.named(name, kind, description) or add_party(
            name=name,
            kind=kind or PartyKind.ORGANISATION,
            description=description,
            **self._signed,
        )


def terms_of(row: TableRow, desk: FigureDesk) -> dict[str, Any]:
    """The scope of the row's claim as draft_claim takes it."""
    texts = {name: row[name].strip() for name in ("unit", "population", "aggregation", "as_of")}
    subject = desk.subject(row["subject"], row["event_date"])
    return {"subject": subject, "measure": desk.measure(row["measure"].strip()), **texts}


def answer_of(row: TableRow, desk: FigureDesk) -> dict[str, Any]:
    """The row as add_assertion takes it."""
    parties = [desk.party(name) for name in row["parties"].split(_SEPARATOR) if name.strip()]
    return {
        "source": desk.source(row),
        "stance": row["stance"],
        "extent": Extent.WHOLE if row["stance"] == Stance.DENIES else "",
        "value_state": _state_of(row),
        "attributions": _chain_of(row, desk),
        "parties": parties,
        "party_mode": _mode_of(row, [party.name for party in parties]),
        **{name: row.number(name) for name in NUMBERS},
        **{name: row[name] == "true" for name in FLAGS},
        "boolean": row["boolean"] == "true" if row["boolean"] else None,
        "edtf": row["date"],
        **{name: row[name] for name in ("vague_term", "text", "asserted_on")},
        **{name: row[name] for name in ("quote", "quote_language")},
    }


def _state_of(row: TableRow) -> str:
    states = {"unknown": ValueState.UNKNOWN, "none": ValueState.NONE}
    return states.get(row["kind"], ValueState.VALUE)


def _chain_of(row: TableRow, desk: FigureDesk) -> list[dict[str, Any]]:
    """The speaker, then the outlet that published it."""
    chain = []
    if row["speaker"].strip():
        kind = row["speaker_kind"] or PartyKind.ORGANISATION
        party = desk.party(row["speaker"], kind, row["role"])
        chain.append(_link(party, AttributionRole.SPEAKER, AttributionMode.SAID))
    if row["outlet"].strip() and not desk.has_one_source:  # else it is the work's publisher
        party = desk.party(row["outlet"])
        chain.append(_link(party, AttributionRole.PUBLISHER, AttributionMode.REPORTED))
    return chain


def _link(party: Party, role: str, mode: str) -> dict[str, Any]:
    return {"party": party, "role": role, "mode": mode}


def _mode_of(row: TableRow, names: list[str]) -> str:
    """How the words join the parties: and, or, or not said."""
    if not names:
        return ""
    for mode, glue in _GLUES.items():
        if len(names) > 1 and row["words"] == glue.join(names):
            return mode
    return PartyMode.UNSPECIFIED
