"""Reading sources on the desk."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, QuerySet, Subquery

from claims.querysets.lookup import marks

if TYPE_CHECKING:
    from claims.models import Source


class SourceQuerySet(QuerySet["Source"]):
    def withdrawn(self) -> SourceQuerySet:
        return self.filter(withdrawn_on__isnull=False)

    def standing(self) -> SourceQuerySet:
        """Sources that are not withdrawn."""
        return self.filter(withdrawn_on__isnull=True)

    def not_located(self) -> SourceQuerySet:
        """Named by somebody, with nothing by which one finds them."""
        return self.standing().filter(url="", archive_url="", doi="", isbn="")

    def without_archive(self) -> SourceQuerySet:
        """Read at an address of which no archive is noted."""
        return self.standing().filter(archive_url="").exclude(url="")

    def with_other_claims(self, claim: int, most: int) -> SourceQuerySet:
        """``claim_1`` to ``claim_<most>``: the claims of the first figures that cite a source.

        The figures of the claim with the number ``claim`` are left out. Each is one look into
        the index, so a source that a whole table cites costs no more than another.
        """
        figures: Any = self.model._meta.get_field("assertions").related_model
        others = figures.objects.live().filter(source=OuterRef("pk")).exclude(claim=claim)
        rows = others.order_by("pk").values("claim_id")
        return self.annotate(
            **{f"claim_{place + 1}": Subquery(rows[place : place + 1]) for place in range(most)}
        )

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
