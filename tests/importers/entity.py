"""A Wikidata entity made up for tests: an event, its dead by rank, its day, its doer."""

from __future__ import annotations

from typing import Any

ARDEN, ALMANAC, HOLT = "Q1001", "Q1002", "Q1003"


def snak(prop: str, kind: str, value: Any) -> dict[str, Any]:
    return {"snaktype": "value", "property": prop, "datavalue": {"type": kind, "value": value}}


def text(prop: str, words: str) -> dict[str, Any]:
    return snak(prop, "string", words)


def item(prop: str, number: str) -> dict[str, Any]:
    return snak(prop, "wikibase-entityid", {"entity-type": "item", "id": number})


def quantity(prop: str, amount: str, **more: str) -> dict[str, Any]:
    return snak(prop, "quantity", {"amount": amount, "unit": "1", **more})


def time(prop: str, moment: str, precision: int = 11, calendar: str = "Q1985727") -> dict[str, Any]:
    value = {
        "time": f"{moment}T00:00:00Z",
        "precision": precision,
        "calendarmodel": f"http://www.wikidata.org/entity/{calendar}",
    }
    return snak(prop, "time", value)


def reference(*snaks: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, list[Any]] = {}
    for one in snaks:
        found.setdefault(one["property"], []).append(one)
    return {"snaks": found}


def statement(number: str, main: dict[str, Any], rank: str = "normal", **more: Any) -> Any:
    return {"id": f"{ARDEN}${number}", "mainsnak": main, "rank": rank, "type": "statement", **more}


def label(words: str) -> dict[str, Any]:
    return {"en": {"language": "en", "value": words}}


def entity() -> dict[str, Any]:
    """The event, with three ranked values of P1120, and the items that it names."""
    almanac = reference(item("P248", ALMANAC), time("P577", "+1990-00-00", 9))
    page = reference(
        text("P854", "https://news.example/1"),
        snak("P1476", "monolingualtext", {"language": "en", "text": "The flood of Arden"}),
        time("P813", "+2020-05-04"),
        text("P123", ""),
    )
    dead = [
        statement("a", quantity("P1120", "+97"), "preferred", references=[almanac, page]),
        statement("b", quantity("P1120", "+60", lowerBound="+54", upperBound="+66"), "normal",
                  references=[almanac]),
        statement("c", quantity("P1120", "+900"), "deprecated", references=[almanac],
                  qualifiers={"P2241": [item("P2241", "Q1004")]}),
    ]  # fmt: skip
    return {
        "entities": {
            ARDEN: {
                "id": ARDEN,
                "type": "item",
                "labels": label("Flood of Arden"),
                "claims": {"P1120": dead, "P31": [statement("z", item("P31", "Q1005"))]},
            },
            ALMANAC: {"id": ALMANAC, "labels": label("Almanac of floods"), "claims": {}},
            HOLT: {"id": HOLT, "labels": label("Jane Holt"), "claims": []},
            "Q1004": {"id": "Q1004", "labels": label("a slip of the pen"), "claims": {}},
        }
    }
