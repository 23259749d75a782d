"""No select of the desk lists every row of a table: its page would grow with the register."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteMixin, RelatedFieldWidgetWrapper
from django.contrib.auth.models import Group
from django.db.models import ForeignKey, ManyToManyField
from django.test import Client, RequestFactory
from django.urls import reverse

from claims.admin.verbs import VerbsMixin
from claims.forms.base import DeskForm
from claims.models import Claim
from tests import factories as make

pytestmark = pytest.mark.django_db

FEW = {Group: "there are as many as roles"}
# Choices among the rows of one row, which the page is about.
OF_ONE = {
    "AssertionForm.target",
    "DecideForm.preferred",
    "SplitForm.statements",
    "SplitCaseForm.statements",
}


def forms_of(model_admin: admin.ModelAdmin, request: Any) -> Iterator[forms.BaseForm]:
    """The form of a row, its inlines, and those of its verbs."""
    writes = model_admin.has_add_permission(request) or model_admin.has_change_permission(request)
    if writes and issubclass(model_admin.form, DeskForm):  # else no input is drawn
        yield model_admin.get_form(request)()
    for inline in model_admin.get_inline_instances(request):
        yield inline.get_formset(request).form()
    if isinstance(model_admin, VerbsMixin):
        for verb in model_admin.verbs:
            yield verb.form()


def is_box(widget: Any) -> bool:
    inner = widget.widget if isinstance(widget, RelatedFieldWidgetWrapper) else widget
    return isinstance(inner, AutocompleteMixin)


def test_no_form_lists_every_row_of_a_table() -> None:
    request, seen, long = RequestFactory().get("/admin/", {"claim": make.claim().ref}), 0, []
    request.user = make.chief()
    for model_admin in admin.site._registry.values():
        for form in forms_of(model_admin, request):
            for name, field in form.fields.items():
                if not isinstance(field, forms.ModelChoiceField):
                    continue
                seen += 1
                own = f"{type(form).__name__}.{name}"
                rows = None if field.queryset is None else field.queryset.model
                is_short = is_box(field.widget) or field.widget.is_hidden
                if not is_short and rows not in FEW and own not in OF_ONE:
                    long.append(f"{type(model_admin).__name__}: {own}")
    assert seen > 20
    assert long == []


def test_no_filter_lists_every_row_of_a_table() -> None:
    long = [
        f"{type(model_admin).__name__}.{name}"
        for model, model_admin in admin.site._registry.items()
        for name in model_admin.list_filter
        if isinstance(name, str)
        and isinstance(model._meta.get_field(name), ForeignKey | ManyToManyField)
        and model._meta.get_field(name).related_model not in FEW
    ]
    assert long == []


def pages() -> list[str]:
    """Each page of the desk that a form may stand on: lists, new rows, the first row of each."""
    found = []
    for model in admin.site._registry:
        stem = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        found += [reverse(f"{stem}_changelist"), reverse(f"{stem}_add")]
        first = model._default_manager.order_by("pk").first()
        if first is not None:
            found.append(reverse(f"{stem}_change", args=[first.pk]))
    claim = make.claim()
    verbs = (verb.name for verb in admin.site.get_model_admin(Claim).verbs)
    found += [reverse(f"admin:claims_claim_{name}", args=[claim.pk]) for name in verbs]
    return [*found, f"{reverse('admin:claims_assertion_add')}?claim={claim.ref}"]


def options_on(chief: Client, addresses: list[str]) -> dict[str, int]:
    counts = {}
    for address in addresses:
        page = chief.get(address, follow=True)
        counts[address] = page.content.count(b"<option")
    return counts


def test_no_page_has_more_options_with_more_rows(chief: Client) -> None:
    make.published_claim(60, 97)
    make.article()
    addresses = pages()
    before = options_on(chief, addresses)
    assert len(before) > 60
    assert sum(count > 0 for count in before.values()) > 15
    for number in range(12):
        make.published_claim(number)
        make.party(f"Party {number}")
        make.measure(slug=f"measure-{number}")
        make.article()
        make.account("contributor", f"somebody-{number}")
    assert options_on(chief, addresses) == before
