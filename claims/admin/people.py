"""Pages about accounts: what one did, and taking it back."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from claims.admin.managing import accounts, regroup, switch, unlock
from claims.admin.rollback import rollback_page
from claims.admin.watch_button import reader_of
from claims.models import Claim, ReviewEvent
from claims.workflow.accounts import (
    CHIEFS,
    account_of,
    may_manage,
    refused_sign_ins,
    unlockings,
)

SHOWN: Final = 20  # claims, and events, of one account


def people_urls(site: Any) -> list[Any]:
    """The pages about accounts on this site."""

    def view(page: Any) -> Any:
        def shown(request: HttpRequest, number: int) -> HttpResponse:
            return page(request, number, site.each_context(request))

        return site.admin_view(shown)

    def listed(request: HttpRequest) -> HttpResponse:
        return accounts(request, site.each_context(request))

    return [
        path("accounts/", site.admin_view(listed), name="accounts"),
        path("accounts/<int:number>/group/", view(regroup), name="regroup"),
        path("accounts/<int:number>/switch/", view(switch), name="switch"),
        path("accounts/<int:number>/unlock/", view(unlock), name="unlock"),
        path("accounts/<int:number>/", view(contributions), name="account"),
        path("accounts/<int:number>/rollback/", view(rollback_page), name="rollback"),
    ]


def contributions(request: HttpRequest, number: int, context: dict[str, Any]) -> HttpResponse:
    """What an account wrote, what of it was published or returned, and what it did last."""
    reader = reader_of(request)
    account = account_of(number)
    if account is None:
        raise Http404("No such account.")
    written = Claim.objects.authored_by(account)
    done = ReviewEvent.objects.done_by(account.username)
    facts = {
        "title": account.username,
        "account": account,
        "groups": account.groups.order_by("name"),
        "counts": [
            (_("claims that it wrote on"), written.count()),
            (_("of these published"), written.published().count()),
            (_("of these returned, not yet mended"), Claim.objects.returned_to(account).count()),
            (_("returns of claims that it wrote"), ReviewEvent.objects.returns_to(account).count()),
            (_("approvals that it gave"), done.approvals().count()),
        ],
        "written": written.order_by("-edited_at")[:SHOWN],
        "events": done.select_related("claim").order_by("-pk")[:SHOWN],
        "may_manage": may_manage(reader, account),
        "unlockings": unlockings(account)[:SHOWN] if may_manage(reader, account) else (),
        "refused": refused_sign_ins(account) if may_manage(reader, account) else 0,
        "may_roll_back": reader != account and reader.has_perm(f"claims.{CHIEFS}"),
    }
    return TemplateResponse(request, "admin/account.html", {**context, **facts})
