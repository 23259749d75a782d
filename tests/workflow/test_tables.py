"""An import of a table is listed, and undone while nothing of it is published or edited."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import time_machine

from claims.audit.verification import verify_everything
from claims.errors import PermissionMissingError, TransitionError
from claims.importers.figures.load import import_table
from claims.importers.figures.sheet import Sheet
from claims.importers.figures.table import FigureTable
from claims.models import Assertion, Claim, ImportedTable, ImportRun, Source
from claims.workflow.claims import edit_claim
from claims.workflow.disputes import open_dispute
from claims.workflow.evidence import change_assertion
from claims.workflow.review import submit_claim
from claims.workflow.tables import begin_table, drop_table, start_table, undo_table
from tests import factories as make
from tests.importers.figures.tables import run, table

pytestmark = pytest.mark.django_db
WHY = {"reason": "The wrong file."}


def imported(folder: Path, *rows: dict[str, str]) -> ImportedTable:
    run(table(folder, *rows), username=make.contributor().username)
    return ImportedTable.objects.order_by("-pk")[0]


def test_import_is_listed_with_who_what_and_how_much(tmp_path: Path) -> None:
    row = imported(tmp_path, {}, {"point": "60"}, {"point": "60"}, {"point": "many"})
    assert (row.added, row.known, row.rejected, row.outcome) == (2, 1, 1, "imported")
    told = row.rejections
    assert told == [{"line": 5, "column": "point", "value": "many", "rule": "is no number"}]
    assert (row.run.file_name, row.run.started_by.username) == ("figures.csv", "contributor")
    assert row.run.file_sha256 == Sheet("", tmp_path / "figures.csv").sha256()
    assert row.run.finished_at is not None
    made = row.statements.values_list("assertion_id", "drafted")
    assert list(made) == [(one.pk, True) for one in Assertion.objects.order_by("pk")]
    assert verify_everything().bad == []


def test_import_that_adds_nothing_is_listed_with_why(tmp_path: Path) -> None:
    imported(tmp_path, {})
    run(tmp_path / "figures.csv", username="contributor")
    again = ImportedTable.objects.latest("pk")
    assert (again.added, again.known, again.rejected, again.outcome) == (0, 1, 0, "imported")
    wrong = imported(tmp_path, {"point": "many"}, {"point": "few"})
    assert (wrong.added, wrong.rejected, [row["value"] for row in wrong.rejections]) == (
        0, 2, ["many", "few"],
    )  # fmt: skip
    assert ImportedTable.objects.count() == ImportRun.objects.count() == 3
    assert all(row.run.finished_at is not None for row in ImportedTable.objects.all())
    assert undo_table(table=wrong, by=make.contributor(), **WHY).outcome == "undone"
    assert verify_everything().bad == []


def test_dry_run_that_adds_nothing_is_not_listed(tmp_path: Path) -> None:
    run(table(tmp_path, {"point": "many"}), dry_run=True)
    assert not ImportedTable.objects.exists()


def test_import_that_was_cut_short_is_taken_up_again(tmp_path: Path) -> None:
    path = table(tmp_path, {}, {"claim_ref": "C2", "population": "cattle"})
    sheet = FigureTable(Sheet(path.name, path))
    sheet.survey()
    next(import_table(sheet, by=make.contributor()))  # and no further
    assert ImportedTable.objects.get().run.finished_at is None
    run(path, username="contributor")
    row = ImportedTable.objects.get()
    assert (row.added, row.known, row.run.finished_at is not None) == (2, 1, True)


def test_undo_retires_what_was_drafted(tmp_path: Path) -> None:
    row = imported(tmp_path, {}, {"claim_ref": "C2", "population": "cattle"}, {"point": "60"})
    undone = undo_table(table=row, by=make.contributor(), **WHY)
    assert (undone.outcome, undone.undo_reason) == ("undone", "The wrong file.")
    assert set(Claim.objects.values_list("state", flat=True)) == {"retired"}
    assert Claim.objects.latest("pk").history.latest().history_change_reason == "The wrong file."
    assert Source.objects.count() == 1  # it stays; somebody may cite it
    assert verify_everything().bad == []


def test_undo_withdraws_what_was_added_to_another_claim(tmp_path: Path) -> None:
    imported(tmp_path, {})
    row = imported(tmp_path, {"point": "60"}, {})
    undo_table(table=row, by=make.contributor(), **WHY)
    claim = Claim.objects.get()
    assert claim.state == "draft"
    assert list(claim.assertions.values_list("point", "status")) == [
        (97, "live"),
        (60, "withdrawn"),
    ]
    assert claim.contention == "single_origin"


def test_table_comes_in_again_after_its_undo(tmp_path: Path) -> None:
    imported(tmp_path, {})
    second = imported(tmp_path, {"point": "60"})
    for row in (second, ImportedTable.objects.earliest("pk")):
        undo_table(table=row, by=make.contributor(), **WHY)
    row = imported(tmp_path, {}, {"point": "60"})
    assert (row.added, Claim.objects.active().count()) == (2, 1)


def test_claim_that_waits_for_review_can_be_undone(tmp_path: Path) -> None:
    row = imported(tmp_path, {})
    submit_claim(claim=Claim.objects.get(), by=make.contributor(), reason="Ready.")
    undo_table(table=row, by=make.contributor(), **WHY)
    assert Claim.objects.get().state == "retired"


def test_published_claim_bars_the_undo(tmp_path: Path) -> None:
    row = imported(tmp_path, {}, {"claim_ref": "C2", "population": "cattle"})
    first = Claim.objects.earliest("pk")
    make.approve(first)
    with pytest.raises(TransitionError, match=rf"undone: {first.ref} was published since\.$"):
        undo_table(table=row, by=make.contributor(), **WHY)
    assert Claim.objects.latest("pk").state == "draft"


def test_no_clock_lets_one_person_take_a_published_claim_away(tmp_path: Path) -> None:
    """The importing server is an hour ahead of the one that approves."""
    ahead = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)
    with time_machine.travel(ahead):
        row = imported(tmp_path, {})
    with time_machine.travel(ahead - dt.timedelta(hours=1)):
        make.approve(Claim.objects.get())
    with pytest.raises(TransitionError, match="was published since"):
        undo_table(table=row, by=make.contributor(), **WHY)


def test_statement_that_was_published_with_a_claim_bars_the_undo(tmp_path: Path) -> None:
    imported(tmp_path, {})
    make.approve(Claim.objects.get())
    row = imported(tmp_path, {"point": "60"})
    make.approve(Claim.objects.get())
    with pytest.raises(TransitionError, match="was published since"):
        undo_table(table=row, by=make.contributor(), **WHY)


def test_statement_that_waits_at_a_published_claim_can_be_undone(tmp_path: Path) -> None:
    imported(tmp_path, {})
    make.approve(Claim.objects.get())
    row = imported(tmp_path, {"point": "60"})
    undo_table(table=row, by=make.contributor(), **WHY)
    assert Assertion.objects.get(point=60).status == "withdrawn"


def test_edits_bar_the_undo_and_are_named(tmp_path: Path) -> None:
    row = imported(tmp_path, {}, {"claim_ref": "C2", "population": "cattle"})
    first, second = Claim.objects.order_by("pk")
    figure = first.assertions.get()
    change_assertion(assertion=figure, by=make.editor(), reason="Misread.", point=79)
    edit_claim(claim=second, by=make.editor(), reason="Clearer.", question="How many cattle?")
    words = f"{figure.ref} was edited by editor since; .*{second.ref} was edited by editor since"
    with pytest.raises(TransitionError, match=words):
        undo_table(table=row, by=make.contributor(), **WHY)
    assert {one.state for one in Claim.objects.all()} == {"draft"}


def test_statement_that_somebody_added_bars_the_undo(tmp_path: Path) -> None:
    row = imported(tmp_path, {})
    added = make.figure(Claim.objects.get(), 5, by=make.editor())
    words = f"{added.ref} was added to C[0-9]+ since"
    with pytest.raises(TransitionError, match=words):
        undo_table(table=row, by=make.contributor(), **WHY)


def test_dispute_that_somebody_raised_bars_the_undo(tmp_path: Path) -> None:
    row = imported(tmp_path, {})
    case = {"kind": "editor", "reason": "The article says otherwise."}
    open_dispute(claim=Claim.objects.get(), by=make.editor(), **case)
    with pytest.raises(TransitionError, match="dispute opened since"):
        undo_table(table=row, by=make.contributor(), **WHY)


def test_import_of_others_is_for_chiefs_to_undo(tmp_path: Path) -> None:
    row = imported(tmp_path, {})
    with pytest.raises(PermissionMissingError, match="retire_claim"):
        undo_table(table=row, by=make.editor(), **WHY)
    undo_table(table=row, by=make.chief(), **WHY)
    assert Claim.objects.get().state == "retired"


def test_undone_import_stays_undone(tmp_path: Path) -> None:
    row = imported(tmp_path, {})
    undo_table(table=row, by=make.contributor(), **WHY)
    with pytest.raises(TransitionError, match="is undone"):
        undo_table(table=row, by=make.contributor(), **WHY)


def waiting() -> ImportedTable:
    told = {"file_name": "a.csv", "file_sha256": "a" * 64, "content": "a,b"}
    return start_table(by=make.contributor(), reason="Uploaded.", **told)


def test_upload_that_waits_is_refused_twice() -> None:
    waiting()
    with pytest.raises(TransitionError, match="waits on the desk, uploaded by contributor"):
        waiting()


def test_upload_is_dropped_with_its_content() -> None:
    row = drop_table(table=waiting(), by=make.contributor(), **WHY)
    assert (row.outcome, row.content) == ("undone", "")
    waiting()
    with pytest.raises(TransitionError, match="is undone"):
        drop_table(table=row, by=make.contributor(), **WHY)


def test_import_begins_once() -> None:
    row = waiting()
    begin_table(table=row, by=make.contributor(), reason="Now.", mapping="")
    with pytest.raises(TransitionError, match="is imported already"):
        begin_table(table=row, by=make.contributor(), reason="Now.", mapping="")
    assert ImportedTable.objects.get().content == ""
