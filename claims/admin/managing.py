"""Chiefs manage accounts: invite by mail, move between groups, switch off and on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.admin.base import CappedPaginator
from claims.admin.outages import refused_in_words
from claims.errors import RefusalError
from claims.forms.base import ReasonForm, add_refusal
from claims.forms.people import InviteForm, RegroupForm
from claims.mailing import is_mail_on
from claims.tasks import send_invitation
from claims.workflow.accounts import (
    CHIEFS,
    account_of,
    invite_account,
    may_manage,
    regroup_account,
    switch_account,
    unlock_account,
)

SHOWN: Final = 100  # accounts of a page


def accounts(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """All accounts of the desk, and the form that invites one more."""
    _require_chief(request)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _ran(form, partial(_invite, request, form)):
        return HttpResponseRedirect(request.path)
    staff = User.objects.order_by("username").prefetch_related("groups")
    page = CappedPaginator(staff, SHOWN).get_page(request.GET.get("page"))
    facts = {"title": _("Accounts"), "page": page, "form": form, "is_mail_on": is_mail_on()}
    return TemplateResponse(request, "admin/accounts.html", {**context, **facts})


def regroup(request: HttpRequest, number: int, context: dict[str, Any]) -> HttpResponse:
    """Move an account to another group."""
    account, form = _managed(request, number), RegroupForm(request.POST or None)
    verb = partial(regroup_account, account=account)
    return _asked(request, account, form, verb, context, _("Change the group"))


def switch(request: HttpRequest, number: int, context: dict[str, Any]) -> HttpResponse:
    """Switch an account off, or on again."""
    account, form = _managed(request, number), ReasonForm(request.POST or None)
    verb = partial(switch_account, account=account, is_active=not account.is_active)
    title = _("Switch off") if account.is_active else _("Switch on")
    return _asked(request, account, form, verb, context, title)


def unlock(request: HttpRequest, number: int, context: dict[str, Any]) -> HttpResponse:
    """Let somebody sign in again who typed a wrong password too often."""
    account, form = _managed(request, number), ReasonForm(request.POST or None)
    verb = partial(unlock_account, account=account)
    return _asked(request, account, form, verb, context, _("Let sign in again"))


def _invite(request: HttpRequest, form: InviteForm) -> None:
    if not is_mail_on():
        raise RefusalError(_("This site sends no mail."))
    by: Any = request.user
    with transaction.atomic():
        made = invite_account(by=by, **form.cleaned_data)
        transaction.on_commit(partial(send_invitation.enqueue, made.pk))
    messages.success(request, _("%(who)s is invited.") % {"who": made.username})


def _asked(
    request: HttpRequest,
    account: User,
    form: ReasonForm,
    verb: Callable[..., Any],
    context: dict[str, Any],
    title: str,
) -> HttpResponse:
    """Ask why, run the verb, and go back to the account."""
    if request.method == "POST" and form.is_valid():
        run = partial(verb, by=request.user, **form.cleaned_data)
        if _ran(form, run):
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("admin:account", args=[account.pk]))
    facts = {"title": f"{title}: {account.username}", "account": account, "form": form}
    return TemplateResponse(request, "admin/managing.html", {**context, **facts})


def _ran(form: ReasonForm, run: Callable[[], Any]) -> bool:
    """Whether it went through; a refusal stands in the form."""
    try:
        with refused_in_words():
            run()
    except RefusalError as refusal:
        add_refusal(form, refusal)
        return False
    return True


def _require_chief(request: HttpRequest) -> None:
    if not request.user.has_perm(f"claims.{CHIEFS}"):
        raise PermissionDenied


def _managed(request: HttpRequest, number: int) -> User:
    _require_chief(request)
    account = account_of(number)
    if account is None:
        raise Http404("No such account.")
    by: Any = request.user
    if not may_manage(by, account):
        raise PermissionDenied
    return account
