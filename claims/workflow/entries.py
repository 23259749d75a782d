"""What readers see of one row of a register, in the members of the documents that show it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from claims.choices import BorrowedNoun
from claims.domain.refs import ARTICLE, PARTY, SOURCE, SUBJECT, format_ref
from claims.models import Measure, Subject
from claims.querysets.article import APPROVED_DATA
from claims.workflow.document_parts import source_entry
from claims.workflow.subject_entries import coordinates_of

_LETTERS = {
    BorrowedNoun.SOURCE: SOURCE,
    BorrowedNoun.PARTY: PARTY,
    BorrowedNoun.SUBJECT: SUBJECT,
    BorrowedNoun.ARTICLE: ARTICLE,
}
_MEMBERS = {
    BorrowedNoun.PARTY: ("name", "kind", "description"),
    BorrowedNoun.MEASURE: ("label",),
    BorrowedNoun.ARTICLE: ("title", *APPROVED_DATA),
}
# Columns whose member has another name: one member may hold two of them.
_SHOWN_AS = {
    "country": "country_code",
    "latitude": "coordinates",
    "longitude": "coordinates",
    "wikidata_id": "wikidata_qid",
}


def entry_of(noun: str, row: Any) -> Mapping[str, Any]:
    """The public members of a row of a register."""
    if noun == BorrowedNoun.SOURCE:
        return source_entry(row)
    if noun == BorrowedNoun.SUBJECT:
        return _subject_entry(row)
    return {name: getattr(row, name) for name in _MEMBERS[BorrowedNoun(noun)]}


def _subject_entry(subject: Subject) -> dict[str, Any]:
    return {
        **{name: getattr(subject, name) for name in ("title", "kind", "place", "when")},
        "country_code": subject.country,
        "coordinates": coordinates_of(subject),
        "wikidata_qid": subject.wikidata_id,
    }


def key_of(noun: str, number: int) -> str:
    """What documents name the row by: its reference; of a measure its slug."""
    if noun == BorrowedNoun.MEASURE:
        return str(Measure.objects.values_list("slug", flat=True).get(pk=number))
    return format_ref(_LETTERS[BorrowedNoun(noun)], number)


def member_of(noun: str, column: str) -> str:
    """The member of an entry that a column of the row is shown in."""
    shown_as = _SHOWN_AS if noun == BorrowedNoun.SUBJECT else {}
    return shown_as.get(column, column.removesuffix("_id"))
