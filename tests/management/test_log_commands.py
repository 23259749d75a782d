"""create_log_key, seal_log, and verify_history --checkpoint."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims.domain.notes import SigningKey, VerifierKey
from claims.models import Act, Checkpoint
from claims.workflow.log_key import LogKey, log_key
from claims.workflow.sequencing import seal_log
from tests import factories as make

pytestmark = pytest.mark.django_db


def run(command: str, *arguments: Any, **options: Any) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(command, *arguments, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_create_log_key_writes_a_key_and_shows_the_public_one(tmp_path, settings):
    path = tmp_path / "log.key"
    public, said = run("create_log_key", str(path), name="facts.example.org/log")

    key = VerifierKey.parse(public)
    assert SigningKey.parse(path.read_text()).number == key.number
    assert path.read_text().strip() not in public + said
    settings.LOG_KEY, settings.LOG_KEY_FILE = "", str(path)
    assert run("create_log_key", show=True)[0].strip() == str(key)
    with pytest.raises(CommandError, match="never written over"):
        run("create_log_key", str(path))


def test_create_log_key_prints_a_key_for_the_environment():
    private, _ = run("create_log_key", "-")
    assert LogKey.parse(private).public.name.endswith("/log")


def test_create_log_key_wants_to_know_where_to(settings, tmp_path):
    with pytest.raises(CommandError, match="Say where to"):
        run("create_log_key")
    with pytest.raises(CommandError, match="no space"):
        run("create_log_key", str(tmp_path / "x"), name="two words")
    run("create_log_key", str(tmp_path / "x"), dry_run=True)
    assert not (tmp_path / "x").exists()
    settings.LOG_KEY = ""
    with pytest.raises(CommandError, match="no key"):
        run("create_log_key", show=True)


def test_seal_log_says_what_it_did():
    waiting = Act.objects.waiting().count()
    assert f"{waiting} acts wait" in run("seal_log", dry_run=True)[1]
    assert f"{waiting} acts sealed; the log has {waiting} leaves" in run("seal_log")[1]
    assert run("seal_log")[1].startswith("0 acts sealed")


def test_seal_log_fails_where_the_log_was_forked(settings, tmp_path):
    settings.LOG_CHECKPOINT_FILE = str(tmp_path / "kept")
    seal_log()
    make.party()
    seal_log()
    (tmp_path / "kept").write_text(Checkpoint.objects.order_by("-size")[0].note)
    Act.objects.filter(index__gt=0).update(index=None)
    Checkpoint.objects.order_by("-size")[0].delete()
    with pytest.raises(CommandError, match="does not extend"):
        run("seal_log")


@pytest.fixture
def kept(tmp_path) -> Path:
    """Checkpoints that a reader appended to one file."""
    path = tmp_path / "kept.txt"
    for _ in range(3):
        make.party()
        seal_log()
        with path.open("a") as file:
            file.write(Checkpoint.objects.newest().note)
    make.party()
    seal_log()
    return path


def test_a_kept_checkpoint_is_extended_by_today_s_log(kept):
    _, said = run("verify_history", checkpoint=str(kept))
    assert said.endswith(" 0 bad.\n")


def test_a_kept_checkpoint_names_where_the_log_was_rewritten(kept):
    from tests.audit.rewriting import recompute_acts, regrow

    sizes = list(Checkpoint.objects.order_by("size").values_list("size", flat=True))
    changed = Act.objects.get(index=sizes[1] - 1)
    Act.objects.filter(pk=changed.pk).update(reason="Another reason.")
    recompute_acts()
    regrow(log_key())
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_history", checkpoint=str(kept), stdout=out, stderr=StringIO())

    lines = [line for line in out.getvalue().splitlines() if "kept.txt" in line]
    where = f"an act of leaves {sizes[0]} to {sizes[1] - 1} was changed, added or removed since"
    assert len(lines) == 2
    assert lines[0] == (
        f"claims_checkpoint {sizes[1]}: the checkpoint in kept.txt has another root: {where}"
    )


def test_a_kept_checkpoint_tells_that_newer_acts_are_missing(kept):
    text = kept.read_text()
    note = text[text.rindex("facts.example.org/log\n") :]
    later = int(note.split("\n")[1]) + 50
    body = f"facts.example.org/log\n{later}\n{note.split(chr(10))[2]}\n"
    kept.write_text(log_key().sign(body))
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_history", checkpoint=str(kept), stdout=out, stderr=StringIO())
    assert "acts are missing" in out.getvalue()


def test_a_checkpoint_of_another_log_is_refused(kept):
    other = LogKey.make("other.example/log")
    with pytest.raises(CommandError, match="not signed by this log") as refusal:
        run("verify_history", checkpoint=str(kept), key=str(other.public))
    assert refusal.value.returncode == 2


def test_the_key_may_be_a_reader_s_own_copy(kept, settings):
    public, settings.LOG_KEY = str(log_key().public), ""
    with pytest.raises(CommandError, match="give the log's --key"):
        run("verify_history", checkpoint=str(kept))
    _, said = run("verify_history", checkpoint=str(kept), key=public)
    assert "0 bad" in said


@pytest.mark.parametrize("text", ["", "no checkpoint\n", "\x00"])
def test_a_file_without_a_checkpoint_is_refused(tmp_path, text):
    (tmp_path / "x").write_text(text)
    with pytest.raises(CommandError) as refusal:
        run("verify_history", checkpoint=str(tmp_path / "x"))
    assert refusal.value.returncode == 2


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(CommandError) as refusal:
        run("verify_history", checkpoint=str(tmp_path / "missing"))
    assert refusal.value.returncode == 2
