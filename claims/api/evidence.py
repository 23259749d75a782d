"""What claims rest on: figures, disputes, sources, subjects."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from claims.api.documents import EXCEL, StoredDocument
from claims.api.lists import StoredList
from claims.api.problems import ProblemError
from claims.domain.document_format import read_row
from claims.domain.published import SubjectEntry
from claims.domain.published_records import DisputeDocument, SourceDocument, TidyRow
from claims.domain.tidy import csv_line, spreadsheet_row
from claims.exporters.formats import formats_of
from claims.filtering import filters
from claims.filtering.cursors import both_ways
from claims.filtering.lists import DISPUTE_FILTERS, DISPUTE_SORTS, FIGURE_FILTERS, FIGURE_SORTS
from claims.filtering.then import row_then
from claims.filtering.then_named import named_then
from claims.filtering.times import TIMES, times_of
from claims.models import (
    PublishedDispute,
    PublishedFigure,
    PublishedSource,
    PublishedSubject,
)


class FigureList(StoredList):
    """The tidy table, one row a statement."""

    noun = "figure"
    operation = "figures_list"
    summary = "The tidy table: one row for each statement of each published claim."
    document = TidyRow
    part = "table"
    formats = formats_of("table")
    parameters = (EXCEL,)
    of_times = "figures"
    filters = FIGURE_FILTERS
    sorts = FIGURE_SORTS

    def rows(self, asked: dict[str, Any]) -> QuerySet[PublishedFigure]:
        """Return the statements of all current versions."""
        return PublishedFigure.objects.all()

    def columns_for(self, kind: str) -> tuple[str, ...]:
        """Return the finished line for CSV; spreadsheets need the cells too."""
        return ("csv_line", "record") if kind == "csv" else self.columns

    def texts(self, kind: str, found: list[tuple[Any, ...]], asked: dict[str, Any]) -> list[str]:
        """Return the stored rows, disarmed where they go into a spreadsheet."""
        if kind == "csv" and "for" in asked:
            return [csv_line(spreadsheet_row(read_row(row[1]))) for row in found]
        return super().texts(kind, found, asked)


class FigureDetail(StoredDocument):
    """One row of the tidy table."""

    noun = "figure"
    operation = "figures_read"
    summary = "One statement as a row of the tidy table."
    document = TidyRow
    letter = "F"
    parameters = TIMES

    def row(self, number: int, asked: dict[str, Any]) -> tuple[str, str]:
        """Return the stored row, twice: it names its own state; of another time, that of then."""
        if times := times_of(asked):
            return record_then(row_then("figures", times, number))
        return record_of(PublishedFigure.objects.numbered(number))


class DisputeList(StoredList):
    """Disputes with their claims in brief."""

    noun = "dispute"
    operation = "disputes_list"
    summary = "Disputes of published claims, open and decided."
    document = DisputeDocument
    of_times = "disputes"
    filters = DISPUTE_FILTERS
    sorts = DISPUTE_SORTS

    def rows(self, asked: dict[str, Any]) -> QuerySet[PublishedDispute]:
        """Return the disputes of all current versions."""
        return PublishedDispute.objects.all()


class DisputeDetail(StoredDocument):
    """One dispute."""

    noun = "dispute"
    operation = "disputes_read"
    summary = "One dispute with its claim in brief and its statements in full."
    document = DisputeDocument
    letter = "D"
    parameters = TIMES

    def row(self, number: int, asked: dict[str, Any]) -> tuple[str, str]:
        """Return the stored document; of another time, that of then."""
        if times := times_of(asked):
            return record_then(row_then("disputes", times, number))
        return record_of(PublishedDispute.objects.numbered(number))


class SourceList(StoredList):
    """Sources that published claims cite."""

    noun = "source"
    operation = "sources_list"
    summary = "Sources that published claims cite."
    document = SourceDocument
    of_times = "sources"
    filters = (filters.all_words("folded", "Every one of these words is in the title."),)
    sorts = both_ways("ref", "source_id")

    def rows(self, asked: dict[str, Any]) -> QuerySet[PublishedSource]:
        """Return the cited sources."""
        return PublishedSource.objects.cited()


class SourceDetail(StoredDocument):
    """One source."""

    noun = "source"
    operation = "sources_read"
    summary = "One source; its statements are at figures/?source=."
    document = SourceDocument
    letter = "S"
    parameters = TIMES

    def row(self, number: int, asked: dict[str, Any]) -> tuple[str, str]:
        """Return the stored document; of another time, as the documents of then show it."""
        if times := times_of(asked):
            return record_then(named_then("sources", times, number))
        return record_of(PublishedSource.objects.cited().numbered(number))


class SubjectList(StoredList):
    """Subjects of published claims."""

    noun = "subject"
    operation = "subjects_list"
    summary = "What published claims are about."
    document = SubjectEntry
    of_times = "subjects"
    filters = (
        filters.all_words("folded", "Every one of these words is in the title."),
        *filters.by_version_keys("version_id"),
    )
    sorts = both_ways("ref", "subject_id")

    def rows(self, asked: dict[str, Any]) -> QuerySet[PublishedSubject]:
        """Return the subjects of public claims."""
        return PublishedSubject.objects.about_public_claims()


class SubjectDetail(StoredDocument):
    """One subject."""

    noun = "subject"
    operation = "subjects_read"
    summary = "One subject; its claims are at claims/?subject=."
    document = SubjectEntry
    letter = "T"
    parameters = TIMES

    def row(self, number: int, asked: dict[str, Any]) -> tuple[str, str]:
        """Return the stored document; of another time, as the documents of then show it."""
        if times := times_of(asked):
            return record_then(named_then("subjects", times, number))
        return record_of(PublishedSubject.objects.about_public_claims().numbered(number))


def record_of(rows: QuerySet[Any]) -> tuple[str, str]:
    """Return the record of the one row and what its tag is drawn from: the record itself."""
    record = rows.values_list("record", flat=True).first()
    if record is None:
        raise ProblemError("not-found")
    return record, record


def record_then(row: dict[str, Any] | None) -> tuple[str, str]:
    """Return the record of a row of another time, twice. Raises ProblemError without a row."""
    if row is None:
        raise ProblemError("not-found")
    return row["record"], row["record"]
