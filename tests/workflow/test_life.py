"""Random lives of a desk: whatever people do, in whatever order, the promises hold."""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize

from claims import workflow
from claims.workflow.acts import act
from claims.workflow.verbs import verb
from tests.workflow.life import CALLS
from tests.workflow.life_articles import LifeOfArticles
from tests.workflow.life_claims import LifeOfClaims
from tests.workflow.life_merging import LifeOfMerging
from tests.workflow.life_promises import Promises
from tests.workflow.life_registers import LifeOfRegisters
from tests.workflow.life_splitting import LifeOfSplits
from tests.workflow.life_story import BEGINNING, STORY
from tests.workflow.life_tables import LifeOfTables

# LIFE_STEPS=1000 lives longer: so many steps in all, in lives of 40.
STEPS: Final = int(os.environ.get("LIFE_STEPS", "0"))
LENGTH: Final = 40 if STEPS else 25
LIVES: Final = STEPS // LENGTH if STEPS else 6


class Life(
    LifeOfClaims,
    LifeOfSplits,
    LifeOfRegisters,
    LifeOfMerging,
    LifeOfArticles,
    LifeOfTables,
    Promises,
):
    """All rules and all promises."""

    @initialize(is_public=st.booleans(), clocks_differ=st.booleans())
    def begin(self, is_public, clocks_differ) -> None:
        """Half of all lives begin when readers have claims and a text already; half are lived
        with servers whose clocks differ.
        """
        self.clocks_differ = clocks_differ
        for name, fields in BEGINNING if is_public else ():
            getattr(self, name)(**fields)


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
    if STEPS:  # seen with -s
        lines = [f"{call} {end}: {count}\n" for (call, end), count in sorted(CALLS.items())]
        sys.stdout.write("".join(lines))


def all_verbs() -> list[Any]:
    """Every function of the workflow that is made a verb, each once."""
    made = verb("edit_desk")(print).__code__
    modules = [
        importlib.import_module(f"{workflow.__name__}.{found.name}")
        for found in pkgutil.iter_modules(workflow.__path__)
    ]
    found = {
        name: function
        for module in modules
        for name, function in vars(module).items()
        if getattr(function, "__code__", None) is made
    }
    return list(found.values())


def verbs() -> set[str]:
    """Their names."""
    return {function.__name__ for function in all_verbs()}


@pytest.mark.django_db
def test_a_life_calls_every_verb(monkeypatch: pytest.MonkeyPatch):
    done = set[str]()

    @contextmanager
    def noted(name: str, **signed: Any) -> Iterator[None]:
        with act(name, **signed) as held:
            yield held
            done.add(name)

    monkeypatch.setattr("claims.workflow.verbs.act", noted)
    life = Life()
    try:
        for name, fields in STORY:
            getattr(life, name)(**fields)
    finally:
        life.teardown()
    assert verbs() - done == set()
