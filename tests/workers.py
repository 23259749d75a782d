"""How the tests are shared out among databases and workers (pytest -n)."""

from __future__ import annotations

import gc
from typing import Any

import pytest

from tests.room import with_room

# Files whose tests take seconds each. Any worker may take any one of their tests, and they are
# begun first, so that no worker is still busy with one when the others have nothing left to do.
LONG = (
    "tests/importers/dump/test_killed.py",
    "tests/importers/dump/test_queue.py",
    "tests/test_permissions.py",
    "tests/workflow/test_life.py",
    "tests/workflow/test_concurrency.py",
    "tests/management/test_migrate.py",
    "tests/admin/test_in_browser.py",
    "tests/admin/test_pickers_in_browser.py",
    "tests/views/test_claim_pages_in_browser.py",
    "tests/views/test_other_pages_in_browser.py",
)
# Also long, but on data that is made once for the file.
LONG_TOGETHER = (
    "tests/test_benchmarks.py",
    "tests/admin/test_questions.py",
    "tests/audit/test_forgeries.py",
    "tests/api/test_fuzzing.py",
    "tests/test_leaks.py",
)


# What leads a test to the database of the run. All others are kept from it by pytest-django; the
# processes that they start get none, or one that is SQLite's on every run.
DATABASE = frozenset(
    {"db", "transactional_db", "live_server", "django_db_setup", "copies", "prepared"}
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --second-database, which "make test" gives to its run on PostgreSQL."""
    words = "leave out the tests in which the kind of database has no part: they ran on the first"
    parser.addoption("--second-database", action="store_true", help=words)


def runs_once(item: pytest.Item) -> bool:
    """Say whether the kind of database, the first or the second, has no part in a test.

    A browser shows what the server sends: whether that is right on the second database too is
    for the tests that ask for the same pages without one.
    """
    if item.get_closest_marker("browser") is not None:
        return True
    reached = DATABASE.intersection(getattr(item, "fixturenames", ()))
    return not reached and item.get_closest_marker("django_db") is None


def file_of(nodeid: str) -> str:
    return nodeid.partition("::")[0]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes long; the order is random otherwise (pytest-randomly)."""
    if config.getoption("second_database"):
        ran = {item for item in items if runs_once(item)}
        config.hook.pytest_deselected(items=list(ran))
        items[:] = [item for item in items if item not in ran]
    if is_a_worker(config):
        items.sort(key=lambda item: file_of(item.nodeid) not in (*LONG, *LONG_TOGETHER))


def pytest_itemcollected(item: pytest.Item) -> None:
    """Set tests up and run them with room for their frames."""
    item.setup = with_room(item.setup)  # type: ignore[method-assign]
    item.runtest = with_room(item.runtest)  # type: ignore[method-assign]


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Spare what all tests share (modules, models, the tests themselves) the search for garbage."""
    gc.collect()
    gc.freeze()


def is_a_worker(config: pytest.Config) -> bool:
    """Say whether this process is one of several workers."""
    return hasattr(config, "workerinput")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Keep a file on one worker, so that what its tests share is made once."""
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = file_of(nodeid)
            return nodeid if file in LONG else file

    config.option.loadscopereorder = False  # the order above is meant
    return ByFile(config, log)
