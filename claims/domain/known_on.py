"""What a document would say had only what was out by some day been known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Mapping, Sequence
from typing import Final, Literal, cast

from claims.domain.conflict import expected_disputes
from claims.domain.dates import EdtfError, parse_edtf
from claims.domain.document_format import FORMAT
from claims.domain.evidence import ClaimTerms, Evidence
from claims.domain.fingerprint import fingerprint
from claims.domain.published import ClaimDocument, Derived, DisputeEntry, KnownOn
from claims.domain.published_figures import FigureEntry, SourceEntry
from claims.domain.recompute import document_terms, evidence_in, recompute_from_document
from claims.domain.vocabulary import AssertionStatus, DisputeKind, DisputeState

type KnownThen = Literal["known", "perhaps", "later", "undated"]

_OPENED_BY_HAND: Final = frozenset({DisputeKind.EDITOR, DisputeKind.ARITHMETIC})


def statement_date(entry: FigureEntry, sources: Mapping[str, SourceEntry]) -> str:
    """The date of a statement as EDTF text: its own, else its source's; '' where neither is.

    ``sources`` are the document's sources by reference.
    """
    source = sources.get(entry["source"] or "")
    return entry["asserted_on"] or (source["issued"] if source else "")


def known_by(date: str, day: dt.date) -> KnownThen:
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


def document_known_on(document: ClaimDocument, day: dt.date) -> ClaimDocument:
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
    sources = _sources(document, figures, day)
    cited = {entry["ref"] for entry in sources}
    then: ClaimDocument = {
        **document,
        "figures": figures,
        "sources": sources,
        "source_relations": [one for one in document["source_relations"] if one["from"] in cited],
        "arithmetic": [],  # sums rest on other claims, which this document does not hold
    }
    then["disputes"], derived = _decided_again(document, then, sorted_refs["undated"])
    then.update(cast("ClaimDocument", derived))
    then["format"], then["sha256"], then["previous_sha256"] = FORMAT, "", ""
    then["known_on"] = _account(document, day, sorted_refs)
    return then


def _account(document: ClaimDocument, day: dt.date, refs: Mapping[KnownThen, list[str]]) -> KnownOn:
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


def _sorted(document: ClaimDocument, day: dt.date) -> dict[KnownThen, list[str]]:
    sources = {source["ref"]: source for source in document["sources"]}
    found: dict[KnownThen, list[str]] = {"known": [], "perhaps": [], "later": [], "undated": []}
    for entry in document["figures"]:
        found[known_by(statement_date(entry, sources), day)].append(entry["ref"])
    return found


def _figures(document: ClaimDocument, kept: set[str], later: Container[str]) -> list[FigureEntry]:
    """The entries that stay, without references to those that do not."""
    replaced = {entry["supersedes"]: entry["ref"] in later for entry in document["figures"]
                if entry["supersedes"]}  # fmt: skip
    return [
        _figure(entry, kept, stood=replaced.get(entry["ref"], False))
        for entry in document["figures"]
        if entry["ref"] in kept
    ]


def _figure(entry: FigureEntry, kept: set[str], *, stood: bool) -> FigureEntry:
    found = entry.copy()
    found["target"] = entry["target"] if entry["target"] in kept else None
    found["supersedes"] = entry["supersedes"] if entry["supersedes"] in kept else None
    if stood and entry["status"] == AssertionStatus.SUPERSEDED:  # only a later one replaced it
        found["status"], found["status_reason"] = AssertionStatus.LIVE.value, ""
    return found


def _sources(
    document: ClaimDocument, figures: Sequence[FigureEntry], day: dt.date
) -> list[SourceEntry]:
    """The sources that are still cited; one withdrawn after the day was not yet withdrawn."""
    cited = {entry["source"] for entry in figures}
    return [_source(entry, day) for entry in document["sources"] if entry["ref"] in cited]


def _source(entry: SourceEntry, day: dt.date) -> SourceEntry:
    withdrawn = entry["withdrawn_on"]
    if withdrawn is None or dt.date.fromisoformat(str(withdrawn)) <= day:
        return entry
    return {**entry, "withdrawn_on": None, "withdrawal_note": ""}


def _decided_again(
    document: ClaimDocument, then: ClaimDocument, undated: Container[str]
) -> tuple[list[DisputeEntry], Derived]:
    """The disputes that there was ground for, and the derived members."""
    terms, kept = document_terms(document), {entry["ref"] for entry in then["figures"]}
    evidence, today = evidence_in(then), fingerprint(evidence_in(then), terms)
    dated = [one for one in document["figures"] if one["ref"] not in undated]
    decided = today == fingerprint(evidence_in({**document, "figures": dated}), terms)
    decided = decided and kept.issuperset(_preferred(document))
    if len(kept) < len(document["figures"]) or not decided:
        disputes = [_dispute(entry, kept, decided=decided) for entry in document["disputes"]
                    if _has_ground(entry, kept, evidence, terms)]  # fmt: skip
    else:
        disputes = document["disputes"]
    return disputes, recompute_from_document({**then, "disputes": disputes})


def _preferred(document: ClaimDocument) -> list[str]:
    return [entry["preferred"] for entry in document["disputes"] if entry["preferred"]]


def _has_ground(
    entry: DisputeEntry, kept: set[str], evidence: Sequence[Evidence], terms: ClaimTerms
) -> bool:
    """Whether what was known calls for the dispute; one opened by hand needs all its members."""
    if entry["kind"] in _OPENED_BY_HAND:
        return kept.issuperset(entry["figures"])
    return entry["kind"] in {one.kind for one in expected_disputes(evidence, terms)}


def _dispute(entry: DisputeEntry, kept: set[str], *, decided: bool) -> DisputeEntry:
    """The case with the members that were known; without a decision that weighed later ones."""
    found = entry.copy()
    found["figures"] = [ref for ref in entry["figures"] if ref in kept]
    if not decided:
        found["state"], found["outcome"], found["rationale"] = DisputeState.OPEN.value, "", ""
        found["preferred"], found["decided_by"], found["decided_at"] = None, "", None
        found["events"] = []
    return found
