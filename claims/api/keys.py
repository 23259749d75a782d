"""Reading an API key from its header: whose it is, whether it lives, what it may do."""

from __future__ import annotations

from typing import Any

from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from knox.auth import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from claims.choices import KeyScope
from claims.models import ApiKey


class KeyAuthentication(TokenAuthentication):
    """Knox's, for keys with a scope that die with the password.

    The one place that holds a key to its scope: whatever a view allows, and whoever the owner
    is, a read key opens no method that may change something.
    """

    def authenticate(self, request: Request) -> tuple[Any, ApiKey] | None:
        """Return the account and its key; None without one.

        Raises AuthenticationFailed (401) for a key that is unknown or dead, PermissionDenied (403)
        for one that may only read.
        """
        found: tuple[Any, ApiKey] | None = super().authenticate(request)
        if found is not None and not may_use(found[1], request.method or ""):
            raise PermissionDenied("This API key may only read.")
        return found

    def authenticate_credentials(self, token: bytes) -> Any:
        """Refuse what is not printable ASCII; else return the account and its key."""
        if not token.isascii() or not token.decode("ascii").isprintable():
            raise AuthenticationFailed("Invalid token.")
        return super().authenticate_credentials(token)

    def validate_user(self, auth_token: ApiKey) -> tuple[Any, ApiKey]:
        """Return the account and its key; a dead one fails, and is not said to exist."""
        if auth_token.death:
            raise AuthenticationFailed("Invalid token.")
        return auth_token.user, auth_token

    def _cleanup_token(self, auth_token: ApiKey) -> bool:
        """Nothing: reading deletes no row, as knox would; an expired key stays on the list."""
        return False


def may_use(key: ApiKey, method: str) -> bool:
    """Whether the scope of the key covers an HTTP method."""
    return method in SAFE_METHODS or key.scope == KeyScope.WRITE


class KeyScheme(KnoxTokenScheme):
    """The schema describes these keys as it describes knox's."""

    target_class = "claims.api.keys.KeyAuthentication"
