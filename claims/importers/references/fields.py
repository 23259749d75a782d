"""What every way of writing a reference has in common: faults, days, names, lengths."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import unquote

from claims.choices import CslType
from claims.domain.dates import EdtfError, parse_edtf
from claims.errors import InvalidValueError
from claims.workflow.text import refuse_unstorable

FIELD: Final = "reference"
_DAY: Final = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?![0-9])", re.ASCII)
_YEAR: Final = re.compile(r"(?<![0-9])(?<!^-)\d{4}(?![0-9])", re.ASCII)  # none before Christ
_DOI: Final = re.compile(
    r"(?:doi:?\s*|(?:https?://)?(?:dx\.|www\.)?doi\.org/)?(10\.\d{4,9}/\S+)",
    re.ASCII | re.IGNORECASE,
)
_LONGEST: Final = {"title": 500, "authors": 500, "publisher": 300, "url": 2000, "doi": 200,
                   "isbn": 20, "language": 35, "issued": 64}  # fmt: skip
_DAYS: Final = ("archived_on", "accessed_on")


def fault(words: str, line: int = 0, column: int = 0) -> InvalidValueError:
    """A refusal that says where in the pasted text."""
    where = f"Line {line}, character {column}: " if column else f"Line {line}: " if line else ""
    return InvalidValueError(f"{where}{words}", field=FIELD)


def edtf_of(written: str) -> str:
    """The day, month or year as EDTF: "2012/02/13", "2012-2" and "Spring 2012"; '' without one."""
    found = _DAY.match(written.strip())
    year = _YEAR.search(written)
    texts = []
    if found is not None:
        texts = ["-".join(part.zfill(2) for part in found.groups() if part)]
    for text in (written.strip(), *texts, year[0] if year is not None else ""):
        try:
            parse_edtf(text)
        except EdtfError:
            continue
        return text
    return ""


def day_of(written: str) -> str:
    """The one day that the text names as YYYY-MM-DD; '' for a month, a year or other words."""
    text = edtf_of(written)
    return text if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else ""


def doi_in(written: str) -> str:
    """The DOI alone out of 10.1234/x, doi:10.1234/x or its address; '' for other words."""
    found = _DOI.fullmatch(written.strip())
    return unquote(found[1]) if found is not None else ""


def names_of(names: Iterable[str]) -> str:
    """Authors as a source keeps them."""
    return "; ".join(" ".join(name.split()) for name in names if name.strip())


def source_fields(told: Mapping[str, Any]) -> dict[str, str]:
    """The fields that say something, on one line each; days as YYYY-MM-DD, other dates as EDTF.

    ``told`` may have any field of a source and ``publisher``, a name. Raises InvalidValueError
    for characters that cannot be stored and for words that are too long.
    """
    fields = {name: " ".join(str(value).split()) for name, value in told.items() if value}
    for name, text in fields.items():
        _refuse_unstorable(text, name)
    if fields.get("csl_type", "") not in CslType.values:
        fields["csl_type"] = CslType.DOCUMENT.value
    if "issued" in fields:
        fields["issued"] = _issued(fields["issued"])
    if "doi" in fields:
        fields["doi"] = doi_in(fields["doi"]) or fields["doi"]
    fields |= {name: day_of(fields[name]) for name in _DAYS if name in fields}
    for name, text in fields.items():
        longest = _LONGEST.get(name, 2000)
        if len(text) > longest:
            raise fault(f"its {name} has {len(text)} characters; {longest} are allowed.")
    return {name: text for name, text in fields.items() if text}


def _refuse_unstorable(text: str, name: str) -> None:
    try:
        refuse_unstorable(text, name)
    except InvalidValueError as refusal:
        raise fault(refusal.message) from refusal


def _issued(written: str) -> str:
    found = edtf_of(written)
    if not found:
        raise fault(f"its date “{written[:40]}” names no year. Write for example 2012-02-13.")
    return found
