"""Accounts of contributors and editors in the hands of chiefs: invited, moved, let in again."""

# Accounts are rows of Django's, without a history of ours: the log covers each change, with the
# reason (docs/adr/0013).

from __future__ import annotations

from typing import Final

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from claims.errors import DuplicateError, InvalidValueError, PermissionMissingError, TransitionError
from claims.workflow.acts import act
from claims.workflow.text import refuse_unstorable
from claims.workflow.verbs import require_permission, require_reason

CHIEFS: Final = "assign_claim"  # the permission of those who say who looks after what
UNLOCKED: Final = "Let sign in again:"  # begins what the desk's list says of it
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


def refused_sign_ins(account: User) -> int:
    """From how many addresses sign-ins of this account are refused just now."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    tried = AccessAttempt.objects.filter(username=account.username, attempt_time__gt=since)
    return tried.filter(failures_since_start__gte=settings.AXES_FAILURE_LIMIT).count()


def unlock_account(*, account: User, by: User, reason: str) -> User:
    """Forget failed sign-ins of an account, from wherever, so that its owner may try again.

    Nothing of the account itself changes, so that no act of the log tells of it: the desk's own
    list does, with the reason. Raises TransitionError when none failed.
    """
    why = require_reason(reason)
    with transaction.atomic():
        row = _managed(account, by)
        if not reset(username=row.username):
            raise TransitionError(f"No sign-in of {row.username} has failed.")
        LogEntry.objects.log_actions(by.pk, [row], CHANGE, change_message=f"{UNLOCKED} {why}")
    return row


def unlockings(account: User) -> QuerySet[LogEntry]:
    """When sign-ins of the account were let in again, by whom and why, the newest first."""
    about = {"content_type__model": "user", "object_id": str(account.pk)}
    rows = LogEntry.objects.filter(**about, change_message__startswith=UNLOCKED)
    return rows.select_related("user").order_by("-action_time")


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
