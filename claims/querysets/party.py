"""Reading parties."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import F, QuerySet

from claims.domain.names import fold_name

if TYPE_CHECKING:
    from claims.models import Party


class PartyQuerySet(QuerySet["Party"]):
    def by_name(self, names: Iterable[str]) -> dict[str, Party]:
        """The oldest party that bears each of these names or aliases, by the name folded."""
        folded = {fold_name(name) for name in names}
        rows: Any = self.filter(names__folded__in=folded).annotate(found_by=F("names__folded"))
        return {row.found_by: row for row in sorted(rows.order_by(), key=lambda row: -row.pk)}
