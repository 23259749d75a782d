"""The public identifiers in addresses."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from claims.domain.refs import parse_ref
from claims.filtering.moved import moved_path, successor


def number_of(ref: str, letter: str) -> int:
    """The number of a reference with this letter; what is no reference does not exist."""
    number = parse_ref(ref, letter)
    if number is None:
        raise Http404
    return number


def written_right(request: HttpRequest, ref: str) -> HttpResponse | None:
    """Lead from a reference in small letters to the page's one address; None when it is that."""
    right = ref.strip().upper()
    if right == ref or parse_ref(ref, right[:1]) is None:
        return None
    path = request.get_full_path().replace(quote(ref), right, 1)
    return HttpResponsePermanentRedirect(path)


def moved(request: HttpRequest, ref: str, letter: str) -> HttpResponse | None:
    """The answer that leads from a merged row to the one that it is by now; None when none does.

    It may be undone: clients ask again.
    """
    target = successor(letter, number_of(ref, letter))
    if not target:
        return None
    path = moved_path(request.get_full_path(), ref, target)
    answer = HttpResponsePermanentRedirect(path)
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def found_elsewhere(request: HttpRequest, ref: str, letter: str) -> HttpResponse:
    """The same where nothing else is to be said of the row: 404 when it leads nowhere."""
    elsewhere = moved(request, ref, letter)
    if elsewhere is None:
        raise Http404
    return elsewhere
