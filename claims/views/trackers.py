"""Addresses that came by a mail, an advertisement or a social network, freed of what those add."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

READING: Final = ("GET", "HEAD")
# The API says strictly what it does not know; the desk has no addresses that are passed on.
STRICT: Final = ("/admin/", "/api/", "/static/")
# Whole families of parameters, by how their names begin ...
FAMILIES: Final = ("utm_", "mtm_", "pk_", "hsa_", "at_", "oly_", "vero_", "_hs", "__hs", "wt_")
# ... and those that stand alone, as the services document them.
TRACKERS: Final = frozenset(
    {
        "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "srsltid", "_ga", "_gl",
        "msclkid", "twclid", "ttclid", "li_fat_id", "igshid", "igsh", "yclid", "ysclid",
        "epik", "rdt_cid", "sccid", "s_cid", "s_kwcid", "mc_cid", "mc_eid", "mkt_tok",
        "ml_subscriber", "ml_subscriber_hash", "_branch_match_id", "cmpid", "ncid", "xtor",
        "ref_src", "ref_url", "guccounter", "guce_referrer", "guce_referrer_sig",
    }
)  # fmt: skip


class TrackerMiddleware:
    """Leads a reader to the same page without the parameters of trackers; no view ever sees one.

    Names of the site's own parameters never begin as a family does (a test compares them).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = freed_address(request)
        return self.get_response(request) if address is None else _led_to(address)


def freed_address(request: HttpRequest) -> str | None:
    """The address of a page without trackers; None where it has none, or where all counts."""
    if request.method not in READING or request.path.startswith(STRICT):
        return None
    kept = request.GET.copy()
    for name in request.GET:
        if is_tracker(name):
            del kept[name]
    if len(kept) == len(request.GET):
        return None
    # One slash: two would name another site.
    path = "/" + request.get_full_path().partition("?")[0].lstrip("/")
    return f"{path}?{kept.urlencode()}" if kept else path


def is_tracker(name: str) -> bool:
    """Say whether a parameter only tells where the reader came from."""
    lowered = name.casefold()
    return lowered in TRACKERS or lowered.startswith(FAMILIES)


def _led_to(address: str) -> HttpResponse:
    answer = HttpResponseRedirect(address)
    answer.headers["Cache-Control"] = "public, max-age=86400"  # it is so for every reader
    return answer
