"""The command that names bad rows."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from claims.models import Claim
from tests import factories as make
from tests.kept import made_once

pytestmark = pytest.mark.django_db


def run(*options: str) -> tuple[str, str, int]:
    """Return stdout, stderr and the exit code."""
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_history", *options, stdout=out, stderr=err)
    except SystemExit as end:
        return out.getvalue(), err.getvalue(), int(str(end.code))
    return out.getvalue(), err.getvalue(), 0


@made_once
def claim() -> Claim:
    return make.published_claim(60, 97).claim


def forge(claim: Claim) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE claims_assertion SET point = 79 WHERE point = 97")


def test_verify_history_says_nothing_on_stdout_when_all_is_well(claim):
    out, err, code = run()

    assert (out, code) == ("", 0)
    assert err.rstrip().endswith("0 bad.")


def test_verify_history_names_the_bad_row_and_fails(claim):
    forge(claim)

    out, err, code = run()

    row = claim.assertions.get(point=79)
    assert out == f"claims_assertion {row.ref}: differs from its newest history row in point\n"
    assert err.rstrip().endswith("1 bad.")
    assert code == 1


def test_verify_history_prints_one_json_object(claim):
    forge(claim)

    out, _, code = run("--output", "json")

    found = json.loads(out)
    assert code == 1
    assert found["checked"]["claims_assertion"] == 2
    assert [(row["table"], row["id"]) for row in found["bad"]] == [
        ("claims_assertion", claim.assertions.get(point=79).ref)
    ]


def test_verify_history_of_an_empty_database_is_clean(db):
    assert run()[2] == 0
