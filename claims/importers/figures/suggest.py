"""Proposing a mapping for a table: by the names of its columns and what stands in them."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Final

from claims.domain.addresses import is_web
from claims.domain.dates import EdtfError, parse_edtf
from claims.domain.tidy import COLUMNS
from claims.importers.figures.mapping_file import OF_SOURCE, TARGETS
from claims.importers.figures.sheet import Sheet
from claims.importers.figures.table import NEEDED, NUMBERS

_ROWS: Final = 50  # that are looked at
# What others call the columns of the tidy table, folded.
_SYNONYMS: Final = {
    "subject": ("event", "battle", "battle_name", "event_name", "incident", "place", "name"),
    "event_date": ("when", "day", "event_day", "start_date", "year"),
    "point": ("value", "number", "count", "best", "estimate", "best_estimate", "total"),
    "low": ("least", "min", "minimum", "lower", "lower_bound", "low_estimate"),
    "high": ("most", "max", "maximum", "upper", "upper_bound", "high_estimate"),
    "unit": ("units",),
    "population": ("side", "belligerent", "group", "who"),
    "speaker": ("said_by", "author", "spokesperson"),
    "outlet": ("publisher", "newspaper", "media"),
    "source_title": ("source", "reference", "title", "citation"),
    "source_url": ("url", "link", "address", "web"),
    "published": ("publication_date", "published_on", "issued"),
    "asserted_on": ("said_on", "statement_date"),
    "quote": ("quotation", "words_of_the_source"),
    "measure": ("indicator", "variable", "metric"),
}
_ENDS: Final = {"low": ("_min", "_low", "_least"), "high": ("_max", "_high", "_most")}
_YEAR: Final = re.compile(r"1[0-9]{3}|20[0-9]{2}")


def is_tidy(sheet: Sheet) -> bool:
    """Whether the table has the columns of the tidy table and needs no mapping."""
    return set(NEEDED) <= set(sheet.header())


def suggest_mapping(sheet: Sheet) -> str:
    """A mapping as TOML that somebody completes: what is not found is a remark in it."""
    names = [name for name in sheet.header() if name]
    records = list(itertools.islice(sheet.records(), _ROWS))
    cells = {name: [one.cells[name].strip() for one in records] for name in names}
    columns = _by_name(names)
    rest = {name: cells[name] for name in names if name not in columns.values()}
    columns |= _by_value(rest, columns)
    return _written(names, columns)


def _by_name(names: Sequence[str]) -> dict[str, str]:
    """Our column -> theirs, where a name says it."""
    found = {name: name for name in names if name in TARGETS}
    for ours, others in _SYNONYMS.items():
        theirs = next((one for one in others if one in names), None)
        if ours not in found and theirs is not None and theirs not in found.values():
            found[ours] = theirs
    for ours, ends in _ENDS.items():
        theirs = next((one for one in names if one.endswith(ends)), None)
        if ours not in found and theirs is not None:
            found[ours] = theirs
    return found


def _by_value(cells: dict[str, list[str]], taken: dict[str, str]) -> dict[str, str]:
    """Our column -> theirs, where what stands in it says it: addresses, days, numbers."""
    tests = {"source_url": is_web, "event_date": _is_day}
    if not set(NUMBERS) & set(taken):
        tests["point"] = _is_number
    found: dict[str, str] = {}
    for ours, test in tests.items():
        for name, column in cells.items():
            filled = [cell for cell in column if cell]
            if ours not in {*taken, *found} and name not in found.values() and filled:
                found |= {ours: name} if all(map(test, filled)) else {}
    return found


def _is_day(cell: str) -> bool:
    try:
        return len(cell) >= 7 and bool(parse_edtf(cell))
    except EdtfError:
        return False


def _is_number(cell: str) -> bool:
    try:
        return Decimal(cell).is_finite() and not _YEAR.fullmatch(cell)
    except InvalidOperation:
        return False


def _written(names: Sequence[str], columns: dict[str, str]) -> str:
    counted = next((columns[name] for name in ("point", "low", "high") if name in columns), "")
    counted = counted.removesuffix("_min").removesuffix("_max")
    lines = [f"# Columns of the file: {', '.join(names)}", "", "[columns]"]
    ours = sorted(columns, key=COLUMNS.index)
    lines += [f"{name} = {_quoted(columns[name])}" for name in ours]
    lines += ["", "[constants]"]
    lines += _unless("measure", columns, counted or "killed")
    lines += _unless("unit", columns, "people")
    of_rows = any(name in columns for name in OF_SOURCE)
    if of_rows:
        lines += _unless("source_title", columns, "")
    lines += ["", "[templates]"]
    about = columns.get("subject", "")
    lines += _unless("subject", columns, f"{{{names[0]}}}" if names else "")
    question = f"How many {counted.replace('_', ' ') or '…'} at {{{about or (names or ['…'])[0]}}}?"
    lines += _unless("question", columns, question)
    if not of_rows:
        lines += ["", "[source]", "# The one work that the whole file is taken from.", 'title = ""']
    return "\n".join(lines) + "\n"


def _unless(name: str, columns: Iterable[str], value: str) -> list[str]:
    return [] if name in columns else [f"{name} = {_quoted(value)}"]


def _quoted(text: str) -> str:
    """The text as TOML quotes it, which is as JSON does."""
    return json.dumps(text, ensure_ascii=False)
