"""Import feeds of fact checks as draft claims; publishes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import User

from claims.importers.drafting import Drafted
from claims.importers.reviews.load import ReviewImport
from claims.management.data_command import DataCommand


class Command(DataCommand):
    """``import_claimreview FILE... [--as USER] [--dry-run] [--output table,json]``."""

    help = "Import ClaimReviews: a DataFeed, a list, or the JSON-LD scripts of a page."

    def drafts(self, data: bytes, name: str, by: User) -> Iterator[Drafted]:
        """Draft one feed."""
        return ReviewImport(data, file_name=name, by=by).run()
