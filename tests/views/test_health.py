"""The health probes."""

import time
from threading import Event
from typing import Any

import pytest
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from claims.views.health import PATIENCE, SharedCheck


def test_live_answers_without_a_database(client: Client) -> None:
    response = client.get("/healthz/live")
    assert (response.status_code, response.content) == (200, b"live\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_ready_answers_200_when_the_database_is_migrated(client: Client) -> None:
    response = client.get("/healthz/ready")
    assert (response.status_code, response.content) == (200, b"ready\n")


@pytest.mark.django_db(transaction=True)
def test_ready_answers_503_when_a_migration_is_missing(client: Client) -> None:
    MigrationRecorder.Migration.objects.filter(app="sessions").delete()
    response = client.get("/healthz/ready")
    assert response.status_code == 503
    assert b"manage.py migrate" in response.content


def test_ready_answers_503_when_the_database_is_away(client: Client, monkeypatch: Any) -> None:
    def refuse(*args: Any) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("claims.views.health.MigrationExecutor", refuse)
    response = client.get("/healthz/ready")
    assert (response.status_code, response.content) == (503, b"the database does not answer\n")


def test_ready_answers_within_a_second_when_the_database_hangs(
    client: Client, monkeypatch: Any
) -> None:
    asked, lets_go = [], Event()

    def hang() -> str:
        asked.append(1)
        lets_go.wait(10)
        return ""

    monkeypatch.setattr("claims.views.health.fault_of_database", hang)
    monkeypatch.setattr("claims.views.health.CHECK", SharedCheck())
    monkeypatch.setattr("claims.views.health.PATIENCE", 0.2)
    started = time.monotonic()
    answers = [client.get("/healthz/ready") for _ in range(3)]
    assert time.monotonic() - started < 3
    assert {(one.status_code, one.content) for one in answers} == {
        (503, b"the database does not answer\n")
    }
    assert asked == [1]  # one connection is held, however many ask
    lets_go.set()
    assert client.get("/healthz/ready").status_code == 200


def test_a_probe_waits_less_than_an_orchestrator() -> None:
    assert PATIENCE < 1


def test_probes_refuse_writes(client: Client) -> None:
    assert client.post("/healthz/live").status_code == 405


@pytest.mark.django_db
def test_probes_are_not_redirected_to_https(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz/live").status_code == 200
    assert client.get("/").status_code == 301
