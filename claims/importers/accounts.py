"""The account that signs what programs import when no person is named."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.models import Group, User

from claims.errors import PermissionMissingError

IMPORTER: Final = "importer"


def importing_account(username: str = "") -> User:
    """Return the account of this name, else the importer's, made on its first use.

    The importer cannot sign in. Raises PermissionMissingError when nobody bears the name.
    """
    found = User.objects.filter(username=username or IMPORTER).first()
    if found is not None:
        return found
    if username:
        raise PermissionMissingError(f"There is no account {username}.", field="as")
    user = User.objects.create_user(IMPORTER)
    user.groups.add(Group.objects.get(name="contributor"))
    return user
