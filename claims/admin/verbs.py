"""Verbs as buttons on a row and as actions on a list, each with a page that asks why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import ActionLocation
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims.admin.outages import refused_in_words
from claims.errors import RefusalError, SelfApprovalError
from claims.forms.base import ReasonForm, add_refusal
from claims.forms.refusals import in_words
from claims.outages import is_outage

AT_ONCE = 200  # rows that one action takes
NOT_MINE = gettext_lazy("Only who decided can undo it.")


def any_row(row: Any) -> bool:
    """The verb fits whatever state the row is in."""
    return True


@dataclass(frozen=True, slots=True)
class RowVerb:
    """A workflow verb as this door offers it: for whom, on which rows, with which form.

    ``witness`` hashes all that the verb is about; the page that asks why posts it back and the
    verb gets it, so that it refuses what changed in between.
    """

    name: str
    label: str | Promise
    past: str | Promise
    run: Callable[..., Any]
    argument: str
    permission: str
    fits: Callable[[Any], bool] = any_row
    form: type[ReasonForm] = ReasonForm
    many: bool = True
    witness: Callable[[Any], str] | None = None

    def allowed(self, user: Any) -> bool:
        return bool(user.is_active and user.has_perm(f"claims.{self.permission}"))

    def call(self, request: HttpRequest, row: Any, arguments: dict[str, Any]) -> Any:
        """Run the verb on the row as the page that was posted showed it."""
        seen = {} if self.witness is None else {"witness": self.witnessed(request, row) or ""}
        named = {self.argument: as_seen(row, request), "by": request.user}
        with refused_in_words():
            return self.run(**named, **seen, **arguments)

    def witnessed(self, request: HttpRequest, row: Any) -> str | None:
        return request.POST.get(f"witness_{row.pk}")


@dataclass(frozen=True, slots=True)
class About:
    """What a verb's page shows of its one row: a template with its facts.

    ``refusal`` says why this person gets no button.
    """

    template: str
    facts: dict[str, Any]
    refusal: str | Promise = ""


class VerbsMixin:
    """Adds the verbs of ``verbs`` to a ModelAdmin, as pages at <id>/<verb>/ and as actions."""

    verbs: ClassVar[tuple[RowVerb, ...]] = ()
    model: Any
    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                f"<int:number>/{verb.name}/",
                self.admin_site.admin_view(self._page_of(verb)),
                name=f"{self.opts.app_label}_{self.opts.model_name}_{verb.name}",
            )
            for verb in self.verbs
        ]
        return own + super().get_urls()  # type: ignore[misc]

    def get_actions(
        self, request: HttpRequest, action_location: Any = ActionLocation.CHANGE_LIST
    ) -> dict[str, Any]:
        """The verbs that this person may use on many rows."""
        found: dict[str, Any] = super().get_actions(request, action_location)  # type: ignore[misc]
        if action_location != ActionLocation.CHANGE_LIST or self.actions is None:  # type: ignore[attr-defined]
            return found
        for verb in self.verbs:
            if verb.many and verb.allowed(request.user):
                found[verb.name] = self.get_action(_action(verb))  # type: ignore[attr-defined]
        return found

    def buttons(self, request: HttpRequest, row: Any) -> list[dict[str, str]]:
        """Links to the verbs that fit this row and this person."""
        return [
            {"label": str(verb.label), "url": self.verb_url(verb.name, row.pk), "name": verb.name}
            for verb in self.verbs
            if verb.fits(row) and verb.allowed(request.user)
        ]

    def extras(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return {**super().extras(request, row), "buttons": self.buttons(request, row)}  # type: ignore[misc]

    def verb_url(self, name: str, number: int) -> str:
        noun = f"{self.opts.app_label}_{self.opts.model_name}"
        return reverse(f"{self.admin_site.name}:{noun}_{name}", args=[number])

    def about(self, request: HttpRequest, verb: RowVerb, row: Any) -> About | None:
        """What a person has to read of the row before deciding; None when its name says it."""
        return None

    def surveyed(self, request: HttpRequest, verb: RowVerb, rows: list[Any]) -> list[Any]:
        """Many rows in the order in which the verb takes them.

        Where their names do not say it, each has in ``lines`` what a person has to read of it,
        in ``own`` whether this person may not decide, in ``witness`` what the lines tell of.
        """
        return rows

    def review_url(self, row: Any) -> str:
        """The page that shows all that a row is about; '' when there is none."""
        return ""

    def remarks(self, verb: RowVerb, arguments: dict[str, Any]) -> list[str]:
        """What a person has to know of what the verb was given, beside that it is done."""
        return []

    def after(self, verb: RowVerb, row: Any) -> str:
        """Where one goes after a verb on one row."""
        noun = f"{self.opts.app_label}_{self.opts.model_name}"
        return reverse(f"{self.admin_site.name}:{noun}_change", args=[row.pk])

    def _page_of(self, verb: RowVerb) -> Callable[..., HttpResponse]:
        def page(request: HttpRequest, number: int) -> HttpResponse:
            return self.one(request, verb, number)

        return page

    def one(self, request: HttpRequest, verb: RowVerb, number: int) -> HttpResponse:
        """Ask why, run the verb on one row, and say what came of it."""
        if not verb.allowed(request.user):
            raise PermissionDenied
        row = self.get_queryset(request).filter(pk=number).first()  # type: ignore[attr-defined]
        if row is None:
            raise Http404(f"No such {self.opts.verbose_name}.")
        asks = "_show" in request.POST  # what it would do, before a reason is given
        data = request.POST if request.method == "POST" and not asks else None
        form = verb.form(data, initial=(request.POST if asks else request.GET).dict())
        form.know(row)
        if data is not None and form.is_valid():
            try:
                verb.call(request, row, form.arguments())
            except RefusalError as refusal:
                add_refusal(form, refusal)
            else:
                text = _("%(ref)s: %(past)s.") % {"ref": verb_name(row), "past": verb.past}
                messages.success(request, text)
                for words in self.remarks(verb, form.arguments()):
                    messages.warning(request, words)
                return HttpResponseRedirect(self.after(verb, row))
        return self.ask(request, verb, [row], form)

    def many(self, request: HttpRequest, verb: RowVerb, rows: list[Any]) -> HttpResponse | None:
        """Ask why once, run the verb on each row, and report per row."""
        confirmed = "confirmed" in request.POST
        form = verb.form(request.POST if confirmed else None)
        if not confirmed or not form.is_valid():
            return self.ask(request, verb, self.surveyed(request, verb, rows), form)
        rows = self.surveyed(request, verb, rows)
        done, own, skipped = 0, [], Counter[str]()
        for position, row in enumerate(rows):
            try:
                verb.call(request, row, form.arguments())
            except SelfApprovalError:
                own.append(verb_name(row))
            except RefusalError as refusal:
                if is_outage(refusal.__cause__):  # the others would each wait as long
                    skipped[in_words(refusal.message)] += len(rows) - position
                    break
                skipped[in_words(refusal.message)] += 1
            else:
                done += 1
        if own:
            skipped[_("your own (%s). Somebody else must decide.") % ", ".join(own)] = len(own)
        report(request, verb, done, skipped)
        return None

    def ask(
        self, request: HttpRequest, verb: RowVerb, rows: list[Any], form: ReasonForm
    ) -> TemplateResponse:
        """The page that asks why; a row that changed meanwhile stays refused until read again."""
        for row in rows:
            if verb.witness is not None and verb.fits(row):
                shown = getattr(row, "witness", None)
                row.witness = verb.witnessed(request, row) or shown or verb.witness(row)
            row.review_url = self.review_url(row)
        about = self.about(request, verb, rows[0]) if len(rows) == 1 else None
        context = {
            **(about.facts if about else {}),
            **self.admin_site.each_context(request),
            "title": verb.label,
            "verb": verb,
            "rows": [row for row in rows if not getattr(row, "own", False)],
            "own": [row for row in rows if getattr(row, "own", False)],
            "about": about,
            "form": form,
            "opts": self.opts,
            "checkbox": ACTION_CHECKBOX_NAME,
            "is_action": "action" in request.POST,
            "media": self.media + form.media,  # type: ignore[attr-defined]
        }
        return TemplateResponse(request, "admin/claims/verb.html", context)


def as_seen(row: Any, request: HttpRequest) -> Any:
    """The row at the revision that the page showed, so that a later change is refused."""
    seen = request.POST.get(f"revision_{row.pk}", "")
    if hasattr(row, "fingerprint") and hasattr(row, "revision") and seen.isdecimal():
        row.revision = int(seen[:18])
    return row


def verb_name(row: Any) -> str:
    return getattr(row, "ref", None) or str(row)


def report(request: HttpRequest, verb: RowVerb, done: int, skipped: Counter[str]) -> None:
    """Say how many went through, and why the others did not."""
    if done:
        text = ngettext("%(count)d row: %(past)s.", "%(count)d rows: %(past)s.", done)
        messages.success(request, text % {"count": done, "past": verb.past})
    for reason, count in skipped.items():
        text = ngettext("%(count)d skipped: %(reason)s", "%(count)d skipped: %(reason)s", count)
        messages.warning(request, text % {"count": count, "reason": reason})


def _action(verb: RowVerb) -> Callable[..., HttpResponse | None]:
    def act(modeladmin: Any, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        rows = list(queryset.order_by("pk")[: AT_ONCE + 1])
        if len(rows) > AT_ONCE:
            messages.error(request, _("At most %d rows at once.") % AT_ONCE)
            return None
        return modeladmin.many(request, verb, rows)

    act.__name__ = verb.name
    act.short_description = verb.label  # type: ignore[attr-defined]
    return act
