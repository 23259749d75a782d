"""Accounts of contributors and editors in the hands of chiefs: invited, regrouped, switched off."""

# Accounts are rows of Django's, without a history of ours: the log covers each change, with the
# reason (docs/adr/0013).

from __future__ import annotations

from typing import Final

from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from claims.errors import DuplicateError, InvalidValueError, PermissionMissingError, TransitionError
from claims.workflow.acts import act
from claims.workflow.text import refuse_unstorable
from claims.workflow.verbs import require_permission, require_reason

CHIEFS: Final = "assign_claim"  # the permission of those who say who looks after what
GROUPS: Final = ("contributor", "editor")  # what chiefs give and take


def invite_account(*, username: str, email: str, group: str, by: User, reason: str) -> User:
    """Make an account that has no password yet; a link by mail lets its owner choose one.

    Raises DuplicateError for a name or address that another account has.
    """
    require_permission(by, CHIEFS)
    why, wanted = require_reason(reason), _group(group)
    account = User(username=username.strip(), email=_address(email), is_staff=True)
    account.set_unusable_password()
    _refuse_name(account.username)
    with transaction.atomic(), act("invite_account", by=by, reason=why):
        if User.objects.filter(username__iexact=account.username).exists():
            raise DuplicateError("username: an account has this name.", field="username")
        if User.objects.filter(email__iexact=account.email).exists():
            raise DuplicateError("email: an account has this address.", field="email")
        account.save(force_insert=True)
        account.groups.set([wanted])
    return account


def regroup_account(*, account: User, group: str, by: User, reason: str) -> User:
    """Make a contributor an editor, or an editor a contributor."""
    why, wanted = require_reason(reason), _group(group)
    with transaction.atomic(), act("regroup_account", by=by, reason=why):
        row = _managed(account, by)
        if list(row.groups.all()) == [wanted]:
            raise TransitionError(f"{row.username} is in this group already.", field="group")
        row.groups.set([wanted])
    return row


def switch_account(*, account: User, is_active: bool, by: User, reason: str) -> User:
    """Switch an account off, or on again; what it wrote stays. Its sessions and keys end."""
    why = require_reason(reason)
    with transaction.atomic(), act("switch_account", by=by, reason=why):
        row = _managed(account, by)
        if row.is_active == is_active:
            state = "on" if is_active else "off"
            raise TransitionError(f"{row.username} is switched {state} already.")
        row.is_active = is_active
        row.save(update_fields=["is_active"])
    return row


def account_of(number: int) -> User | None:
    """The account of this number, if there is one."""
    return User.objects.filter(pk=number).first()


def may_manage(by: User, account: User) -> bool:
    """Whether this person may regroup the account and switch it off.

    Never oneself, a superuser, or somebody with rights that chiefs do not give.
    """
    if not (by.is_active and by.has_perm(f"claims.{CHIEFS}")) or account == by:
        return False
    names = set(account.groups.values_list("name", flat=True))
    has_more = account.is_superuser or account.user_permissions.exists()
    return names <= set(GROUPS) and not has_more


def _managed(account: User, by: User) -> User:
    require_permission(by, CHIEFS)
    row = User.objects.select_for_update().get(pk=account.pk)
    if not may_manage(by, row):
        raise PermissionMissingError(
            f"Chiefs manage contributors and editors; {row.username} is none, or yourself."
        )
    return row


def _group(name: str) -> Group:
    if name not in GROUPS:
        raise InvalidValueError(f"group: one of {', '.join(GROUPS)}.", field="group")
    return Group.objects.get(name=name)


def _address(email: str) -> str:
    address = email.strip()
    try:
        validate_email(refuse_unstorable(address, "email"))
    except ValidationError:
        raise InvalidValueError("email: no address of a mailbox.", field="email") from None
    return User.objects.normalize_email(address)


def _refuse_name(username: str) -> None:
    field = User._meta.get_field("username")
    try:
        field.run_validators(refuse_unstorable(username, "username"))
    except ValidationError as error:
        raise InvalidValueError(f"username: {' '.join(error.messages)}", field="username") from None
    if not username:
        raise InvalidValueError("username: give the account a name.", field="username")
