"""Reading an API key from its header."""

from __future__ import annotations

from typing import Any

from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from knox.auth import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed


class KeyAuthentication(TokenAuthentication):
    """Knox's, which fails on bytes that no key has."""

    def authenticate_credentials(self, token: bytes) -> Any:
        """Refuse what is not printable ASCII; else return the account and its key."""
        if not token.isascii() or not token.decode("ascii").isprintable():
            raise AuthenticationFailed("Invalid token.")
        return super().authenticate_credentials(token)


class KeyScheme(KnoxTokenScheme):
    """The schema describes these keys as it describes knox's."""

    target_class = "claims.api.keys.KeyAuthentication"
