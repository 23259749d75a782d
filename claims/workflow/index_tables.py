"""The tables that are drawn from documents: one list for publication, audit and rebuilding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, cast

from django.db import models

from claims.choices import VersionOp
from claims.domain.document_format import missing_members, upgraded
from claims.domain.documents import read_document, sealed_hash, verify_seal
from claims.domain.facets import found_by, keys_of
from claims.domain.findable import claim_words
from claims.domain.index_rows import (
    borrowed_number,
    borrowed_refs,
    dispute_columns,
    figure_columns,
    source_columns,
    subject_columns,
)
from claims.domain.published import ClaimDocument
from claims.domain.refs import CLAIM, DISPUTE, FIGURE, SOURCE, SUBJECT, format_ref, number_in
from claims.models import (
    BorrowedRow,
    ClaimVersion,
    Measure,
    PublishedAnchor,
    PublishedClaim,
    PublishedDispute,
    PublishedFigure,
    PublishedSource,
    PublishedSubject,
    SearchFacets,
    VersionKey,
)
from claims.workflow.marks import VersionWithDocument, marks_of

type IndexKey = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class OwnTable:
    """A table with rows of each version, or of the current version of each claim.

    ``key`` names the columns that tell a row from all others, ``draw`` makes the rows of some
    versions, unsaved, as their documents determine them, ``name`` says which one a row is.
    What a document does not determine, such as a primary key, is in ``kept``.
    """

    model: type[models.Model]
    key: tuple[str, ...]
    draw: Callable[[Sequence[VersionWithDocument]], Iterable[models.Model]]
    name: Callable[[Any], str]
    kept: tuple[str, ...] = ("id",)

    def drawn(self, published: Sequence[VersionWithDocument]) -> dict[IndexKey, Any]:
        """The rows of these versions by their keys."""
        return {self.key_of(row): row for row in self.draw(published)}

    def stored(self, versions: Iterable[ClaimVersion]) -> dict[IndexKey, Any]:
        """The rows that are stored for these versions, by their keys."""
        rows = self.model._default_manager.filter(version__in=list(versions))
        return {self.key_of(row): row for row in rows}

    def key_of(self, row: models.Model) -> IndexKey:
        return tuple(getattr(row, name) for name in self.key)

    def differing(self, wanted: models.Model, found: models.Model) -> list[str]:
        """The columns in which a stored row is not as its document has it."""
        return _differing(wanted, found, self.kept)


@dataclass(frozen=True, slots=True)
class SharedTable:
    """A table with one row for each thing that documents show: as the newest of them shows it.

    ``key`` is the column with the number of the thing, ``letter`` begins its references.
    """

    model: type[models.Model]
    key: str
    letter: str
    draw: Callable[[ClaimVersion, ClaimDocument], Iterable[models.Model]]

    def drawn(self, published: VersionWithDocument) -> dict[int, Any]:
        """The rows of what a version shows, by their numbers."""
        return {getattr(row, self.key): row for row in self.draw(*published)}

    def differing(self, wanted: models.Model, found: models.Model) -> list[str]:
        """The columns in which a stored row is not as the document has it."""
        return _differing(wanted, found, ("id",))


def _differing(wanted: models.Model, found: models.Model, kept: tuple[str, ...]) -> list[str]:
    names = (field.attname for field in wanted._meta.concrete_fields)
    return [
        name for name in names if name not in kept and getattr(wanted, name) != getattr(found, name)
    ]


def read_sound(version: ClaimVersion) -> ClaimDocument | None:
    """The document of a version; None of a tombstone, which has no index rows.

    Raises ValueError, with a clause that says why, where the payload is not what was sealed or
    is no document of its kind: nothing is drawn from it.
    """
    if not verify_seal(version.payload):
        raise ValueError("its payload does not have the hash that it is sealed with")
    if version.sha256 != sealed_hash(version.payload):
        raise ValueError("its sha256 is not that of its payload")
    if version.op != VersionOp.PUBLISH:
        return None
    members = read_document(version.payload)
    if missing := missing_members(members, ClaimDocument):
        raise ValueError(f"its payload lacks {', '.join(missing)}")
    return cast("ClaimDocument", upgraded(members, ClaimDocument))


def _claims(published: Sequence[VersionWithDocument]) -> Iterator[PublishedClaim]:
    for version, document in published:
        words = asdict(claim_words(document))
        yield PublishedClaim(version=version, claim_id=version.claim_id, **words)


def _figures(published: Sequence[VersionWithDocument]) -> Iterator[PublishedFigure]:
    for version, document in published:
        for entry in document["figures"]:
            yield PublishedFigure(**_links(version), **figure_columns(document, entry))


def _disputes(published: Sequence[VersionWithDocument]) -> Iterator[PublishedDispute]:
    for version, document in published:
        for entry in document["disputes"]:
            yield PublishedDispute(**_links(version), **dispute_columns(document, entry))


def _links(version: ClaimVersion) -> dict[str, Any]:
    return {
        "version": version,
        "claim_id": version.claim_id,
        "measure_id": version.measure_id,
    }


def _borrowed(published: Sequence[VersionWithDocument]) -> Iterator[BorrowedRow]:
    """Which rows of registers the documents show. As of when, no document says.

    A new row is therefore taken to show no edit at all: whoever edited that row of a register
    then counts as an author, and does not approve.
    """
    slugs = dict(Measure.objects.values_list("slug", "pk"))
    for version, document in published:
        for noun, ref in sorted(borrowed_refs(document)):
            number = slugs.get(ref) if noun == "measure" else borrowed_number(noun, ref)
            if number is not None:
                yield BorrowedRow(
                    version=version, claim_id=version.claim_id, noun=noun, number=number
                )


def _searched(published: Sequence[VersionWithDocument]) -> Iterator[SearchFacets]:
    for version, document in published:
        yield SearchFacets(version=version, **asdict(found_by(document)))


def _keys(published: Sequence[VersionWithDocument]) -> Iterator[VersionKey]:
    for version, document in published:
        for name, value in keys_of(document):
            yield VersionKey(version=version, name=name, value=value)


def _sources(version: ClaimVersion, document: ClaimDocument) -> Iterator[PublishedSource]:
    for entry in document["sources"]:
        number = number_in(entry["ref"], SOURCE)
        yield PublishedSource(source_id=number, version=version, **source_columns(entry))


def _subjects(version: ClaimVersion, document: ClaimDocument) -> Iterator[PublishedSubject]:
    entry = document["subject"]
    number = number_in(entry["ref"], SUBJECT)
    yield PublishedSubject(subject_id=number, version=version, **subject_columns(entry))


# Of old versions too, so that lists of an earlier day find them.
OF_EACH_VERSION: Final = (
    OwnTable(SearchFacets, ("version_id",), _searched, str),
    OwnTable(VersionKey, ("version_id", "name", "value"), _keys, str),
)
OWN: Final = (
    OwnTable(PublishedClaim, ("claim_id",), _claims, lambda row: format_ref(CLAIM, row.claim_id)),
    OwnTable(
        PublishedFigure,
        ("assertion_id",),
        _figures,
        lambda row: format_ref(FIGURE, row.assertion_id),
    ),
    OwnTable(
        PublishedDispute,
        ("dispute_id",),
        _disputes,
        lambda row: format_ref(DISPUTE, row.dispute_id),
    ),
    OwnTable(
        PublishedAnchor,
        ("assertion_id", "revision_id", "start", "end"),
        marks_of,
        lambda row: (
            f"{row.start} to {row.end} of {format_ref(FIGURE, row.assertion_id)} in {row.revision}"
        ),
    ),
)
# Written by publication, which knows more of it than the document says.
BORROWED: Final = OwnTable(
    BorrowedRow,
    ("claim_id", "noun", "number"),
    _borrowed,
    lambda row: f"{row.noun} {row.number}",
    kept=("id", "shown"),
)
SHARED: Final = (
    SharedTable(PublishedSource, "source_id", SOURCE, _sources),
    SharedTable(PublishedSubject, "subject_id", SUBJECT, _subjects),
)
