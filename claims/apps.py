"""The claims application."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """Claims, their figures and disputes, in one Django application."""

    name = "claims"
    label = "claims"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Facts"

    def ready(self) -> None:
        """Register the system checks, and let the log cover the tables of others."""
        from claims import checks  # noqa: F401
        from claims.workflow.foreign import cover_foreign_rows

        cover_foreign_rows()
