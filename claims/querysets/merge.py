"""Reading merges: which rows are others by now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.db.models import Q, QuerySet

from claims.choices import MERGED_STATES, WAITING_STATES

if TYPE_CHECKING:
    from claims.models import Merge

_MOVES: Final = ("noun", "merged", "into")


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

    def heirs(self, wanted: Mapping[str, Iterable[int]]) -> dict[tuple[str, int], int]:
        """These rows by noun, each by itself, and what was merged into one by what it is now.

        One query where nothing was merged into any of them, else one more for each merge on the
        longest way.
        """
        heirs = {(noun, number): number for noun, rows in wanted.items() for number in rows}
        fresh = set(heirs)
        while fresh:
            into = Q()
            for noun in {noun for noun, _ in fresh}:
                into |= Q(noun=noun, into__in=[number for one, number in fresh if one == noun])
            rows = self.done().filter(into).order_by()
            found = {(noun, merged): to for noun, merged, to in rows.values_list(*_MOVES)}
            fresh = found.keys() - heirs.keys()
            heirs |= {one: heirs[one[0], found[one]] for one in fresh}
        return heirs

    def _into(self, noun: str, numbers: list[int]) -> dict[int, int]:
        rows = self.done().filter(noun=noun, merged__in=numbers).order_by()
        return dict(rows.values_list("merged", "into"))


def unmerged[Rows: QuerySet[Any]](rows: Rows, noun: str) -> Rows:
    """The rows that no merge has made another row."""
    merges: Any = apps.get_model("claims", "Merge")._default_manager
    return rows.exclude(pk__in=merges.done().filter(noun=noun).order_by().values("merged"))
