"""Reading parties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

if TYPE_CHECKING:
    from claims.models import Party


class PartyQuerySet(QuerySet["Party"]):
    def named(self, name: str) -> PartyQuerySet:
        """Parties with this name or alias, letter case aside."""
        return self.filter(Q(name__iexact=name) | Q(aliases__icontains=f'"{name}"'))
