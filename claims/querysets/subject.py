"""Reading subjects on the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

if TYPE_CHECKING:
    from claims.models import Subject

# Deeper trees than this are refused when a subject is saved.
MAX_DEPTH = 8


class SubjectQuerySet(QuerySet["Subject"]):
    def with_ancestors(self) -> SubjectQuerySet:
        """Each subject with its line of parents, in one query."""
        return self.select_related("__".join(["parent"] * MAX_DEPTH))
