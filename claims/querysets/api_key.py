"""Reading API keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils import timezone

if TYPE_CHECKING:
    from claims.models import ApiKey

MANAGE = "claims.manage_apikey"


class ApiKeyQuerySet(QuerySet["ApiKey"]):
    def living(self) -> ApiKeyQuerySet:
        """Neither revoked nor expired; their owner's password is not looked at."""
        unexpired = Q(expiry__isnull=True) | Q(expiry__gt=timezone.now())
        return self.filter(unexpired, revoked_at__isnull=True)

    def visible_to(self, person: Any) -> ApiKeyQuerySet:
        """Everybody's to who manages keys, else the person's own."""
        return self if person.has_perm(MANAGE) else self.filter(user=person)
