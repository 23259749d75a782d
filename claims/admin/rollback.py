"""The page that takes back what one account did: what it would do, then what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.admin.change_lines import lines_between
from claims.admin.outages import refused_in_words
from claims.domain.document_format import read_claim
from claims.domain.documents import dump_document
from claims.domain.published import ClaimDocument
from claims.errors import RefusalError
from claims.forms.base import add_refusal
from claims.forms.people import RollbackForm
from claims.forms.refusals import in_words
from claims.models import Claim
from claims.workflow.accounts import CHIEFS, account_of
from claims.workflow.candidate import document_of
from claims.workflow.rollback import plan_rollback, roll_back
from claims.workflow.rollback_steps import Step

TRIED: Final = 50  # rows whose change is shown; beyond it the words alone
LINES: Final = 5  # of what changes in one row


@dataclass(frozen=True, slots=True)
class RollbackLine:
    """A row of the page: its reference, what is or would be done, and what changes in it."""

    ref: str
    name: str
    url: str
    words: str
    is_done: bool
    changes: tuple[str, ...] = ()


def rollback_page(request: HttpRequest, number: int, context: dict[str, Any]) -> HttpResponse:
    """Ask since when; show what it would do; do it and show what came of each row."""
    if not request.user.has_perm(f"claims.{CHIEFS}"):
        raise PermissionDenied
    account = account_of(number)
    if account is None:
        raise Http404("No such account.")
    form = RollbackForm(initial={"since": account.date_joined})
    facts: dict[str, Any] = {"account": account, "is_own": account == request.user}
    if request.method == "POST":
        form = RollbackForm(request.POST)
        facts |= _answered(request, account, form)
    title = _("Take back what %(who)s did") % {"who": account.username}
    return TemplateResponse(
        request, "admin/rollback.html", {**context, **facts, "title": title, "form": form}
    )


def _answered(request: HttpRequest, account: User, form: RollbackForm) -> dict[str, Any]:
    """What came of it; without the button that does it, or when it is refused, what would."""
    acts, by = "do" in request.POST, request.user
    form.fields["reason"].required = acts
    is_whole = form.is_valid()
    since = form.cleaned_data.get("since")
    if since is None:
        return {}
    if acts and is_whole:
        signed: dict[str, Any] = {"by": by, "reason": form.cleaned_data["reason"]}
        try:
            with refused_in_words():
                outcomes = list(roll_back(account=account, since=since, **signed))
            return {"outcomes": [_line(one.step, one.words, one.is_done) for one in outcomes]}
        except RefusalError as refusal:
            add_refusal(form, refusal)
    return {"planned": _tried(account, since, by)}


def _tried(account: User, since: Any, by: Any) -> list[RollbackLine]:
    """What each step would do: the first ones are tried, and undone at once."""
    steps = plan_rollback(account, since)
    found = []
    for position, step in enumerate(steps):
        if step.run is not None and position < TRIED:
            found.append(_line(step, *_try(step, by)))
        else:
            found.append(_line(step, step.words, step.run is not None))
    return found


def _try(step: Step, by: User) -> tuple[str, bool, tuple[str, ...]]:
    """What would be said of a step, whether it would be done, and what would change."""
    assert step.run is not None  # the caller asked
    changes: tuple[str, ...] = ()
    with transaction.atomic():
        try:
            before = _document(step.row)
            with transaction.atomic():
                step.run(by=by, reason=_("your reason"))
            after = _document(step.row)
            if before is not None and after is not None:
                changes = tuple(lines_between(before, after)[:LINES])
        except RefusalError as refusal:
            return _("skipped: %s") % in_words(refusal.message), False, ()
        finally:
            transaction.set_rollback(True)
    return step.words, True, changes


def _document(row: Any) -> ClaimDocument | None:
    """A claim as stored now, as readers would get it; None for another row."""
    if not isinstance(row, Claim):
        return None
    fresh = Claim.objects.for_evidence().get(pk=row.pk)
    return read_claim(dump_document(document_of(fresh)))


def _line(step: Step, words: str, is_done: bool, changes: tuple[str, ...] = ()) -> RollbackLine:
    row: Any = step.row
    url = reverse(f"admin:claims_{row._meta.model_name}_change", args=[row.pk])
    ref = getattr(row, "ref", str(row._meta.verbose_name))
    return RollbackLine(ref, str(row), url, in_words(words), is_done, changes)
