"""A forgotten password: the answer is the same whether an account has the address or not."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import PasswordResetView
from django.http import HttpResponse, HttpResponseRedirect

from claims.tasks import send_password_mails


class ForgottenView(PasswordResetView):
    """Django's page; accounts are looked up, and mails sent, by the queue of background work."""

    def form_valid(self, form: Any) -> HttpResponse:
        send_password_mails.enqueue(form.cleaned_data["email"])
        return HttpResponseRedirect(str(self.get_success_url()))
