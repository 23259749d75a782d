"""Reading sources on the desk."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from claims.querysets.lookup import marks

if TYPE_CHECKING:
    from claims.models import Source


class SourceQuerySet(QuerySet["Source"]):
    def withdrawn(self) -> SourceQuerySet:
        return self.filter(withdrawn_on__isnull=False)

    def standing(self) -> SourceQuerySet:
        """Sources that are not withdrawn."""
        return self.filter(withdrawn_on__isnull=True)

    def known_as(self, known: Mapping[str, Collection[str]]) -> list[Source]:
        """The sources, oldest first, with one of the values in the column named with them.

        Columns are ``title`` and those of SourceTitle, such as ``known.doi``.
        """
        wanted = {column: values for column, values in known.items() if values}
        if not wanted:
            return []
        tests = " OR ".join(f"{column} IN ({marks(values)})" for column, values in wanted.items())
        words = (
            "SELECT claims_source.* FROM claims_source"  # noqa: S608
            " JOIN claims_sourcetitle known ON known.source_id = claims_source.id"
            f" WHERE {tests}"
        )
        rows: Any = self.raw(words, [one for values in wanted.values() for one in values])
        return sorted(rows, key=lambda row: row.pk)
