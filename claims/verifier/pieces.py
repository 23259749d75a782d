"""The documents in a file: an export, an answer of the API, one document, as it was saved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from typing import Any, BinaryIO, Final, Literal

from claims.verifier.strict_json import NotJSONError, parse_json, parse_json_at

LONGEST: Final = 64 << 20  # bytes of a line, or of a document that is spread over lines
_GIVE_UP_AFTER: Final = 5  # unreadable lines
_EXPORT: Final = '{"results":['

FileLayout = Literal["lines", "list", "single"]


@dataclass(frozen=True, slots=True)
class JsonPiece:
    """One JSON object of a file.

    `text` is its text as it was published, '' where the file spells it another way. Where
    nothing could be read, `members` is None and `fault` says why.
    """

    line: int
    layout: FileLayout
    text: str
    members: dict[str, Any] | None
    fault: str = ""


def pieces(file: BinaryIO) -> Iterator[JsonPiece]:
    """Yield what the file holds, in its order; lines are read one by one."""
    first = file.readline(LONGEST + 1)
    if first.rstrip() == _EXPORT.encode():
        yield from _export_lines(file)
        return
    if isinstance(members := _members_of(first), dict):
        if isinstance(members.get("results"), list):
            yield from _answer(first)
            return
        second = file.readline(LONGEST + 1)
        if not second:
            yield _piece(1, "single", _text(first), members)
            return
        yield from _lines(chain([first, second], _lines_of(file)))
        return
    yield from _spread(first, file)


def _spread(first: bytes, file: BinaryIO) -> Iterator[JsonPiece]:
    """Read a file whose first line is no JSON by itself: a document over many lines, or worse."""
    whole = first + file.read(LONGEST + 1 - len(first)) if len(first) <= LONGEST else first
    if len(whole) <= LONGEST:
        members = _members_of(whole)
        if isinstance(members, dict) and isinstance(members.get("results"), list):
            yield from _answer(whole)
            return
        if isinstance(members, dict):
            yield _piece(1, "single", "", members)
            return
    yield from _lines(chain(_lines_of(BytesIO(whole)), _lines_of(file)))


def _lines_of(file: BinaryIO) -> Iterator[bytes]:
    while line := file.readline(LONGEST + 1):
        yield line


def _lines(lines: Iterator[bytes]) -> Iterator[JsonPiece]:
    """Read one object a line."""
    bad = 0
    for number, line in enumerate(lines, start=1):
        if line.isspace():
            continue
        piece = _line(number, "lines", line)
        yield piece
        bad += piece.members is None
        if bad == _GIVE_UP_AFTER or len(line) > LONGEST:
            yield JsonPiece(number, "lines", "", None, "the rest of the file was not read")
            return


def _export_lines(file: BinaryIO) -> Iterator[JsonPiece]:
    """Read the lines of an export as one JSON object: documents with commas, then the end."""
    bad = 0
    for number, line in enumerate(_lines_of(file), start=2):
        body = line.strip()
        if body.startswith(b"]"):
            tail = _members_of(b"{" + body[2:])
            end = tail.get("end") if isinstance(tail, dict) else None
            yield _piece(number, "list", "", end if isinstance(end, dict) else None)
        elif body:
            piece = _line(number, "list", body.removesuffix(b","))
            yield piece
            bad += piece.members is None
        if bad == _GIVE_UP_AFTER or len(line) > LONGEST:
            yield JsonPiece(number, "list", "", None, "the rest of the file was not read")
            return


def _answer(line: bytes) -> Iterator[JsonPiece]:
    """Read the documents in an answer of the API; their texts stand in it as published."""
    text = _text(line)
    if not text.startswith(_EXPORT):
        for entry in parse_json(text)["results"]:
            yield _piece(1, "single", "", entry)
        return
    at = len(_EXPORT)
    while text[at : at + 1] not in ("]", ""):
        entry, end = parse_json_at(text, at)
        yield _piece(1, "single", text[at:end], entry)
        at = end + (text[end : end + 1] == ",")


def _line(number: int, layout: FileLayout, line: bytes) -> JsonPiece:
    if len(line) > LONGEST:
        fault = f"it is longer than {LONGEST >> 20} MiB, which no document is"
        return JsonPiece(number, layout, "", None, fault)
    try:
        text = _text(line)
        return _piece(number, layout, text, parse_json(text))
    except NotJSONError as problem:
        return JsonPiece(number, layout, "", None, f"it is no JSON document: {problem}")


def _piece(line: int, layout: FileLayout, text: str, value: Any) -> JsonPiece:
    if isinstance(value, dict):
        return JsonPiece(line, layout, text, value)
    return JsonPiece(line, layout, "", None, "it is no document: it has no members")


def _members_of(line: bytes) -> Any:
    try:
        return parse_json(_text(line)) if len(line) <= LONGEST else None
    except NotJSONError:
        return None


def _text(line: bytes) -> str:
    """Return the text of a line without what ends it."""
    try:
        return line.decode("utf-8").removeprefix("\ufeff").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError as problem:
        raise NotJSONError(f"byte {problem.start + 1} is no UTF-8") from None
