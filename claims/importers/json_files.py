"""JSON files as programs write them: one value, a list, a value a line, or scripts of a page."""

from __future__ import annotations

import hashlib
import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

from claims.errors import ImportRefusedError

MOST_BYTES: Final = 32 * 1024 * 1024


def read_bytes(path: Path) -> bytes:
    """The file's bytes. Raises ImportRefusedError for what is no file, or too long, or OSError."""
    if not path.is_file():
        what = "is a folder or a device" if path.exists() else "does not exist"
        raise ImportRefusedError(f"{path} {what}; give a file.")
    if path.stat().st_size > MOST_BYTES:
        raise ImportRefusedError(
            f"{path.name} has more than {MOST_BYTES // 1024 // 1024} MB: split it."
        )
    return path.read_bytes()


def sha256_of(data: bytes) -> str:
    """The hash of a file, in hex."""
    return hashlib.sha256(data).hexdigest()


def json_values(data: bytes, name: str, *, html: bool = False) -> list[Any]:
    """Every JSON value of the file; with ``html`` those in a page's JSON-LD scripts as well.

    Raises ImportRefusedError that names the line at fault.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportRefusedError(f"{name}: byte {error.start} is not UTF-8.") from None
    if html and text.lstrip().startswith("<"):
        return [_loaded(one, name, line) for line, one in _scripts(text)]
    try:
        return [_loaded(text, name, 1)]
    except ImportRefusedError:
        lines = text.splitlines()
        if len(lines) < 2 or not _is_json(lines[0]):
            raise
    return [
        _loaded(line.rstrip().rstrip(","), name, number)
        for number, line in enumerate(lines, start=1)
        if line.strip(" ,[]")
    ]


def _is_json(text: str) -> bool:
    """Whether the line is a value of its own, or opens a list with a value a line."""
    return text.strip() == "[" or (
        text.lstrip().startswith("{") and text.rstrip(" ,").endswith("}")
    )


def _loaded(text: str, name: str, line: int) -> Any:
    try:
        return json.loads(text, parse_float=str, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise ImportRefusedError(
            f"{name}: line {line + error.lineno - 1}: this is no JSON: {error.msg}."
        ) from None
    except RecursionError:
        raise ImportRefusedError(f"{name}: line {line}: this nests too deeply.") from None
    except ValueError as error:
        raise ImportRefusedError(f"{name}: line {line}: {error}.") from None


def _refuse_constant(word: str) -> Any:
    raise ValueError(f"{word} is no JSON")


class _Scripts(HTMLParser):
    """Collects the text of <script type="application/ld+json"> with the line it begins on."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[int, str]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kinds = [value or "" for name, value in attrs if name == "type"]
        self._inside = tag == "script" and [one.casefold() for one in kinds] == [
            "application/ld+json"
        ]
        if self._inside:
            self.found.append((self.getpos()[0], ""))

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            line, text = self.found[-1]
            self.found[-1] = (line, text + data)


def _scripts(text: str) -> list[tuple[int, str]]:
    parser = _Scripts()
    parser.feed(text)
    parser.close()
    return [(line, one) for line, one in parser.found if one.strip()]
