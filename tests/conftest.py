"""What every test shares: hypothesis profiles, the test database, the choice by database."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck, settings

from tests import databases
from tests.accounts import forget_accounts
from tests.databases import Copies, Prepared

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile(
    "ci", max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_configure(config: pytest.Config) -> None:
    """Hash the passwords of test accounts cheaply: the stock hash costs half a second each."""
    from django.conf import settings as django_settings

    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Forget the language of the last request, the accounts of the test and all cached answers."""
    yield
    cache.clear()
    translation.deactivate()
    forget_accounts()


@pytest.fixture(scope="session")
def prepared(
    django_test_environment: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Prepared:
    """The migrated database of this run, made by the first worker that needs it."""
    folder = shared_folder(tmp_path_factory)
    found = databases.plan(folder)
    with django_db_blocker.unblock():
        databases.prepare(found, folder)
    return found


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """The folder of this run that all its workers see: each has its own in it."""
    base = factory.getbasetemp()
    return base if databases.worker() == "alone" else base.parent


@pytest.fixture(scope="session")
def django_db_setup(prepared: Prepared, django_db_blocker: Any) -> Iterator[None]:
    """A copy of the migrated database for this process, in the place of pytest-django's own.

    Tests that commit put its rows back, so that what migrations made is always there.
    """
    with django_db_blocker.unblock(), databases.connected_to_copy(prepared):
        rows = databases.read_rows()
        with pytest.MonkeyPatch.context() as patch, django_db_blocker.block():
            patch.setattr(
                TransactionTestCase, "_fixture_teardown", lambda _: databases.put_back(rows)
            )
            yield


@pytest.fixture
def copies(prepared: Prepared, tmp_path: Path) -> Iterator[Copies]:
    """Migrated databases for other processes, of the kind that this run is on."""
    made = Copies(prepared, tmp_path)
    yield made
    made.drop()


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy, whatever this run is on."""
    return databases.migrated_file(shared_folder(tmp_path_factory))


def database_name() -> str:
    """Return sqlite or postgresql: the database this run is on."""
    from django.db import connection

    return connection.vendor


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests of the other database."""
    others = {"sqlite", "postgresql"} - {database_name()}
    unfit = [item for item in items if any(item.get_closest_marker(name) for name in others)]
    if unfit:
        config.hook.pytest_deselected(items=unfit)
        items[:] = [item for item in items if item not in unfit]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Take the migrated database away once no worker copies it any more."""
    if databases.worker() == "alone":
        databases.forget()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which database the tests ran on."""
    count = sum(len(terminalreporter.getreports(kind)) for kind in ("passed", "failed"))
    terminalreporter.write_line(f"suite: {database_name()} ran {count}")
