"""The OpenAPI description, drawn from what each view declares."""

from __future__ import annotations

from typing import Any

import uritemplate
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from claims.api.problems import MEDIA_TYPE as PROBLEM_MEDIA_TYPE
from claims.api.shapes import component_of
from claims.domain.published import Tombstone
from claims.exporters.formats import FORMATS, formats_of
from claims.filtering.parameters import Parameter

PATH_PARAMETERS: dict[str, dict[str, Any]] = {
    "ref": {"type": "string", "pattern": "^[ACDFST][1-9][0-9]{0,17}$"},
    "number": {"type": "integer", "minimum": 1, "maximum": 2**31 - 1},
    "code": {"type": "string"},
    "name": {"type": "string", "enum": list(formats_of("whole"))},
}
GONE = 410
_PROBLEM: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "parameter": {"type": "string"},
        "did_you_mean": {"type": "array", "items": {"type": "string"}},
        "allowed": {"type": "array", "items": {"type": "string"}},
    },
}
_META = {
    "type": "object",
    "required": ["count", "limit", "sort", "sequence"],
    "properties": {
        "count": {"type": "integer", "description": "Rows on this page."},
        "limit": {"type": "integer"},
        "sort": {"type": "string"},
        "sequence": {"type": "integer", "description": "The newest publication."},
        "total": {"type": "integer", "description": "With include=total; never above total_max."},
        "total_max": {"type": "integer"},
        "as_recorded": {"type": "string", "description": "The moment that was asked for."},
        "known_on": {"type": "string", "description": "The day that was asked for."},
        "examined": {
            "type": "integer",
            "description": "Documents looked at, at another time: short pages may have a next.",
        },
    },
}
_TRIMMED = {"type": "object", "description": "With fields=: the members asked for."}
_LINKS = {
    "type": "object",
    "required": ["self", "next"],
    "properties": {
        "self": {"type": "string", "format": "uri-reference"},
        "next": {"type": ["string", "null"], "format": "uri-reference"},
    },
}


class DocumentedSchema(AutoSchema):
    """Reads parameters, formats and the answer's shape from a PublicView."""

    view: Any

    def is_excluded(self) -> bool:
        """Leave out addresses with a suffix: they are the same as those with ``format=``."""
        return "{suffix}" in self.path or not self.view.operation

    def get_operation_id(self) -> str:
        """Return the stable name of the operation."""
        return str(self.view.operation)

    def get_tags(self) -> list[str]:
        """Group operations by the first word of their path."""
        return [self.path.removeprefix("/api/v1/").split("/")[0]]

    def get_summary(self) -> str:
        """Return what the address answers, in one line."""
        return str(self.view.summary)

    def get_description(self, *_: Any) -> str:
        """Return nothing more than the summary says."""
        return ""

    def get_override_parameters(self) -> list[Any]:
        """Return path and query parameters as the view declares them."""
        return [
            *(_in_path(name) for name in uritemplate.variables(self.path)),
            *(_in_query(one) for one in self.view.declared()),
        ]

    def get_response_serializers(self) -> Any:
        """Return the shape of each answer by status and media type."""
        answers: dict[Any, Any] = {}
        for name in self.view.formats:
            answers[200, FORMATS[name].bare_type] = self._shape(name)
        answers[304] = OpenApiResponse(description="Not modified since If-None-Match.")
        for status, words in self._refusals():
            shape = self._gone() if status == GONE else _PROBLEM
            answers[status, PROBLEM_MEDIA_TYPE] = OpenApiResponse(shape, description=words)
        return answers

    def _refusals(self) -> list[tuple[int, str]]:
        refusals = [(400, "An unknown parameter or a value that cannot be used.")]
        if uritemplate.variables(self.path):
            refusals.append((404, "Nothing public has this address."))
        if self.view.noun == "claim" and not self.view.is_list:
            refusals.append((GONE, "Retired; the tombstone says when and why."))
        return [
            *refusals,
            (406, "No accepted format."),
            (429, "Too many requests."),
            (503, "Too much goes on, or the database is away; see Retry-After."),
        ]

    def _gone(self) -> dict[str, Any]:
        """A problem with what is left of the claim."""
        tombstone = component_of(self.registry, Tombstone)
        members = {**_PROBLEM["properties"], "tombstone": tombstone}
        required = [*_PROBLEM["required"], "tombstone"]
        return {"type": "object", "required": required, "properties": members}

    def _shape(self, name: str) -> Any:
        if name != "json":
            form = "object" if FORMATS[name].is_json else "string"
            return OpenApiResponse(
                {"type": form}, description=f"The same as {FORMATS[name].label}."
            )
        whole: Any = component_of(self.registry, self.view.document)
        if any(one.name == "fields" for one in self.view.declared()):
            whole = {"anyOf": [whole, _TRIMMED]}
        if not self.view.is_list:
            return whole
        return {
            "type": "object",
            "required": ["results", "meta", "links"],
            "properties": {
                "results": {"type": "array", "items": whole},
                "meta": _META,
                "links": _LINKS,
            },
        }

    def _is_list_view(self, serializer: Any = None) -> bool:
        return False  # lists come in our own envelope


def _in_path(name: str) -> OpenApiParameter:
    return OpenApiParameter(name, PATH_PARAMETERS[name], OpenApiParameter.PATH, required=True)


def _in_query(parameter: Parameter) -> OpenApiParameter:
    one = dict(parameter.schema)
    shape = {"type": "array", "items": one, "maxItems": 20} if parameter.many else one
    return OpenApiParameter(
        parameter.name,
        shape,
        OpenApiParameter.QUERY,
        required=parameter.required,
        description=parameter.description,
    )
