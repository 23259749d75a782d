"""From rows of the tidy table to what the verbs take: terms of a claim, answers, and their rows."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.models import User
from django.db.models import Model

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
from claims.domain.likeness import Match
from claims.domain.units import may_count
from claims.domain.words import party_words
from claims.importers.figure_table import FLAGS, NUMBERS, FigureTable, MeasureSeen, TableRow
from claims.models import Measure, Party, Source, Subject
from claims.workflow.identity import ask_about, find_measure, find_party, find_source, find_subject
from claims.workflow.measures import add_measure
from claims.workflow.parties import add_party
from claims.workflow.sources import add_source
from claims.workflow.subjects import add_subject

_SEPARATOR: Final = "; "


class FigureDesk:
    """Finds or adds the subjects, measures, sources and parties that a table names.

    What is there is found however it is written (claims/workflow/identity.py). Where nobody can
    tell, a new row is added and people are asked whether it is one of those that it may be;
    ``asked`` counts these questions.
    """

    def __init__(self, table: FigureTable, *, by: User, reason: str) -> None:
        self._measures = table.measures
        self._signed: dict[str, Any] = {"by": by, "reason": reason}
        self.asked = 0

    def subject(self, title: str, when: str) -> Subject:
        """The subject with this title and date."""
        found = find_subject(title, when)
        return found.row or self._ask(
            found, add_subject(title=title, when=when, kind=SubjectKind.EVENT, **self._signed)
        )

    def measure(self, slug: str) -> Measure:
        """The measure of this slug; a new one takes figures as the whole table has them."""
        found = find_measure(slug)
        seen = self._measures.get(slug, MeasureSeen())
        kind = seen.value_kind or ValueKind.QUANTITY
        return found.row or self._ask(
            found,
            add_measure(
                slug=slug,
                label=slug.replace("_", " ").replace("-", " "),
                value_kind=kind,
                is_count=seen.is_count and may_count(kind),
                **self._signed,
            ),
        )

    def source(self, row: TableRow) -> Source | None:
        """The work that the row names; None when it names none."""
        fields = _source_fields(row)
        if not fields["title"]:
            return None
        found = find_source(**fields)
        return found.row or self._ask(
            found,
            add_source(
                csl_type=CslType.DOCUMENT,
                url_status=UrlStatus.UNKNOWN if fields["url"] else UrlStatus.NONE,
                **fields,
                **self._signed,
            ),
        )

    def party(self, name: str, kind: str = "", description: str = "") -> Party:
        """The party of this name; ``kind`` is '' where nothing says it, a role may be empty."""
        found = find_party(name, kind=kind, description=description)
        return found.row or self._ask(
            found,
            add_party(
                name=name,
                kind=kind or PartyKind.ORGANISATION,
                description=description,
                **self._signed,
            ),
        )

    def resolved(self, row: TableRow) -> dict[str, str]:
        """The cells of the row, with what the desk calls those that it knows for certain."""
        cells = dict(row.cells)
        if cells["speaker"].strip():
            speaker = find_party(
                cells["speaker"], kind=cells["speaker_kind"], description=cells["role"]
            ).row
            if speaker is not None:
                cells |= {"speaker": speaker.name, "speaker_kind": speaker.kind}
                cells["role"] = speaker.description
        cells["outlet"] = _called(cells["outlet"])
        names = [name for name in cells["parties"].split(_SEPARATOR) if name.strip()]
        cells["parties"] = _SEPARATOR.join(_called(name) for name in names)
        return cells | _source_cells(row, cells["outlet"])

    def _ask[Row: Model](self, found: Match[Row], added: Row) -> Row:
        questions = ask_about(added, found, **self._signed)
        self.asked += len(questions)
        return added


def _called(name: str) -> str:
    """What the desk calls who bears this name; the name itself when nobody certainly does."""
    found = find_party(name).row if name.strip() else None
    return found.name if found is not None else name


def _source_fields(row: TableRow) -> dict[str, Any]:
    title, url = row["source_title"].strip(), row["source_url"].strip()
    return {"title": title, "url": url, "issued": row["published"]}


def _source_cells(row: TableRow, outlet: str) -> dict[str, str]:
    """What the table says of a work that is there, its publisher where no outlet is named."""
    fields = _source_fields(row)
    found = find_source(**fields).row if fields["title"] else None
    if found is None:
        return {}
    printed_by = found.publisher.name if found.publisher is not None else ""
    return {
        "outlet": outlet or printed_by,
        "source_title": found.title,
        "source_url": found.url,
        "published": found.issued,
    }


def terms_of(row: TableRow, desk: FigureDesk) -> dict[str, Any]:
    """The scope of the row's claim as draft_claim takes it."""
    texts = {name: row[name].strip() for name in ("unit", "population", "aggregation", "as_of")}
    subject = desk.subject(row["subject"], row["event_date"])
    return {"subject": subject, "measure": desk.measure(row["measure"]), **texts}


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
        party = desk.party(row["speaker"], row["speaker_kind"], row["role"])
        chain.append(_link(party, AttributionRole.SPEAKER, AttributionMode.SAID))
    if row["outlet"].strip():
        party = desk.party(row["outlet"])
        chain.append(_link(party, AttributionRole.PUBLISHER, AttributionMode.REPORTED))
    return chain


def _link(party: Party, role: str, mode: str) -> dict[str, Any]:
    return {"party": party, "role": role, "mode": mode}


def _mode_of(row: TableRow, names: list[str]) -> str:
    """How the words join the parties: and, or, or not said."""
    if not names:
        return ""
    said = (mode for mode in PartyMode.values if row["words"] == party_words(names, mode))
    return next(said, PartyMode.UNSPECIFIED) if len(names) > 1 else PartyMode.UNSPECIFIED
