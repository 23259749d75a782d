"""From the columns of any table to those of the tidy one: renamed, constant, put together."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Mapped
from dataclasses import dataclass, field
from string import Formatter
from typing import Final

from claims.errors import ImportRefusedError
from claims.importers.figures.sheet import Sheet

_DATES: Final = ("event_date", "date", "as_of", "asserted_on")


@dataclass(frozen=True, slots=True)
class MappingError:
    """Why one row of the file cannot be mapped."""

    column: str
    value: str
    rule: str


@dataclass(frozen=True, slots=True)
class Template:
    """Words with columns of the file in braces: ``{battle_name} ({state})``."""

    text: str

    @property
    def columns(self) -> list[str]:
        return [name for _, name, _, _ in Formatter().parse(self.text) if name is not None]

    def filled(self, cells: Mapped[str, str]) -> str:
        """The words with the cells put in."""
        parts = Formatter().parse(self.text)
        return "".join(words + (cells[name] if name else "") for words, name, _, _ in parts)


@dataclass(frozen=True, slots=True)
class SourceTerms:
    """The one work that a whole file is taken from; fields as add_source takes them.

    ``publisher`` is a name.
    """

    fields: Mapped[str, str]
    publisher: str = ""

    @property
    def cells(self) -> dict[str, str]:
        """What the tidy table says of it in each row."""
        return {
            "source_title": self.fields["title"],
            "source_url": self.fields.get("url", ""),
            "published": self.fields.get("issued", ""),
            "outlet": self.publisher,
        }


@dataclass(frozen=True, slots=True)
class StatementTerms:
    """What one row of the file states, once for each: by column of the tidy table."""

    columns: Mapped[str, str] = field(default_factory=dict)
    constants: Mapped[str, str] = field(default_factory=dict)
    templates: Mapped[str, Template] = field(default_factory=dict)

    @property
    def filled(self) -> set[str]:
        return {*self.columns, *self.constants, *self.templates}

    def used(self) -> Iterator[str]:
        """The columns of the file that it reads."""
        yield from self.columns.values()
        for template in self.templates.values():
            yield from template.columns

    def cells(self, row: Mapped[str, str]) -> dict[str, str] | MappingError:
        """The cells of the tidy table that it makes of a row of the file."""
        made = dict(self.constants)
        made |= {ours: row[theirs].strip() for ours, theirs in self.columns.items()}
        for ours, template in self.templates.items():
            gap = next((name for name in template.columns if not row[name].strip()), "")
            if gap and ours not in _DATES:
                return MappingError(gap, "", f"is empty; {ours} is made of it")
            made[ours] = template.filled({name: cell.strip() for name, cell in row.items()})
        return _settled(made)


@dataclass(frozen=True, slots=True)
class Join:
    """Columns of a second file, found by a key; a cell that names several keys is their sum.

    ``columns`` of several rows are put together with ``glue``; of ``first`` and ``last`` the least
    and the greatest is taken, as is right for days.
    """

    sheet: Sheet
    key: str
    other_key: str
    columns: Sequence[str] = ()
    first: Sequence[str] = ()
    last: Sequence[str] = ()
    split: str = ""
    glue: str = " and "
    _rows: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        return [*self.columns, *self.first, *self.last]

    def read(self) -> None:
        """Read the second file; refuse one without its columns, or with a key that is not one."""
        found = self.sheet.header()
        for name in (self.other_key, *self.names):
            if name not in found:
                raise ImportRefusedError(f"{self.sheet.name}: {_unknown(name, found)}")
        for record in self.sheet.records():
            key = record.cells[self.other_key].strip()
            if key in self._rows:
                raise ImportRefusedError(
                    f"{self.sheet.name}: line {record.line}: {self.other_key} {key!r} stands there "
                    "twice; a key names one row."
                )
            self._rows[key] = {name: record.cells[name].strip() for name in self.names}

    def joined(self, row: Mapped[str, str]) -> dict[str, str] | MappingError:
        """The row with the columns of the second file."""
        cell = row[self.key].strip()
        keys = cell.split(self.split) if self.split else [cell]
        lost = next((key for key in keys if key not in self._rows), None)
        if lost is not None:
            return MappingError(self.key, cell, f"names {lost!r}, which {self.sheet.name} lacks")
        found = [self._rows[key] for key in keys]
        more = {name: self.glue.join(_once(one[name] for one in found)) for name in self.columns}
        more |= {name: min(_once(one[name] for one in found), default="") for name in self.first}
        more |= {name: max(_once(one[name] for one in found), default="") for name in self.last}
        return {**row, **more}


@dataclass(frozen=True, slots=True)
class Mapping:
    """How the columns of a file lead to the tidy table; ``text`` is the TOML that says so."""

    name: str
    text: str
    statements: Sequence[StatementTerms]
    source: SourceTerms | None = None
    words: Mapped[str, Mapped[str, str]] = field(default_factory=dict)
    joins: Sequence[Join] = ()

    def check(self, file: str, found: Sequence[str]) -> set[str]:
        """Return the columns that are read; refuse when the file, or a joined one, lacks one."""
        known = list(found)
        used = {*self.words, *(join.key for join in self.joins)}
        for join in self.joins:
            if not join._rows:
                join.read()
            known += join.names
        used |= {name for one in self.statements for name in one.used()}
        for name in sorted(used):
            if name not in known:
                raise ImportRefusedError(f"{self.name}: {_unknown(name, known)} (in {file})")
        return used

    def apply(self, row: Mapped[str, str]) -> Iterator[dict[str, str] | MappingError]:
        """Yield the tidy cells of each statement of a row, or why there are none."""
        told: dict[str, str] | MappingError = dict(row)
        for join in self.joins:
            told = told if isinstance(told, MappingError) else join.joined(told)
        if isinstance(told, MappingError):
            yield told
            return
        for name, words in self.words.items():
            told[name] = words.get(told[name].strip(), told[name])
        about = self.source.cells if self.source is not None else {}
        for one in self.statements:
            cells = one.cells(told)
            yield cells if isinstance(cells, MappingError) else {**cells, **about}


def _settled(cells: dict[str, str]) -> dict[str, str]:
    """Ends that are one number are that number; ends that are one day are that day."""
    low, high = cells.get("low", ""), cells.get("high", "")
    if low and low == high and not cells.get("point"):
        cells |= {"point": low, "low": "", "high": ""}
    for name in _DATES:
        start, slash, end = cells.get(name, "").partition("/")
        if slash and (start == end or not start or not end):
            cells[name] = start or end
    return cells


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(word for word in words if word))


def _unknown(name: str, found: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, found, n=1)
    asked = f"; is it {near[0]}?" if near else f"; there are {', '.join(found[:12]) or 'none'}"
    return f"there is no column {name}{asked}"
