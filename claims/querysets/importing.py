"""Reading what imports have done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Max, Q, QuerySet, Sum

from claims.choices import PageOutcome

if TYPE_CHECKING:
    from claims.models import ImportedPage, ImportedTable, ImportRun

COUNTS: Final = ("claims", "figures", "sources", "conflicts", "doubts", "highlights")


class ImportRunQuerySet(QuerySet["ImportRun"]):
    def unfinished(self, file_sha256: str) -> ImportRun | None:
        """The run of this file that was cut short or is still at work, if any."""
        return self.filter(file_sha256=file_sha256, finished_at__isnull=True).first()

    def newest(self, file_sha256: str) -> ImportRun | None:
        """The last run of this file, whether it is finished or not, if any."""
        return self.filter(file_sha256=file_sha256).order_by("-pk").first()


class ImportedPageQuerySet(QuerySet["ImportedPage"]):
    def of_run(self, number: int) -> ImportedPageQuerySet:
        """The pages that one import read."""
        return self.filter(run=number)

    def waiting(self) -> ImportedPageQuerySet:
        return self.filter(outcome=PageOutcome.WAITING)

    def rejected(self) -> ImportedPageQuerySet:
        return self.filter(outcome=PageOutcome.REJECTED).order_by("position")

    def to_report(self) -> ImportedPageQuerySet:
        """Pages that wait, that were rejected or that lost a figure, in the order of the file."""
        told = ~Q(rule="") | Q(outcome=PageOutcome.WAITING)
        return self.filter(told).defer("text").order_by("position")

    def newest_positions(self, most: int) -> QuerySet[Any, int]:
        """The first bytes of the pages that stand last in the file, last first."""
        return self.order_by("-position").values_list("position", flat=True)[:most]

    def last_position(self) -> int:
        """The first byte of the last page dealt with; -1 when there is none."""
        newest: int | None = self.aggregate(newest=Max("position"))["newest"]
        return -1 if newest is None else newest

    def tally(self) -> dict[str, int]:
        """Count the pages by outcome, and what came of them: claims, figures, highlights ..."""
        counts = {outcome.value: 0 for outcome in PageOutcome}
        rows = self.order_by().values_list("outcome").annotate(Count("pk"))
        counts |= dict(rows)
        sums = self.aggregate(**{name: Sum(name) for name in COUNTS})
        return counts | {name: total or 0 for name, total in sums.items()}


class ImportedTableQuerySet(QuerySet["ImportedTable"]):
    def for_listing(self) -> ImportedTableQuerySet:
        """The tables with who imported or undid them; not their content."""
        return self.select_related("run__started_by", "undone_by").defer("content")

    def mapping_of(self, header: str) -> str:
        """The mapping with which a table of these columns came in last; '' when none did."""
        used = self.filter(header=header, outcome="imported").exclude(mapping="")
        return used.order_by("-pk").values_list("mapping", flat=True).first() or ""
