"""Wikidata entities as JSON: labels, and the statements whose properties the desk measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from claims.domain import wikibase as wb
from claims.errors import ImportRefusedError

_LANGUAGES: Final = ("en", "mul")
_NO_SOURCE: Final = frozenset({wb.IMPORTED_FROM})
_TEXT_TYPES: Final = ("string", "monolingualtext")


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference of a statement: fields of a source, the name of its publisher."""

    fields: Mapping[str, str]
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class EntityStatement:
    """One statement of an entity, its qualifiers by property, its references."""

    entity: str
    subject: str
    property: str
    number: str
    rank: str
    snak: Mapping[str, Any]
    qualifiers: Mapping[str, list[Any]] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)


class Labels:
    """Names of the items of a file, in English or else in the first language there is."""

    def __init__(self, entities: list[Mapping[str, Any]]) -> None:
        self._named = {str(one["id"]): entity_label(one) for one in entities}

    def of(self, item: str) -> str:
        """The name of the item; its number when the file does not hold it."""
        return self._named.get(item) or item


def entities_in(values: list[Any], name: str) -> list[Mapping[str, Any]]:
    """The entities of a file: as the API, a dump or Special:EntityData writes them."""
    found: list[Mapping[str, Any]] = []
    for value in values:
        if isinstance(value, list):
            found += entities_in(value, name)
        elif isinstance(value, dict) and isinstance(value.get("entities"), dict):
            found += entities_in(list(value["entities"].values()), name)
        elif isinstance(value, dict) and isinstance(value.get("claims"), dict | list):
            found.append(value)
        else:
            raise ImportRefusedError(
                f"{name}: this is no Wikidata entity: an object with id, labels and claims."
            )
    for one in found:
        if not isinstance(one.get("id"), str):
            raise ImportRefusedError(f"{name}: an entity has no id.")
    return found


def entity_label(entity: Mapping[str, Any]) -> str:
    """The entity's name in English, else in the first language; '' when it has none."""
    labels = entity.get("labels") or {}
    wanted = [labels[one] for one in _LANGUAGES if one in labels]
    for label in [*wanted, *(labels.values() if isinstance(labels, dict) else ())]:
        if isinstance(label, dict) and str(label.get("value", "")).strip():
            return str(label["value"]).strip()
    return ""


def entity_statements(
    entity: Mapping[str, Any], properties: Mapping[str, Any], labels: Labels
) -> Iterator[EntityStatement]:
    """The entity's statements of these properties, deprecated ones first, preferred ones last.

    Of statements from one source the last is taken to be the newest: so no rank makes a
    preferred value look superseded.
    """
    claims = entity["claims"] if isinstance(entity["claims"], dict) else {}
    for prop, rows in claims.items():
        if prop in properties and isinstance(rows, list):
            kept = [row for row in rows if isinstance(row, dict)]
            for row in sorted(kept, key=lambda row: _rank(row)[1]):
                yield _statement(entity, prop, row, labels)


def others_of(entity: Mapping[str, Any], properties: Mapping[str, Any]) -> dict[str, int]:
    """How many statements of other properties the entity has."""
    claims = entity["claims"] if isinstance(entity["claims"], dict) else {}
    return {prop: len(rows) for prop, rows in claims.items() if prop not in properties}


def _rank(row: Mapping[str, Any]) -> tuple[str, int]:
    rank = row.get("rank", "normal")
    return (rank, wb.RANKS.index(rank)) if rank in wb.RANKS else ("normal", 1)


def _statement(
    entity: Mapping[str, Any], prop: str, row: Mapping[str, Any], labels: Labels
) -> EntityStatement:
    snak = row.get("mainsnak")
    qualifiers = row.get("qualifiers")
    rows = row.get("references")
    references = [_reference(one, labels) for one in rows] if isinstance(rows, list) else []
    return EntityStatement(
        entity=str(entity["id"]),
        subject=entity_label(entity) or str(entity["id"]),
        property=prop,
        number=str(row.get("id", "")) or f"{entity['id']}-{prop}",
        rank=_rank(row)[0],
        snak=snak if isinstance(snak, dict) else {},
        qualifiers=qualifiers if isinstance(qualifiers, dict) else {},
        references=[one for one in references if one is not None],
    )


def _reference(row: Any, labels: Labels) -> Reference | None:
    """The work that a reference names; None when it names none, as an import from a wiki."""
    snaks = row.get("snaks") if isinstance(row, dict) else None
    if not isinstance(snaks, dict):
        return None
    said = {prop: text for prop, rows in snaks.items() if (text := _first(rows, labels))}
    work, url = said.get(wb.STATED_IN, ""), said.get(wb.URL, "")
    title = said.get(wb.TITLE, "") or work or url or said.get(wb.DOI, "")
    if not title or not set(said) - _NO_SOURCE:
        return None
    fields = {
        "title": title[:500],
        "url": url,
        "issued": said.get(wb.PUBLISHED, ""),
        "accessed_on": _day(said.get(wb.RETRIEVED, "")),
        "doi": said.get(wb.DOI, ""),
        "authors": said.get(wb.AUTHOR, ""),
    }
    return Reference(
        {name: text for name, text in fields.items() if text},
        said.get(wb.PUBLISHER, "") or (work if title != work else ""),
    )


def _first(rows: Any, labels: Labels) -> str:
    """The first value among snaks of one property, as a text; '' when there is none."""
    for snak in rows if isinstance(rows, list) else ():
        text = text_of(snak, labels) if isinstance(snak, dict) else ""
        if text:
            return text
    return ""


def text_of(snak: Mapping[str, Any], labels: Labels) -> str:
    """A snak's value in words: a date as EDTF, an item as its name; '' when it has none."""
    kind, value = snak_value(snak)
    if kind == "wikibase-entityid":
        return labels.of(str(value.get("id", "")))
    if kind in _TEXT_TYPES:
        return str(value.get("text", "") if isinstance(value, dict) else value).strip()
    try:
        if kind == "time":
            return wb.wikibase_edtf(value)
        if kind == "quantity":
            return format(wb.amounts_of(value)["point"], "f")
    except wb.SnakError:
        return ""
    return ""


def snak_value(snak: Mapping[str, Any]) -> tuple[str, Any]:
    """The kind of a snak's value, and the value; ('', None) when it has none."""
    told = snak.get("datavalue")
    if snak.get("snaktype", "value") != "value" or not isinstance(told, dict):
        return "", None
    kind, value = str(told.get("type", "")), told.get("value")
    if kind in ("wikibase-entityid", "time", "quantity") and not isinstance(value, dict):
        return "", None
    return kind, value


def _day(text: str) -> str:
    return text if len(text) == 10 else ""
