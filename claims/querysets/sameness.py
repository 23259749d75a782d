"""Reading the pairs of rows that may be one."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from claims.choices import SamenessAnswer

if TYPE_CHECKING:
    from claims.models import SamenessQuestion


class SamenessQuerySet(QuerySet["SamenessQuestion"]):
    def open(self) -> SamenessQuerySet:
        """Pairs that nobody has judged yet."""
        return self.filter(answer=SamenessAnswer.OPEN)

    def of(self, noun: str, one: int, other: int) -> SamenessQuerySet:
        """The question about these two rows, whichever is named first."""
        return self.filter(noun=noun, first=min(one, other), second=max(one, other))

    def among(self, noun: str, pairs: Collection[tuple[int, int]]) -> list[SamenessQuestion]:
        """The questions about these pairs, each with its lower number first."""
        ends = [set(side) for side in zip(*pairs, strict=True)] or [set(), set()]
        rows = self.filter(noun=noun, first__in=ends[0], second__in=ends[1])
        return [row for row in rows if (row.first, row.second) in pairs]
