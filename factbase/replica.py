"""Sends reads of what is published to the replica, and everything else to the primary."""

from typing import Any

from django.db import connections
from django.db.models import Model

PUBLISHED = {
    *("publicationhead", "claimversion", "publishedfigure", "publisheddispute"),
    *("publishedsource", "publishedsubject", "publishedanchor", "versionkey", "searchfacets"),
}


class PublishedReadsRouter:
    """Published rows never change, so a replica can serve them; the desk reads its own writes."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        """Return the replica for published rows, unless a transaction is open on the primary."""
        published = model._meta.app_label == "claims" and model._meta.model_name in PUBLISHED
        if published and not connections["default"].in_atomic_block:
            return "replica"
        return "default"

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        """Return the primary."""
        return "default"

    def allow_relation(self, *rows: Model, **hints: Any) -> bool:
        """Both names are one database."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Migrate the primary; the replica follows by itself."""
        return db == "default"
