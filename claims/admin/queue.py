"""The review queue: saved views with counts, and what a row of it tells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.admin.questions import is_number
from claims.models import (
    Anchor,
    ArticleRevision,
    Claim,
    Correction,
    Dispute,
    Merge,
    SamenessQuestion,
    SourceRelation,
)
from claims.querysets.claim import ClaimQuerySet

COUNTED: Final = 100  # counts go no further: "100+"; a full count reads all that waits
MOST_DAYS: Final = 3650


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks for a view, and after how many days a claim waits long."""

    user: Any
    days: int

    @property
    def long_ago(self) -> dt.datetime:
        return timezone.now() - dt.timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class SavedView:
    """One tab of the queue; ``permission`` is that of the verb which it is for."""

    name: str
    label: str | Promise
    rows: Callable[[ClaimQuerySet, Asker], ClaimQuerySet]
    permission: str = "view_claim"

    def title(self, asker: Asker) -> str:
        return str(self.label) % {"days": asker.days}


def _lost(claims: ClaimQuerySet, asker: Asker) -> ClaimQuerySet:
    return claims.active().filter(pk__in=Anchor.objects.lost().values("assertion__claim"))


VIEWS: Final = (
    SavedView("review", _("Mine to review"),
              lambda claims, asker: claims.reviewable_by(asker.user), "review_claim"),
    SavedView("assigned", _("Assigned to me"),
              lambda claims, asker: claims.assigned_to(asker.user)),
    SavedView("returned", _("Returned to me"),
              lambda claims, asker: claims.returned_to(asker.user)),
    SavedView("disputes", _("With an open dispute"), lambda claims, _: claims.with_open_dispute()),
    SavedView("stale", _("Waiting for over %(days)d days"),
              lambda claims, asker: claims.waiting_since(asker.long_ago)),
    SavedView("imported", _("Imported drafts"), lambda claims, _: claims.imported()),
    SavedView("lost", _("Lost in a changed text"), _lost),
    SavedView("takedowns", _("Takedowns to confirm"),
              lambda claims, _: claims.with_takedown_to_confirm()),
    SavedView("others", _("Not changed by me"),
              lambda claims, asker: claims.written_by_others(asker.user)),
)  # fmt: skip


def days_asked(text: str = "") -> int:
    """The number of days that an address names; the setting's where it names no such number."""
    fits = is_number(text) and 1 <= int(text) <= MOST_DAYS
    days: int = int(text) if fits else settings.FACTBASE_LIMITS["stale_days"]
    return days


def views_of(user: Any) -> list[SavedView]:
    """The views for what this person may do."""
    return [view for view in VIEWS if user.has_perm(f"claims.{view.permission}")]


class QueueFilter(admin.SimpleListFilter):
    """The saved views as a filter of the list."""

    title = _("view")
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        asker = asker_of(request)
        return [(view.name, view.title(asker)) for view in views_of(request.user)]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        chosen = next((view for view in VIEWS if view.name == self.value()), None)
        return chosen.rows(queryset, asker_of(request)) if chosen else queryset


class DaysFilter(admin.SimpleListFilter):
    """``days`` of the address, for the view of what waits long; its input stands in the page."""

    title = _("days")
    parameter_name = "days"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return []

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset


def asker_of(request: HttpRequest) -> Asker:
    return Asker(request.user, days_asked(request.GET.get(DaysFilter.parameter_name, "")))


def queue_page(request: HttpRequest) -> dict[str, Any]:
    """What the list of claims shows above its rows: the views, and the days of the long wait."""
    chosen, asker = request.GET.get(QueueFilter.parameter_name, ""), asker_of(request)
    left_out = (DaysFilter.parameter_name, "p", "e")
    kept = [(name, value) for name, value in request.GET.items() if name not in left_out]
    return {
        "tabs": tabs(asker, chosen),
        "days": asker.days if chosen == "stale" else None,
        "most_days": MOST_DAYS,
        "kept": kept,
    }


def tabs(asker: Asker, chosen: str = "") -> list[dict[str, Any]]:
    """Each saved view, the corrections and the merges, with count and address, one query each."""
    address = reverse("admin:claims_claim_changelist")
    named = f"&days={asker.days}" if asker.days != days_asked() else ""
    views = [
        {
            "label": view.title(asker),
            "count": capped_count(view.rows(Claim.objects.all(), asker)),
            "url": f"{address}?queue={view.name}{named if view.name == 'stale' else ''}",
            "chosen": view.name == chosen,
        }
        for view in views_of(asker.user)
    ]
    corrections = {
        "label": _("Corrections to review"),
        "count": capped_count(Correction.objects.waiting()),
        "url": f"{reverse('admin:claims_correction_changelist')}?state__exact=waiting",
        "chosen": False,
    }
    merges = {
        "label": _("Merges to decide"),
        "count": capped_count(Merge.objects.waiting()),
        "url": f"{reverse('admin:claims_merge_changelist')}?decision=waiting",
        "chosen": False,
    }
    mine = 1 if asker.user.has_perm("claims.review_claim") else 0
    return [*views[:mine], corrections, merges, *views[mine:]]


def tiles(user: Any) -> list[dict[str, Any]]:
    """The dashboard: the saved views, open disputes, and article texts nobody approved."""
    if not user.has_perm("claims.view_claim"):
        return []
    disputes = reverse("admin:claims_dispute_changelist")
    revisions = reverse("admin:claims_articlerevision_changelist")
    questions = reverse("admin:claims_samenessquestion_changelist")
    relations = reverse("admin:claims_sourcerelation_changelist")
    more = [
        (_("Disputes to decide"), Dispute.objects.unresolved(), f"{disputes}?case=unresolved"),
        (_("Article texts to approve"), ArticleRevision.objects.waiting(),
         f"{revisions}?approval=waiting"),
        (_("The same?"), SamenessQuestion.objects.open(), f"{questions}?answer__exact=open"),
        (_("Relations between sources to decide"), SourceRelation.objects.proposed(),
         f"{relations}?state__exact=proposed"),
    ]  # fmt: skip
    return tabs(Asker(user, days_asked())) + [
        {"label": label, "count": capped_count(rows), "url": url} for label, rows, url in more
    ]


def capped_count(rows: Any) -> str:
    """The number of rows, in words no further than COUNTED.

    In no order, unless the rows are found by walking along one.
    """
    found = rows if rows.query.order_by else rows.order_by()
    count = found[: COUNTED + 1].count()
    return f"{COUNTED}+" if count > COUNTED else str(count)
