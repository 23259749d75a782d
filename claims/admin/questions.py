"""What a query string of the desk may ask: what the page shows as a choice, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.options import ShowFacets
from django.core.exceptions import FieldDoesNotExist, SuspiciousOperation
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from claims.admin.naming import NamedOptions
from claims.errors import InvalidValueError
from claims.workflow.text import refuse_unstorable

# How the filters of Django's admin ask of a column; regular expressions are none of them.
_ASKS: Final = ("exact", "isnull", "isempty")
_MOST_DIGITS: Final = 18  # what fits a 64-bit number


class GuardedAdmin(admin.ModelAdmin):
    """Answers the filters it offers; Django answers any look-up on any column of the model.

    What a page hides from a role can then be told letter by letter from which rows are left.
    """

    show_facets = ShowFacets.NEVER  # a count of every choice, over the whole table

    def __init__(self, model: Any, admin_site: Any) -> None:
        super().__init__(model, admin_site)
        self.opts: Any = NamedOptions(self.opts)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The list, which names its model as every page does."""
        found = super().get_changelist_instance(request)
        found.opts = self.opts
        return found

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Whether a filter of the list asks this; another look-up is answered by 400."""
        names_row = self.offered_lookups(request).get(lookup)
        return names_row is not None and (not names_row or is_number(value))

    def offered_lookups(self, request: HttpRequest) -> dict[str, bool]:
        """The parameters of the list's filters, for this person; whether each names a row."""
        filters = self.get_list_filter(request)
        return {name: names_row for one in filters for name, names_row in self._asked_by(one)}

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """The row; an empty name of a column is none."""
        return super().get_object(request, object_id, from_field or None)

    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        """A popup gives back the number of a row, never another column."""
        try:
            field: Any = self.opts.get_field(to_field)
        except FieldDoesNotExist:
            return False
        return bool(getattr(field, "primary_key", False))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Search; words beyond the limit would make an expression that no database takes."""
        if len(search_term) > settings.FACTBASE_LIMITS["query_characters"]:
            raise SuspiciousOperation("The search is too long.")
        return super().get_search_results(request, queryset, search_term)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What the address suggests for a new row; a link that names no row is left out."""
        found: dict[str, Any] = super().get_changeform_initial_data(request)
        return {name: value for name, value in found.items() if self._may_start_with(name, value)}

    def _may_start_with(self, name: str, value: Any) -> bool:
        try:
            field = self.opts.get_field(name)
        except FieldDoesNotExist:
            return False
        numbers = value if isinstance(value, list) else [value]
        return not field.is_relation or all(is_number(one) for one in numbers)

    def _asked_by(self, one: Any) -> Iterator[tuple[str, bool]]:
        if isinstance(one, type) and issubclass(one, admin.SimpleListFilter):
            names = getattr(one, "parameters", (one.parameter_name,))
            yield from ((str(name), False) for name in names)
            return
        path = one[0] if isinstance(one, tuple | list) else one
        field: Any = self.opts.get_field(path)
        if field.is_relation:
            yield path, True
            yield f"{path}__isnull", False
            yield f"{path}__{field.related_model._meta.pk.name}__exact", True
        else:
            yield path, False
            yield from ((f"{path}__{how}", False) for how in _ASKS)


def is_number(text: Any) -> bool:
    """Whether the text is a number of a row: ASCII digits, as many as fit the column."""
    word = str(text)
    return word.isascii() and word.isdigit() and len(word) <= _MOST_DIGITS


def refuse_hostile(asked: QueryDict) -> None:
    """Raise SuspiciousOperation (400) for characters that no database takes, in names too."""
    try:
        for name, values in asked.lists():
            for text in (name, *values):
                refuse_unstorable(text, "query")
    except InvalidValueError as error:
        raise SuspiciousOperation(error.message) from error
