"""What a document would say had only what was out by some day been known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Mapping, Sequence
from typing import Any, Final, Literal

from claims.domain.conflict import expected_disputes
from claims.domain.dates import EdtfError, parse_edtf
from claims.domain.derived import derived_members
from claims.domain.evidence import ClaimTerms, Evidence
from claims.domain.fingerprint import fingerprint
from claims.domain.recompute import cases_of, evidence_of, terms_of
from claims.domain.vocabulary import AssertionStatus, DisputeKind, DisputeState

type Document = dict[str, Any]
type Known = Literal["known", "perhaps", "later", "undated"]

_OPENED_BY_HAND: Final = frozenset({DisputeKind.EDITOR, DisputeKind.ARITHMETIC})
# A decision that was taken on more than was known by the day does not speak about that day.
_UNDECIDED: Final[dict[str, Any]] = {
    "state": DisputeState.OPEN.value,
    "outcome": "",
    "preferred": None,
    "rationale": "",
    "decided_by": "",
    "decided_at": None,
    "events": [],
}


def statement_date(entry: Mapping[str, Any], sources: Mapping[str, Mapping[str, Any]]) -> str:
    """The date of a statement as EDTF text: its own, else its source's; '' where neither is.

    ``sources`` are the document's sources by reference.
    """
    own: str = entry["asserted_on"]
    issued: str = sources.get(entry["source"] or "", {}).get("issued", "")
    return own or issued


def known_by(date: str, day: dt.date) -> Known:
    """Whether something of this date (EDTF text) was out by the end of the day.

    "perhaps" where the text allows days before and after it, "undated" where it names none.

    >>> known_by("2012-02", dt.date(2012, 2, 13))
    'perhaps'
    """
    try:
        parsed = parse_edtf(date) if date else None
    except EdtfError:
        parsed = None
    if parsed is None or (parsed.earliest is None and parsed.latest is None):
        return "undated"
    if parsed.earliest is not None and parsed.earliest > day:
        return "later"
    return "known" if parsed.latest is not None and parsed.latest <= day else "perhaps"


def document_known_on(document: Document, day: dt.date) -> Document:
    """Return a published claim's document as its sources' dates allow for the end of a day.

    Statements of a later date and those without a date are left out; what follows from the
    figures is worked out again from those that stay. A statement that only a later one
    superseded stands; a source that was withdrawn later counts. A decision that was taken on
    later statements too does not speak: its case stands open. The member ``known_on`` says what
    was left out. Nobody sealed the result: its hashes are ''. Raises KeyError and its kind for
    what is no claim's document.
    """
    sorted_refs = _sorted(document, day)
    kept = set(sorted_refs["known"] + sorted_refs["perhaps"])
    figures = _figures(document, kept, sorted_refs["later"])
    then: Document = {
        **document,
        "figures": figures,
        "sources": _sources(document, figures, day),
        "arithmetic": [],  # sums rest on other claims, which this document does not hold
    }
    then["disputes"], derived = _decided_again(document, then, sorted_refs["undated"])
    then |= {**derived, "sha256": "", "previous_sha256": ""}
    return then | {"known_on": _account(document, day, sorted_refs)}


def _account(document: Document, day: dt.date, refs: Mapping[Known, list[str]]) -> Document:
    """What the answer says of itself: the day, what is left out, what it was worked out from."""
    return {
        "day": day.isoformat(),
        "known": len(refs["known"]),
        "perhaps_known": refs["perhaps"],
        "left_out_later": refs["later"],
        "left_out_undated": refs["undated"],
        "from_version": document["version"],
        "from_sha256": document["sha256"],
    }


def _sorted(document: Document, day: dt.date) -> dict[Known, list[str]]:
    sources = {source["ref"]: source for source in document["sources"]}
    found: dict[Known, list[str]] = {"known": [], "perhaps": [], "later": [], "undated": []}
    for entry in document["figures"]:
        found[known_by(statement_date(entry, sources), day)].append(entry["ref"])
    return found


def _figures(document: Document, kept: set[str], later: Container[str]) -> list[Document]:
    """The entries that stay, without references to those that do not."""
    replaced = {entry["supersedes"]: entry["ref"] in later for entry in document["figures"]
                if entry["supersedes"]}  # fmt: skip
    return [
        _figure(entry, kept, stood=replaced.get(entry["ref"], False))
        for entry in document["figures"]
        if entry["ref"] in kept
    ]


def _figure(entry: Document, kept: set[str], *, stood: bool) -> Document:
    links = {name: entry[name] if entry[name] in kept else None
             for name in ("target", "supersedes")}  # fmt: skip
    is_live = stood and entry["status"] == AssertionStatus.SUPERSEDED  # a later one replaced it
    standing = {"status": AssertionStatus.LIVE.value, "status_reason": ""} if is_live else {}
    return {**entry, **links, **standing}


def _sources(document: Document, figures: Sequence[Document], day: dt.date) -> list[Document]:
    """The sources that are still cited; one withdrawn after the day was not yet withdrawn."""
    cited = {entry["source"] for entry in figures}
    return [
        {**source, "withdrawn_on": None, "withdrawal_note": ""}
        if source["withdrawn_on"] is not None and _day(source["withdrawn_on"]) > day
        else source
        for source in document["sources"]
        if source["ref"] in cited
    ]


def _day(value: str | dt.date) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)


def _decided_again(
    document: Document, then: Document, undated: Container[str]
) -> tuple[list[Document], Document]:
    """The disputes that there was ground for, and the derived members."""
    terms, kept = terms_of(document), {entry["ref"] for entry in then["figures"]}
    evidence, today = evidence_of(then), fingerprint(evidence_of(then), terms)
    dated = [one for one in document["figures"] if one["ref"] not in undated]
    decided = today == fingerprint(evidence_of({**document, "figures": dated}), terms)
    decided = decided and kept.issuperset(_preferred(document))
    if len(kept) < len(document["figures"]) or not decided:
        disputes = [_dispute(entry, kept, decided=decided) for entry in document["disputes"]
                    if _has_ground(entry, kept, evidence, terms)]  # fmt: skip
    else:
        disputes = document["disputes"]
    cases = cases_of({**document, "disputes": disputes}, today)
    return disputes, derived_members(evidence, terms, cases, today)


def _preferred(document: Document) -> list[str]:
    return [entry["preferred"] for entry in document["disputes"] if entry["preferred"]]


def _has_ground(
    entry: Document, kept: set[str], evidence: Sequence[Evidence], terms: ClaimTerms
) -> bool:
    """Whether what was known calls for the dispute; one opened by hand needs all its members."""
    if entry["kind"] in _OPENED_BY_HAND:
        return kept.issuperset(entry["figures"])
    return entry["kind"] in {one.kind for one in expected_disputes(evidence, terms)}


def _dispute(entry: Document, kept: set[str], *, decided: bool) -> Document:
    figures = [ref for ref in entry["figures"] if ref in kept]
    return {**entry, **({} if decided else _UNDECIDED), "figures": figures}
