"""Reading what claims borrow, and the edits of it that wait."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Max, Q, QuerySet, Subquery

from claims.choices import CorrectionState

if TYPE_CHECKING:
    from claims.models import BorrowedRow, Correction


class BorrowedRowQuerySet(QuerySet["BorrowedRow"]):
    def of(self, noun: str, number: int) -> BorrowedRowQuerySet:
        """The public claims that show this row."""
        return self.filter(noun=noun, number=number)

    def any_of(self, noun: str, numbers: Iterable[int]) -> BorrowedRowQuerySet:
        """The public claims that show any of these rows of one register."""
        return self.filter(noun=noun, number__in=list(numbers))

    def older_than(self, shown: int) -> BorrowedRowQuerySet:
        """Those that show the row as it was before this history row."""
        return self.filter(shown__lt=shown)

    def not_left_by(self, correction: int) -> BorrowedRowQuerySet:
        """Those that this approved correction did not leave to be read by themselves."""
        return self.exclude(left_by=correction)

    def newest_shown_of(self, rows: Iterable[tuple[str, int]]) -> dict[tuple[str, int], int]:
        """The same for these rows alone: an index gives each, however many claims show it."""
        wanted = Q(pk__in=())
        for noun, number in rows:
            newest = self.of(noun, number).order_by("-shown").values("pk")[:1]
            wanted |= Q(pk=Subquery(newest))
        found = self.filter(wanted).order_by().values_list("noun", "number", "shown")
        return {(noun, number): shown for noun, number, shown in found}

    def newest_shown(self) -> dict[tuple[str, int], int]:
        """{(noun, number): newest history row that any public claim shows}."""
        rows = self.order_by().values_list("noun", "number")
        return {(noun, number): shown for noun, number, shown in rows.annotate(Max("shown"))}


class CorrectionQuerySet(QuerySet["Correction"]):
    def waiting(self) -> CorrectionQuerySet:
        return self.filter(state=CorrectionState.WAITING)

    def unfinished(self) -> CorrectionQuerySet:
        """Approved ones that have not reached all their claims yet."""
        return self.filter(state=CorrectionState.PUBLISHING)

    def approved(self) -> CorrectionQuerySet:
        """Those that readers get or have got."""
        return self.filter(state__in=[CorrectionState.PUBLISHING, CorrectionState.PUBLISHED])

    def of(self, noun: str, number: int) -> CorrectionQuerySet:
        return self.filter(noun=noun, number=number)
