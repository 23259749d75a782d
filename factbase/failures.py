"""What a failure outside of a view answers with: each door in its own words."""

import sys

from django.http import HttpRequest, HttpResponse
from django.views.defaults import server_error

from claims.api.problems import problem_response
from claims.outages import is_outage
from claims.views.refusals import unavailable


def failed(request: HttpRequest) -> HttpResponse:
    """Answer 503 where the database was away, 500 otherwise; Django's handler500."""
    error = sys.exception()
    if request.path.startswith("/api/"):
        return problem_response("unavailable" if is_outage(error) else "internal-error")
    if is_outage(error):
        return unavailable(request, error)
    return server_error(request)
