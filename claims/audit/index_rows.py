"""The index rows of current versions say what the versions' payloads say."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, cast

from django.db import models

from claims.audit.borrowed import Sound, verify_borrowed
from claims.audit.findings import Report
from claims.audit.streams import CHUNK, stream
from claims.choices import VersionOp
from claims.domain.document_format import missing_members, upgraded
from claims.domain.documents import read_document, verify_seal
from claims.domain.index_rows import (
    NamedColumns,
    dispute_columns,
    figure_columns,
    source_columns,
    subject_columns,
)
from claims.domain.published import ClaimDocument
from claims.domain.refs import DISPUTE, FIGURE, SOURCE, SUBJECT, format_ref, parse_ref
from claims.models import (
    BorrowedRow,
    ClaimVersion,
    PublishedAnchor,
    PublishedDispute,
    PublishedFigure,
    PublishedSource,
    PublishedSubject,
)
from claims.workflow.marks import marks_of

type Row = Mapping[str, object]

_OF_A_VERSION = ("figures", "disputes", "anchors", "borrowed_rows")


def verify_index_rows(report: Report) -> None:
    """Compare every index row with the payload that it was drawn from."""
    current = stream(ClaimVersion.objects.current(), "pk")
    for batch in _batches(current, CHUNK // 5):
        models.prefetch_related_objects(batch, *_OF_A_VERSION, "anchors__revision")
        sound = [
            (version, _document(report, version))
            for version in batch
            if verify_seal(version.payload)
        ]
        marks = _marks_by_version(sound)
        for version, document in sound:
            _verify_own_rows(report, version, document, marks[version.pk])
        verify_borrowed(report, sound)
        _verify_named_once(report, [one for _, one in sound if one is not None])
    _verify_strays(report)
    for model, draw in _SHARED:
        for row in stream(model._default_manager.select_related("version"), "pk"):
            report.count(model)
            if verify_seal(row.version.payload):  # else the version itself is named
                document = _document(report, row.version)
                _compare(report, model, row, draw(row, document) if document else None)


def _verify_own_rows(
    report: Report,
    version: ClaimVersion,
    document: ClaimDocument | None,
    marks: list[PublishedAnchor],
) -> None:
    figures: dict[str, Row] = {}
    disputes: dict[str, Row] = {}
    if document is not None:
        links = {"claim_id": version.claim_id, "measure_id": version.measure_id}
        figures = {one["ref"]: {**links, **figure_columns(document, one)}
                   for one in document["figures"]}  # fmt: skip
        disputes = {one["ref"]: {**links, **dispute_columns(document, one)}
                    for one in document["disputes"]}  # fmt: skip
    _match(report, PublishedFigure, version, figures, {
        format_ref(FIGURE, row.assertion_id): row for row in version.figures.all()
    })  # fmt: skip
    _match(report, PublishedDispute, version, disputes, {
        format_ref(DISPUTE, row.dispute_id): row for row in version.disputes.all()
    })  # fmt: skip
    places: dict[str, Row] = {_place(mark): {"claim_id": version.claim_id} for mark in marks}
    found = {_place(row): row for row in version.anchors.all()}
    _match(report, PublishedAnchor, version, places, found)


def _marks_by_version(sound: Sound) -> dict[int, list[PublishedAnchor]]:
    """The marks that the documents and the approved texts lead to, by version."""
    found: dict[int, list[PublishedAnchor]] = {version.pk: [] for version, _ in sound}
    published = [(version, document) for version, document in sound if document is not None]
    for mark in marks_of(published):
        found[mark.version_id].append(mark)
    return found


def _place(mark: PublishedAnchor) -> str:
    revision = mark.revision
    figure = format_ref(FIGURE, mark.assertion_id)
    return (
        f"{mark.start} to {mark.end} of {figure} in A{revision.article_id} "
        f"revision {revision.number}"
    )


def _match(
    report: Report,
    model: type[models.Model],
    version: ClaimVersion,
    wanted: dict[str, Row],
    found: Mapping[str, Any],
) -> None:
    """Compare stored rows with the columns that the document gives each, by reference."""
    report.count(model, len(found))
    for ref in wanted.keys() - found.keys():
        what = f"the {model._meta.verbose_name} for {ref} is missing"
        report.blame(ClaimVersion, version.pk, what)
    for ref, row in found.items():
        if ref in wanted:
            _compare(report, model, row, wanted[ref])
        else:
            report.blame(model, row.pk, f"its version's payload has no {ref}")


def _compare(report: Report, model: type[models.Model], row: Any, wanted: Row | None) -> None:
    if wanted is None:
        report.blame(model, row.pk, "the payload of its version does not name it")
        return
    names = [name for name, value in wanted.items() if getattr(row, name) != value]
    if names:
        report.blame(model, row.pk, f"differs from its version's payload in {', '.join(names)}")


def _verify_named_once(report: Report, documents: list[ClaimDocument]) -> None:
    """Each source and subject that a current version names has its row."""
    sources = {entry["ref"] for document in documents for entry in document["sources"]}
    subjects = {document["subject"]["ref"] for document in documents}
    for model, letter, name, refs in (
        (PublishedSource, SOURCE, "source_id", sources),
        (PublishedSubject, SUBJECT, "subject_id", subjects),
    ):
        numbers = {number for ref in refs if (number := parse_ref(ref, letter))}
        rows = model._default_manager.filter(**{f"{name}__in": numbers})
        for number in sorted(numbers - set(rows.values_list(name, flat=True))):
            report.blame(model, format_ref(letter, number), "the row is missing")


def _verify_strays(report: Report) -> None:
    """Rows of versions that are not current show readers what is no longer published."""
    for model in (PublishedFigure, PublishedDispute, PublishedAnchor, BorrowedRow):
        for row in stream(model._default_manager.filter(version__is_current=False), "pk"):
            report.blame(model, row.pk, "its version is not a current one")


def _source(row: PublishedSource, document: ClaimDocument) -> NamedColumns | None:
    ref = format_ref(SOURCE, row.source_id)
    entries = [entry for entry in document["sources"] if entry["ref"] == ref]
    return source_columns(entries[0]) if entries else None


def _subject(row: PublishedSubject, document: ClaimDocument) -> NamedColumns | None:
    entry = document["subject"]
    is_own = entry["ref"] == format_ref(SUBJECT, row.subject_id)
    return subject_columns(entry) if is_own else None


type Draw = Callable[[Any, ClaimDocument], NamedColumns | None]
_SHARED: tuple[tuple[type[models.Model], Draw], ...] = (
    (PublishedSource, _source),
    (PublishedSubject, _subject),
)


def _document(report: Report, version: ClaimVersion) -> ClaimDocument | None:
    """The document of a version; None of a tombstone, and, with a word on it, where members lack.

    A tombstone has no index rows.
    """
    if version.op != VersionOp.PUBLISH:
        return None
    members = read_document(version.payload)
    if missing := missing_members(members, ClaimDocument):
        report.blame(ClaimVersion, version.pk, f"its payload lacks {', '.join(missing)}")
        return None
    return cast("ClaimDocument", upgraded(members, ClaimDocument))


def _batches(rows: Iterable[ClaimVersion], size: int) -> Iterator[list[ClaimVersion]]:
    for batch in itertools.batched(rows, size):
        yield list(batch)
