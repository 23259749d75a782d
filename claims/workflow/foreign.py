"""Acts on tables that are not ours: accounts, groups, API keys and the admin's own log."""

# Their code calls no verb of ours, so their signals open the act (docs/adr/0013).

from __future__ import annotations

from typing import Any, Final

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.db import models
from django.db.models.signals import (
    m2m_changed,
    post_delete,
    post_migrate,
    post_save,
    pre_delete,
)
from simple_history.models import HistoricalRecords

from claims.models import Act, ApiKey
from claims.models.states import ordered_key
from claims.workflow.acts import act, cover_removal, cover_state

_NO_ACT: Final = frozenset({"last_login"})


def foreign_models() -> list[type[models.Model]]:
    """The models of others whose rows the log covers."""
    return [User, Group, LogEntry, ApiKey]


def cover_foreign_rows() -> None:
    """Listen to them; called once, when the applications are ready."""
    for model in foreign_models():
        name = model._meta.model_name
        post_save.connect(_saved, sender=model, dispatch_uid=f"log-save-{name}")
        post_delete.connect(_deleted, sender=model, dispatch_uid=f"log-delete-{name}")
    for through in _rights():
        m2m_changed.connect(_rights_changed, sender=through, dispatch_uid=f"log-{through}")
    for model in (Group, Permission):
        name = model._meta.model_name
        pre_delete.connect(_leaving, sender=model, dispatch_uid=f"log-leave-{name}")
        post_delete.connect(_left, sender=model, dispatch_uid=f"log-left-{name}")
    post_migrate.connect(
        _migrated, sender=apps.get_app_config("claims"), dispatch_uid="log-migrated"
    )


def acting_person() -> User | None:
    """Who is signed in where this happens; None for a command or the machine."""
    request = getattr(HistoricalRecords.context, "request", None)
    user = getattr(request, "user", None)
    return user if isinstance(user, User) and user.is_authenticated else None


def _rights() -> tuple[Any, ...]:
    through: tuple[Any, ...] = (
        User.groups.through,
        User.user_permissions.through,
        Group.permissions.through,
    )
    return through


def _saved(
    sender: type[models.Model],
    instance: Any,
    *,
    created: bool,
    raw: bool,
    update_fields: Any,
    **rest: Any,
) -> None:
    if raw:  # a fixture brings the log's own rows with it
        instance._is_raw = True
        return
    if update_fields is not None and frozenset(update_fields) <= _NO_ACT:
        return
    _cover("add" if created else "change", sender, [instance.pk])


def _deleted(sender: type[models.Model], instance: Any, **rest: Any) -> None:
    name = sender._meta.model_name
    person, words = acting_person(), _words(sender, "removed")
    with act(f"delete_{name}", by=person, reason=words, is_limited=False):
        cover_removal(sender._meta.db_table, ordered_key(instance.pk))


def _rights_changed(
    sender: Any, instance: Any, *, action: str, reverse: bool, model: Any, pk_set: Any, **rest: Any
) -> None:
    """Note each account or group whose groups or permissions are others now."""
    if getattr(instance, "_is_raw", False):
        return
    holder = model if reverse else type(instance)
    if action == "pre_clear" and reverse:
        instance._losing = _holders_of(instance, holder)
    if action.startswith("post_"):
        losing = instance.__dict__.pop("_losing", ()) if action == "post_clear" else ()
        numbers = (losing or pk_set or ()) if reverse else [instance.pk]
        _cover("change", holder, numbers)


def _holders_of(instance: Any, holder: type[models.Model]) -> list[int]:
    name = "permissions"
    if holder is User:
        name = "groups" if isinstance(instance, Group) else "user_permissions"
    return list(holder._default_manager.filter(**{name: instance}).values_list("pk", flat=True))


def _leaving(sender: type[models.Model], instance: Any, **rest: Any) -> None:
    """Remember who has a group or permission that is removed: no signal speaks of them."""
    holders = (User, Group) if sender is Permission else (User,)
    instance._losers = [(holder, _holders_of(instance, holder)) for holder in holders]


def _left(sender: type[models.Model], instance: Any, **rest: Any) -> None:
    for holder, numbers in instance.__dict__.pop("_losers", ()):
        _cover("change", holder, numbers)


def _cover(what: str, model: type[models.Model], numbers: Any) -> None:
    """Cover the rows as they are stored, one writer at a time."""
    numbers = sorted(numbers)
    if not numbers:
        return
    reason = _words(model, "added" if what == "add" else "changed")
    verb = f"{what}_{model._meta.model_name}"
    with act(verb, by=acting_person(), reason=reason, is_limited=False):
        rows = model._default_manager.filter(pk__in=numbers).order_by("pk").select_for_update()
        for row in rows:
            cover_state(row, is_new=what == "add")


def _words(model: type[models.Model], what: str) -> str:
    return f"{str(model._meta.verbose_name).capitalize()} {what}."


def _migrated(sender: Any, plan: Any = (), **rest: Any) -> None:
    """Migrations change groups without a signal; what they left is theirs, and the log says so."""
    names = [f"{one.app_label}.{one.name}" for one, _ in plan or ()]
    if not names or not Act.objects.exists():
        return
    with act("migrate", by=None, reason=f"Applied {', '.join(names)}."[:2000]):
        for group in Group.objects.order_by("pk"):
            cover_state(group)
