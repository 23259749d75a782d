"""Words and numbers find what holds or states them, however they are typed, on page and API."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from claims.models import Claim
from tests import factories as make
from tests.kept import made_once

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed", ["NIAFUNKÉ", "Niafunké", "niafunke", "NIAFUNKE", "ｎｉａｆｕｎｋｅ"]
)
def test_case_accents_and_width_make_no_difference(client: Client, refs, get, typed: str) -> None:
    """G14."""
    where = make.subject("Niafunké in the rebellion")
    claim = make.claim(question="When was Niafunké taken?", subject=where)
    make.figure(claim, 60, source=make.source("Niafunké falls"))
    make.approve(claim)
    for name in ("claims", "sources", "subjects"):
        assert len(refs(f"{name}/?q={typed}")) == 1, name
    assert len(refs(f"figures/?q={typed}")) == 1
    assert refs(f"claims/?q={typed}&as_recorded=2050-01-01") == [claim.ref]
    kinds = [row["type"] for row in get(f"search/?q={typed}")["results"]]
    assert kinds == ["claim", "figure", "source", "subject"]
    page = client.get(f"/search/?q={typed}").content.decode()
    assert "When was <mark>Niafunké</mark> taken?" in page


def test_a_word_with_nothing_to_see_finds_nothing(refs) -> None:
    make.published_claim(60)
    assert refs("claims/?q=%CC%81") == []


@made_once
def ends() -> Claim:
    """Case 38: at least 400, up to 450, more than 410, 420, 405 to 500 or more."""
    claim = make.claim()
    make.figure(claim, low="400")
    make.figure(claim, high="450")
    make.figure(claim, low="410", low_strict=True)
    make.figure(claim, 420)
    make.figure(claim, low="405", high="500", high_open=True)
    make.approve(claim)
    return claim


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("400", {"at least 400"}),
        ("450", {"up to 450", "405 to 500 or more"}),
        ("410", {"more than 410", "405 to 500 or more"}),
        ("405", {"405 to 500 or more"}),
        ("500", {"405 to 500 or more"}),
        ("420", {"420", "405 to 500 or more"}),
        ("399", set()),
        ("400..420", {"at least 400", "more than 410", "420"}),
        ("420..400", {"at least 400", "more than 410", "420"}),
    ],
)
def test_each_number_finds_the_statement_that_states_it(
    client: Client, get, ends, typed: str, found: set[str]
) -> None:
    """G17."""
    hits = [row for row in get(f"search/?q={typed}")["results"] if row["type"] == "figure"]
    assert {row["detail"].partition(",")[0] for row in hits} == found
    page = client.get(f"/search/?q={typed}&tab=figures").content.decode()
    shown = re.findall(r"<li><strong>(.*?)</strong>", page)
    assert {re.sub("</?mark>", "", words) for words in shown} == found
