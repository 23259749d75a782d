"""Assertions on the desk: what one source answers to one claim."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.admin.base import DeskAdmin
from claims.admin.citing import addresses_of
from claims.admin.effects import effects_on_assertion
from claims.admin.verbs import About, RowVerb, VerbsMixin
from claims.choices import AssertionStatus
from claims.domain.refs import CLAIM, parse_ref
from claims.forms.assertion import (
    FEWEST_LINKS,
    SPARE_LINKS,
    AssertionForm,
    columns_for,
    value_fields,
)
from claims.models import Assertion, Claim
from claims.workflow.evidence import (
    add_assertion,
    change_assertion,
    reject_assertion,
    restore_assertion,
    supersede_assertion,
    withdraw_assertion,
)

_FLAGS = ("approximate", "low_strict", "high_strict", "high_open")


_STATUS_AFTER: Final = {
    "withdraw": AssertionStatus.WITHDRAWN,
    "reject": AssertionStatus.REJECTED,
    "restore": AssertionStatus.LIVE,
}


def _live(assertion: Assertion) -> bool:
    return assertion.is_live


def _not_live(assertion: Assertion) -> bool:
    return not assertion.is_live


@admin.register(Assertion)
class AssertionAdmin(VerbsMixin, DeskAdmin):
    form = AssertionForm
    list_display = ("ref", "claim", "stance", "point", "low", "high", "edtf", "source", "status")
    list_filter = ("status", "stance", "value_kind", "citation_needed", "approximate")
    list_select_related = ("claim", "source")
    search_fields = ("quote", "claim__question", "source__title")
    autocomplete_fields = ("source",)
    ordering = ("-pk",)
    verbs = (
        RowVerb("withdraw", _("Withdraw: recorded by mistake"), _("withdrawn"),
                withdraw_assertion, "assertion", "edit_desk", _live),
        RowVerb("reject", _("Reject: does not hold up"), _("rejected"),
                reject_assertion, "assertion", "edit_desk", _live),
        RowVerb("restore", _("Restore: it counts again"), _("restored"),
                restore_assertion, "assertion", "edit_desk", _not_live),
    )  # fmt: skip

    def about(self, request: HttpRequest, verb: RowVerb, row: Any) -> About | None:
        """What the claim gains or loses by it."""
        if not verb.fits(row):
            return None
        facts = effects_on_assertion(row, status=_STATUS_AFTER[verb.name])
        return About("admin/claims/_effects.html", facts)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """An answer is added to a claim: from the claim's page."""
        return "claim" in request.GET and super().has_add_permission(request)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.claim = obj.claim if obj is not None else _claim_asked(request)
        form.copied = None if obj is not None else _superseded(request, form.claim)
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is not None and not self.has_change_permission(request, obj):
            return [(None, {"fields": columns_for(obj.value_kind)})]
        claim = obj.claim if obj is not None else _claim_asked(request)
        row = obj if obj is not None else _superseded(request, claim)
        return _sections(claim, row, self.reason_section())

    def write(self, form: Any, row: Any, by: Any) -> Assertion:
        reason = form.cleaned_data["reason"]
        if row is not None:
            changes = form.changed_arguments()
            return change_assertion(assertion=row, by=by, reason=reason, **changes)
        values = form.all_arguments()
        if form.copied is not None:
            old = form.copied
            return supersede_assertion(assertion=old, by=by, reason=reason, **values)
        return add_assertion(claim=form.claim, by=by, reason=reason, **values)

    def extras(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return {
            **super().extras(request, row),
            "claim": row.claim,
            "addresses": addresses_of(row.source),
            "anchors": row.anchors.select_related("revision__article"),
            "may_supersede": row.is_live and self.has_change_permission(request, row),
        }

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        """To the claim; "Save and add another" keeps the claim and the source."""
        if "_addanother" in request.POST:
            self.message_user(request, _("%(ref)s is saved.") % {"ref": obj.ref})
            kept = {"source": obj.source_id} if obj.source_id else {}
            return HttpResponseRedirect(figure_url(obj.claim, **kept))
        return self._to_claim(request, obj) or super().response_add(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> Any:
        return self._to_claim(request, obj) or super().response_change(request, obj)

    def after(self, verb: RowVerb, row: Any) -> str:
        return reverse("admin:claims_claim_change", args=[row.claim_id])

    def _to_claim(self, request: HttpRequest, obj: Any) -> HttpResponse | None:
        """After plain "Save" one goes back to the claim."""
        if "_save" not in request.POST:
            return None
        self.message_user(request, _("%(ref)s is saved.") % {"ref": obj.ref})
        return HttpResponseRedirect(reverse("admin:claims_claim_change", args=[obj.claim_id]))


def figure_url(claim: Claim, **initial: Any) -> str:
    """Where a figure is added to a claim, with what its form starts from."""
    query = urlencode({"claim": claim.ref, **initial})
    return f"{reverse('admin:claims_assertion_add')}?{query}"


def _claim_asked(request: HttpRequest) -> Claim:
    """The claim named in the address, as a number or as C12."""
    text = request.GET.get("claim", "")
    number = parse_ref(text if text.upper().startswith(CLAIM) else f"{CLAIM}{text}", CLAIM)
    claim = Claim.objects.for_evidence().filter(pk=number).first() if number else None
    if claim is None:
        raise Http404("No such claim.")
    return claim


def _superseded(request: HttpRequest, claim: Claim) -> Assertion | None:
    """The live answer that a new one takes the place of, if the address names one."""
    text = request.GET.get("supersedes", "")
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        return None
    return claim.assertions.live().filter(pk=int(text)).first()


def _sections(claim: Claim, row: Assertion | None, reason: Any) -> list[Any]:
    """The form in the order in which one reads a report: who, words, value, standing."""
    count = row.attributions.count() if row is not None else 0
    links = range(max(count + SPARE_LINKS, FEWEST_LINKS))
    chain = [(f"party_{number}", f"role_{number}", f"mode_{number}") for number in links]
    names = value_fields(claim.measure.value_kind)
    plain = tuple(name for name in names if name not in (*_FLAGS, "vague_term"))
    rest = [name for name in names if name in (*_FLAGS, "vague_term")]
    return [
        (_("Source"), {"fields": [("source", "citation_needed"), ("locator", "asserted_on")]}),
        (_("Who says it, and who passed it on"), {"fields": chain}),
        (_("In their words"), {"fields": ["quote", "quote_language"]}),
        (_("Value: %(label)s") % {"label": claim.measure.label},
         {"fields": ["stance", plain, *rest, "value_state"]}),
        (_("Denial or doubt"), {"classes": ["collapse"],
                                "fields": ["target", ("extent", "ground")]}),
        (_("Standing"), {"classes": ["collapse"], "fields": ["credibility"]}),
        (_("Where an article says it"), {"classes": ["collapse"],
                                         "fields": ["anchor_revision", "anchor_text"]}),
        reason,
    ]  # fmt: skip
