"""What an account was told, what it watches, and how it is told: pages of the desk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.admin.base import CappedPaginator
from claims.admin.questions import is_number
from claims.admin.watch_button import reader_of, url_of, watch
from claims.errors import RefusalError
from claims.forms.base import add_refusal
from claims.forms.people import MailForm
from claims.mailing import is_mail_on
from claims.models import MailChoice, Notification, Watch
from claims.querysets.notification import COUNTED
from claims.workflow.followers import PAGE_OF
from claims.workflow.watching import choose_mail, mark_read

SHOWN = 50  # lines of a page


def notification_urls(site: Any) -> list[Any]:
    """The pages of one's own notifications on this site."""

    def view(page: Any) -> Any:
        def shown(request: HttpRequest) -> HttpResponse:
            return page(request, site.each_context(request))

        return site.admin_view(shown)

    return [
        path("notifications/", view(notifications), name="notifications"),
        path("notifications/mail/", view(mail), name="mail"),
        path("watching/", view(watching), name="watching"),
        path("watch/", site.admin_view(require_POST(watch)), name="watch"),
    ]


def unread_words(user: Any) -> str:
    """How many lines the account has not read, "" for none: the badge of every page."""
    count = Notification.objects.unread_count(user) if isinstance(user, User) else 0
    return f"{COUNTED}+" if count > COUNTED else str(count or "")


def notifications(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The lines, unread ones first; a POST marks one or all of them as read."""
    account = reader_of(request)
    if request.method == "POST":
        return _mark(request, account)
    pages = CappedPaginator(Notification.objects.to(account), SHOWN)
    page = pages.get_page(request.GET.get("page"))
    lines: list[Any] = list(page)
    _name_rows(lines)
    facts = {"title": _("Notifications"), "lines": lines, "page": page}
    return TemplateResponse(request, "admin/notifications.html", {**context, **facts})


def mail(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """How soon the account gets its lines by mail."""
    account = reader_of(request)
    choices = MailChoice.objects
    language = choices.language_of(account) or get_language()
    form = MailForm(initial={"pace": choices.pace_of(account), "language": language})
    if request.method == "POST":
        form = MailForm(request.POST)
        if form.is_valid() and _chosen(account, form):
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(request.path)
    facts = {"title": _("Notifications by e-mail"), "form": form, "is_mail_on": is_mail_on()}
    return TemplateResponse(request, "admin/mail.html", {**context, **facts})


def _chosen(account: User, form: MailForm) -> bool:
    try:
        choose_mail(account=account, **form.cleaned_data)
    except RefusalError as refusal:
        add_refusal(form, refusal)
        return False
    return True


def watching(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """What the account chose to watch."""
    account = reader_of(request)
    pages = CappedPaginator(Watch.objects.watched_by(account), SHOWN)
    page = pages.get_page(request.GET.get("page"))
    rows: list[Any] = list(page)
    titles = _titles((row.noun, row.number) for row in rows)
    for row in rows:
        row.url, row.title = url_of(row.noun, row.number), titles.get((row.noun, row.number), "")
        row.ref = PAGE_OF[row.noun](pk=row.number).ref
    facts = {"title": _("What you watch"), "rows": rows, "page": page}
    return TemplateResponse(request, "admin/watching.html", {**context, **facts})


def _mark(request: HttpRequest, account: User) -> HttpResponse:
    asked = request.POST.get("read", "")
    if asked != "all" and not is_number(asked):
        messages.error(request, _("Choose a line, or all of them."))
        return HttpResponseRedirect(reverse("admin:notifications"))
    count = mark_read(account=account, numbers=None if asked == "all" else [int(asked)])
    text = ngettext("%(count)d line read.", "%(count)d lines read.", count)
    messages.success(request, text % {"count": count})
    return HttpResponseRedirect(reverse("admin:notifications"))


def _name_rows(lines: list[Any]) -> None:
    """Give each line the links to its rows, and the title of the only one."""
    titles = _titles((line.noun, line.numbers[0]) for line in lines)
    for line in lines:
        named = zip(line.named, line.numbers, strict=False)
        line.links = [(ref, url_of(line.noun, number)) for ref, number in named]
        is_one = len(line.numbers) == 1
        line.title = titles.get((line.noun, line.numbers[0]), "") if is_one else ""


def _titles(rows: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """What these rows are called, one question a noun."""
    numbers: defaultdict[str, set[int]] = defaultdict(set)
    for noun, number in rows:
        numbers[noun].add(number)
    return {
        (noun, row.pk): str(row)
        for noun, some in numbers.items()
        for row in PAGE_OF[noun].objects.in_bulk(some).values()
    }
