"""publish_corrections goes on where a worker died."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims.choices import CorrectionState
from claims.errors import TransitionError
from claims.management.commands import publish_corrections
from claims.models import ClaimVersion, Correction
from claims.workflow import corrections
from claims.workflow.corrections import approve_correction
from claims.workflow.sources import edit_source
from tests import factories as make

pytestmark = pytest.mark.django_db


def run(**options: Any) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("publish_corrections", stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch) -> Correction:
    """Approved, and published for two of five claims."""
    monkeypatch.setattr(corrections, "PIECE", 2)
    source = make.source("Old words")
    for point in range(5):
        claim = make.claim()
        make.figure(claim, point, source=source)
        make.approve(claim)
    edit_source(source=source, by=make.contributor(), reason="A slip.", title="New words")
    item = Correction.objects.get()
    approve_correction(correction=item, by=make.editor(), reason="Right.")
    return item


def shows(words: str) -> int:
    return ClaimVersion.objects.public().filter(payload__contains=words).count()


def test_what_is_left_is_published_once(left: Correction) -> None:
    assert shows("New words") == 2
    out, err = run()
    assert out == "1 of 1 corrections and merges finished.\n"
    assert "1 claims left" in err
    assert shows("New words") == 5
    left.refresh_from_db()
    assert left.state == CorrectionState.PUBLISHED
    assert run() == ("0 of 0 corrections and merges finished.\n", "")


def test_a_dry_run_names_them_and_publishes_nothing(left: Correction) -> None:
    out, err = run(dry_run=True)
    assert out == "0 of 1 corrections and merges finished.\n"
    assert f"source {left.number}: approved, not published for all its claims" in err
    assert shows("New words") == 2


def test_a_failure_tells_and_keeps_what_is_done(
    left: Correction, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(item: Correction) -> int:
        raise TransitionError("It cannot be.")

    monkeypatch.setattr(publish_corrections, "publish_piece", refuse)
    with pytest.raises(CommandError, match="It cannot be") as caught:
        run()
    assert caught.value.returncode == 1
    assert shows("New words") == 2
