"""The settings: what production refuses, what the environment chooses."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from factbase.databases import database, database_limits
from factbase.safety import refuse_unsafe_production
from manage import kind_of

ROOT = Path(__file__).resolve().parent.parent
SAFE = {
    "debug": False,
    "secret_key": "3kf0-Zq8mB1xW7v_pLr5TnYc2Ha9JdUe6SgXo4iQwMtRbNzKfVy",
    "hosts": ["facts.example.org"],
    "rate_limits": True,
}
PRODUCTION = {
    "FACTBASE_MODE": "production",
    "SECRET_KEY": SAFE["secret_key"],
    "ALLOWED_HOSTS": "facts.example.org",
    "LOG_KEY": os.environ["LOG_KEY"],
    "REDIS_URL": "redis://cache.example.org",
}


def manage(*arguments: str, **environment: Any) -> subprocess.CompletedProcess[str]:
    """Run manage.py in a fresh process with nothing but this environment."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def setting(expression: str, **environment: Any) -> Any:
    """Return a setting as a fresh process reads it."""
    code = (
        f"import json; from factbase import settings; print(json.dumps({expression}, default=str))"
    )
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return json.loads(result.stdout)


def test_production_accepts_safe_settings() -> None:
    assert refuse_unsafe_production(**SAFE) is None


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("debug", True, "DEBUG"),
        ("secret_key", "", "SECRET_KEY"),
        ("secret_key", "k3y" * 16, "SECRET_KEY"),
        ("secret_key", "x" * 80, "SECRET_KEY"),
        ("hosts", [], "ALLOWED_HOSTS"),
        ("hosts", ["*"], "ALLOWED_HOSTS"),
        ("hosts", ["facts.example.org", " * "], "ALLOWED_HOSTS"),
        ("rate_limits", False, "FACTBASE_RATE_LIMITS"),
    ],
)
def test_production_refuses_one_unsafe_setting_and_names_it(
    name: str, value: Any, said: str
) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        refuse_unsafe_production(**SAFE | {name: value})
    others = {"DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "FACTBASE_RATE_LIMITS"} - {said}
    assert said in str(refused.value)
    assert not any(other in str(refused.value) for other in others)


@pytest.mark.parametrize(
    "unsafe",
    [{"DEBUG": "1"}, {"SECRET_KEY": "short"}, {"ALLOWED_HOSTS": "*"}, {"ALLOWED_HOSTS": ""}],
)
def test_a_production_process_does_not_start_with_unsafe_settings(unsafe: dict[str, str]) -> None:
    result = manage("check", **PRODUCTION | unsafe)
    assert result.returncode != 0
    assert "FACTBASE_MODE=production refuses" in result.stderr


def test_an_unknown_mode_is_refused() -> None:
    result = manage("check", FACTBASE_MODE="staging")
    assert result.returncode != 0
    assert "'development' or to 'production'" in result.stderr


def test_check_deploy_is_clean_in_production() -> None:
    result = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


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


def test_a_log_without_a_key_is_told_in_production(settings: Any) -> None:
    from claims.checks import check_log_key

    assert check_log_key() == []
    settings.LOG_KEY, settings.LOG_KEY_FILE, settings.PRODUCTION = "", "", True
    assert [message.id for message in check_log_key()] == ["claims.W003"]
    settings.PRODUCTION = False
    assert check_log_key() == []


def test_a_key_of_the_log_that_cannot_be_read_fails_the_checks(settings: Any) -> None:
    from claims.checks import check_log_key

    settings.LOG_KEY = "PRIVATE+KEY+nonsense"
    assert [message.id for message in check_log_key()] == ["claims.E003"]


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
    wanted = [f"-c {name}_timeout={seconds}s" for name, seconds in limits.items()]
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


def test_another_database_is_refused() -> None:
    result = manage("check", DATABASE_URL="mysql://someone@localhost/facts")
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


def test_redis_serves_as_cache_when_it_is_named() -> None:
    backend = "settings.CACHES['default']['BACKEND']"
    assert setting(backend, REDIS_URL="redis://cache.example.org").endswith("LenientRedisCache")
    assert setting(backend).endswith("LocMemCache")


@pytest.mark.parametrize(
    ("environment", "backend"),
    [
        ({}, "django.tasks.backends.immediate.ImmediateBackend"),
        ({"TASKS_BACKEND": "database"}, "django_tasks_db.DatabaseBackend"),
        (PRODUCTION, "django_tasks_db.DatabaseBackend"),
        ({"TASKS_BACKEND": "somewhere.Queue"}, "somewhere.Queue"),
    ],
)
def test_background_work_goes_where_the_environment_says(
    environment: dict[str, str], backend: str
) -> None:
    assert setting("settings.TASKS['default']['BACKEND']", **environment) == backend


def test_the_content_policy_allows_nothing_unsafe() -> None:
    allowed = {value for values in settings.SECURE_CSP.values() for value in values}
    assert allowed == {"'self'", "'none'"}
    assert settings.SECURE_CSP["frame-ancestors"] == ["'none'"]


def test_limits_are_on_unless_switched_off() -> None:
    assert setting("settings.RATE_LIMITS") is True
    assert setting("settings.RATE_LIMITS", FACTBASE_RATE_LIMITS="off") is False


def test_workers_that_each_count_for_themselves_are_warned_of(settings: Any) -> None:
    def found() -> set[str]:
        return {message.id for message in run_checks(tags=["security"])} & {"claims.W001"}

    settings.PRODUCTION, settings.RATE_LIMITS = True, True
    settings.WEB_WORKERS, settings.REDIS_URL = 2, ""
    assert found() == {"claims.W001"}
    settings.REDIS_URL = "redis://cache.example.org"
    assert found() == set()
    settings.REDIS_URL, settings.WEB_WORKERS = "", 1
    assert found() == set()
    settings.WEB_WORKERS, settings.PRODUCTION = 2, False
    assert found() == set()


def test_the_domain_is_not_given_away_to_hsts() -> None:
    names = ("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD")
    wanted = f"[{', '.join(f'settings.{name}' for name in names)}]"
    assert setting(wanted, **PRODUCTION) == [365 * 24 * 3600, False, False]
    given = {names[1]: "true", names[2]: "true"}
    assert setting(wanted, **PRODUCTION, **given) == [365 * 24 * 3600, True, True]


@pytest.mark.parametrize(
    ("proxies", "address"), [(0, "192.0.2.7"), (1, "203.0.113.9"), (2, "198.51.100.3")]
)
def test_a_client_is_not_believed_beyond_the_trusted_proxies(
    rf: Any, settings: Any, proxies: int, address: str
) -> None:
    from factbase.safety import client_address

    settings.NUM_PROXIES = proxies
    request = rf.get(
        "/", REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR="10.9.9.9, 198.51.100.3, 203.0.113.9"
    )
    assert client_address(request) == address
