"""Import Wikidata entities as draft claims; publishes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import User

from claims.importers.drafting import Drafted
from claims.importers.entities.load import EntityImport
from claims.management.data_command import DataCommand


class Command(DataCommand):
    """``import_entities FILE... [--as USER] [--dry-run] [--output table,json]``."""

    help = "Import statements of Wikidata entities (JSON) whose property a measure names."

    def drafts(self, data: bytes, name: str, by: User) -> Iterator[Drafted]:
        """Draft one file; say at its end what no measure takes."""
        work = EntityImport(data, file_name=name, by=by)
        yield from work.run()
        if work.others:
            most = ", ".join(f"{prop} ({count})" for prop, count in work.others.most_common(12))
            self.stderr.write(
                f"{name}: {work.others.total()} statements of {len(work.others)} properties that "
                f"no measure names were left out: {most}"
            )
