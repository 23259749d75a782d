"""One item of CSL-JSON as fields of a source."""

from __future__ import annotations

import json
from typing import Any

from claims.importers.references.fields import fault, names_of


def is_csl_json(text: str) -> bool:
    """Whether the text begins as an item or a list of items does."""
    head = "".join(text.split())[:2]
    return (head[:1] == "{" and head != "{{") or head == "[{"


def read_csl_json(text: str) -> dict[str, Any]:
    """The fields of the one item. Raises InvalidValueError with the place at fault."""
    try:
        read = json.loads(text)
    except json.JSONDecodeError as error:
        raise fault(f"this is no JSON: {error.msg}.", error.lineno, error.colno) from None
    except (RecursionError, ValueError):
        raise fault("this is no JSON of a reference.") from None
    items = read if isinstance(read, list) else [read]
    if len(items) != 1:
        raise fault(f"there are {len(items)} items. Paste one at a time.")
    item = items[0]
    if not isinstance(item, dict) or not ("title" in item or "type" in item):
        raise fault("this is no item of CSL-JSON: it has neither a title nor a type.")
    return _fields(item)


def _fields(item: dict[str, Any]) -> dict[str, Any]:
    def words(*names: str) -> str:
        found = (item.get(name) for name in names)
        return next((str(one) for one in found if isinstance(one, str | int) and one), "")

    return {
        "csl_type": words("type"),
        "title": words("title"),
        "authors": names_of(_people(item.get("author"))),
        "issued": _day(item.get("issued"), "issued"),
        "publisher": words("publisher", "container-title"),
        "url": words("URL"),
        "accessed_on": _day(item.get("accessed"), "accessed"),
        "doi": words("DOI"),
        "isbn": words("ISBN"),
        "language": words("language"),
    }


def _people(names: Any) -> list[str]:
    if names is None:
        return []
    if not isinstance(names, list) or not all(isinstance(one, dict) for one in names):
        raise fault("author: a list of names such as {“family”: “Bell”} must stand here.")
    return [_person(one) for one in names]


def _person(name: dict[str, Any]) -> str:
    told = [str(name.get(part) or "") for part in ("family", "given")]
    return str(name.get("literal") or "") or ", ".join(filter(None, told))


def _day(value: Any, name: str) -> str:
    """The date as date-parts or in words; the first one of a range."""
    if value is None:
        return ""
    if not isinstance(value, dict):
        raise fault(f"{name}: a date such as {{“date-parts”: [[2012, 2, 13]]}} must stand here.")
    parts = value.get("date-parts")
    if not isinstance(parts, list) or not parts or not isinstance(parts[0], list):
        return str(value.get("raw") or value.get("literal") or "")
    return "-".join(str(one).zfill(2) for one in parts[0][:3])
