"""The index rows of current versions say what the versions' payloads say."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import models

from claims.audit.borrowed import verify_borrowed
from claims.audit.findings import Report
from claims.audit.streams import CHUNK, stream
from claims.choices import VersionOp
from claims.domain.documents import dump_document, moment_text, read_document, verify_seal
from claims.domain.index_rows import dispute_record, figure_columns, source_record
from claims.domain.names import fold_for_search
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

type Row = dict[str, Any]

_NEEDED = ("figures", "sources", "disputes", "subject", "measure")
_OF_A_VERSION = ("figures", "disputes", "anchors", "borrowed_rows")


def verify_index_rows(report: Report) -> None:
    """Compare every index row with the payload that it was drawn from."""
    current = stream(ClaimVersion.objects.current(), "pk")
    for batch in _batches(current, CHUNK // 5):
        models.prefetch_related_objects(batch, *_OF_A_VERSION, "anchors__revision")
        sound = [
            (version, _whole(report, version)) for version in batch if verify_seal(version.payload)
        ]
        marks = _marks_by_version(sound)
        for version, document in sound:
            _verify_own_rows(report, version, document, marks[version.pk])
        verify_borrowed(report, sound)
        _verify_named_once(report, [document for _, document in sound])
    _verify_strays(report)
    for model, draw in _SHARED:
        for row in stream(model._default_manager.select_related("version"), "pk"):
            report.count(model)
            if verify_seal(row.version.payload):  # else the version itself is named
                found = {"title": row.title, "folded": row.folded, "record": row.record}
                _compare(report, model, row.pk, found, draw(row, _document(row.version)))


def _verify_own_rows(
    report: Report, version: ClaimVersion, document: Row, marks: list[PublishedAnchor]
) -> None:
    figures = {entry["ref"]: figure_columns(document, entry)
               for entry in document.get("figures", ())}  # fmt: skip
    _match(report, PublishedFigure, version, figures, {
        format_ref(FIGURE, row.assertion_id): (row.pk, _columns(row, figures))
        for row in version.figures.all()
    })  # fmt: skip
    disputes = {entry["ref"]: _dispute(document, entry) for entry in document.get("disputes", ())}
    _match(report, PublishedDispute, version, disputes, {
        format_ref(DISPUTE, row.dispute_id): (row.pk, _dispute_columns(row))
        for row in version.disputes.all()
    })  # fmt: skip
    wanted = {_place(mark): dict[str, Any]() for mark in marks}
    _match(report, PublishedAnchor, version, wanted, {
        _place(row): (row.pk, {}) for row in version.anchors.all()
    })  # fmt: skip


def _marks_by_version(sound: list[tuple[ClaimVersion, Row]]) -> dict[int, list[PublishedAnchor]]:
    """The marks that the documents and the approved texts lead to, by version."""
    found: dict[int, list[PublishedAnchor]] = {version.pk: [] for version, _ in sound}
    for mark in marks_of([pair for pair in sound if pair[1]]):
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
    found: dict[str, tuple[int, Row]],
) -> None:
    report.count(model, len(found))
    for ref in wanted.keys() - found.keys():
        what = f"the {model._meta.verbose_name} for {ref} is missing"
        report.blame(ClaimVersion, version.pk, what)
    for ref, (key, columns) in found.items():
        if ref in wanted:
            _compare(report, model, key, columns, wanted[ref])
        else:
            report.blame(model, key, f"its version's payload has no {ref}")


def _compare(
    report: Report, model: type[models.Model], key: int, columns: Row, wanted: Row | None
) -> None:
    if wanted is None:
        report.blame(model, key, "the payload of its version does not name it")
        return
    names = [name for name, value in wanted.items() if columns[name] != value]
    if names:
        report.blame(model, key, f"differs from its version's payload in {', '.join(names)}")


def _columns(row: PublishedFigure, figures: dict[str, Row]) -> Row:
    """The stored columns of a figure that its document determines."""
    names = next(iter(figures.values()), {})
    return {name: getattr(row, name) for name in names}


def _dispute(document: Row, entry: Row) -> Row:
    return {
        "kind": entry["kind"],
        "state": entry["state"],
        "severity": document["severity"],
        "opened_at": entry["opened_at"],
        "decided_at": entry["decided_at"],
        "record": dump_document(dispute_record(document, entry)),
    }


def _dispute_columns(row: PublishedDispute) -> Row:
    return {
        **{name: getattr(row, name) for name in ("kind", "state", "severity", "record")},
        "opened_at": moment_text(row.opened_at),
        "decided_at": moment_text(row.decided_at) if row.decided_at else None,
    }


def _verify_named_once(report: Report, documents: list[Row]) -> None:
    """Each source and subject that a current version names has its row."""
    sources = {entry["ref"] for document in documents for entry in document.get("sources", ())}
    subjects = {document["subject"]["ref"] for document in documents if "subject" in document}
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


def _source(row: PublishedSource, document: Row) -> Row | None:
    ref = format_ref(SOURCE, row.source_id)
    entries = [entry for entry in document.get("sources", ()) if entry["ref"] == ref]
    if not entries:
        return None
    return {**_titled(entries[0]["title"]), "record": source_record(entries[0])}


def _subject(row: PublishedSubject, document: Row) -> Row | None:
    entry = document.get("subject")
    if entry is None or entry["ref"] != format_ref(SUBJECT, row.subject_id):
        return None
    return {**_titled(entry["title"]), "record": dump_document(entry)}


def _titled(title: str) -> Row:
    return {"title": title, "folded": fold_for_search(title)}


_SHARED: tuple[tuple[type[models.Model], Callable[[Any, Row], Row | None]], ...] = (
    (PublishedSource, _source),
    (PublishedSubject, _subject),
)


def _document(version: ClaimVersion) -> Row:
    """The payload's members; none when it is a tombstone, which has no index rows."""
    return read_document(version.payload) if version.op == VersionOp.PUBLISH else {}


def _whole(report: Report, version: ClaimVersion) -> Row:
    """The document of a version, or nothing, with a word on it, where members are missing."""
    document = _document(version)
    missing = [name for name in _NEEDED if document and name not in document]
    if missing:
        report.blame(ClaimVersion, version.pk, f"its payload lacks {', '.join(missing)}")
    return {} if missing else document


def _batches(rows: Iterable[ClaimVersion], size: int) -> Iterator[list[ClaimVersion]]:
    for batch in itertools.batched(rows, size):
        yield list(batch)
