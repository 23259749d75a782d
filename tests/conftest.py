"""What every test shares: hypothesis profiles, and the choice of tests by database."""

import os
from collections.abc import Iterator

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile(
    "ci", max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_configure() -> None:
    """Hash the passwords of test accounts cheaply: the stock hash costs half a second each."""
    from django.conf import settings as django_settings

    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """Forget the language of the last request: it would stay for the tests that follow."""
    yield
    translation.deactivate()


def database_name() -> str:
    """Return sqlite or postgresql: the database this run is on."""
    from django.db import connection

    return connection.vendor


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests of the other database; keep migrated rows in transactional tests."""
    others = {"sqlite", "postgresql"} - {database_name()}
    unfit = [item for item in items if any(item.get_closest_marker(name) for name in others)]
    if unfit:
        config.hook.pytest_deselected(items=unfit)
        items[:] = [item for item in items if item not in unfit]
    for item in items:
        if is_transactional(item):
            keep_migrated_rows(item)


def keep_migrated_rows(item: pytest.Item) -> None:
    """Bring back after the test what migrations made: its flush would take the groups away."""
    item.fixturenames.append("django_db_serialized_rollback")  # type: ignore[attr-defined]
    marker = item.get_closest_marker("django_db")
    if marker is not None:
        # pytest-django serialises the database beforehand only for what a marker says.
        again = pytest.mark.django_db(**{**marker.kwargs, "serialized_rollback": True})
        item.add_marker(again, append=False)


def is_transactional(item: pytest.Item) -> bool:
    """Say whether the test commits, and is cleaned up after by a flush."""
    marker = item.get_closest_marker("django_db")
    names = set(getattr(item, "fixturenames", []))
    return bool(
        (marker and (marker.kwargs.get("transaction") or marker.kwargs.get("reset_sequences")))
        or names & {"transactional_db", "live_server", "django_db_reset_sequences"}
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which database the tests ran on."""
    count = sum(len(terminalreporter.getreports(kind)) for kind in ("passed", "failed"))
    terminalreporter.write_line(f"suite: {database_name()} ran {count}")
