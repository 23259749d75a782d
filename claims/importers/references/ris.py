"""One RIS record as fields of a source."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, Final

from claims.importers.references.fields import fault, names_of

TYPES: Final = {
    **dict.fromkeys(("JOUR", "EJOUR", "ABST", "INPR"), "article-journal"),
    **dict.fromkeys(("BOOK", "EBOOK", "EDBOOK", "CONF"), "book"),
    **dict.fromkeys(("CHAP", "ECHAP", "CPAPER"), "chapter"),
    **dict.fromkeys(("RPRT", "GOVDOC", "STAND"), "report"),
    **dict.fromkeys(("ELEC", "WEB", "BLOG"), "webpage"),
    "NEWS": "article-newspaper",
    "MGZN": "article-magazine",
    "DATA": "dataset",
    **dict.fromkeys(("VIDEO", "SOUND", "MPCT"), "broadcast"),
    "PCOMM": "personal_communication",
}
_LINE: Final = re.compile(r"([A-Z][A-Z0-9])  ?- ?(.*)")
_BOOKS: Final = ("book", "chapter")


def is_ris(text: str) -> bool:
    """Whether the text begins as a record does."""
    return re.match(r"TY  ?- ?", text.lstrip("\ufeff \t\r\n")) is not None


def read_ris(text: str) -> dict[str, Any]:
    """The fields of the one record. Raises InvalidValueError with the line at fault."""
    told: dict[str, list[str]] = defaultdict(list)
    last, ended = "", 0
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        found = _LINE.match(line)
        if not line.strip():
            continue
        if ended and found is not None and found[1] == "TY":
            raise fault("a second record begins. Paste one at a time.", number)
        if ended:
            raise fault(f"the record ended with ER on line {ended}.", number)
        if found is not None:
            last = found[1]
            ended = number if last == "ER" else 0
            told[last].append(found[2].strip())
        elif line[0].isspace() and last:
            told[last][-1] += f" {line.strip()}"  # a long value goes on
        else:
            raise fault(f"“{line[:40]}” is no RIS line such as TI  - A title.", number)
    if not ended:
        raise fault("the record does not end: its last line must be ER  -.")
    return _fields(told)


def _fields(told: dict[str, list[str]]) -> dict[str, Any]:
    def first(*tags: str) -> str:
        return next((value for tag in tags for value in told.get(tag, ()) if value), "")

    csl_type = TYPES.get(first("TY"), "document")
    return {
        "csl_type": csl_type,
        "title": first("TI", "T1", "CT", "BT"),
        "authors": names_of([*told.get("AU", ()), *told.get("A1", ())]),
        "issued": first("DA", "PY", "Y1").rstrip("/"),
        "publisher": first("PB", "T2", "JO", "JF", "JA"),
        "url": first("UR", "LK"),
        "accessed_on": first("Y2").rstrip("/"),
        "doi": first("DO"),
        "isbn": first("SN") if csl_type in _BOOKS else "",
        "language": first("LA"),
    }
