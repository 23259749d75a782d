"""Errors as application/problem+json (RFC 9457), with types that never change."""

from __future__ import annotations

import logging
from typing import Any, NamedTuple

import orjson
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse
from rest_framework import exceptions as drf
from rest_framework.views import set_rollback

from claims.errors import QueryError, RefusalError
from claims.outages import RETRY_SECONDS, is_outage

logger = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"


class KnownProblem(NamedTuple):
    """A kind of error: ``code`` is stable and ends its type, ``status`` is HTTP's."""

    code: str
    status: int
    title: str


PROBLEMS: dict[str, KnownProblem] = {
    code: KnownProblem(code, status, title)
    for code, status, title in (
        ("unknown-parameter", 400, "There is no such parameter here."),
        ("invalid-value", 400, "A value cannot be used."),
        ("invalid-cursor", 400, "The cursor does not belong to this list."),
        ("invalid-evidence", 400, "A statement lacks or mixes what its stance asks for."),
        ("malformed-request", 400, "The request cannot be read."),
        ("import-refused", 400, "The file cannot be read."),
        ("reason-required", 400, "Every change is signed with a reason."),
        ("refused", 400, "factbase does not do this."),
        ("not-authenticated", 401, "A key or a session is needed."),
        ("invalid-key", 401, "The key or the session is not valid."),
        ("permission-missing", 403, "The account may not do this."),
        ("self-review", 403, "Somebody else must approve your own edit."),
        ("self-decision", 403, "Somebody else must decide the dispute that you opened."),
        ("not-found", 404, "There is nothing public under this address."),
        ("method-not-allowed", 405, "The method does not apply to this address."),
        ("not-acceptable", 406, "None of the accepted formats exists here."),
        ("wrong-state", 409, "The state does not allow this."),
        ("duplicate", 409, "This exists already."),
        ("log-forked", 409, "The stored log contradicts a signed checkpoint."),
        ("append-only", 409, "What was published is never changed or deleted."),
        ("unpublishable", 409, "The claim is not complete enough for readers."),
        ("log-forked", 409, "The log contradicts what was signed before."),
        ("gone", 410, "This was retired."),
        ("merged", 410, "This was merged into another one, which is not public now."),
        ("stale-revision", 412, "This changed since it was read."),
        ("too-large", 413, "The request is too large."),
        ("unsupported-media-type", 415, "The body's media type is not read here."),
        ("precondition-required", 428, "Send If-Match with the revision that was read."),
        ("rate-limited", 429, "Too many requests."),
        ("internal-error", 500, "factbase failed; the failure was logged."),
        ("busy", 503, "Too much goes on at this moment; try again."),
        ("unavailable", 503, "The database does not answer; try again."),
    )
}

_OF_DRF: tuple[tuple[type[Exception], str], ...] = (
    (drf.NotFound, "not-found"),
    (drf.MethodNotAllowed, "method-not-allowed"),
    (drf.NotAcceptable, "not-acceptable"),
    (drf.UnsupportedMediaType, "unsupported-media-type"),
    (drf.ParseError, "malformed-request"),
    (drf.Throttled, "rate-limited"),
    (drf.NotAuthenticated, "not-authenticated"),
    (drf.AuthenticationFailed, "invalid-key"),
    (drf.PermissionDenied, "permission-missing"),
    (drf.ValidationError, "invalid-value"),
    (Http404, "not-found"),
    (PermissionDenied, "permission-missing"),
    (SuspiciousOperation, "malformed-request"),
    (OperationalError, "unavailable"),
    (InterfaceError, "unavailable"),
)
# These say the same for all causes, so that nothing about what is hidden can be told from them.
_SILENT = {"not-found", "unavailable", "internal-error"}


class ProblemError(Exception):
    """An error of the API by its code; ``members`` are added to the problem document."""

    def __init__(self, code: str, detail: str = "", **members: Any) -> None:
        super().__init__(detail)
        self.type = PROBLEMS[code]
        self.detail = detail
        self.members = members


def problem_type(code: str) -> str:
    """Return the type of a problem, a path that answers with its description."""
    return f"/api/v1/problems/{code}/"


def problem_response(code: str, detail: str = "", **members: Any) -> HttpResponse:
    """Return the problem document; members whose value is empty are left out."""
    kind = PROBLEMS[code]
    document: dict[str, Any] = {
        "type": problem_type(code),
        "title": kind.title,
        "status": kind.status,
        "code": code,
    }
    document |= {name: value for name, value in {"detail": detail, **members}.items() if value}
    body = orjson.dumps(document, default=str)
    response = HttpResponse(body, status=kind.status, content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-store"
    if kind.status == 503:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def problem_handler(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """Answer any error of an API view; DRF's EXCEPTION_HANDLER."""
    set_rollback()
    if isinstance(error, ProblemError):
        return problem_response(error.type.code, error.detail, **error.members)
    if isinstance(error, QueryError):
        return problem_response(
            error.code,
            error.message,
            parameter=error.field,
            did_you_mean=error.did_you_mean,
            allowed=error.allowed,
        )
    if isinstance(error, RefusalError):
        code = error.code if error.code in PROBLEMS else RefusalError.code
        return problem_response(code, error.message, field=error.field)
    if is_outage(error):
        logger.warning("The database does not answer: %s", error)
    for kind, code in _OF_DRF:
        if isinstance(error, kind):
            return _with_headers(problem_response(code, _detail(code, error)), error)
    return _failure(error, context)


def _detail(code: str, error: Exception) -> str:
    if code in _SILENT:
        return ""
    return str(getattr(error, "detail", "")) if isinstance(error, drf.APIException) else ""


def _with_headers(response: HttpResponse, error: Exception) -> HttpResponse:
    if challenge := getattr(error, "auth_header", None):
        response.headers["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        response.headers["Retry-After"] = str(int(wait) + 1)
    return response


def _failure(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """Log what nobody foresaw; while developing, leave it to Django's page."""
    if settings.DEBUG:
        return None
    request = context.get("request")
    got_request_exception.send(sender=type(context.get("view")), request=request)
    logger.error("API failure: %s", type(error).__name__, exc_info=error)
    return problem_response("internal-error")
