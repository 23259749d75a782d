"""From rows of the tidy table to what the verbs take: terms of a claim, answers, and their rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.contrib.auth.models import User

from claims.choices import (
    AttributionMode,
    AttributionRole,
    Extent,
    PartyMode,
    Stance,
    ValueKind,
    ValueState,
)
from claims.domain.words import party_words
from claims.importers.figures.table import FLAGS, NUMBERS, FigureTable, MeasureSeen, TableRow
from claims.importers.registers import Registers, known_work
from claims.models import Measure, Party, Source, Subject
from claims.workflow.identity import find_party

_SEPARATOR: Final = "; "


class FigureDesk:
    """What a table names, found in the registers of the desk or added to them."""

    def __init__(self, table: FigureTable, *, by: User, reason: str) -> None:
        self._measures = table.measures
        self._whole = table.mapping.source if table.mapping is not None else None
        self.registers = Registers(by=by, reason=reason)

    def subject(self, row: TableRow) -> Subject:
        """What the row is about, added with its place where it is new."""
        told = {name: row[name].strip() for name in ("place", "country", "latitude", "longitude")}
        told["wikidata_id"] = row["subject_wikidata_qid"].strip()
        where = {name: cell for name, cell in told.items() if cell}
        return self.registers.subject(row["subject"], row["event_date"], **where)

    def measure(self, slug: str) -> Measure:
        """The measure of this slug; a new one takes figures as the whole table has them."""
        seen = self._measures.get(slug, MeasureSeen())
        kind = seen.value_kind or ValueKind.QUANTITY
        return self.registers.measure(slug, kind, is_count=seen.is_count)

    def source(self, row: TableRow) -> Source | None:
        """The work of the whole file, else that of the row; None when neither names one."""
        if self._whole is not None:
            return self.registers.work(self._whole.fields, self._whole.publisher)
        fields = _source_fields(row)
        return self.registers.work(fields) if fields["title"] else None

    def expect(self, rows: Iterable[TableRow]) -> None:
        """Lock what these rows name, before the first of them is read."""
        works, parties = [], []
        for row in rows:
            works.append(self._whole.fields if self._whole is not None else _source_fields(row))
            parties += [row["speaker"], row["outlet"], *row["parties"].split(_SEPARATOR)]
        self.registers.expect(works, parties)

    @property
    def has_one_source(self) -> bool:
        """Whether the whole file is taken from one work."""
        return self._whole is not None

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
        return cells | _source_cells(self._known_work(row), cells["outlet"])

    def _known_work(self, row: TableRow) -> Source | None:
        whole = self._whole
        if whole is not None:
            publisher = find_party(whole.publisher).row if whole.publisher else None
            return known_work(whole.fields, publisher).row
        fields = _source_fields(row)
        return known_work(fields).row if fields["title"] else None


def _called(name: str) -> str:
    """What the desk calls who bears this name; the name itself when nobody certainly does."""
    found = find_party(name).row if name.strip() else None
    return found.name if found is not None else name


def _source_fields(row: TableRow) -> dict[str, str]:
    told = {"title": "source_title", "url": "source_url", "issued": "published"}
    return {name: row[column].strip() for name, column in told.items()}


def _source_cells(found: Source | None, outlet: str) -> dict[str, str]:
    """What the table says of a work that is there, its publisher where no outlet is named."""
    if found is None:
        return {}
    printed_by = found.publisher.name if found.publisher is not None else ""
    return {
        "outlet": outlet or printed_by,
        "source_title": found.title,
        "source_url": found.url,
        "published": found.issued,
    }


def row_terms(row: TableRow, desk: FigureDesk) -> dict[str, Any]:
    """The scope of the row's claim as draft_claim takes it."""
    texts = {name: row[name].strip() for name in ("unit", "population", "aggregation", "as_of")}
    return {"subject": desk.subject(row), "measure": desk.measure(row["measure"].strip()), **texts}


def answer_of(row: TableRow, desk: FigureDesk) -> dict[str, Any]:
    """The row as add_assertion takes it."""
    parties = [
        desk.registers.party(name) for name in row["parties"].split(_SEPARATOR) if name.strip()
    ]
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
        **{name: row[name] for name in ("vague_term", "text", "asserted_on", "status")},
        **{name: row[name] for name in ("quote", "quote_language")},
    }


def _state_of(row: TableRow) -> str:
    states = {"unknown": ValueState.UNKNOWN, "none": ValueState.NONE}
    return states.get(row["kind"], ValueState.VALUE)


def _chain_of(row: TableRow, desk: FigureDesk) -> list[dict[str, Any]]:
    """The speaker, then the outlet that published it."""
    chain = []
    if row["speaker"].strip():
        party = desk.registers.party(row["speaker"], row["speaker_kind"], row["role"])
        chain.append(_link(party, AttributionRole.SPEAKER, AttributionMode.SAID))
    if row["outlet"].strip() and not desk.has_one_source:  # else it is the work's publisher
        party = desk.registers.party(row["outlet"])
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
