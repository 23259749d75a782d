"""One stored document at one address, whole or in another format."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import get_language
from rest_framework.request import Request

from claims.api.envelopes import trimmed
from claims.api.formats import asked_fields, look_of
from claims.api.freshness import REVALIDATE, entity_tag, is_fresh, not_modified
from claims.api.problems import ProblemError
from claims.api.public import PublicView
from claims.api.shapes import members_of
from claims.domain.refs import parse_ref
from claims.exporters.formats import FORMATS
from claims.exporters.one_claim import Look
from claims.filtering import parameters as read
from claims.filtering.moved import moved_path, successor
from claims.filtering.parameters import Parameter

EXCEL = read.choice("for", ["excel"], "CSV that spreadsheets open safely.", many=False)
_MISSING = ("not-found", "gone", "merged")


class StoredDocument(PublicView):
    """A document that is stored as text; its address names it by ref."""

    letter: ClassVar[str] = "C"
    policy: ClassVar[str] = REVALIDATE
    leads_on: ClassVar[bool] = True  # a merged row's address leads to the other one

    def row(self, number: int, asked: dict[str, Any]) -> tuple[str, str]:
        """Return the text and what changes whenever it does. One query. Raises ProblemError."""
        raise NotImplementedError

    def declared(self) -> tuple[Parameter, ...]:
        """Return the view's own parameters with ``fields`` and ``format``."""
        return (read.members(members_of(self.document)), *super().declared())

    def get(self, request: Request, ref: str, suffix: str = "", **more: Any) -> HttpResponse:
        """Answer the document, or 304 when the client holds it."""
        asked, kind = self.read(request, suffix)
        names = asked_fields(self.document, asked, kind)
        number = parse_ref(ref, self.letter)
        if number is None:
            raise ProblemError("not-found")
        try:
            text, changing = self.row(number, asked)
        except ProblemError as problem:
            target = successor(self.letter, number) if self.leads_on else ""
            if problem.type.code not in _MISSING or not target:
                raise
            return lead_on(request._request, ref, target)
        look = look_of(request._request, asked)
        told = (look.base, get_language() or "", asked.get("for", ""))
        tag = entity_tag(kind, changing, *names, *told)
        if is_fresh(request._request, tag):
            return not_modified(tag, self.policy)
        body = trimmed(text, names) if names else self.written(text, kind, look)
        response = HttpResponse(body, content_type=FORMATS[kind].media_type)
        response.headers["ETag"] = tag
        response.headers["Cache-Control"] = self.policy
        return response

    def written(self, text: str, kind: str, look: Look) -> str | bytes:
        """Return the document in one of the view's formats."""
        return text


def lead_on(request: HttpRequest, ref: str, target: str) -> HttpResponse:
    """Lead from a merged row to the one that it is by now. It may be undone: ask again."""
    response = HttpResponsePermanentRedirect(moved_path(request.get_full_path(), ref, target))
    response.headers["Cache-Control"] = REVALIDATE
    return response
