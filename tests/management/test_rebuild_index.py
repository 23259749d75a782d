"""rebuild_index says what it wrote, how far it is, and what it could not mend."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims.management.commands import rebuild_index
from claims.models import ClaimVersion, PublishedFigure
from tests import factories as make
from tests.audit.tampering import execute
from tests.kept import made_once

pytestmark = pytest.mark.django_db


def run(**options: Any) -> tuple[str, str, int]:
    """Return stdout, stderr and the exit code."""
    out, err = StringIO(), StringIO()
    try:
        call_command("rebuild_index", stdout=out, stderr=err, **options)
    except SystemExit as end:
        return out.getvalue(), err.getvalue(), int(str(end.code))
    return out.getvalue(), err.getvalue(), 0


@made_once
def version() -> ClaimVersion:
    return make.published_claim(60, 97)


def test_a_sound_index_is_left_alone(version: ClaimVersion) -> None:
    assert run() == ("", "0 rows written, 0 faults left.\n", 0)


def test_what_is_missing_is_written_once(version: ClaimVersion) -> None:
    execute("DELETE FROM claims_publishedfigure")
    execute("UPDATE claims_publishedsource SET title = 'Another work'")
    told = "claims_publishedfigure: 2 missing\nclaims_publishedsource: 2 differing\n"
    assert run(dry_run=True) == (told, "4 rows differ; nothing was written, 0 faults left.\n", 0)
    assert not PublishedFigure.objects.exists()
    assert run() == (told, "4 rows written, 0 faults left.\n", 0)
    assert PublishedFigure.objects.count() == 2
    assert run()[0] == ""


def test_what_cannot_be_drawn_is_named_and_ends_with_code_3(version: ClaimVersion) -> None:
    execute("UPDATE claims_claimversion SET payload = replace(payload, '97', '79')")
    out, err, code = run()
    assert (out, code) == ("", 3)
    why = "its payload does not have the hash that it is sealed with; its rows stay as they are"
    assert err.splitlines() == [f"{version}: {why}", "0 rows written, 1 faults left."]


def test_it_tells_how_far_it_is(version: ClaimVersion, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuild_index, "EVERY_SECONDS", -1.0)
    assert run()[1].splitlines()[0] == "1 of 1 versions"


def test_a_stop_is_told(version: ClaimVersion, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(**options: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(rebuild_index, "rebuild_index", stop)
    with pytest.raises(CommandError, match="run it again to go on") as caught:
        run()
    assert caught.value.returncode == 1
