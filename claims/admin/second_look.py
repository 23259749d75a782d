"""Doubts about the figures of a claim, and the comments that say why a figure is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.domain.published import ClaimDocument
from claims.models import Claim, Comment
from claims.reading.second_look import FAR_OFF, NO_NUMBER, SAME_ORIGIN, TOO_OLD, doubts_about

# In English in comments, whatever language their reader has: a comment is found by them.
WORDS: Final = {
    NO_NUMBER: gettext_noop("the quote does not hold the number: %(told)s"),
    TOO_OLD: gettext_noop("the source is older than the event: %(told)s"),
    SAME_ORIGIN: gettext_noop("the same origin as %(told)s; both count once"),
    FAR_OFF: gettext_noop("ten times off what the others say: %(told)s"),
}
KEPT: Final = "Kept because:"


@dataclass(frozen=True, slots=True)
class SecondLook:
    """A doubt in words, the comment that answers it, the page on which one answers it."""

    ref: str
    words: str
    kept: Comment | None
    why: str
    url: str


def second_looks(claim: Claim, document: ClaimDocument) -> list[SecondLook]:
    """The doubts about a document's figures; one query where there are any.

    A figure that changes so that the doubt reads otherwise is doubted again.
    """
    doubts = doubts_about(document)
    if not doubts:
        return []
    answers = claim.comments.filter(body__contains=KEPT).select_related("author").order_by("-pk")
    comments = list(answers)
    return [_looked_at(claim, comments, doubt) for doubt in doubts]


def _looked_at(claim: Claim, comments: list[Comment], doubt: Any) -> SecondLook:
    told = {"told": doubt.told}
    opening = f"{doubt.ref}: {WORDS[doubt.kind] % told}. {KEPT} "
    kept = next((one for one in comments if one.body.startswith(opening)), None)
    page = reverse("admin:claims_claim_comment", args=[claim.pk])
    return SecondLook(
        ref=doubt.ref,
        words=_(WORDS[doubt.kind]) % told,
        kept=kept,
        why=kept.body.removeprefix(opening) if kept is not None else "",
        url=f"{page}?{urlencode({'body': opening})}",
    )
