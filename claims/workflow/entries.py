"""What readers see of one row of a register, in the members of the documents that show it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from claims.choices import BorrowedNoun
from claims.domain.refs import ARTICLE, PARTY, SOURCE, SUBJECT, format_ref
from claims.models import Measure
from claims.querysets.article import APPROVED_DATA
from claims.workflow.document_parts import source_entry

_LETTERS = {
    BorrowedNoun.SOURCE: SOURCE,
    BorrowedNoun.PARTY: PARTY,
    BorrowedNoun.SUBJECT: SUBJECT,
    BorrowedNoun.ARTICLE: ARTICLE,
}
_MEMBERS = {
    BorrowedNoun.PARTY: ("name", "kind", "description"),
    BorrowedNoun.SUBJECT: ("title", "kind", "place", "when"),
    BorrowedNoun.MEASURE: ("label",),
    BorrowedNoun.ARTICLE: ("title", *APPROVED_DATA),
}


def entry_of(noun: str, row: Any) -> Mapping[str, Any]:
    """The public members of a row of a register."""
    if noun == BorrowedNoun.SOURCE:
        return source_entry(row)
    return {name: getattr(row, name) for name in _MEMBERS[BorrowedNoun(noun)]}


def key_of(noun: str, number: int) -> str:
    """What documents name the row by: its reference; of a measure its slug."""
    if noun == BorrowedNoun.MEASURE:
        return str(Measure.objects.values_list("slug", flat=True).get(pk=number))
    return format_ref(_LETTERS[BorrowedNoun(noun)], number)
