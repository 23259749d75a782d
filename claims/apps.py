"""The claims application."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    """Claims, their figures and disputes, in one Django application."""

    name = "claims"
    label = "claims"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Desk")

    def ready(self) -> None:
        """Register checks and lookups, and let the log cover the tables of others."""
        from claims import checks  # noqa: F401
        from claims.querysets import folding  # noqa: F401
        from claims.workflow.foreign import cover_foreign_rows
        from claims.workflow.notifying import notified

        cover_foreign_rows()
        notified.connect(self._mail_at_once, dispatch_uid="mail-at-once")
        post_migrate.connect(self._index_words, sender=self)

    def _index_words(self, using: str, **_signal: Any) -> None:
        """Migrations remake tables, and the index of their words with them."""
        from claims.models.findable import findable_tables
        from claims.querysets.full_text import prepare_full_text

        prepare_full_text(connections[using], findable_tables())

    def _mail_at_once(self, accounts: set[int], **_signal: Any) -> None:
        """Who wants mail at once gets it when the transaction is committed."""
        from claims.tasks import enqueue_mails

        enqueue_mails(accounts)
