"""What rows of figures on a claim's form name: sources and parties found or added, values read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError

from claims.choices import AttributionMode, AttributionRole, PartyMode, ValueState
from claims.domain.typed_answers import TypedAnswerError, parse_answer
from claims.errors import EvidenceError, InvalidValueError, RefusalError
from claims.forms.figure_rows import at_its_input
from claims.forms.pickers import find_row
from claims.importers.registers import Registers
from claims.models import Party, Source


class TypedFigures:
    """Turns the rows of one form, in their order, into what add_assertion takes.

    New sources and parties are signed with the reason of the form; a row that names what an
    earlier one added finds it.
    """

    def __init__(self, *, by: Any, reason: str, value_kind: str, unit: str) -> None:
        self._registers = Registers(by=by, reason=reason)
        self._value_kind, self._unit = value_kind, unit
        self._above: Source | None = None

    def arguments(self, typed: Mapping[str, Any], answer: Mapping[str, Any]) -> dict[str, Any]:
        """A row's arguments: ``typed`` are its inputs, ``answer`` the members kept as typed.

        Raises RefusalError whose field is an input of the row.
        """
        told = self._value(typed)
        source = self._source(typed)
        self._above = source or self._above
        return {**answer, **told, "source": source, "attributions": self._chain(typed)}

    def _value(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        try:
            told = parse_answer(typed["value"], self._value_kind, self._unit)
        except TypedAnswerError as error:
            raise InvalidValueError(str(error), field="value") from error
        if "parties" in told:
            parties = [self._party_named(name, typed) for name in told["parties"]]
            told = {"parties": parties, "party_mode": PartyMode.UNSPECIFIED}
        return {"value_state": ValueState.VALUE, **told}

    def _party_named(self, name: str, typed: Mapping[str, Any]) -> Party:
        if typed["adds_parties"]:
            with _at(name="value"):
                return self._registers.party(name)
        try:
            found: Any = find_row(Party.objects.all(), name)
        except ValidationError as error:
            raise InvalidValueError(error.messages[0], field="value") from error
        return found

    def _source(self, typed: Mapping[str, Any]) -> Source | None:
        if typed["as_above"]:
            if self._above is None:
                raise EvidenceError("No row above names a source.", field="as_above")
            return self._above
        told = {name: typed[f"source_{name}"].strip() for name in ("title", "url", "issued")}
        publisher = typed["source_publisher"].strip()
        if typed["source"] is not None or not (publisher or any(told.values())):
            chosen: Source | None = typed["source"]
            return chosen
        if not told["title"]:
            raise EvidenceError("A new source needs a title.", field="source_title")
        inputs = {name: f"source_{name}" for name in told}
        with _at(**inputs, name="source_publisher"):
            return self._registers.work(told, publisher)

    def _chain(self, typed: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The speaker, then who passed it on."""
        speaker, relayer = typed["speaker"], typed["relayer"]
        if typed["speaker_name"]:
            kind, role = typed["speaker_kind"], typed["speaker_role"]
            with _at(name="speaker_name", description="speaker_role"):
                speaker = self._registers.party(typed["speaker_name"], kind, role)
        if typed["relayer_name"]:
            with _at(name="relayer_name"):
                relayer = self._registers.party(typed["relayer_name"])
        links = (
            (speaker, AttributionRole.SPEAKER, AttributionMode.SAID),
            (relayer, AttributionRole.RELAYER, AttributionMode.REPORTED),
        )
        return [
            {"party": party, "role": role, "mode": mode}
            for party, role, mode in links
            if party is not None
        ]


@contextmanager
def _at(**inputs: str) -> Iterator[None]:
    """Let a refusal of a row that this one names stand at its inputs."""
    try:
        yield
    except RefusalError as refusal:
        raise at_its_input(refusal, **inputs) from refusal
