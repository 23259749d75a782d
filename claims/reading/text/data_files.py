"""Telling files of data, given by mistake, from the text of an article."""

from __future__ import annotations

import csv
import json
import re
from typing import Final

_BIBTEX: Final = re.compile(r"(?:\s|%[^\n]*\n)*@[A-Za-z]+\s*[{(]\s*[^\s,{}()]*\s*[,=]")
_RIS: Final = re.compile(r"\s*TY  - ")
_SEPARATORS: Final = ",;\t|"
_FEWEST_COLUMNS: Final = 3
_LONGEST_NAME: Final = 60  # characters of the name of a column


def data_in(text: str) -> tuple[str, str] | None:
    """What a text is when it is data throughout, and what to do with it; None for an article.

    >>> data_in('{"entities": {}}')
    ('JSON data', 'use import_entities or import_claimreview for what they read')
    """
    bare = text.removeprefix("\ufeff")
    if _BIBTEX.match(bare) or _RIS.match(bare):
        return "a bibliography", "give the text of an article; sources are added on the desk"
    if _is_json(bare):
        return "JSON data", "use import_entities or import_claimreview for what they read"
    if _is_table(bare):
        return "a table", "use import_figures"
    return None


def _is_json(text: str) -> bool:
    """Whether the text, or its first line, is an object or a list of JSON."""
    start = text.lstrip()
    if not start.startswith(("{", "[")):
        return False
    return any(_reads_as_json(one) for one in (start, start.partition("\n")[0]))


def _reads_as_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        return False


def _is_table(text: str) -> bool:
    """Whether every line has as many cells as the first, which are names of columns."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return False
    if lines[0].strip('"').casefold().startswith("sep="):
        lines = lines[1:]
    return any(_has_columns(lines, mark) for mark in _SEPARATORS)


def _has_columns(lines: list[str], mark: str) -> bool:
    if lines[0].count(mark) < _FEWEST_COLUMNS - 1:
        return False
    try:
        rows = csv.reader((f"{line}\n" for line in lines), delimiter=mark)
        names = [name.strip() for name in next(rows)]
        named = len(set(names)) == len(names) and all(names)
        short = all(len(name) <= _LONGEST_NAME and name[-1:] not in ".!?" for name in names)
        return named and short and all(len(row) == len(names) for row in rows)
    except csv.Error:
        return False
