"""Reading subjects on the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from claims.domain.identity import match_key

if TYPE_CHECKING:
    from claims.models import Subject

# Deeper trees than this are refused when a subject is saved.
MAX_DEPTH = 8


class SubjectQuerySet(QuerySet["Subject"]):
    def with_ancestors(self) -> SubjectQuerySet:
        """Each subject with its line of parents, in one query."""
        return self.select_related("__".join(["parent"] * MAX_DEPTH))

    def titled(self, title: str) -> list[Subject]:
        """The subjects of a title, however it is written, oldest first."""
        words = (
            "SELECT claims_subject.* FROM claims_subject"
            " JOIN claims_subjecttitle known ON known.subject_id = claims_subject.id"
            " WHERE known.key = %s"
        )
        return sorted(self.raw(words, [match_key(title)]), key=lambda row: row.pk)
