"""The statements of a claim as Wikibase JSON: values, ranks, qualifiers, references."""

# Wikibase has no place for who said something, for denials or for what an interval leaves out:
# speakers and objections stay in our own document, which the entity names.

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from claims.domain import wikibase as wb
from claims.domain.dates import parse_edtf
from claims.domain.published import ClaimDocument
from claims.domain.published_figures import FigureEntry, SourceEntry

_STATES: Final = {"unknown": "somevalue", "none": "novalue"}
# The type of a value -> the type of the property that takes it, where they are called otherwise.
_DATATYPES: Final = {"wikibase-entityid": "wikibase-item"}

type Snak = dict[str, Any]


def wikibase_entity(document: ClaimDocument, base: str = "") -> dict[str, Any]:
    """Return an item with the statements of a published claim document.

    Its property is the measure's in Wikidata, else the measure's name. ``base`` goes before the
    document's own paths. Each statement is what sources assert, once a value; ``factbase`` says
    what the values answer, which Wikibase cannot hold.
    """
    measure = document["measure"]
    prop = measure["wikidata_property"] or measure["slug"]
    statements: dict[str, dict[str, Any]] = {}
    sources = {source["ref"]: source for source in document["sources"]}
    for figure in document["figures"]:
        for number, snak in _values(prop, figure, document):
            row = statements.setdefault(number, _statement(number, snak, figure, document))
            source = sources.get(figure["source"] or "")
            if source is not None:
                row["references"].append(_reference(source))
    item = document["subject"]["wikidata_qid"]
    return {
        **({"id": item} if item else {}),
        "type": "item",
        "labels": {"en": {"language": "en", "value": document["subject"]["title"]}},
        "claims": {prop: list(statements.values())} if statements else {},
        "factbase": {
            "claim": document["ref"],
            "url": f"{base}{document['links'].get('version', document['links']['html'])}",
            "question": document["question"],
            "unit": document["unit"],
            "population": document["population"],
            "contention": document["contention"],
            "licence": document["licence"],
        },
    }


def _values(prop: str, figure: FigureEntry, document: ClaimDocument) -> Iterator[tuple[str, Snak]]:
    """The number and the main snak of each statement of a figure; none for an objection."""
    if figure["stance"] != "asserts":
        return
    number = wb.rank_in(figure["locator"])[1] or f"{document['ref']}${figure['ref']}"
    state = _STATES.get(figure["value_state"])
    if state is not None:
        yield number, {"snaktype": state, "property": prop}
        return
    parties = [party["name"] for party in figure["parties"]]
    for place, name in enumerate(parties):
        yield (number if place == 0 else f"{number}-{place}"), _snak(prop, "string", name)
    if not parties:
        yield number, _value(prop, figure, document)


def _value(prop: str, figure: FigureEntry, document: ClaimDocument) -> Snak:
    """The main snak; a value that Wikibase has no form for is one that is told by its ends."""
    if figure["point"] is not None:
        return _snak(prop, "quantity", _quantity(figure, document))
    moment = wb.time_of(figure["edtf"]) if figure["edtf"] else None
    if moment is not None:
        return _snak(prop, "time", moment)
    if figure["boolean"] is not None:
        return _snak(prop, "string", "yes" if figure["boolean"] else "no")
    if figure["text"]:
        return _snak(prop, "string", figure["text"])
    return {"snaktype": "somevalue", "property": prop}


def _quantity(figure: FigureEntry, document: ClaimDocument) -> dict[str, str]:
    unit = document["unit"]
    is_item = unit[:1] == "Q" and unit[1:].isdecimal()
    told = {"amount": wb.amount(figure["point"] or 0), "unit": wb.ENTITY + unit if is_item else "1"}
    if figure["low"] is not None and figure["high"] is not None:
        ends = {"upperBound": figure["high"], "lowerBound": figure["low"]}
        told |= {name: wb.amount(end) for name, end in ends.items()}
    return told


def _statement(
    number: str, snak: Snak, figure: FigureEntry, document: ClaimDocument
) -> dict[str, Any]:
    told = list(_qualifiers(figure, document))
    return {
        "id": number,
        "type": "statement",
        "mainsnak": snak,
        "rank": _rank(figure, document),
        "qualifiers": _by_property(told),
        "qualifiers-order": list(dict.fromkeys(one["property"] for one in told)),
        "references": [],
    }


def _rank(figure: FigureEntry, document: ClaimDocument) -> str:
    """Deprecated when it does not stand; preferred by a decision here, else as Wikidata has it."""
    if figure["status"] != "live":
        return "deprecated"
    decided = [one["preferred"] for one in document["disputes"] if one["outcome"] == "prefer"]
    if decided:
        return "preferred" if figure["ref"] in decided else "normal"
    return wb.rank_in(figure["locator"])[0] or "normal"


def _qualifiers(figure: FigureEntry, document: ClaimDocument) -> Iterator[Snak]:
    """When the value holds, whether it is about right, and the ends of one that is a range."""
    yield from _as_of(document["as_of"])
    if figure["approximate"] or wb.is_circa(figure["edtf"]):
        yield _item(wb.CIRCUMSTANCES, wb.CIRCA)
    if figure["point"] is None:
        for prop, end in ((wb.LOWEST, figure["low"]), (wb.HIGHEST, figure["high"])):
            if end is not None:
                yield _snak(prop, "quantity", {"amount": wb.amount(end), "unit": "1"})
    if figure["edtf"] and wb.time_of(figure["edtf"]) is None:
        for prop, day in ((wb.EARLIEST, figure["earliest"]), (wb.LATEST, figure["latest"])):
            moment = wb.time_of(day) if day else None
            if moment is not None:
                yield _snak(prop, "time", moment)


def _as_of(as_of: str) -> Iterator[Snak]:
    if not as_of:
        return
    moment = wb.time_of(as_of)
    if moment is not None:
        yield _snak(wb.POINT_IN_TIME, "time", moment)
        return
    parsed = parse_edtf(as_of)
    for prop, day in ((wb.START, parsed.earliest), (wb.END, parsed.latest)):
        moment = wb.time_of(day.isoformat()) if day is not None else None
        if moment is not None:
            yield _snak(prop, "time", moment)


def _reference(source: SourceEntry) -> dict[str, Any]:
    """A source by its title, address, DOI and days; its language is told with the title."""
    language = source["language"] or "und"
    snaks = [_snak(wb.TITLE, "monolingualtext", {"language": language, "text": source["title"]})]
    texts = {wb.URL: source["url"], wb.DOI: source["doi"], wb.AUTHOR: source["authors"]}
    snaks += [_snak(prop, "string", text) for prop, text in texts.items() if text]
    for prop, day in ((wb.PUBLISHED, source["issued"]), (wb.RETRIEVED, source["accessed_on"])):
        moment = wb.time_of(day) if day else None
        if moment is not None:
            snaks.append(_snak(prop, "time", moment))
    return {"snaks": _by_property(snaks), "snaks-order": [one["property"] for one in snaks]}


def _snak(prop: str, kind: str, value: Any) -> Snak:
    return {
        "snaktype": "value",
        "property": prop,
        "datatype": _DATATYPES.get(kind, kind),
        "datavalue": {"type": kind, "value": value},
    }


def _item(prop: str, number: str) -> Snak:
    value = {"entity-type": "item", "id": number, "numeric-id": int(number[1:])}
    return _snak(prop, "wikibase-entityid", value)


def _by_property(snaks: list[Snak]) -> dict[str, list[Snak]]:
    found: dict[str, list[Snak]] = {}
    for one in snaks:
        found.setdefault(one["property"], []).append(one)
    return found
