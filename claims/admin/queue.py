"""The review queue: saved views with counts, and what a row of it tells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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

STALE_AFTER: Final = dt.timedelta(days=14)
COUNTED: Final = 1000  # counts go no further: "1000+"


@dataclass(frozen=True, slots=True)
class SavedView:
    """One tab of the queue."""

    name: str
    label: str | Promise
    rows: Callable[[ClaimQuerySet, Any], ClaimQuerySet]


def _stale(claims: ClaimQuerySet, user: Any) -> ClaimQuerySet:
    return claims.waiting_since(timezone.now() - STALE_AFTER)


def _lost(claims: ClaimQuerySet, user: Any) -> ClaimQuerySet:
    return claims.active().filter(pk__in=Anchor.objects.lost().values("assertion__claim"))


VIEWS: Final = (
    SavedView("review", _("Mine to review"), lambda claims, user: claims.reviewable_by(user)),
    SavedView("disputes", _("With an open dispute"), lambda claims, _: claims.with_open_dispute()),
    SavedView("stale", _("Waiting for two weeks"), _stale),
    SavedView("imported", _("Imported drafts"), lambda claims, _: claims.imported()),
    SavedView("lost", _("Lost in a changed text"), _lost),
    SavedView("takedowns", _("Takedowns to confirm"),
              lambda claims, _: claims.with_takedown_to_confirm()),
    SavedView("returned", _("Returned to me"), lambda claims, user: claims.returned_to(user)),
    SavedView("others", _("Not changed by me"),
              lambda claims, user: claims.last_edited_by_others(user)),
)  # fmt: skip


class QueueFilter(admin.SimpleListFilter):
    """The saved views as a filter of the list."""

    title = _("view")
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(view.name, view.label) for view in VIEWS]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        chosen = next((view for view in VIEWS if view.name == self.value()), None)
        return chosen.rows(queryset, request.user) if chosen else queryset


def tabs(user: Any, chosen: str = "") -> list[dict[str, Any]]:
    """Each saved view, the corrections and the merges, with count and address, one query each."""
    address = reverse("admin:claims_claim_changelist")
    views = [
        {
            "label": view.label,
            "count": capped_count(view.rows(Claim.objects.all(), user)),
            "url": f"{address}?queue={view.name}",
            "chosen": view.name == chosen,
        }
        for view in VIEWS
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
    return [views[0], corrections, merges, *views[1:]]


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
    return tabs(user) + [
        {"label": label, "count": capped_count(rows), "url": url} for label, rows, url in more
    ]


def capped_count(rows: Any) -> str:
    """The number of rows, in words no further than COUNTED."""
    count = rows.order_by()[: COUNTED + 1].count()
    return f"{COUNTED}+" if count > COUNTED else str(count)
