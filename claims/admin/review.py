"""The review page of one claim: what changed, and one of three decisions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.admin.comments import COMMENT, commented
from claims.admin.facts import facts_about
from claims.admin.happened import told_once
from claims.admin.outages import refused_in_words
from claims.choices import VersionOp
from claims.errors import RefusalError
from claims.forms.base import add_refusal
from claims.forms.claim import CommentForm, ReviewForm
from claims.models import Claim
from claims.querysets.claim import TO_DECIDE
from claims.workflow.candidate import Candidate, read_candidate
from claims.workflow.disputes import open_dispute
from claims.workflow.review import approve_claim, return_claim

EVENTS_SHOWN = 12


def review_page(request: HttpRequest, number: int, context: dict[str, Any]) -> HttpResponse:
    """Show the desk against the public text; a POST decides on what was shown, or comments."""
    if not request.user.has_perm("claims.view_claim"):
        raise PermissionDenied
    claim = Claim.objects.for_evidence().filter(pk=number).first()
    if claim is None:
        raise Http404("No such claim.")
    candidate = read_candidate(claim)
    form, remark = _form(candidate), CommentForm()
    if COMMENT in request.POST:
        remark = CommentForm(request.POST)
        if commented(request, claim, remark):
            return HttpResponseRedirect(f"{request.path}#comments-heading")
    elif request.method == "POST":
        if not request.user.has_perm("claims.review_claim"):
            raise PermissionDenied
        form = ReviewForm(request.POST)
        if form.is_valid() and _decided(request, claim, form):
            return HttpResponseRedirect(_next(request, claim))
        claim.refresh_from_db()
        candidate = read_candidate(claim)
        form = _renewed(form, candidate)
    page = {**context, **_facts(request, candidate), "form": form, "remark": remark}
    return TemplateResponse(request, "admin/claims/claim/review.html", page)


def _form(candidate: Candidate) -> ReviewForm:
    seen = {"witness": candidate.witness, "revision": candidate.claim.revision}
    return ReviewForm(initial=seen)


def _renewed(form: ReviewForm, candidate: Candidate) -> ReviewForm:
    """The refused form again, now about what this page shows."""
    data: dict[str, Any] = {**form.data.dict()}  # type: ignore[attr-defined]
    data["witness"], data["revision"] = candidate.witness, str(candidate.claim.revision)
    again = ReviewForm(data)
    again.full_clean()
    for field, errors in form.errors.items():
        for error in errors:
            if error not in again.errors.get(field, []):
                again.add_error(None if field == "__all__" else field, error)
    return again


def _decided(request: HttpRequest, claim: Claim, form: ReviewForm) -> bool:
    """Run the verb that was chosen; tell whether it went through."""
    seen = form.cleaned_data
    signed: dict[str, Any] = {"claim": claim, "by": request.user, "reason": seen["reason"]}
    claim.revision = seen["revision"]
    try:
        with refused_in_words():
            if seen["decision"] == ReviewForm.APPROVE:
                version = approve_claim(**signed, witness=seen["witness"])
                text = _("%(ref)s is retired: readers find version %(number)d.")
                if version.op == VersionOp.PUBLISH:
                    text = _("%(ref)s is published as version %(number)d.")
                text %= {"ref": claim.ref, "number": version.number}
            elif seen["decision"] == ReviewForm.RETURN:
                return_claim(**signed, witness=seen["witness"])
                text = _("%(ref)s went back to its author.") % {"ref": claim.ref}
            else:
                dispute = open_dispute(**signed, witness=seen["witness"])
                text = _("%(dispute)s is open.") % {"dispute": dispute.ref}
    except RefusalError as refusal:
        add_refusal(form, refusal)
        return False
    messages.success(request, text)
    return True


def _next(request: HttpRequest, claim: Claim) -> str:
    """The next claim of the queue that this person may review, else the queue."""
    found = next_to_review(claim, request.user)
    if found is not None:
        return reverse("admin:claims_claim_review", args=[found])
    return f"{reverse('admin:claims_claim_changelist')}?queue=review"


def next_to_review(claim: Claim, user: Any) -> int | None:
    """The number of the claim that follows in the queue, from its end back to its beginning."""
    return Claim.objects.reviewable_by(user).next_after(claim.pk)


def _facts(request: HttpRequest, candidate: Candidate) -> dict[str, Any]:
    claim = candidate.claim
    return {
        **facts_about(candidate),
        "title": _("Review %(ref)s") % {"ref": claim.ref},
        "mine": request.user.pk in candidate.authors,
        "waits": claim.state in TO_DECIDE,
        "next": next_to_review(claim, request.user),
        "may_review": request.user.has_perm("claims.review_claim"),
        "events": told_once(claim.events.told(), EVENTS_SHOWN),
    }
