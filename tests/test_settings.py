"""The settings: what production refuses, what the environment chooses."""

from typing import Any

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from factbase.safety import refuse_unsafe_production
from tests.processes import PRODUCTION, SAFE, manage, setting


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
    from factbase.safety import sign_in_address

    settings.NUM_PROXIES = proxies
    request = rf.get(
        "/", REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR="10.9.9.9, 198.51.100.3, 203.0.113.9"
    )
    assert sign_in_address(request) == address
