"""Random lives of a desk: whatever people do, in whatever order, the promises hold."""

from __future__ import annotations

import os
from typing import Final

import pytest
from hypothesis import HealthCheck, settings

from tests.workflow.life_articles import LifeOfArticles
from tests.workflow.life_claims import LifeOfClaims
from tests.workflow.life_promises import Promises
from tests.workflow.life_registers import LifeOfRegisters

# LIFE_STEPS=1000 lives longer: so many steps in all, in lives of 40.
STEPS: Final = int(os.environ.get("LIFE_STEPS", "0"))
LENGTH: Final = 40 if STEPS else 25
LIVES: Final = STEPS // LENGTH if STEPS else 6


class Life(LifeOfClaims, LifeOfRegisters, LifeOfArticles, Promises):
    """All rules and all promises."""


@pytest.mark.django_db
def test_a_life_keeps_every_promise():
    runner = Life.TestCase
    runner.settings = settings(
        max_examples=LIVES,
        stateful_step_count=LENGTH,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    runner("runTest").runTest()
