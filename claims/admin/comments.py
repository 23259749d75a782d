"""Comments on a claim: written on the review page too; names that nobody has are told."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.admin.outages import refused_in_words
from claims.errors import RefusalError
from claims.forms.base import add_refusal
from claims.forms.claim import CommentForm
from claims.models import Claim
from claims.workflow.comments import write_comment
from claims.workflow.named_accounts import accounts_named_in

COMMENT = "comment"  # the button of the review page that decides nothing


def commented(request: HttpRequest, claim: Claim, form: CommentForm) -> bool:
    """Write the comment that was posted; tell whether it went through."""
    if not request.user.has_perm("claims.edit_desk"):
        raise PermissionDenied
    if not form.is_valid():
        return False
    user: Any = request.user
    try:
        with refused_in_words():
            write_comment(claim=claim, by=user, **form.arguments())
    except RefusalError as refusal:
        add_refusal(form, refusal)
        return False
    messages.success(request, _("%(ref)s: %(past)s.") % {"ref": claim.ref, "past": _("commented")})
    for words in names_of_nobody(form.cleaned_data["body"]):
        messages.warning(request, words)
    return True


def names_of_nobody(body: str) -> list[str]:
    """Which names after "@" no account of the desk has, in words; nothing when all have."""
    unknown = accounts_named_in(body).unknown
    if not unknown:
        return []
    words = ngettext(
        "Nobody was told: no account of the desk is called %(names)s.",
        "Nobody was told: no accounts of the desk are called %(names)s.",
        len(unknown),
    )
    return [words % {"names": ", ".join(f"@{name}" for name in unknown)}]
