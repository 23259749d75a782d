"""A load of the demo that is cut short is completed by the next; a dry run leaves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import override_settings

from claims.importers.demo import load
from claims.importers.demo.bundle import ClaimRecord, read_bundle
from claims.importers.demo.drafting import Stage
from claims.importers.demo.load import load_demo
from claims.models import Claim, ClaimRelation, ClaimVersion, Dispute
from tests.importers.desk_content import content

FAST_HASHER = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def say_nothing(words: str) -> None:
    """Take progress and show none."""


@pytest.fixture
def small_demo(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A demo of Aguelhok alone, to load from nothing within a test; yields its size."""
    bundle = read_bundle()
    claims = tuple(record for record in bundle.claims if record.key.startswith("aguelhok"))
    monkeypatch.setattr(load, "read_bundle", lambda: replace(bundle, claims=claims))
    with override_settings(PASSWORD_HASHERS=FAST_HASHER):
        yield len(claims)


@pytest.mark.django_db
def test_dry_run_keeps_nothing(small_demo: int) -> None:
    out = StringIO()
    before = content()
    call_command("load_demo", dry_run=True, stdout=out)
    assert f"{small_demo} claims would be added" in out.getvalue()
    assert content() == before


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["relate", "live"])
@pytest.mark.parametrize("after", [0, 2])
def test_load_that_was_cut_short_is_completed_by_the_next(
    small_demo: int, monkeypatch: pytest.MonkeyPatch, step: str, after: int
) -> None:
    done: list[str] = []
    work = getattr(load, step)

    def stop_early(record: ClaimRecord, stage: Stage) -> None:
        if len(done) == after:
            raise KeyboardInterrupt
        work(record, stage)
        done.append(record.key)

    monkeypatch.setattr(load, step, stop_early)
    with pytest.raises(KeyboardInterrupt):
        load_demo(say_nothing)
    monkeypatch.setattr(load, step, work)
    load_demo(say_nothing)
    assert Claim.objects.filter(state="published").count() == small_demo
    assert ClaimVersion.objects.count() == small_demo + 1  # one claim has two
    assert ClaimRelation.objects.count() == 2
    assert Dispute.objects.count() == 3
