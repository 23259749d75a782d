"""Statements of Wikidata entities as drafts: a claim for what is asked, an answer a reference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any, Final

from django.contrib.auth.models import User

from claims.choices import Aggregation, PartyMode, SubjectKind, ValueKind, ValueState
from claims.domain import wikibase as wb
from claims.importers.drafting import Drafted, DraftedAnswer, DraftedQuestion, Drafting
from claims.importers.entities.reading import (
    EntityStatement,
    Labels,
    Reference,
    entities_in,
    entity_statements,
    others_of,
    snak_value,
    text_of,
)
from claims.importers.figures.record import ImportFile
from claims.importers.json_files import json_values, sha256_of
from claims.models import Measure, Party

REASON: Final = "Imported from Wikidata."
_KINDS: Final = {
    "quantity": ValueKind.QUANTITY,
    "time": ValueKind.DATE,
    "wikibase-entityid": ValueKind.PARTY,
    "string": ValueKind.TEXT,
    "monolingualtext": ValueKind.TEXT,
}
_STATES: Final = {"somevalue": ValueState.UNKNOWN, "novalue": ValueState.NONE}
# Qualifiers that the claim or the value itself says; others go to the thread of the claim.
_TIMES: Final = (wb.POINT_IN_TIME, wb.START, wb.END)
_TOLD: Final = frozenset({*_TIMES, wb.APPLIES_TO})


class EntityImport:
    """One file of entities on its way to the desk; ``others`` counts what no measure takes."""

    def __init__(self, data: bytes, *, file_name: str, by: User) -> None:
        self._entities = entities_in(json_values(data, file_name), file_name)
        self._labels = Labels(self._entities)
        self._measures = {
            one.wikidata_property: one
            for one in Measure.objects.exclude(wikidata_property="").order_by("-pk")
        }
        file = ImportFile(file_name, sha256_of(data))
        self._drafting = Drafting(file, verb="import_entities", by=by, reason=REASON)
        self._registers = self._drafting.registers
        self.others: Counter[str] = Counter()

    def run(self) -> Iterator[Drafted]:
        """Draft what each entity says, claim by claim; yield each when it is committed."""
        for line, entity in enumerate(self._entities, start=1):
            self.others.update(others_of(entity, self._measures))
            stated = entity_statements(entity, self._measures, self._labels)
            for _, rows in groupby(sorted(stated, key=_scope), key=_scope):
                yield self._claim(line, list(rows))
        self._drafting.record.finish()

    def _claim(self, line: int, rows: list[EntityStatement]) -> Drafted:
        first = rows[0]
        place = f"{first.entity} {first.property}"
        return self._drafting.draft(lambda: self._question(line, rows), place, line)

    def _question(self, line: int, rows: list[EntityStatement]) -> DraftedQuestion:
        first = rows[0]
        measure = self._measures[first.property]
        as_of, part, unit = self._told(first)
        terms = {
            "subject": self._registers.subject(
                first.subject, kind=SubjectKind.OTHER, wikidata_id=first.entity
            ),
            "measure": measure,
            "unit": unit or measure.default_unit,
            "population": part,
            "aggregation": Aggregation.STOCK if as_of else Aggregation.EVENT,
            "as_of": as_of,
        }
        of_part = f", {part}" if part else ""
        when = f" as of {as_of}" if as_of else ""
        text = f"What is the {measure.label} of {first.subject}{of_part}{when}?"
        answers = [one for row in rows for one in self._answers(line, row, measure)]
        return DraftedQuestion(text, terms, answers)

    def _told(self, row: EntityStatement) -> tuple[str, str, str]:
        """When, of which part and in which unit the statement holds."""
        as_of, part, unit = _scope(row)[2:]
        return as_of, self._labels.of(part) if part else "", self._labels.of(unit) if unit else ""

    def _answers(
        self, line: int, row: EntityStatement, measure: Measure
    ) -> Iterator[DraftedAnswer]:
        """One answer for each reference; one that needs a citation when there is none."""
        place = f"{row.entity} {row.property} {row.number}"
        try:
            value = self._value(row, measure)
            for prop in _TIMES:  # without its time a value would say more than it does
                _read_time(row, prop)
        except wb.SnakError as error:
            yield DraftedAnswer(line, place, {}, fault=f"{error}.")
            return
        value["locator"] = wb.rank_note(row.rank, row.number)[:200]
        more = {"note": self._note(row), "rejected": _deprecated(row, self._labels)}
        cited: list[Reference | None] = [*row.references] or [None]
        for reference in cited:
            yield DraftedAnswer(line, place, {**value, **self._cited(reference)}, **more)

    def _cited(self, reference: Reference | None) -> dict[str, Any]:
        if reference is None:
            return {"citation_needed": True}
        return {"source": self._registers.work(reference.fields, reference.publisher)}

    def _value(self, row: EntityStatement, measure: Measure) -> dict[str, Any]:
        """The value as add_assertion takes it. Raises SnakError where the measure takes none."""
        state = _STATES.get(str(row.snak.get("snaktype", "value")))
        if state is not None:
            return {"value_state": state}
        kind, value = snak_value(row.snak)
        if _KINDS.get(kind) != measure.value_kind:
            words = f"{measure} takes a {measure.value_kind}; this is {kind or 'no value'}"
            raise wb.SnakError(words)
        return {"value_state": ValueState.VALUE, **self._read(kind, value, row)}

    def _read(self, kind: str, value: Any, row: EntityStatement) -> dict[str, Any]:
        circa = wb.CIRCA in [one.get("id") for one in _items(row, wb.CIRCUMSTANCES)]
        if kind == "quantity":
            return {**wb.amounts_of(value), "approximate": circa}
        if kind == "time":
            return {"edtf": wb.wikibase_edtf(value) + ("~" if circa else "")}
        if kind == "wikibase-entityid":
            return {"parties": [self._party(value)], "party_mode": PartyMode.UNSPECIFIED}
        return {"text": text_of(row.snak, self._labels)}

    def _party(self, value: Mapping[str, Any]) -> Party:
        item = str(value.get("id", ""))
        return self._registers.party(self._labels.of(item), qid=item)

    def _note(self, row: EntityStatement) -> str:
        """Qualifiers that no field holds, for the thread of the claim."""
        rest = {
            prop: [text_of(one, self._labels) or "no value" for one in snaks]
            for prop, snaks in row.qualifiers.items()
            if prop not in _TOLD and isinstance(snaks, list)
        }
        if not rest:
            return ""
        told = "; ".join(f"{prop}: {', '.join(words)}" for prop, words in rest.items())
        return f"Qualifiers in Wikidata: {told}."[:2_000]


def _scope(row: EntityStatement) -> tuple[str, str, str, str, str]:
    """What is asked: statements with the same scope answer one claim."""
    when = [_time(row, prop) for prop in _TIMES]
    point, start, end = when
    as_of = point or (f"{start or '..'}/{end or '..'}" if start or end else "")
    parts = [str(one.get("id", "")) for one in _items(row, wb.APPLIES_TO)]
    kind, value = snak_value(row.snak)
    unit = wb.unit_item(value) if kind == "quantity" else ""
    return row.entity, row.property, as_of, parts[0] if parts else "", unit


def _time(row: EntityStatement, prop: str) -> str:
    """The time that a qualifier names, '' for one that is no date to us."""
    try:
        return _read_time(row, prop)
    except wb.SnakError:
        return ""


def _read_time(row: EntityStatement, prop: str) -> str:
    """The same; raises SnakError where the statement holds for a time that is no date to us."""
    for snak in row.qualifiers.get(prop, []):
        kind, value = snak_value(snak) if isinstance(snak, dict) else ("", None)
        if kind == "time" and value is not None:
            return wb.wikibase_edtf(value)
    return ""


def _items(row: EntityStatement, prop: str) -> list[Mapping[str, Any]]:
    found = [snak_value(one) for one in row.qualifiers.get(prop, []) if isinstance(one, dict)]
    return [value for kind, value in found if kind == "wikibase-entityid"]


def _deprecated(row: EntityStatement, labels: Labels) -> str:
    """Why a deprecated statement does not stand; '' for others."""
    if row.rank != "deprecated":
        return ""
    why = [labels.of(str(one.get("id", ""))) for one in _items(row, "P2241")]
    return "Deprecated in Wikidata" + (f": {', '.join(why)}." if why else ".")
