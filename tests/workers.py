"""How the tests are shared out among workers (pytest -n): file by file, the longest first."""

from __future__ import annotations

from typing import Any

import pytest

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


def file_of(nodeid: str) -> str:
    return nodeid.partition("::")[0]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes long; the order is random otherwise (pytest-randomly)."""
    if is_a_worker(config):
        items.sort(key=lambda item: file_of(item.nodeid) not in (*LONG, *LONG_TOGETHER))


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
