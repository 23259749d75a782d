"""Ending the mails of an account by the link in one of them, without a sign-in (RFC 8058)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from claims.mailing import account_of_token
from claims.workflow.mail_batches import stop_mails


@csrf_exempt  # the mail program that posts has no cookie; the token says whose mails end
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """A button; a POST, of a browser or of a mail program, ends the mails."""
    account = account_of_token(token)
    if account is None:
        return render(request, "mail/unsubscribe.html", {"is_broken": True}, status=404)
    is_done = request.method == "POST"
    if is_done:
        stop_mails(account)
    return render(request, "mail/unsubscribe.html", {"is_done": is_done})
