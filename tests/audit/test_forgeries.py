"""Every forgery of the list is found and named; whoever recomputes every hash is found as well."""

from __future__ import annotations

import pytest

from claims.audit.findings import Report
from claims.audit.kept import Promise
from claims.audit.log import verify_log
from claims.audit.verification import verify_everything
from claims.domain.notes import Note, TreeHead
from claims.errors import LogForkedError
from claims.models import Act, Checkpoint, LogTile
from claims.workflow.log_key import LogKey, keep_checkpoint, log_key
from claims.workflow.sequencing import seal_log
from tests.audit import forgeries, forgers_world, forging
from tests.audit.rewriting import recompute, regrow
from tests.audit.tampering import undone

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings, tmp_path) -> forgers_world.World:
    """A sealed log, and beside its key the checkpoint that was signed last."""
    settings.LOG_CHECKPOINT_FILE = str(tmp_path / "checkpoint")
    built = forgers_world.build()
    seal_log()
    keep_checkpoint(Checkpoint.objects.get().note)
    return built


def test_the_list_has_75_forgeries() -> None:
    counts = [len(part) for part in (forgeries.FOUND, forgeries.UNSEEN, forgeries.RECOMPUTED)]
    assert counts == [42, 18, 15]
    assert len({name for name, _, _ in forgeries.ALL}) == 75


@pytest.mark.parametrize("part", ["FOUND", "UNSEEN", "RECOMPUTED"])
def test_every_forgery_is_found_and_named(world, part, subtests) -> None:
    assert verify_everything().bad == []
    for name, forge, table in getattr(forgeries, part):
        with subtests.test(name), undone():
            forge(world)
            bad = verify_everything().bad
            assert table in {row.table for row in bad}, bad


def keep() -> None:
    """Leave the checkpoints as they were signed."""
    signed = list(Checkpoint.objects.values())
    regrow()
    Checkpoint.objects.all().delete()
    Checkpoint.objects.bulk_create(Checkpoint(**row) for row in signed)


def old_signatures() -> None:
    """New roots under the signatures of the old ones."""
    regrow()


def no_signatures() -> None:
    regrow()
    Checkpoint.objects.update(note="")


def another_key() -> None:
    regrow(LogKey.make("facts.example.org/log"))


def roll_back() -> None:
    """No leaves and no checkpoints: let the honest sequencer sign what is there now."""
    Act.objects.update(index=None)
    Checkpoint.objects.all().delete()
    LogTile.objects.all().delete()


WAYS = (keep, old_signatures, no_signatures, another_key, roll_back)
VICTIMS = [
    *forgeries.RECOMPUTED,
    *(
        case
        for case in forgeries.UNSEEN
        if case[0] in {
            "dispute taken, event deleted",
            "attribution deleted with its history",
            "claim relation deleted with its history",
            "a whole draft claim with everything",
            "last edit of a source undone",
        }
    ),
]  # fmt: skip


def test_a_hundred_complete_rewrites_without_the_key_are_found(world, subtests) -> None:
    assert len(VICTIMS) * len(WAYS) == 100
    for name, forge, _ in VICTIMS:
        with undone():
            forge(world)
            recompute()
            for way in WAYS:
                with subtests.test(name, way=way.__name__), undone():
                    way()
                    report = Report()
                    verify_log(report)
                    assert "claims_checkpoint" in {row.table for row in report.bad}


def test_a_rewrite_with_the_stolen_key_is_found_by_a_kept_checkpoint(
    world, settings, subtests
) -> None:
    head = TreeHead.parse(Note.parse(Checkpoint.objects.get().note).text)
    kept = Promise(head.size, head.root, "the checkpoint of a reader")
    settings.LOG_CHECKPOINT_FILE = ""  # it was stolen with the key
    unseen = 0
    for name, forge, _ in VICTIMS:
        with subtests.test(name), undone():
            forge(world)
            recompute()
            regrow(log_key())
            log_rows = {"claims_act", "claims_actrow", "claims_logtile", "claims_checkpoint"}
            without = verify_everything().bad
            assert not {row.table for row in without} & log_rows
            unseen += not without
            (bad,) = [row for row in verify_everything([kept]).bad if row.table in log_rows]
            assert "the checkpoint of a reader" in bad.what
    # Of these nothing but the kept checkpoint tells; on PostgreSQL a counter tells of one more.
    assert unseen >= 14


def test_the_honest_sequencer_signs_no_rewritten_log(world) -> None:
    forging.erase_draft(world)
    recompute()
    roll_back()
    with pytest.raises(LogForkedError, match="does not extend"):
        seal_log()
    assert Checkpoint.objects.count() == 0
