"""How the tests are shared out among databases and workers (pytest -n)."""

from __future__ import annotations

import gc
from typing import Any

import pytest

from tests.room import with_room

# Files whose tests take seconds each. Any worker may take any one of their tests, and they are
# begun first, so that no worker is still busy with one when the others have nothing left to do.
LONG = (
    "tests/importers/test_dump_killed.py",
    "tests/importers/test_dump_queue.py",
    "tests/test_permissions.py",
    "tests/workflow/test_life.py",
    "tests/workflow/test_concurrency.py",
    "tests/management/test_migrate.py",
    "tests/admin/test_in_browser.py",
    "tests/views/test_claim_pages_in_browser.py",
    "tests/views/test_other_pages_in_browser.py",
)
# Also long, but on data that is made once for the file.
LONG_TOGETHER = ("tests/test_benchmarks.py",)


# Plain Python: what of it touches no database is the same on the second one.
PLAIN = ("tests/domain/", "tests/reading/", "tests/verifier/")
DATABASE = frozenset({"db", "transactional_db", "copies", "sqlite_file", "prepared"})


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --second-database, which "make test" gives to its run on PostgreSQL."""
    words = "leave out the tests of plain Python that touch no database: they ran on the first one"
    parser.addoption("--second-database", action="store_true", help=words)


def runs_once(item: pytest.Item) -> bool:
    """Say whether no database, the first or the second, has a part in a test."""
    fixtures = DATABASE.intersection(getattr(item, "fixturenames", ()))
    marked = item.get_closest_marker("django_db") is not None
    return item.nodeid.startswith(PLAIN) and not fixtures and not marked


def file_of(nodeid: str) -> str:
    return nodeid.partition("::")[0]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes long; the order is random otherwise (pytest-randomly)."""
    if config.getoption("second_database"):
        config.hook.pytest_deselected(items=[item for item in items if runs_once(item)])
        items[:] = [item for item in items if not runs_once(item)]
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
