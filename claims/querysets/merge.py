"""Reading merges: which rows are others by now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import QuerySet

from claims.choices import MERGED_STATES, WAITING_STATES

if TYPE_CHECKING:
    from claims.models import Merge


class MergeQuerySet(QuerySet["Merge"]):
    def done(self) -> MergeQuerySet:
        """Merges that hold."""
        return self.filter(state__in=MERGED_STATES)

    def waiting(self) -> MergeQuerySet:
        """Merges, and undoings, that somebody else has to decide."""
        return self.filter(state__in=WAITING_STATES)

    def unfinished(self) -> MergeQuerySet:
        """Approved ones that have not reached all their claims yet."""
        return self.exclude(to_publish={})

    def survivor(self, noun: str, number: int) -> int | None:
        """The row that a merged row is by now, along its chain; None when it is not merged."""
        found = self._into(noun, [number]).get(number)
        while found is not None:
            further = self._into(noun, [found]).get(found)
            if further is None:
                return found
            found = further
        return None

    def family(self, noun: str, numbers: Iterable[int]) -> set[int]:
        """These rows, or what they are by now, with all that were merged into them."""
        family = {self.survivor(noun, number) or number for number in numbers}
        fresh = family
        while fresh:
            rows = self.done().filter(noun=noun, into__in=fresh).order_by()
            fresh = set(rows.values_list("merged", flat=True)) - family
            family |= fresh
        return family

    def heirs(self, noun: str, numbers: Iterable[int]) -> dict[int, int]:
        """Each of these rows by itself, and what was merged into it by what it is now."""
        heirs = {number: number for number in numbers}
        fresh = set(heirs)
        while fresh:
            rows = self.done().filter(noun=noun, into__in=fresh).order_by()
            found = dict(rows.values_list("merged", "into"))
            fresh = found.keys() - heirs.keys()
            heirs |= {number: heirs[found[number]] for number in fresh}
        return heirs

    def _into(self, noun: str, numbers: list[int]) -> dict[int, int]:
        rows = self.done().filter(noun=noun, merged__in=numbers).order_by()
        return dict(rows.values_list("merged", "into"))


def unmerged[Rows: QuerySet[Any]](rows: Rows, noun: str) -> Rows:
    """The rows that no merge has made another row."""
    merges: Any = apps.get_model("claims", "Merge")._default_manager
    return rows.exclude(pk__in=merges.done().filter(noun=noun).order_by().values("merged"))
