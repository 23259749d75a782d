"""What the desk derives and nobody signs: names that parties are found by, counters of numbers."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import Max

from claims.audit.findings import Report
from claims.audit.histories import tracked_models
from claims.audit.streams import ordered_rows, side_by_side
from claims.choices import MergedNoun
from claims.models import (
    Merge,
    Party,
    PartyName,
    QueueEntry,
    Source,
    SourceTitle,
    Subject,
    SubjectTitle,
)
from claims.workflow import sources, subjects
from claims.workflow.parties import party_keys
from claims.workflow.waiting import misdrawn, waiting_claims


def verify_party_names(report: Report) -> None:
    """Each party is found by its name and aliases and by nothing else; a merged one by none."""
    gone = _merged(MergedNoun.PARTY)
    for party in ordered_rows(Party.objects.prefetch_related("names"), "pk"):
        found = sorted((row.folded, row.key) for row in party.names.all())
        report.count(PartyName, len(found))
        names = [] if party.pk in gone else party_keys(party)
        if found != sorted((row.folded, row.key) for row in names):
            report.blame(Party, party.pk, "the names that it is found by are not its own")


def verify_titles(report: Report) -> None:
    """Each work and subject is found by its own title, folded; a merged one by none."""
    kinds: tuple[tuple[Any, Any, str, Any], ...] = (
        (Source, SourceTitle, MergedNoun.SOURCE, sources.source_keys),
        (Subject, SubjectTitle, MergedNoun.SUBJECT, subjects.subject_keys),
    )
    for model, titles, noun, known_by in kinds:
        link, gone = f"{noun}_id", _merged(noun)
        pairs = side_by_side(
            (ordered_rows(titles._default_manager.all(), link), link),
            (ordered_rows(model._default_manager.all(), "pk"), "pk"),
        )
        for key, (found, rows) in pairs:
            report.count(titles, len(found))
            known = [known_by(row) for row in rows if row.pk not in gone]
            held = [{name: getattr(one, name) for name in _columns(one)} for one in found]
            if held != known:
                report.blame(model, key, "the title that it is found by is not its own")


def _columns(row: Any) -> list[str]:
    """The columns of a title that are derived."""
    own = {"id", "source_id", "subject_id"}
    return [field.attname for field in row._meta.concrete_fields if field.attname not in own]


def _merged(noun: str) -> set[int]:
    rows = Merge.objects.done().filter(noun=noun).order_by()
    return set(rows.values_list("merged", flat=True))


def verify_queue(report: Report) -> None:
    """The queue knows of each claim that waits what its log of decisions has."""
    for some in waiting_claims():
        report.count(QueueEntry, QueueEntry.objects.filter(claim__in=some).count())
        for number in misdrawn(some):
            what = f"what the queue knows of C{number} is not what its log has"
            report.blame(QueueEntry, number, what)


def verify_counters(report: Report) -> None:
    """No counter lies below a number that was given: numbers are never used again."""
    tracked = set(tracked_models())
    for model in apps.get_app_config("claims").get_models():
        if not isinstance(model._meta.pk, models.AutoField):
            continue
        numbers = model._default_manager.aggregate(most=Max("pk"))["most"] or 0
        if model in tracked:
            history: Any = model.history.model  # type: ignore[attr-defined]
            numbers = max(numbers, history.objects.aggregate(most=Max("id"))["most"] or 0)
        last = _last_given(model)
        if last < numbers:
            what = f"the counter of its numbers stands at {last}; {numbers} was given already"
            report.blame(model, "-", what)


def _last_given(model: type[models.Model]) -> int:
    """The newest number that the database gave to a row of the table."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, %s)::regclass)",
                [table, column],
            )
        else:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
    return row[0] if row and row[0] is not None else 0
