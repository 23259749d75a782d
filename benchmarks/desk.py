"""B6: the desk's pages as an editor gets them: their seconds, queries and bytes."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.district import account
from benchmarks.timing import in_turns
from claims.choices import ClaimState
from claims.models import Claim


def desk(rounds: int) -> dict[str, Any]:
    """Return for each page of the desk its ``seconds``, ``queries`` and ``bytes``.

    The first answer is neither timed nor counted: it fills the caches of the process.
    """
    pages = addresses()
    for address in pages.values():
        _body(address)
    times = in_turns({name: _getting(address) for name, address in pages.items()}, rounds)
    return {name: {"seconds": times[name], **_weighed(address)} for name, address in pages.items()}


def addresses() -> dict[str, str]:
    """The pages, by what they are; those of one claim are about the newest of their kind.

    The editor opens them; what was returned its contributor, who wrote all there is.
    """
    claims = reverse("admin:claims_claim_changelist")
    versions = reverse("admin:claims_claimversion_changelist")
    edited = Claim.objects.filter(state=ClaimState.IN_REVIEW).latest("pk").pk
    disputed = Claim.objects.filter(contention="disputed").latest("pk").pk
    views = ("review", "returned", "disputes", "imported", "stale", "others")
    return {
        "dashboard": reverse("admin:index"),
        "list of claims": claims,
        "list of claims, found by a word of every claim": f"{claims}?q=board",
        **{f"queue, {view}": f"{claims}?queue={view}" for view in views},
        "form of a new claim": reverse("admin:claims_claim_add"),
        "form of a claim": reverse("admin:claims_claim_change", args=[disputed]),
        "review page": reverse("admin:claims_claim_review", args=[edited]),
        "versions": versions,
        "versions, found by a reference": f"{versions}?q=C{disputed}",
        "versions, found by words of one claim": f"{versions}?q=board+c{disputed}",
        "versions, found by a word of every claim": f"{versions}?q=board",
    }


@cache
def _signed_in(group: str) -> Client:
    client = Client(SERVER_NAME="localhost")
    user = account(group)
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    client.force_login(user)
    return client


def _body(address: str) -> bytes:
    client = _signed_in("contributor" if "queue=returned" in address else "editor")
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
    return bytes(response.content)


def _getting(address: str) -> Any:
    return lambda: _body(address)


def _weighed(address: str) -> dict[str, int]:
    with CaptureQueriesContext(connection) as captured:
        size = len(_body(address))
    return {"queries": len(captured), "bytes": size}
