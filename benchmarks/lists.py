"""B2 to B4: a page of a list, a page deep in it, and a page that has not changed."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.baselines import PAGE, BareView
from benchmarks.site import body, following, get
from benchmarks.timing import Times, in_turns

DISPUTED = "/api/v1/claims/?contention=disputed"
ORDERS = {
    "disputed, by ref": DISPUTED,
    "disputed, by spread": f"{DISPUTED}&sort=-spread",
    "all, by ref": "/api/v1/claims/?sort=ref",
    "all, by spread": "/api/v1/claims/?sort=-spread",
    "figures": "/api/v1/figures/?sort=ref",
}
PAGES = {
    "product": DISPUTED,
    "bare": "/bench/bare/",
    "raw": "/bench/raw/",
    "tuned": "/bench/tuned/",
    "stock": "/bench/stock/",
}


def page(rounds: int) -> dict[str, Any]:
    """B2: return for the product's page and the baselines' seconds, bytes, queries."""
    match_bare_views(body(DISPUTED))
    shown = {name: _shown(address) for name, address in PAGES.items()}
    quick = ("product", "bare", "raw", "tuned")
    times = in_turns({name: _getting(PAGES[name]) for name in quick}, rounds)
    slow = {"product": _getting(DISPUTED), "stock": _getting(PAGES["stock"])}
    times["stock"] = in_turns(slow, 2, warm=False)["stock"]
    return {"times": times, **shown}


def match_bare_views(product: bytes) -> None:
    """Give the bare views the end of the product's answer. Raises RuntimeError if bytes differ."""
    BareView.tail = product[product.rindex(b',"meta":') :]
    if not body("/bench/bare/") == body("/bench/raw/") == product:
        raise RuntimeError("The bare views and the product answer different bytes.")


def deep(rounds: int, stride: int) -> dict[str, Any]:
    """B3: return seconds of the first and the deepest full page of each order."""
    found = {}
    for name, address in ORDERS.items():
        last, depth = deepest(address, stride)
        pages = {"first": _getting(f"{address}&limit={PAGE}"), "deep": _getting(last)}
        found[name] = {**in_turns(pages, rounds), "depth": depth}
    return found


@cache
def deepest(address: str, stride: int) -> tuple[str, int]:
    """Follow the links by ``stride`` rows, at least 50; return the last page that has 50, and
    its depth in rows.
    """
    before, here, depth = "", f"{address}&limit={stride}", 0
    while after := following(get(here)):
        before, here, depth = here, after, depth + stride
    # The last page may be short; the one before it is full.
    found, at = (before, depth - stride) if before else (here, depth)
    return found.replace(f"limit={stride}", f"limit={PAGE}"), at


def conditional(rounds: int) -> Times:
    """B4: return seconds of the full page and of the answer that nothing changed."""
    tag = get(DISPUTED).headers["ETag"]
    if get(DISPUTED, if_none_match=tag).status_code != 304:
        raise RuntimeError("The page's own tag did not answer 304.")
    return in_turns(
        {"full": _getting(DISPUTED), "unchanged": lambda: get(DISPUTED, if_none_match=tag)},
        rounds,
    )


def _getting(address: str) -> Any:
    return lambda: body(address)


def _shown(address: str) -> dict[str, int]:
    with CaptureQueriesContext(connection) as captured:
        size = len(body(address))
    return {"bytes": size, "queries": len(captured)}
