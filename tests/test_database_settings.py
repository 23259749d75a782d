"""How the settings reach databases, and how long each kind of process waits for them."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from factbase.databases import database, database_limits
from manage import kind_of
from tests.processes import PRODUCTION, manage, setting


def test_sqlite_queues_its_writers(tmp_path: Path) -> None:
    database = setting(
        "settings.DATABASES['default']", DATABASE_URL=f"sqlite:///{tmp_path}/facts.sqlite3"
    )
    assert database["NAME"] == f"{tmp_path}/facts.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert database["OPTIONS"]["timeout"] == 20
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]


def test_a_sqlite_database_that_refuses_writers_fails_the_checks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from django.db import connection

    options = {"transaction_mode": "DEFERRED", "timeout": 5}
    monkeypatch.setattr(connection, "vendor", "sqlite")
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", options)
    found = {message.id for message in run_checks(tags=["database"], databases=["default"])}
    assert {"claims.E001", "claims.E002"} <= found


def test_postgresql_is_pooled_in_production_only() -> None:
    url = {"DATABASE_URL": "postgres://someone:secret@db.example.org:5433/facts"}
    database = setting("settings.DATABASES['default']", **url)
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["NAME"], database["PORT"]) == ("facts", 5433)
    assert "pool" not in database["OPTIONS"]
    pooled = setting("settings.DATABASES['default']", **url, **PRODUCTION)
    assert pooled["OPTIONS"]["pool"]["max_size"] == 4 + 2  # threads, the probe, one to spare
    assert pooled["OPTIONS"]["pool"]["timeout"] < 30


@pytest.mark.parametrize(
    ("process", "limits"),
    [
        ("web", {"statement": 10, "lock": 4, "idle_in_transaction_session": 25}),
        ("command", {"statement": 0, "lock": 60, "idle_in_transaction_session": 0}),
        ("migration", {"statement": 0, "lock": 0, "idle_in_transaction_session": 0}),
    ],
)
def test_each_kind_of_process_has_its_limits_of_time(process: str, limits: dict[str, int]) -> None:
    options = database_limits(settings.FACTBASE_LIMITS["database"], process)
    wanted = ["-c jit=off", *(f"-c {name}_timeout={seconds}s" for name, seconds in limits.items())]
    assert options["options"] == " ".join(wanted)
    assert 0 < options["connect_timeout"] < 30
    assert options["keepalives"] == 1


def test_an_address_of_a_database_has_the_last_word() -> None:
    limits = database_limits(settings.FACTBASE_LIMITS["database"], "web")
    url = "postgres://someone@db.example.org/facts?connect_timeout=9&options=-c%20jit%3Doff"
    options = database(url, limits=limits)["OPTIONS"]
    assert (options["connect_timeout"], options["options"]) == (9, "-c jit=off")
    assert options["keepalives"] == 1


def test_an_unknown_kind_of_process_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="set it to one of: command, migration, web"):
        database_limits(settings.FACTBASE_LIMITS["database"], "toaster")


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        (["migrate"], "migration"),
        (["runserver"], "web"),
        (["export_claims"], "command"),
        ([], "command"),
    ],
)
def test_manage_says_what_kind_of_process_it_is(command: list[str], kind: str) -> None:
    assert kind_of(command) == kind


@pytest.mark.parametrize("url", ["mysql://someone@localhost/facts", "", "nothing", "://"])
def test_another_database_is_refused(url: str) -> None:
    result = manage("check", DATABASE_URL=url)
    assert result.returncode != 0
    assert "neither SQLite nor PostgreSQL" in result.stderr


def test_a_replica_serves_published_rows_only() -> None:
    from django.apps import apps

    from factbase.replica import PublishedReadsRouter

    router = PublishedReadsRouter()
    assert router.db_for_read(apps.get_model("claims", "ClaimVersion")) == "replica"
    assert router.db_for_read(apps.get_model("claims", "Claim")) == "default"
    assert router.db_for_write(apps.get_model("claims", "ClaimVersion")) == "default"
    assert not router.allow_migrate("replica", "claims")
    databases = setting(
        "list(settings.DATABASES)", DATABASE_REPLICA_URL="postgres://reader@db.example.org/facts"
    )
    assert databases == ["default", "replica"]


@pytest.mark.django_db
def test_the_primary_serves_published_rows_within_a_transaction() -> None:
    from django.apps import apps
    from django.db import transaction

    from factbase.replica import PublishedReadsRouter

    with transaction.atomic():
        version = apps.get_model("claims", "ClaimVersion")
        assert PublishedReadsRouter().db_for_read(version) == "default"
