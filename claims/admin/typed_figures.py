"""What rows of figures on a claim's form name: sources and parties found or added, values read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError

from claims.choices import AttributionMode, AttributionRole, PartyMode, ValueState
from claims.domain.typed_answers import TypedAnswerError, parse_answer
from claims.errors import EvidenceError, InvalidValueError, RefusalError
from claims.forms.base import refused_at
from claims.forms.pickers import find_row
from claims.forms.standing import says_already
from claims.importers.references.paste import read_reference
from claims.importers.registers import Registers
from claims.models import Assertion, Party, Source

_SOURCE_NAMES: Final = ("title", "url", "publisher", "issued")
# Where a refusal of the new source, or of the party that publishes it, stands.
_SOURCE_INPUTS: Final = {
    **{name: f"source_{name}" for name in _SOURCE_NAMES},
    **dict.fromkeys(
        ("csl_type", "authors", "language", "doi", "isbn", "archive_url"), "source_reference"
    ),
    "name": "source_publisher",
}
# The inputs of a row that name its source, and those that name who says it.
SOURCE_INPUTS: Final = frozenset(
    {"source", "source_reference", *(f"source_{name}" for name in _SOURCE_NAMES)}
)
CHAIN_INPUTS: Final = frozenset(
    {"speaker", "relayer", "speaker_name", "speaker_kind", "speaker_role", "relayer_name"}
)


class TypedFigures:
    """Turns the rows of one form, in their order, into what add_assertion takes.

    New sources and parties are signed with the reason of the form; a row that names what an
    earlier one added finds it.
    """

    def __init__(self, *, by: Any, reason: str, value_kind: str, unit: str) -> None:
        self._registers = Registers(by=by, reason=reason)
        self._value_kind, self._unit = value_kind, unit
        self._above: Source | None = None
        self._refused = False  # the source above; its row says so already

    def expect(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Lock what the rows will name, before the first of them is read."""
        works, parties = [], []
        for typed in rows:
            try:
                told = _told_of_source(typed)
            except RefusalError:
                continue  # its row says so when it is read
            works.append(told)
            parties += [told.get("publisher", ""), typed["speaker_name"], typed["relayer_name"]]
        self._registers.expect(works, parties)

    def arguments(self, typed: Mapping[str, Any], answer: Mapping[str, Any]) -> dict[str, Any]:
        """A row's arguments: ``typed`` are its inputs, ``answer`` the members kept as typed.

        Raises RefusalError whose field is an input of the row.
        """
        source = self._source_in_order(typed)
        told = {**self._value(typed), "source": source, "attributions": self._chain(typed)}
        return {**answer, **told}

    def changes(
        self, row: Assertion, typed: Mapping[str, Any], answer: Mapping[str, Any], changed: set[str]
    ) -> dict[str, Any]:
        """What change_assertion takes for a figure that stands: ``changed`` are its inputs.

        A link of the chain keeps its mode where another party takes its place.
        """
        told = {name: value for name, value in answer.items() if name in changed}
        self._above = row.source or self._above
        if not changed.isdisjoint(SOURCE_INPUTS):
            told["source"] = self._source_in_order(typed)
        if not changed.isdisjoint(CHAIN_INPUTS):
            modes = {link.role: link.mode for link in row.attributions.all()}
            chain = self._chain(typed)
            told["attributions"] = [
                {**link, "mode": modes.get(link["role"], link["mode"])} for link in chain
            ]
        if "value" in changed:
            value = self._value(typed)
            known = {**value, "parties": [one.name for one in value.get("parties", ())]}
            told |= {} if says_already(row, known if known["parties"] else value) else value
        return told

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
            with refused_at(name="value"):
                return self._registers.party(name)
        try:
            found: Any = find_row(Party.objects.all(), name)
        except ValidationError as error:
            raise InvalidValueError(error.messages[0], field="value") from error
        return found

    def _source_in_order(self, typed: Mapping[str, Any]) -> Source | None:
        """The source of the row; that of the row above where the row says so."""
        if not typed["as_above"]:
            self._refused = True
            found = self._source(typed)
            self._refused, self._above = False, found or self._above
            return found
        if self._above is None and not self._refused:
            raise EvidenceError("No row above names a source.", field="as_above")
        return self._above

    def _source(self, typed: Mapping[str, Any]) -> Source | None:
        told = _told_of_source(typed)
        if typed["source"] is not None or not any(told.values()):
            chosen: Source | None = typed["source"]
            return chosen
        publisher = told.pop("publisher", "")
        if not told.get("title"):
            raise EvidenceError("A new source needs a title.", field="source_title")
        with refused_at(**_SOURCE_INPUTS):
            return self._registers.work(told, publisher)

    def _chain(self, typed: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The speaker, then who passed it on."""
        speaker, relayer = typed["speaker"], typed["relayer"]
        if typed["speaker_name"]:
            kind, role = typed["speaker_kind"], typed["speaker_role"]
            with refused_at(name="speaker_name", description="speaker_role"):
                speaker = self._registers.party(typed["speaker_name"], kind, role)
        if typed["relayer_name"]:
            with refused_at(name="relayer_name"):
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


def _told_of_source(typed: Mapping[str, Any]) -> dict[str, str]:
    """What a row says of a new source: its inputs, else the reference that is pasted."""
    with refused_at(reference="source_reference"):
        pasted = typed["source_reference"].strip()
        told = read_reference(pasted) if pasted else {}
    own = {name: typed[f"source_{name}"].strip() for name in _SOURCE_NAMES}
    return {**told, **{name: words for name, words in own.items() if words}}
