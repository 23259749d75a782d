"""Rows that are made once for the tests that follow one another and want the same."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from django.db import transaction

# Rows that tests share lie in a transaction around those of the tests. This is the one fixture
# that begins a test's own: what is shared is put there before it, and taken away before a test
# that wants other rows, or none.
BEGINS = "_django_db_helper"


class Shared:
    """The rows that are there now, and what made them."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._build: Callable[[], Any] | None = None
        self.made: Any = None

    def turn_to(self, build: Callable[[], Any] | None) -> None:
        """Have the rows of this function there, and no others."""
        if build is self._build:
            return
        self.end()
        if build is not None:
            self._open.enter_context(transaction.atomic())
            self._open.callback(transaction.set_rollback, True)
            self._build, self.made = build, build()

    def end(self) -> None:
        """Take away what is there."""
        self._build = self.made = None
        self._open.close()


shared = Shared()


def made_once(build: Callable[[], Any]) -> Any:
    """A fixture: what the function returns, and the rows it makes.

    They are made once for all the tests that follow one another and want them. Each test gets a
    copy of its own, as deep as it goes, and what it writes is undone.
    """

    @pytest.fixture
    def made(db: None) -> Any:
        return copy.deepcopy(shared.made)

    made._get_wrapped_function().makes = build
    return made


@contextmanager
def undone_after(blocker: Any) -> Iterator[None]:
    """For a fixture of a module: rows made inside stay until it ends; tests see and leave them.

    The block of the fixture may also end at once, with what it has measured.
    """
    with blocker.unblock():
        shared.end()
        with transaction.atomic():
            yield
            transaction.set_rollback(True)


def wanted_by(item: Any) -> Callable[[], Any] | None:
    """What makes the rows that a test shares with others."""
    found = {
        build
        for definitions in item._fixtureinfo.name2fixturedefs.values()
        if (build := getattr(definitions[-1].func, "makes", None)) is not None
    }
    assert len(found) < 2, f"{item.nodeid} wants the rows of two fixtures that are made once"
    return next(iter(found), None)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: Any, request: Any) -> Iterator[None]:
    """Before the transaction of a test begins, have around it what the test wants."""
    if fixturedef.argname == BEGINS:
        blocker = request.getfixturevalue("django_db_blocker")
        with blocker.unblock():
            shared.turn_to(wanted_by(request._pyfuncitem))
    return (yield)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the tests of a file that want the same rows follow one another."""
    places: dict[Any, int] = {}
    for item in items:
        places.setdefault((item.path, wanted_by(item)), len(places))
    firsts: dict[Any, int] = {}
    for item in items:
        firsts.setdefault(item.path, len(firsts))
    items.sort(key=lambda item: (firsts[item.path], places[item.path, wanted_by(item)]))
