"""What claims rest on: figures, disputes, sources, subjects."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from claims.api.documents import EXCEL, StoredDocument, csv_text
from claims.api.lists import StoredList
from claims.api.problems import ProblemError
from claims.domain.document_format import read_row
from claims.domain.published import SubjectEntry
from claims.domain.published_records import DisputeDocument, SourceDocument, TidyRow
from claims.domain.tidy import csv_line, spreadsheet_row
from claims.filtering import filters
from claims.filtering.cursors import both_ways
from claims.filtering.lists import DISPUTE_FILTERS, DISPUTE_SORTS, FIGURE_FILTERS, FIGURE_SORTS
from claims.filtering.then import row_then
from claims.filtering.times import TIMES, times_of
from claims.models import (
    ClaimVersion,
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
    formats = ("json", "ndjson", "csv")
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

    def body(
        self, kind: str, texts: list[str], meta: dict[str, Any], links: dict[str, str | None]
    ) -> bytes:
        """Return the page in the format."""
        return (
            csv_text(texts, excel="for" in self.asked)
            if kind == "csv"
            else super().body(kind, texts, meta, links)
        )


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
        return record_of(PublishedFigure.objects.filter(assertion_id=number))


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
        return record_of(PublishedDispute.objects.filter(dispute_id=number))


def cited_sources() -> QuerySet[PublishedSource]:
    """Return the sources that a current version cites."""
    figures = PublishedFigure.objects.filter(source=OuterRef("source_id"))
    return PublishedSource.objects.filter(Exists(figures))


class SourceList(StoredList):
    """Sources that published claims cite."""

    noun = "source"
    operation = "sources_list"
    summary = "Sources that published claims cite."
    document = SourceDocument
    filters = (filters.all_words("folded", "Every one of these words is in the title."),)
    sorts = both_ways("ref", "source_id")

    def rows(self, asked: dict[str, Any]) -> QuerySet[PublishedSource]:
        """Return the cited sources."""
        return cited_sources()


class SourceDetail(StoredDocument):
    """One source."""

    noun = "source"
    operation = "sources_read"
    summary = "One source; its statements are at figures/?source=."
    document = SourceDocument
    letter = "S"

    def row(self, number: int, asked: dict[str, Any]) -> tuple[str, str]:
        """Return the stored document."""
        return record_of(cited_sources().filter(source_id=number))


def public_subjects() -> QuerySet[PublishedSubject]:
    """Return the subjects that a current, unretired version is about."""
    versions = ClaimVersion.objects.public().filter(subject=OuterRef("subject_id"))
    return PublishedSubject.objects.filter(Exists(versions))


class SubjectList(StoredList):
    """Subjects of published claims."""

    noun = "subject"
    operation = "subjects_list"
    summary = "What published claims are about."
    document = SubjectEntry
    filters = (
        filters.all_words("folded", "Every one of these words is in the title."),
        *filters.found_by("version_id"),
    )
    sorts = both_ways("ref", "subject_id")

    def rows(self, asked: dict[str, Any]) -> QuerySet[PublishedSubject]:
        """Return the subjects of public claims."""
        return public_subjects()


class SubjectDetail(StoredDocument):
    """One subject."""

    noun = "subject"
    operation = "subjects_read"
    summary = "One subject; its claims are at claims/?subject=."
    document = SubjectEntry
    letter = "T"

    def row(self, number: int, asked: dict[str, Any]) -> tuple[str, str]:
        """Return the stored document."""
        return record_of(public_subjects().filter(subject_id=number))


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
