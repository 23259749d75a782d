"""A decision in force speaks first at every door that shows a claim."""

from __future__ import annotations

import html

import pytest
from django.test import Client

from claims.models import Claim
from tests.kept import made_once
from tests.world import build_world

pytestmark = pytest.mark.django_db
world = made_once(build_world)
DECISION = "Editors decided: the range stands."
SHOWN = (
    "/claims/{ref}/",
    "/claims/{ref}.json",
    "/claims/{ref}.jsonld",
    "/claims/{ref}.svg",
    "/embed/claims/{ref}/",
    "/api/v1/claims/{ref}/",
    "/api/v1/claims/?contention=resolved",
    "/claims/?contention=resolved",
    "/disputes/?state=resolved",
)


@pytest.mark.parametrize("address", SHOWN)
def test_the_decision_is_told_and_no_rule_names_another_answer(
    client: Client, world: Claim, address: str
) -> None:
    answer = client.get(address.format(ref=world.ref))
    assert answer.status_code == 200
    told = html.unescape(answer.content.decode())
    assert DECISION.rstrip(".") in told
    assert "Best supported" not in told
