"""The button that watches a row, on every page of a row that can be watched."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.admin.questions import is_number
from claims.errors import RefusalError
from claims.forms.refusals import in_words
from claims.workflow.followers import PAGE_OF, is_following
from claims.workflow.watching import set_watch


def watch(request: HttpRequest) -> HttpResponse:
    """Begin or end to watch the row that is posted, and go back to its page."""
    noun, number = request.POST.get("noun", ""), request.POST.get("number", "")
    is_on = request.POST.get("on") == "1"
    try:
        row = set_watch(account=reader_of(request), noun=noun, is_on=is_on,
                        number=int(number) if is_number(number) else 0)  # fmt: skip
    except RefusalError as refusal:
        messages.error(request, in_words(refusal.message))
        return HttpResponseRedirect(reverse("admin:watching"))
    words = (
        _("You are told what happens to it.") if is_on else _("You are not told of it any more.")
    )
    messages.success(request, words)
    return HttpResponseRedirect(url_of(row.noun, row.number))


def watch_facts(request: HttpRequest, row: Any) -> dict[str, Any]:
    """What the button on the page of a row says: nothing where rows are not watched."""
    noun, user = str(row._meta.model_name), request.user
    if noun not in PAGE_OF or not isinstance(user, User):
        return {}
    return {"watched": {"noun": noun, "number": row.pk, "is_on": is_following(user, noun, row.pk)}}


def url_of(noun: str, number: int) -> str:
    """The page of such a row on the desk."""
    return reverse(f"admin:claims_{noun}_change", args=[number])


def reader_of(request: HttpRequest) -> User:
    """The account that asks. Raises PermissionDenied for one that may not read the desk."""
    if not isinstance(request.user, User) or not request.user.has_perm("claims.view_claim"):
        raise PermissionDenied
    return request.user
