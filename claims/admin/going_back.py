"""Going back to a version or a moment of a claim: which there are, and what would change."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.comparison import drawn_together
from claims.admin.members import sections_of
from claims.admin.verbs import About, RowVerb
from claims.choices import RelationKind
from claims.domain.document_format import read_claim
from claims.domain.documents import dump_document
from claims.domain.published import ClaimDocument
from claims.errors import InvalidValueError, RefusalError
from claims.forms.claim import GoBackForm
from claims.forms.refusals import in_words
from claims.models import Claim, ClaimVersion
from claims.workflow.candidate import document_of, witness_of
from claims.workflow.earlier import (
    EarlierLink,
    EarlierLinks,
    earlier_state,
    links_now,
    published_versions,
)
from claims.workflow.revert import revert_claim, rewind_claim
from claims.workflow.transitions import CLAIM

SHOWN: Final = 100  # versions, and moments; the history of the claim has the rest
TEMPLATE: Final = "admin/claims/claim/_going_back.html"


def go_back(*, claim: Claim, to: str, **signed: Any) -> Claim:
    """Go back to what ``to`` names: v3 is a version, h42 a row of the claim's history."""
    state = earlier_state(claim, to)
    if state is None:
        raise InvalidValueError(_("Choose a version or a moment of this claim."), field="to")
    if isinstance(state, ClaimVersion):
        return revert_claim(claim=claim, version=state, **signed)
    return rewind_claim(claim=claim, record=state, **signed)


GO_BACK = RowVerb("revert", gettext_lazy("Go back"), gettext_lazy("set up for review"), go_back,
                  "claim", "edit_desk", lambda claim: claim.state in CLAIM["revert"],
                  form=GoBackForm, many=False, witness=witness_of)  # fmt: skip


def about_going_back(request: HttpRequest, claim: Claim) -> About:
    """The choice; once it is made, what would change by it, or why it is refused.

    What would change is tried out, so that only a POST asks for it.
    """
    facts: dict[str, Any] = {"claim": claim}
    if request.method != "POST":
        facts |= {"asked": request.GET.get("to", ""), **_choice(claim)}
        return About(TEMPLATE, facts, _("Choose what to go back to."))
    try:
        return About(TEMPLATE, facts | _change(claim, request.POST.get("to", ""), request.user))
    except RefusalError as refusal:
        return About(TEMPLATE, facts | _choice(claim), in_words(refusal.message))


def _change(claim: Claim, to: str, by: Any) -> dict[str, Any]:
    """The claim as it is beside what it would be; what was tried is taken back at once."""
    old, links = _document(claim), links_now(claim.pk)
    with transaction.atomic():
        go_back(claim=claim, to=to, by=by, reason=_("your reason"))
        new, then = _document(claim), links_now(claim.pk)
        transaction.set_rollback(True)
    return {
        "comparison": drawn_together(old, new),
        "sections": sections_of(old, new),
        "links": _links_between(links, then),
    }


def _document(claim: Claim) -> ClaimDocument:
    """The claim as stored now, as readers would get it."""
    fresh = Claim.objects.for_evidence().get(pk=claim.pk)
    return read_claim(dump_document(document_of(fresh)))


def _links_between(before: EarlierLinks, after: EarlierLinks) -> list[tuple[str, str]]:
    """(sign, words) of each link that comes, goes or changes."""
    found = []
    for link in {**before, **after}:
        old, new = before.get(link), after.get(link)
        if old != new:
            sign = "new" if old is None else "gone" if new is None else "changed"
            found.append((sign, _words_of(link)))
    return found


def _words_of(link: EarlierLink) -> str:
    one, other, kind = link
    return f"C{one} {RelationKind(kind).label} C{other}"


def _choice(claim: Claim) -> dict[str, Any]:
    """The published versions and the moments of the history, the newest first."""
    records = claim.history.select_related("history_user").order_by("-history_id")
    return {
        "versions": published_versions(claim).defer("payload")[:SHOWN],
        "moments": records[1 : SHOWN + 1],
        "more": records.count() > SHOWN + 1,
    }
