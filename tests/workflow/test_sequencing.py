"""The sequencer numbers acts in batches, signs one checkpoint each, and signs no second history."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from claims.audit.verification import verify_everything
from claims.domain.merkle import (
    consistency_spans,
    leaf_hash,
    span_hash,
    tiles_under,
    verify_consistency,
    verify_inclusion,
)
from claims.domain.notes import Note, NoteError, TreeHead, VerifierKey
from claims.errors import LogForkedError
from claims.exporters.proofs import proof_of
from claims.models import Act, Checkpoint, LogTile
from claims.workflow import sequencing
from claims.workflow.log_key import (
    LogKey,
    is_signed,
    keep_checkpoint,
    kept_checkpoint,
    log_key,
    write_key,
)
from claims.workflow.sequencing import begin_key, seal_log, sealed_at_the_end
from tests import factories as make

pytestmark = pytest.mark.django_db


def head_of(checkpoint: Checkpoint) -> TreeHead:
    return TreeHead.parse(Note.parse(checkpoint.note).text)


def test_acts_become_leaves_in_the_order_of_their_numbers():
    make.party()
    make.party()
    waiting = list(Act.objects.waiting())
    done = seal_log()

    assert done == (len(waiting), len(waiting), True)
    assert [act.pk for act in Act.objects.sequenced()] == [act.pk for act in waiting]
    assert not Act.objects.waiting().exists()
    checkpoint = Checkpoint.objects.get()
    head = head_of(checkpoint)
    assert (head.origin, head.size) == ("facts.example.org/log", len(waiting))
    assert is_signed(Note.parse(checkpoint.note), [log_key().public])


def test_nothing_happens_when_nothing_waits():
    first = seal_log()
    assert seal_log() == (0, first.size, True)
    assert Checkpoint.objects.count() == 1


def test_a_later_checkpoint_extends_an_earlier_one():
    make.party()
    seal_log()
    make.party()
    seal_log()
    old, new = Checkpoint.objects.order_by("size")

    spans = consistency_spans(old.size, new.size)
    tiles = LogTile.objects.at(tiles_under(spans))
    path = [span_hash(span, tiles) for span in spans]
    roots = (bytes.fromhex(old.root), bytes.fromhex(new.root))
    assert verify_consistency(old.size, new.size, path, *roots)


def test_batches_of_any_size_give_the_same_tree(monkeypatch):
    for _ in range(7):
        make.party()
    monkeypatch.setattr(sequencing, "BATCH", 3)
    done = seal_log()

    assert Checkpoint.objects.count() == -(-done.acts // 3)
    assert verify_everything().bad == []


def test_a_version_is_proved_by_its_act():
    version = make.published_claim(97)
    assert proof_of(version) is None
    seal_log()
    make.party()
    seal_log()
    proof = proof_of(version)

    head = TreeHead.parse(Note.parse(proof.checkpoint).text)
    assert version.sha256.encode() in proof.extra
    leaf = leaf_hash(proof.extra)
    assert verify_inclusion(leaf, proof.index, head.size, proof.path, head.root)


def test_without_a_key_the_tree_grows_unsigned_and_a_key_signs_it_later(settings):
    key, settings.LOG_KEY = settings.LOG_KEY, ""
    make.party()
    assert seal_log().is_signed is False
    assert Checkpoint.objects.get().note == ""
    report = verify_everything()
    assert report.bad == []
    assert any("no key" in note for note in report.notes)
    settings.LOG_KEY = key
    assert seal_log() == (0, Checkpoint.objects.get().size, True)
    assert verify_everything().bad == []


def test_an_unsigned_checkpoint_after_signed_ones_is_bad(settings):
    seal_log()
    settings.LOG_KEY = ""
    make.party()
    seal_log()

    assert [row.what for row in verify_everything().bad] == ["it is not signed"]


def test_an_older_key_is_known_when_the_site_says_so(settings):
    seal_log()
    old, settings.LOG_KEY = (
        log_key().public,
        LogKey.make("facts.example.org/log").private.to_text(),
    )
    make.party()
    seal_log()
    assert [row.what for row in verify_everything().bad] == ["no key of this log signed it"]
    settings.LOG_VERIFIER_KEYS = [str(old)]
    assert verify_everything().bad == []


def test_acts_that_wait_are_told_and_bad_after_a_day():
    make.party()
    report = verify_everything()
    assert report.bad == []
    assert any("wait for the sequencer" in note for note in report.notes)
    oldest = Act.objects.waiting().first()
    # As an act that was written two days ago: its digest says so as well.
    oldest.at = timezone.now() - dt.timedelta(days=2)
    Act.objects.filter(pk=oldest.pk).update(at=oldest.at)
    assert any("is the worker running?" in row.what for row in verify_everything().bad)


@pytest.fixture
def kept(settings, tmp_path) -> Path:
    settings.LOG_CHECKPOINT_FILE = str(tmp_path / "kept")
    return tmp_path / "kept"


def test_what_was_signed_is_kept_beside_the_key(kept, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        seal_log()
    assert kept_checkpoint() == head_of(Checkpoint.objects.get())
    older = kept.read_text()
    make.party()
    with django_capture_on_commit_callbacks(execute=True):
        seal_log()
    newer = kept.read_text()
    assert newer != older
    keep_checkpoint(older)
    assert kept.read_text() == newer


def test_nothing_is_signed_that_contradicts_what_was_signed(kept):
    make.party("One")
    seal_log()
    keep_checkpoint(Checkpoint.objects.get().note)
    gone = Act.objects.get(index=1)
    Act.objects.update(index=None)
    LogTile.objects.all().delete()
    Checkpoint.objects.all().delete()
    gone.delete()
    with pytest.raises(LogForkedError):
        seal_log()


def test_a_kept_checkpoint_of_somebody_else_is_refused(kept):
    seal_log()
    other = LogKey.make("facts.example.org/log")
    kept.write_text(other.sign(head_of(Checkpoint.objects.get()).to_text()))
    make.party()
    with pytest.raises(NoteError, match="not signed by this log"):
        seal_log()
    assert any("not signed" in row.what for row in verify_everything().bad)


def test_one_task_serves_the_acts_of_some_seconds(settings, django_capture_on_commit_callbacks):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    sequencing._asked[0] = 0.0
    with django_capture_on_commit_callbacks(execute=True):
        make.party()
        make.party()
    tasks = DBTaskResult.objects.all()
    assert [task.task_path for task in tasks] == ["claims.workflow.sequencing.seal_waiting"]
    assert tasks[0].run_after > timezone.now()
    assert Act.objects.waiting().exists()
    assert sequencing.seal_waiting.call() == Act.objects.count()
    sequencing._asked[0] = 0.0


def test_without_a_queue_an_act_has_its_leaf_at_once(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        make.party()
    assert not Act.objects.waiting().exists()


def test_long_work_is_sealed_once(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), sealed_at_the_end():
        make.party()
        make.party()
    assert Checkpoint.objects.count() == 1


def test_a_sequencer_that_fails_stops_nobody(kept, caplog, django_capture_on_commit_callbacks):
    kept.write_text("no checkpoint")
    with django_capture_on_commit_callbacks(execute=True):
        made = make.party()
    assert made.pk
    assert Act.objects.waiting().exists()
    assert "wait for the sequencer" in caplog.text


def test_a_new_database_begins_with_a_new_key(settings, tmp_path):
    settings.LOG_KEY, settings.LOG_KEY_FILE = "", str(tmp_path / "log.key")
    path = tmp_path / "log.key"
    write_key(LogKey.make("localhost/log"), path)
    before = path.read_text()
    assert begin_key(path, "localhost/log")
    assert path.read_text() != before
    assert (tmp_path / "log.key.old").read_text() == before
    seal_log()
    assert not begin_key(path, "localhost/log")
    assert VerifierKey.parse(str(log_key().public)) == log_key().public


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_sequencers_side_by_side_give_each_act_one_leaf():
    with sealed_at_the_end():
        for _ in range(20):
            make.party()
        start = Barrier(4)

        def work():
            start.wait()
            seal_log()
            connection.close()

        threads = [Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    numbers = list(Act.objects.sequenced().values_list("index", flat=True))
    assert numbers == list(range(Act.objects.count()))
    assert verify_everything().bad == []
