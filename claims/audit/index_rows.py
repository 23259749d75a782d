"""The index rows of current versions say what the versions' payloads say."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from django.db import models

from claims.audit.borrowed import Sound, verify_borrowed
from claims.audit.findings import Report
from claims.audit.streams import CHUNK, ordered_rows
from claims.domain.refs import format_ref
from claims.models import ClaimVersion
from claims.workflow.index_tables import BORROWED, OWN, SHARED, OwnTable, SharedTable, read_sound
from claims.workflow.marks import VersionWithDocument


def verify_index_rows(report: Report) -> None:
    """Compare every index row with the payload that it was drawn from."""
    current = ordered_rows(ClaimVersion.objects.current(), "pk")
    for batch in _batches(current, CHUNK // 5):
        models.prefetch_related_objects(batch, "borrowed_rows")
        sound = list(_sound(report, batch))
        for table in OWN:
            _verify_own(report, table, sound)
        verify_borrowed(report, sound)
        _verify_named_once(report, _published(sound))
    _verify_strays(report)
    for shared in SHARED:
        _verify_shared(report, shared)


def _published(sound: list[Sound]) -> list[VersionWithDocument]:
    return [(version, document) for version, document in sound if document is not None]


def _verify_own(report: Report, table: OwnTable, sound: list[Sound]) -> None:
    """Compare the rows of a batch of versions with those that their documents determine."""
    wanted = table.drawn(_published(sound))
    found = table.stored([version for version, _ in sound])
    report.count(table.model, len(found))
    for key in wanted.keys() - found.keys():
        row = wanted[key]
        what = f"the {table.model._meta.verbose_name} for {table.name(row)} is missing"
        report.blame(ClaimVersion, row.version_id, what)
    for key, row in found.items():
        if key in wanted:
            _blame(report, row, table.differing(wanted[key], row))
        else:
            what = f"its version's payload has no {table.name(row)}"
            report.blame(table.model, row.pk, what)


def _verify_shared(report: Report, table: SharedTable) -> None:
    for row in ordered_rows(table.model._default_manager.select_related("version"), "pk"):
        report.count(table.model)
        for version, document in _sound(report, [row.version]):
            wanted = table.drawn((version, document)) if document is not None else {}
            number = getattr(row, table.key)
            if number in wanted:
                _blame(report, row, table.differing(wanted[number], row))
            else:
                report.blame(table.model, row.pk, "the payload of its version does not name it")


def _blame(report: Report, row: models.Model, names: list[str]) -> None:
    if names:
        what = f"differs from its version's payload in {', '.join(names)}"
        report.blame(type(row), row.pk, what)


def _verify_named_once(report: Report, published: list[VersionWithDocument]) -> None:
    """Each source and subject that a current version names has its row."""
    for table in SHARED:
        numbers = {number for one in published for number in table.drawn(one)}
        rows = table.model._default_manager.filter(**{f"{table.key}__in": numbers})
        for number in sorted(numbers - set(rows.values_list(table.key, flat=True))):
            report.blame(table.model, format_ref(table.letter, number), "the row is missing")


def _verify_strays(report: Report) -> None:
    """Rows of versions that are not current show readers what is no longer published."""
    for table in (*OWN, BORROWED):
        model = table.model
        for row in ordered_rows(model._default_manager.filter(version__is_current=False), "pk"):
            report.blame(model, row.pk, "its version is not a current one")


def _sound(report: Report, versions: Iterable[ClaimVersion]) -> Iterator[Sound]:
    """These versions with their documents, None of a tombstone; unsound ones are named instead."""
    for version in versions:
        try:
            yield version, read_sound(version)
        except ValueError as error:
            report.blame(ClaimVersion, version.pk, str(error))


def _batches(rows: Iterable[ClaimVersion], size: int) -> Iterator[list[ClaimVersion]]:
    for batch in itertools.batched(rows, size):
        yield list(batch)
