"""Sources on the desk: data by anyone, judgement and withdrawal by chiefs."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from claims.admin.base import DeskAdmin
from claims.admin.citing import addresses_of
from claims.admin.effects import effects_on_source
from claims.admin.merging import ask_of_new, merge_verb
from claims.admin.register_page import RegisterPageMixin
from claims.admin.verbs import About, RowVerb
from claims.choices import CslType, MergedNoun, UrlStatus
from claims.domain.addresses import archived_address
from claims.errors import RefusalError
from claims.forms.base import refused_at
from claims.forms.source import RateForm, SourceForm
from claims.importers.references.paste import read_reference
from claims.importers.registers import Registers
from claims.models import Assertion, Source
from claims.workflow.desk import unit_of
from claims.workflow.document_parts import words_of
from claims.workflow.identity import find_party
from claims.workflow.sources import (
    add_source,
    edit_source,
    rate_source,
    restore_source,
    withdraw_source,
)

FIGURES_SHOWN = 100
FILL = "_fill"


class WithdrawnFilter(admin.SimpleListFilter):
    """Whether a source still counts."""

    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("standing", _("counts")), ("withdrawn", _("withdrawn"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "standing":
            return queryset.standing()
        return queryset.withdrawn() if self.value() == "withdrawn" else queryset


class LocatedFilter(admin.SimpleListFilter):
    """What is left to find: works that are named alone, and works without an archive."""

    title = _("address")
    parameter_name = "located"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("named", _("named, not located")), ("no-archive", _("no archive noted"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "named":
            return queryset.not_located()
        return queryset.without_archive() if self.value() == "no-archive" else queryset


@admin.register(Source)
class SourceAdmin(RegisterPageMixin, DeskAdmin):
    form = SourceForm
    list_display = (
        "title",
        "ref",
        "type",
        "publisher",
        "issued",
        "reliability",
        "withdrawn_on",
    )
    list_filter = ("csl_type", "url_status", "reliability", WithdrawnFilter, LocatedFilter)
    list_select_related = ("publisher",)
    search_fields = ("title", "authors", "url")
    autocomplete_fields = ("publisher",)
    ordering = ("title", "pk")
    change_form_template = "admin/claims/source_form.html"
    verbs = (
        RowVerb(
            "rate", _("Judge reliability"), _("judged"), rate_source, "source",
            "rate_source", form=RateForm,
        ),
        RowVerb(
            "withdraw", _("Withdraw"), _("withdrawn"), withdraw_source, "source",
            "withdraw_source", fits=lambda source: not source.is_withdrawn,
        ),
        RowVerb(
            "restore", _("Restore: it counts again"), _("restored"), restore_source, "source",
            "withdraw_source", fits=lambda source: source.is_withdrawn,
        ),
        merge_verb(MergedNoun.SOURCE),
    )  # fmt: skip

    def get_list_display(self, request: HttpRequest) -> Any:
        """Where an archive is missed, where one may be."""
        shown = tuple(super().get_list_display(request))
        wanted = request.GET.get(LocatedFilter.parameter_name) == "no-archive"
        return (*shown, "archive") if wanted else shown

    @admin.display(description=_("archive, by its pattern"))
    def archive(self, source: Source) -> str:
        """Nobody has looked whether it is there."""
        address = archived_address(source.url, source.accessed_on or source.issued_earliest)
        link = '<a href="{}" rel="noopener noreferrer">{}</a>'
        return format_html(link, address, address) if address else ""

    @admin.display(description=_("type"), ordering="csl_type")
    def type(self, source: Source) -> str:
        return source.get_csl_type_display()

    def about(self, request: HttpRequest, verb: RowVerb, row: Any) -> About | None:
        """What withdrawing or restoring does to each claim that shows it."""
        if verb.name not in ("withdraw", "restore") or not verb.fits(row):
            return super().about(request, verb, row)
        day = timezone.now().date() if verb.name == "withdraw" else None
        return About("admin/claims/_effects.html", effects_on_source(row, withdrawn_on=day))

    def sections(self, obj: Any) -> list[Any]:
        """A new source may be pasted, and name its publisher."""
        if obj is not None:
            return super().sections(obj)
        names: list[Any] = list(SourceForm.Meta.fields)
        names[names.index("publisher")] = ("publisher", "publisher_name")
        return [(_("Paste a reference"), {"fields": ["reference"]}),
                (None, {"fields": names}), self.reason_section()]  # fmt: skip

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.growing = FILL in request.POST
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """Read the reference that was pasted for a new source into the inputs left empty."""
        if request.method == "POST" and object_id is None:
            try:
                request.POST = filled_in(request.POST)  # type: ignore[assignment]
            except RefusalError as refusal:
                request.refusal = refusal  # type: ignore[attr-defined]
        return super().changeform_view(request, object_id, form_url, extra_context)

    def write(self, form: Any, row: Any, by: Any) -> Source:
        reason = form.cleaned_data["reason"]
        if row is None:
            values, publisher = form.values(), form.cleaned_data["publisher_name"].strip()
            if publisher:
                with refused_at(name="publisher_name"):
                    values["publisher"] = Registers(by=by, reason=reason).party(publisher)
            row = add_source(by=by, reason=reason, **values)
            return ask_of_new(row, by=by, reason=reason)
        return edit_source(source=row, by=by, reason=reason, **form.changes())

    def extras(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        told = {"figures": figures_of(row), "addresses": addresses_of(row)}
        return {**super().extras(request, row), **told}


def filled_in(data: QueryDict) -> QueryDict:
    """The form's data with what its reference says where nothing is typed.

    The reference is gone then: what the person changes after it stands. Raises RefusalError.
    """
    pasted = data.get("reference", "").strip()
    if not pasted:
        return data
    told, filled = read_reference(pasted), data.copy()
    publisher = told.pop("publisher", "")
    if publisher and not any(map(data.get, ("publisher", "publisher_typed", "publisher_name"))):
        known = find_party(publisher).row
        filled["publisher" if known else "publisher_name"] = str(known.pk if known else publisher)
    told["url_status"] = UrlStatus.UNKNOWN if told.get("url") else UrlStatus.NONE
    untouched = ("", CslType.DOCUMENT, UrlStatus.UNKNOWN)
    for name, words in told.items():
        if filled.get(name, "") in untouched:
            filled[name] = words
    filled["reference"] = ""
    return filled


def figures_of(source: Source) -> list[dict[str, Any]]:
    """What the source says, with the claim each answer belongs to."""
    rows = Assertion.objects.for_evidence().filter(source=source).select_related("claim__measure")
    return [
        {"row": row, "words": words_of(row, unit_of(row.claim)), "claim": row.claim}
        for row in rows[:FIGURES_SHOWN]
    ]
