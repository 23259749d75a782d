"""The list of claims narrowed to people, a subject or an article; a bad address is told so."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from claims.forms.narrowing import NAMES, NarrowForm
from claims.querysets.claim import ClaimQuerySet

_LEFT_OUT: Final = (*NAMES, "p", "e")


class NarrowFilter(admin.SimpleListFilter):
    """One form for several parameters; what names nothing leaves no rows and says why."""

    title = _("person, subject or article")
    parameter_name = NAMES[0]
    parameters = NAMES
    template = "admin/claims/claim/_narrow.html"

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        for name in NAMES:
            params.pop(name, None)
        self.form = NarrowForm(request.GET.dict())
        self.kept = [pair for pair in request.GET.items() if pair[0] not in _LEFT_OUT]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("", "")]  # the form is the choice

    def choices(self, changelist: Any) -> Any:
        return iter(())

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if not self.form.is_bound:
            return queryset
        return claims_that_fit(queryset, self.form) if self.form.is_valid() else queryset.none()


def claims_that_fit(claims: ClaimQuerySet, form: NarrowForm) -> ClaimQuerySet:
    """The claims that everything fits which a valid form names."""
    asked = form.cleaned_data
    if asked["author"]:
        claims = claims.authored_by(asked["author"])
    if asked["assignee"]:
        claims = claims.assigned_to(asked["assignee"])
    if asked["subject"]:
        claims = claims.filter(subject=asked["subject"])
    if asked["article"]:
        claims = claims.found_in(asked["article"])
    return claims
