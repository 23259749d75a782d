"""Reading sources on the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

if TYPE_CHECKING:
    from claims.models import Source


class SourceQuerySet(QuerySet["Source"]):
    def withdrawn(self) -> SourceQuerySet:
        return self.filter(withdrawn_on__isnull=False)

    def standing(self) -> SourceQuerySet:
        """Sources that are not withdrawn."""
        return self.filter(withdrawn_on__isnull=True)
