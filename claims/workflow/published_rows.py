"""The index rows of a current version, drawn from its document and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Any

from django.db.models import F

from claims.domain.facets import Facets, facets_of
from claims.domain.published import ClaimDocument, Tombstone
from claims.domain.spelling import forms_of, spellable_words
from claims.models import BorrowedRow, ClaimVersion, Measure, Spelling
from claims.workflow.borrowing import Borrowed
from claims.workflow.index_tables import OF_EACH_VERSION, OWN, SHARED
from claims.workflow.rows import write_newest


def facet_columns(document: ClaimDocument) -> dict[str, Any]:
    """The columns of a version that lists filter and sort on. One query."""
    columns = asdict(facets_of(document))
    measures = Measure.objects.values_list("pk", flat=True)
    columns["measure_id"] = measures.get(slug=columns.pop("measure"))
    columns["subject_id"] = columns.pop("subject")
    return columns


def stored_facets(version: ClaimVersion) -> dict[str, Any]:
    """The facets of a version as its columns have them; it comes with its measure."""
    linked = {"subject": version.subject_id, "measure": version.measure.slug}
    names = (one.name for one in fields(Facets))
    return {name: linked[name] if name in linked else getattr(version, name) for name in names}


def write_index(version: ClaimVersion, document: ClaimDocument | Tombstone) -> None:
    """Replace the claim's index rows by those of this version; a tombstone has none.

    Keys of versions stay with each version, so that lists of an earlier day find it.
    """
    for table in OWN:
        table.model._default_manager.filter(claim=version.claim_id).delete()
    if document["status"] == "retired":
        return
    for table in (*OF_EACH_VERSION, *OWN):
        table.model._default_manager.bulk_create(table.drawn([(version, document)]).values())
    for shared in SHARED:
        rows = shared.drawn((version, document)).values()
        write_newest(list(rows), key=shared.key.removesuffix("_id"))
    note_spellings([document])


def note_spellings(documents: Iterable[ClaimDocument]) -> None:
    """Note the words of these documents that typing errors may mean, where they are new.

    One query more. Words of what is no longer public stay: a search offers only what finds
    something.
    """
    words = {word for document in documents for word in spellable_words(document)}
    known = Spelling.objects.filter(form__in=words, word=F("form"))
    new = sorted(words.difference(known.values_list("word", flat=True)))
    Spelling.objects.bulk_create(
        (Spelling(form=form, word=word) for word in new for form in sorted(forms_of(word))),
        ignore_conflicts=True,
    )


def write_borrowed(version: ClaimVersion, borrowed: Borrowed) -> None:
    """Note which rows of registers the version shows, and as of when."""
    BorrowedRow.objects.filter(claim=version.claim_id).delete()
    BorrowedRow.objects.bulk_create(
        BorrowedRow(
            version=version, claim_id=version.claim_id, noun=noun, number=number, shown=shown
        )
        for (noun, number), shown in sorted(borrowed.items())
    )
