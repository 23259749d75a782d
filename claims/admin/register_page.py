"""A row of a register as editors read it: what it is, what uses it, what follows from a change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from claims.admin.base import CappedPaginator
from claims.admin.citing import addresses_of
from claims.admin.merging import MergedRowsMixin
from claims.admin.queue import capped_count
from claims.choices import BorrowedNoun, MergedNoun
from claims.domain.addresses import archived_address
from claims.models import BorrowedRow, Claim, Correction, Source
from claims.querysets.claim import ClaimQuerySet

PER_PAGE: Final = 50
# Which claims of the desk use a row of each register.
_USING: Final[dict[str, Callable[[ClaimQuerySet, int], ClaimQuerySet]]] = {
    MergedNoun.SOURCE: ClaimQuerySet.citing_source,
    MergedNoun.PARTY: ClaimQuerySet.naming_party,
    MergedNoun.SUBJECT: ClaimQuerySet.about_subject,
    MergedNoun.MEASURE: ClaimQuerySet.asking_measure,
}
# Columns that tell editors nothing, or that other lines tell.
_UNTOLD: Final = ("id", "issued_earliest", "issued_latest", "earliest", "latest")


class RegisterPageMixin(MergedRowsMixin):
    """Adds the page <id>/uses/ to a register, and the way there from the form of a row."""

    model: Any
    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.uses_page)
        name = f"claims_{self.opts.model_name}_uses"
        return [path("<int:number>/uses/", page, name=name), *super().get_urls()]

    def extras(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return {**super().extras(request, row), "uses_route": self._route("uses")}

    def uses_page(self, request: HttpRequest, number: int) -> HttpResponse:
        """What the row is and what rests on it, fifty claims a page."""
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        row = get_object_or_404(self.model, pk=number)
        claims = _USING[self.noun](Claim.objects.active(), number).order_by("-pk")
        pages = CappedPaginator(claims, PER_PAGE)
        context = {
            **self.admin_site.each_context(request),
            **self._reach(number),
            **self.extras(request, row),
            **(_of_source(row) if isinstance(row, Source) else {}),
            "title": _("%(row)s: what uses it") % {"row": row},
            "opts": self.opts,
            "row": row,
            "told": told_of(row, getattr(self.form.Meta, "labels", {})),  # type: ignore[attr-defined]
            "page": pages.get_page(request.GET.get("p", "1")),
            "may_edit": self.has_change_permission(request, row),  # type: ignore[attr-defined]
            "change_route": self._route("change"),
        }
        return TemplateResponse(request, "admin/claims/uses.html", context)

    def _reach(self, number: int) -> dict[str, Any]:
        """How many public claims show the row, and what of it waits for a decision."""
        noun = BorrowedNoun(str(self.noun))
        return {
            "public_count": capped_count(BorrowedRow.objects.of(noun, number)),
            "waiting": Correction.objects.waiting().of(noun, number).first(),
        }

    def _route(self, page: str) -> str:
        return f"admin:claims_{self.opts.model_name}_{page}"


def told_of(row: Model, labels: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The columns of a row that say something, in words; ``labels`` are those of its form."""
    found = []
    for field in row._meta.concrete_fields:
        value = getattr(row, field.name) if field.is_relation else getattr(row, field.attname)
        if field.name in _UNTOLD or value in (None, "", False, []):
            continue
        label = labels.get(field.name) or capfirst(field.verbose_name)
        found.append((str(label), _words(row, field, value)))
    return found


def _words(row: Any, field: Any, value: Any) -> str:
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if value is True:
        return _("yes")
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _of_source(source: Source) -> dict[str, Any]:
    """Where one reads it; where an archive may have it, while none is noted."""
    day = source.accessed_on or source.issued_earliest
    suggested = "" if source.archive_url else archived_address(source.url, day)
    return {"addresses": addresses_of(source), "suggested": suggested}
