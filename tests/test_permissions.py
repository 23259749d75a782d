"""Who gets what: each role at each route by each method, as permissions.csv says."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client

from tests import factories as make
from tests.admin.conftest import hidden_of
from tests.kept import made_once
from tests.routes import Route, Samples, build_samples, every_route

pytestmark = pytest.mark.django_db
rows = made_once(build_samples)
ROLES = ("anonymous", "contributor", "editor", "chief", "administrator", "deactivated")
MATRIX = Path(__file__).with_name("permissions.csv")
# Enough for every verb that asks for no choice.
DATA = {"reason": "Because.", "rationale": "It is so.", "body": "See page 7.", "note": "Mine."}
DATA |= {"cause": "legal"}
# Routes that take only what was read: their pages say what that was.
WITNESSED = (
    *("_approve", "_return", "_retire", "_takedown", "_confirm", "_reverse"),
    *("_take", "_dismiss", "_undo", "_reopen", "_dispute", "_sourcerelation_reject", "_never"),
)
WRITES = ("INSERT INTO", "UPDATE", "DELETE FROM")
FACTS = ('"claims_', '"auth_')
COOKIE = settings.SESSION_COOKIE_NAME


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the matrix: what each role gets where route, sample and method fit."""

    number: int
    cells: dict[str, str]

    def fits(self, route: str, sample: str, method: str) -> bool:
        cells = self.cells
        return (
            (route == cells["route"] or fnmatchcase(route, cells["route"]))
            and (cells["sample"] == "*" or sample in cells["sample"].split("|"))
            and (cells["method"] == "*" or method in cells["method"].split("|"))
        )


def read_matrix() -> list[Line]:
    with MATRIX.open(newline="", encoding="utf-8") as file:
        return [Line(number, cells) for number, cells in enumerate(csv.DictReader(file), start=2)]


def cases() -> list[tuple[Route, str, str]]:
    return [
        (route, sample, method)
        for route in every_route()
        for sample in route.samples()
        for method in route.methods
    ]


def test_the_matrix_has_a_line_for_every_route_and_no_other() -> None:
    """The first line that fits counts, so a line that never comes first is dead."""
    lines, used, missing = read_matrix(), set(), []
    for route, sample, method in cases():
        line = next((one for one in lines if one.fits(route.name, sample, method)), None)
        if line is None:
            missing.append(f"{route.name},{sample},{method}," + ",".join(f"<{r}>" for r in ROLES))
        else:
            used.add(line.number)
    assert missing == [], f"add to {MATRIX.name}, with what each role shall get"
    dead = [one.number for one in lines if one.number not in used]
    assert dead == [], f"lines of {MATRIX.name} that fit nothing, or only what lines above fit"


@pytest.mark.parametrize("role", ROLES)
def test_every_route_answers_as_the_matrix_says(
    role: str, rows: Samples, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("CRITICAL", "django.request")  # refusals are what we are here for
    lines, wrong = read_matrix(), []
    visitor = Visitor(role)
    for route, sample, method in cases():
        line = next((one for one in lines if one.fits(route.name, sample, method)), None)
        wanted = line.cells[role] if line else "nothing: no line of the matrix fits"
        found = visitor.outcome(method, route, route.address(sample, rows))
        if found != wanted:
            where = f"line {line.number}" if line else MATRIX.name
            wrong.append(f"{route.name},{sample},{method}: {found}, not {wanted} ({where})")
    assert wrong == []


class Visitor:
    """Somebody of a role: signed in to the admin, with a key for the API."""

    def __init__(self, role: str) -> None:
        self.cookie, self.headers = "", {}
        self.read: dict[str, dict[str, str]] = {}  # by address: what a page sends with its answer
        if role == "anonymous":
            return
        person = make.account("chief" if role == "deactivated" else role, role)
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        self.cookie = client.cookies[COOKIE].value
        self.headers = {"Authorization": f"Token {make.api_key(person, 'write')}"}
        User.objects.filter(pk=person.pk).update(is_active=role != "deactivated")

    def outcome(self, method: str, route: Route, address: str) -> str:
        """What comes of a request, in a word of the matrix; what it wrote is undone."""
        client = Client(raise_request_exception=False)
        if self.cookie:
            client.cookies[COOKIE] = self.cookie
        headers = self.headers if route.name.startswith("api-") else {}
        data: Any = DATA if method == "POST" else None
        if data and route.name.endswith(WITNESSED):  # they take only what was read
            data = {**data, **self.read[address]}
        with transaction.atomic(), writes() as written:
            response = getattr(client, method.lower())(address, data, headers=headers)
            b"".join(response.streaming_content) if response.streaming else None
            transaction.set_rollback(True)
        if method == "GET" and route.name.endswith(WITNESSED):
            self.read[address] = hidden_of(response)
        cache.clear()
        word = word_for(response)
        return word if not written else "done" if word in ("page", "moved") else f"wrote {word}"


def word_for(response: Any) -> str:
    """page, login (sent to the sign-in page), moved (sent elsewhere), or the refusal's number."""
    if response.status_code // 100 == 2:
        return "page"
    if response.status_code // 100 == 3:
        return "login" if response["Location"].startswith("/admin/login/") else "moved"
    return str(response.status_code)


@contextmanager
def writes() -> Iterator[list[str]]:
    """The statements that change facts or accounts; sessions and keys are neither."""
    found: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(WRITES) and any(table in sql for table in FACTS):
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield found
