"""refresh_claims puts claims with an outdated headline before reviewers, once."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims.choices import ClaimState
from claims.management.commands import refresh_claims
from claims.models import Claim
from tests import factories as make
from tests.earlier import published_before
from tests.kept import made_once

pytestmark = pytest.mark.django_db


def run(*options: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("refresh_claims", *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@made_once
def outdated() -> Claim:
    """One claim of two whose headline was sealed under earlier rules."""
    make.published_claim(60, 97)
    return published_before({"point": Decimal(100)}, {"low": Decimal(1000)})[0]


def state_of(claim: Claim) -> str:
    return Claim.objects.get(pk=claim.pk).state


def test_a_dry_run_lists_them_and_changes_nothing(outdated: Claim) -> None:
    out, err = run("--dry-run")
    assert out == "0 of 1 claims put before reviewers.\n"
    assert err.startswith(f"{outdated.ref}: ")
    assert "range.words" in err
    assert state_of(outdated) == ClaimState.PUBLISHED


def test_it_puts_them_before_reviewers_and_does_so_once(outdated: Claim) -> None:
    author = make.contributor()
    out, _ = run("--as", author.username, "--reason", "A lone end was left out.")
    assert out == "1 of 1 claims put before reviewers.\n"
    claim = Claim.objects.get(pk=outdated.pk)
    assert (claim.state, claim.last_edited_by) == (ClaimState.IN_REVIEW, author)
    out, err = run()
    assert out == "0 of 1 claims put before reviewers.\n"
    assert "(on the desk already)" in err


def test_without_an_account_the_importer_signs(outdated: Claim) -> None:
    run()
    assert Claim.objects.get(pk=outdated.pk).last_edited_by.username == "importer"


def test_a_refusal_is_told_in_one_line(outdated: Claim) -> None:
    with pytest.raises(CommandError, match="There is no account nobody"):
        run("--as", "nobody")
    assert state_of(outdated) == ClaimState.PUBLISHED


def test_stopping_keeps_what_is_done(outdated: Claim, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(**_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(refresh_claims, "refresh_claim", stop)
    with pytest.raises(CommandError, match="Stopped"):
        run()
