"""What imports have done: a row a page of a dump, a row a table and a row a statement of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.choices import PageOutcome, TableOutcome
from claims.querysets.importing import (
    ImportedPageQuerySet,
    ImportedTableQuerySet,
    ImportRunQuerySet,
)


class ImportRun(models.Model):
    """One import of one file, which may take several sittings; the file is known by its hash."""

    file_name = models.CharField(max_length=255)
    file_sha256 = models.CharField(max_length=64)
    language = models.CharField(max_length=35, default="en")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="import_runs"
    )
    reason = models.TextField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "import"
        constraints = [
            models.UniqueConstraint(
                name="importrun_file_is_read_by_one_unfinished_run",
                fields=["file_sha256"],
                condition=Q(finished_at__isnull=True),
            ),
            models.CheckConstraint(
                name="importrun_finished_not_before_start",
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("started_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name}, {self.started_at:%Y-%m-%d %H:%M} UTC"


class ImportedPage(models.Model):
    """What became of one page. ``position`` is its first byte in the unpacked file.

    ``text`` is kept only while the page waits in the queue; afterwards the revision has it.
    ``format`` is how an uploaded text is written, auto, plain or wikitext; '' for a page of a dump.
    ``sources`` are new ones; conflicts and doubts are those that the reading proposes,
    ``highlights`` the figures that led to no draft.
    """

    Outcome = PageOutcome

    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="pages")
    position = models.BigIntegerField()
    title = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=10, choices=PageOutcome)
    origin_url = models.CharField(max_length=2000, blank=True)
    text = models.TextField(blank=True)
    revision = models.ForeignKey(
        "ArticleRevision", models.PROTECT, null=True, blank=True, related_name="imported_pages"
    )
    format = models.CharField(max_length=8, blank=True)
    claims = models.PositiveIntegerField(default=0)
    figures = models.PositiveIntegerField(default=0)
    sources = models.PositiveIntegerField(default=0)
    conflicts = models.PositiveIntegerField(default=0)
    doubts = models.PositiveIntegerField(default=0)
    highlights = models.PositiveIntegerField(default=0)
    rule = models.CharField(max_length=40, blank=True)
    refusal = models.TextField(blank=True)

    objects = ImportedPageQuerySet.as_manager()

    class Meta:
        ordering = ["run", "position"]
        verbose_name = "imported text"
        constraints = [
            models.UniqueConstraint(
                name="importedpage_is_dealt_with_once", fields=["run", "position"]
            ),
            models.CheckConstraint(
                name="importedpage_outcome_is_known",
                condition=Q(outcome__in=PageOutcome.values),
            ),
            models.CheckConstraint(
                name="importedpage_rejected_names_rule",
                condition=~Q(outcome=PageOutcome.REJECTED) | (~Q(rule="") & ~Q(refusal="")),
            ),
            models.CheckConstraint(
                name="importedpage_imported_has_revision",
                condition=~Q(outcome__in=[PageOutcome.IMPORTED, PageOutcome.UNCHANGED])
                | Q(revision__isnull=False),
            ),
            models.CheckConstraint(
                name="importedpage_text_only_while_it_waits",
                condition=Q(text="") | Q(outcome=PageOutcome.WAITING),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} at byte {self.position}"


class ImportedTable(models.Model):
    """What became of a file of figures, Wikidata entities or reviews.

    ``content`` is the file as text, only while it waits; ``mapping`` the TOML that its columns
    were read with, ``header`` the SHA-256 of their names, by which a mapping is found again.
    ``rejections`` are the first rejected rows: [{"line", "column", "value", "rule"}].
    """

    Outcome = TableOutcome

    run = models.OneToOneField(ImportRun, models.PROTECT, related_name="table")
    outcome = models.CharField(max_length=10, choices=TableOutcome)
    content = models.TextField(blank=True)
    mapping = models.TextField(blank=True)
    header = models.CharField(max_length=64, blank=True)
    added = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    empty = models.PositiveIntegerField(default=0)
    rejections = models.JSONField(default=list, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undo_reason = models.TextField(blank=True)

    objects = ImportedTableQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "imported table"
        indexes = [models.Index(name="importedtable_header_idx", fields=["header"])]
        constraints = [
            models.CheckConstraint(
                name="importedtable_outcome_is_known",
                condition=Q(outcome__in=TableOutcome.values),
            ),
            models.CheckConstraint(
                name="importedtable_content_only_while_it_waits",
                condition=Q(content="") | Q(outcome=TableOutcome.WAITING),
            ),
            models.CheckConstraint(
                name="importedtable_undone_says_who_when_and_why",
                condition=~Q(outcome=TableOutcome.UNDONE)
                | (Q(undone_by__isnull=False) & Q(undone_at__isnull=False) & ~Q(undo_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.run)


class ImportedStatement(models.Model):
    """A statement that an import added; ``drafted`` says that its claim was drafted for it."""

    table = models.ForeignKey(ImportedTable, models.PROTECT, related_name="statements")
    assertion = models.OneToOneField("Assertion", models.PROTECT, related_name="imported_by")
    drafted = models.BooleanField(default=False)

    objects = models.Manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "imported statement"

    def __str__(self) -> str:
        return f"F{self.assertion_id} of import {self.table_id}"
