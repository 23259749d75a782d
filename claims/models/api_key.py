"""Keys by which programs use the API in the name of an account."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken, AuthTokenManager

from claims.choices import KeyScope
from claims.domain import refs
from claims.models.references import Referenced
from claims.querysets.api_key import ApiKeyQuerySet

_Manager: Any = AuthTokenManager.from_queryset(ApiKeyQuerySet)
PREFIX_SHOWN = 8  # characters by which its owner knows a key again; 64 are the key


class ApiKey(Referenced, AbstractAuthToken):
    """A key of an account. Only its hash is stored; a revoked one stays, with who and why.

    ``bound_to`` ties it to the password of the account: another password, and it is dead.
    """

    ref_letter = refs.KEY
    Scope = KeyScope

    id = models.BigAutoField(primary_key=True)
    digest = models.CharField(max_length=128, unique=True)  # no part of an address, as a key is
    scope = models.CharField(max_length=8, choices=KeyScope, default=KeyScope.READ)
    bound_to = models.CharField(max_length=64)
    reason = models.TextField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    revocation_reason = models.TextField(blank=True)

    objects: Any = _Manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("API key")
        default_permissions = ("view",)
        permissions = [("manage_apikey", "Can see and revoke everybody's API keys")]
        constraints = [
            models.CheckConstraint(
                name="apikey_scope_is_known", condition=Q(scope__in=KeyScope.values)
            ),
            models.CheckConstraint(
                name="apikey_revoked_has_reason",
                condition=Q(revoked_at__isnull=True) | ~Q(revocation_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}…"

    @property
    def prefix(self) -> str:
        """The beginning of the key."""
        return str(self.token_key)[:PREFIX_SHOWN]

    @property
    def is_bound(self) -> bool:
        """Whether the account still has the password with which the key was made."""
        owner: User = self.user
        kept = [owner.get_session_auth_hash(), *owner.get_session_auth_fallback_hash()]
        return self.bound_to in [_hashed(one) for one in kept]

    @property
    def death(self) -> str | Promise:
        """Why the key opens nothing any more; '' while it lives."""
        reasons = (
            (self.revoked_at is not None, _("revoked")),
            (self.expiry is not None and self.expiry <= timezone.now(), _("expired")),
            (not self.user.is_active, _("account switched off")),
            (not self.is_bound, _("password changed")),
        )
        return next((words for holds, words in reasons if holds), "")


def binding_to(owner: User) -> str:
    """What a key made now is bound to: 64 hex digits that change with the password."""
    return _hashed(owner.get_session_auth_hash())


def _hashed(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
