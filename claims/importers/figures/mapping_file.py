"""Reading a mapping of columns: TOML, checked name by name."""

from __future__ import annotations

import datetime as dt
import difflib
import tomllib
from collections.abc import Iterable
from pathlib import Path
from string import Formatter
from typing import Any, Final

from claims.choices import CslType
from claims.domain.addresses import address_fault
from claims.domain.dates import EdtfError, parse_edtf
from claims.domain.tidy import COLUMNS
from claims.errors import ImportRefusedError
from claims.importers.figures.mapping import Join, Mapping, SourceTerms, StatementTerms, Template
from claims.importers.figures.sheet import Sheet, fold_column

MOST_BYTES: Final = 64 * 1024
# Columns that the receiving factbase fills itself.
_GIVEN: Final = frozenset(
    {"claim_version", "subject_ref", "figure_ref", "source_ref", "dispute_refs", "updated", "words"}
    | {"contention", "severity", "said_by", "origin"}
)
TARGETS: Final = tuple(name for name in COLUMNS if name not in _GIVEN)
OF_SOURCE: Final = ("source_title", "source_url", "published", "outlet")
_PARTS: Final = ("columns", "constants", "templates")
_TABLES: Final = (*_PARTS, "source", "values", "join", "statement")
_SOURCE: Final = (
    *("title", "publisher", "authors", "issued", "url", "archive_url", "accessed_on", "doi"),
    *("isbn", "csl_type", "language", "licence"),
)
_JOIN: Final = ("file", "on", "columns", "first", "last", "split", "glue")


class _Reader:
    """Reads one mapping; every refusal names the mapping and the place in it."""

    def __init__(self, name: str, folder: Path | None) -> None:
        self.name, self.folder = name, folder

    def refuse(self, place: str, words: str) -> ImportRefusedError:
        return ImportRefusedError(f"{self.name}: {place}: {words}.", field="mapping")

    def known(self, place: str, names: Iterable[str], allowed: Iterable[str]) -> None:
        """Refuse a name that is none of the allowed ones."""
        for name in names:
            if name not in allowed:
                near = difflib.get_close_matches(name, list(allowed), n=1)
                asked = f"is it {near[0]}?" if near else f"known: {', '.join(allowed)}"
                raise ImportRefusedError(
                    f"{self.name}: {place}: {name} is unknown; {asked}", field="mapping"
                )

    def table(self, place: str, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.refuse(place, f"must be a table, [{place}]")
        return value

    def text(self, place: str, value: Any) -> str:
        """A text, number, day or yes as the cell it stands for; floats are not exact."""
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, str | int):
            return str(value).strip()
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return value.isoformat()
        raise self.refuse(place, "must be a text; put it in quotes")

    def texts(self, place: str, value: Any) -> list[str]:
        if not isinstance(value, list):
            raise self.refuse(place, 'must be a list, ["a", "b"]')
        return [fold_column(self.text(place, one)) for one in value]

    def statement(self, place: str, data: dict[str, Any]) -> StatementTerms:
        """Columns, constants and templates; a column of ours is filled in one way."""
        parts = {part: self.table(f"{place}{part}", data.get(part, {})) for part in _PARTS}
        for part, cells in parts.items():
            self.known(f"{place}{part}", cells, TARGETS)
        for name in parts["columns"]:
            for other in ("constants", "templates"):
                if name in parts[other]:
                    raise self.refuse(f"{place}{name}", f"stands in columns and in {other}")
        for name in parts["constants"]:
            if name in parts["templates"]:
                raise self.refuse(f"{place}{name}", "stands in constants and in templates")
        told = {
            part: {name: self.text(f"{place}{part}.{name}", one) for name, one in cells.items()}
            for part, cells in parts.items()
        }
        return StatementTerms(
            columns={name: fold_column(one) for name, one in told["columns"].items()},
            constants=told["constants"],
            templates={
                name: self.template(f"{place}templates.{name}", one)
                for name, one in told["templates"].items()
            },
        )

    def template(self, place: str, text: str) -> Template:
        try:
            parts = list(Formatter().parse(text))
        except ValueError as error:
            raise self.refuse(place, f"{error}; write {{{{ for a brace") from None
        for _, name, form, conversion in parts:
            if name is not None and (not name or form or conversion):
                raise self.refuse(place, "name a column in braces, and nothing else: {column}")
        return Template("".join(_written(words, name) for words, name, _, _ in parts))

    def source(self, data: Any) -> SourceTerms:
        """The one work of the whole file."""
        self.known("source", self.table("source", data), _SOURCE)
        told = {name: self.text(f"source.{name}", value) for name, value in data.items()}
        if not told.get("title"):
            raise self.refuse("source.title", "give the work's title")
        self._check_source(told)
        publisher = told.pop("publisher", "")
        if "licence" in told:
            told["work_licence"] = told.pop("licence")
        told.setdefault("csl_type", CslType.DATASET.value)
        return SourceTerms(told, publisher)

    def _check_source(self, told: dict[str, str]) -> None:
        for name in ("url", "archive_url"):
            fault = address_fault(told[name]) if told.get(name) else ""
            if fault:
                raise self.refuse(f"source.{name}", fault.rstrip("."))
        try:
            parse_edtf(told["issued"]) if told.get("issued") else None
        except EdtfError as error:
            raise self.refuse("source.issued", str(error).rstrip(".")) from None
        if told.get("accessed_on") and not _is_day(told["accessed_on"]):
            raise self.refuse("source.accessed_on", "give a day, such as 2012-01-24")
        if told.get("csl_type", "document") not in CslType.values:
            raise self.refuse("source.csl_type", f"known: {', '.join(CslType.values)}")

    def join(self, place: str, data: Any) -> Join:
        self.known(place, self.table(place, data), _JOIN)
        on = self.table(f"{place}.on", data.get("on", {}))
        if len(on) != 1 or not data.get("file"):
            raise self.refuse(place, 'give file = "other.csv" and on = {ours = "theirs"}')
        file = self.text(f"{place}.file", data["file"])
        if self.folder is None:
            raise self.refuse(place, "an upload joins no other file; use the command")
        if Path(file).name != file:
            raise self.refuse(f"{place}.file", "name a file beside the mapping, without a folder")
        key, other = next(iter(on.items()))
        lists = (data.get(one, []) for one in ("columns", "first", "last"))
        columns, first, last = (self.texts(place, one) for one in lists)
        return Join(
            sheet=Sheet(file, self.folder / file),
            key=fold_column(key),
            other_key=fold_column(self.text(f"{place}.on", other)),
            split=str(data.get("split", "")),
            glue=str(data.get("glue", " and ")),
            columns=columns,
            first=first,
            last=last,
        )


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _written(words: str, name: str | None) -> str:
    """A part of a template, its column named as columns are compared."""
    braced = words.replace("{", "{{").replace("}", "}}")
    return braced + (f"{{{fold_column(name)}}}" if name is not None else "")


def read_mapping(text: str, *, name: str, folder: Path | None = None) -> Mapping:
    """Read a mapping; ``folder`` is where the files that it joins are, None for an upload.

    Raises ImportRefusedError naming the place in the mapping that is at fault.
    """
    reader = _Reader(name, folder)
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise reader.refuse("size", f"a mapping has at most {MOST_BYTES // 1024} KB")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ImportRefusedError(f"{name}: this is no TOML: {error}.", field="mapping") from None
    reader.known("mapping", data, _TABLES)
    source = reader.source(data["source"]) if "source" in data else None
    words = reader.table("values", data.get("values", {}))
    mapping = Mapping(
        name=name,
        text=text,
        statements=_statements(reader, data),
        source=source,
        words={
            fold_column(column): {
                word: reader.text(f"values.{column}.{word}", ours)
                for word, ours in reader.table(f"values.{column}", pairs).items()
            }
            for column, pairs in words.items()
        },
        joins=[reader.join(f"join {n}", one) for n, one in enumerate(data.get("join", []), 1)],
    )
    _refuse_gaps(reader, mapping)
    return mapping


def _statements(reader: _Reader, data: dict[str, Any]) -> list[StatementTerms]:
    """What each row states: once, or once for each [[statement]] on top of what all share."""
    shared = {part: reader.table(part, data.get(part, {})) for part in _PARTS}
    many = data.get("statement", [])
    if not many:
        return [reader.statement("", shared)]
    found = []
    for number, one in enumerate(many, 1):
        place = f"statement {number}: "
        reader.known(place.rstrip(": "), reader.table("statement", one), _PARTS)
        own = {name for part in _PARTS for name in one.get(part, {})}
        merged = {
            part: {n: v for n, v in shared[part].items() if n not in own} | one.get(part, {})
            for part in _PARTS
        }
        found.append(reader.statement(place, merged))
    return found


def _refuse_gaps(reader: _Reader, mapping: Mapping) -> None:
    for one in mapping.statements:
        for name in ("question", "subject", "measure"):
            if name not in one.filled:
                raise reader.refuse(name, "give it a column, a constant or a template")
        twice = sorted(one.filled.intersection(OF_SOURCE)) if mapping.source else []
        if twice:
            raise reader.refuse(twice[0], "[source] says it for the whole file")
