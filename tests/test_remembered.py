"""What the factories made before stands there again as if they had made it anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import time_machine
from django.db import DJANGO_VERSION_PICKLE_KEY, connection, transaction
from django.test.utils import CaptureQueriesContext

from claims.audit.verification import verify_everything
from claims.models import Claim
from tests import factories as make
from tests import remembered
from tests.databases import read_rows

pytestmark = pytest.mark.django_db


@contextmanager
def undone() -> Iterator[None]:
    """What a test does by itself; its rows are gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def statements(run: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as asked:
        run()
    return len(asked)


def disputed() -> Any:
    """A claim that several factories made, one after the other."""
    army = make.party("Army")
    draft = make.claim(question="How many fell?")
    make.figure(draft, 60, speaker=army)
    make.figure(draft, 97, source=make.source("A list"))
    return make.approve(draft)


def test_rows_are_the_same_to_the_letter_and_hold_in_every_check() -> None:
    with undone():
        first, rows = disputed(), read_rows()
    with undone():
        assert statements(disputed) == 0
        assert read_rows() == rows
        assert not verify_everything().bad
    with undone():
        assert disputed() == first


def test_arguments_are_left_as_the_factory_left_them() -> None:
    left = []
    for _ in range(2):
        with undone():
            claim, source = make.claim(), make.source()
            assert make.figure(claim, 7, source=source).source == source
            left.append({**claim.__dict__, "_state": None, DJANGO_VERSION_PICKLE_KEY: ""})
    assert left[0] == left[1]


def test_each_test_has_objects_of_its_own() -> None:
    with undone():
        make.claim().question = "Another?"
    with undone():
        assert make.claim().question != "Another?"


def test_other_arguments_are_made() -> None:
    with undone():
        make.party("Army", kind="armed_group")
    with undone():
        assert make.party("Army", kind="government").kind == "government"


def test_the_same_after_something_else_was_written_is_made() -> None:
    with undone():
        make.party("Army")
    with undone():
        Claim.objects.filter(pk=0).delete()
        Claim.objects.filter(pk=0).update(question="None")
        assert statements(lambda: make.party("Army")) > 0


def test_a_refusal_is_met_again() -> None:
    for _ in range(2):
        with undone():
            make.party("Army")
            with pytest.raises(Exception, match="Army"):
                make.party("Army")


def test_what_is_old_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    with undone():
        make.party("Army")
    monkeypatch.setattr(remembered, "SECONDS", 0)
    with undone():
        assert statements(lambda: make.party("Army")) > 0


def test_at_another_time_all_is_made() -> None:
    with undone():
        make.party("Army")
    with undone(), time_machine.travel("2030-01-01"):
        assert make.party("Army").pk
        assert statements(lambda: make.source("A list")) > 0


def test_rows_made_now_follow_those_that_were_remembered() -> None:
    with undone():
        make.party("Army")
    with undone():
        assert make.party("Army").pk < make.party("Navy").pk
