"""Index rows are drawn again from documents: only what differs is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from claims.audit.verification import verify_everything
from claims.domain.documents import dump_document, read_document, seal
from claims.models import (
    BorrowedRow,
    Claim,
    ClaimVersion,
    PublishedAnchor,
    PublishedDispute,
    PublishedFigure,
    PublishedSource,
    PublishedSubject,
    SearchFacets,
    VersionKey,
)
from claims.workflow import rebuilding
from claims.workflow.rebuilding import rebuild_index
from tests import factories as make
from tests.audit.tampering import execute, undone
from tests.kept import undone_after
from tests.world import build_world

pytestmark = pytest.mark.django_db
TABLES: tuple[type[models.Model], ...] = (
    PublishedFigure,
    PublishedDispute,
    PublishedAnchor,
    PublishedSource,
    PublishedSubject,
    BorrowedRow,
    SearchFacets,
    VersionKey,
)
# Columns that a document determines, and what somebody wrote there by SQL.
CHANGES = [
    (PublishedFigure, "high", "79"),
    (PublishedFigure, "record", "'{}'"),
    (PublishedFigure, "csv_line", "'x'"),
    (PublishedFigure, "contention", "'corroborated'"),
    (PublishedDispute, "state", "'open'"),
    (PublishedDispute, "record", "'{}'"),
    (PublishedSource, "title", "'Another work'"),
    (PublishedSource, "record", "'{}'"),
    (PublishedSubject, "title", "'Another event'"),
    (SearchFacets, "live_count", "9"),
    (SearchFacets, "folded", "'another'"),
    (PublishedFigure, "version_id", "(SELECT min(id) FROM claims_claimversion)"),
    (PublishedSource, "version_id", "(SELECT min(id) FROM claims_claimversion)"),
    (PublishedSource, "version_id", "(SELECT max(id) FROM claims_claimversion)"),
]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[Claim]:
    with undone_after(django_db_blocker):
        yield build_world()


def rebuilt(**options: Any) -> tuple[Counter[tuple[str, str]], list[str]]:
    """What was mended, and what could not be."""
    mended: Counter[tuple[str, str]] = Counter()
    refused: list[str] = []
    for step in rebuild_index(**options):
        mended += step.mended
        refused += step.refused
    return mended, refused


def rows_of(model: type[models.Model]) -> list[dict[str, Any]]:
    return list(model._default_manager.order_by("pk").values())


def everything() -> dict[str, list[dict[str, Any]]]:
    return {model._meta.db_table: rows_of(model) for model in TABLES}


def test_what_publication_wrote_stays_untouched(world: Claim) -> None:
    before = everything()
    assert all(before.values())
    with CaptureQueriesContext(connection) as queries:
        assert rebuilt() == (Counter(), [])
    words = [one["sql"].split()[0] for one in queries.captured_queries]
    assert not {"INSERT", "UPDATE", "DELETE"} & set(words)
    assert everything() == before


@pytest.mark.parametrize("model", TABLES)
def test_rows_that_were_deleted_come_back(world: Claim, model: type[models.Model]) -> None:
    before = rows_of(model)
    execute(f"DELETE FROM {model._meta.db_table}")
    assert verify_everything().bad

    mended, refused = rebuilt()

    assert mended == {(model._meta.db_table, "missing"): len(before)}
    assert refused == []
    assert verify_everything().bad == []
    left_out = {"id", "shown"} if model is BorrowedRow else {"id"}
    assert _without(rows_of(model), left_out) == _without(before, left_out)
    assert rebuilt() == (Counter(), [])


def _without(rows: list[dict[str, Any]], names: set[str]) -> list[list[tuple[str, str]]]:
    kept = [
        [(name, str(value)) for name, value in row.items() if name not in names] for row in rows
    ]
    return sorted(kept)


def test_one_deleted_figure_comes_back_and_the_others_keep_their_keys(world: Claim) -> None:
    second = PublishedFigure.objects.order_by("assertion_id")[1]
    before = rows_of(PublishedFigure)
    execute("DELETE FROM claims_publishedfigure WHERE assertion_id = %s", second.assertion_id)
    assert rebuilt()[0] == {("claims_publishedfigure", "missing"): 1}
    kept = [row for row in rows_of(PublishedFigure) if row["assertion_id"] != second.assertion_id]
    assert kept == [row for row in before if row["assertion_id"] != second.assertion_id]
    assert verify_everything().bad == []


@pytest.mark.parametrize(("model", "column", "value"), CHANGES)
def test_an_altered_row_is_put_right_and_keeps_its_key(
    world: Claim, model: type[models.Model], column: str, value: str
) -> None:
    before = rows_of(model)
    row = model._default_manager.order_by("-pk").filter(version__is_current=True).first()
    assert row is not None
    execute(f"UPDATE {model._meta.db_table} SET {column} = {value} WHERE id = %s", row.pk)
    assert rows_of(model) != before

    mended, refused = rebuilt()

    assert mended == {(model._meta.db_table, "differing"): 1}
    assert (refused, rows_of(model)) == ([], before)
    assert verify_everything().bad == []


def test_a_table_that_gained_a_column_is_drawn_anew(world: Claim) -> None:
    """As after an update of the program: every stored line is a column short."""
    before = rows_of(PublishedFigure)
    for row in before:
        line, _, _ = row["csv_line"].rpartition(",")
        record = read_document(row["record"])
        record.pop("as_of")
        execute(
            "UPDATE claims_publishedfigure SET csv_line = %s, record = %s WHERE id = %s",
            line,
            dump_document(record),
            row["id"],
        )
    assert rebuilt()[0] == {("claims_publishedfigure", "differing"): len(before)}
    assert rows_of(PublishedFigure) == before
    assert verify_everything().bad == []


@pytest.mark.parametrize("model", [PublishedFigure, PublishedDispute, PublishedAnchor])
def test_rows_of_what_is_no_longer_published_go(world: Claim, model: type[models.Model]) -> None:
    before = rows_of(model)
    gone = ClaimVersion.objects.current().filter(op="tombstone").get()
    row = model._default_manager.order_by("pk").first()
    assert row is not None
    execute(
        f"UPDATE {model._meta.db_table} SET claim_id = %s, version_id = %s WHERE id = %s",
        gone.claim_id,
        gone.pk,
        row.pk,
    )
    rebuilt()
    assert rows_of(model) == before  # it was found by what it is a row of
    execute(f"UPDATE {model._meta.db_table} SET version_id = %s", gone.pk)
    rebuilt()
    assert rows_of(model) == before
    assert verify_everything().bad == []


def test_marks_that_nobody_approved_go(world: Claim) -> None:
    before = rows_of(PublishedAnchor)
    execute(
        "INSERT INTO claims_publishedanchor (version_id, claim_id, assertion_id, revision_id,"
        ' "start", "end") SELECT version_id, claim_id, assertion_id, revision_id, "start" + 1,'
        ' "end" FROM claims_publishedanchor'
    )
    assert rebuilt()[0] == {("claims_publishedanchor", "stray"): len(before)}
    assert rows_of(PublishedAnchor) == before


def test_a_source_that_no_document_shows_goes(world: Claim) -> None:
    hidden = make.source("Of nothing that is published").pk
    row = PublishedSource.objects.order_by("pk").first()
    assert row is not None
    row.pk, row.source_id = None, hidden
    row.save(force_insert=True)
    assert rebuilt()[0] == {("claims_publishedsource", "stray"): 1}
    assert not PublishedSource.objects.filter(source_id=hidden).exists()


def test_a_dry_run_counts_the_same_and_writes_nothing(world: Claim) -> None:
    execute("DELETE FROM claims_publishedsource")
    execute("UPDATE claims_publishedfigure SET contention = 'corroborated'")
    execute("DELETE FROM claims_publishedanchor")
    before = everything()
    told = rebuilt(dry_run=True)
    assert everything() == before
    assert rebuilt() == told
    assert everything() != before


def test_columns_that_an_act_covers_are_named_and_left(world: Claim) -> None:
    version = ClaimVersion.objects.current().get(claim=world)
    execute("UPDATE claims_claimversion SET severity = 'minor' WHERE id = %s", version.pk)
    mended, refused = rebuilt()
    assert mended == {}
    sentence = (
        f"{version}: severity is 'minor' and its payload says {version.severity!r}; "
        "it is sealed with the act that published it, and stays as it is"
    )
    assert refused == [sentence]
    assert ClaimVersion.objects.get(pk=version.pk).severity == "minor"


def test_nothing_is_drawn_from_a_payload_that_was_changed(world: Claim) -> None:
    version = ClaimVersion.objects.current().get(claim=world)
    document = read_document(version.payload)
    before = everything()
    for text, why in (
        (version.payload.replace("97", "79"), "does not have the hash that it is sealed with"),
        (seal({**document, "question": "Other?"})[0], "its sha256 is not that of its payload"),
    ):
        with undone():
            execute("UPDATE claims_claimversion SET payload = %s WHERE id = %s", text, version.pk)
            mended, (sentence,) = rebuilt()
            assert why in sentence
            assert sentence.endswith("its rows stay as they are")
            assert mended == {}
            assert everything() == before


def test_a_document_that_lacks_a_part_is_named(world: Claim) -> None:
    version = ClaimVersion.objects.current().get(claim=world)
    document = read_document(version.payload)
    del document["sources"]
    text, digest = seal(document)
    execute(
        "UPDATE claims_claimversion SET payload = %s, sha256 = %s WHERE id = %s",
        text,
        digest,
        version.pk,
    )
    assert rebuilt()[1] == [f"{version}: its payload lacks sources; its rows stay as they are"]


def test_who_was_stopped_goes_on(world: Claim, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuilding, "BATCH", 1)
    wanted = len(rows_of(PublishedFigure))
    execute("DELETE FROM claims_publishedfigure")
    steps = rebuild_index()
    while not PublishedFigure.objects.exists():
        next(steps)
    steps.close()
    assert 0 < PublishedFigure.objects.count() < wanted
    rebuilt()
    assert PublishedFigure.objects.count() == wanted
    assert verify_everything().bad == []


def test_a_row_that_comes_back_knows_of_no_edit(world: Claim) -> None:
    """So that nobody who edited the source approves by accident."""
    assert BorrowedRow.objects.filter(noun="source", shown__gt=0).exists()
    execute("DELETE FROM claims_borrowedrow")
    rebuilt()
    assert set(BorrowedRow.objects.values_list("shown", flat=True)) == {0}


def test_the_newest_version_has_the_word_on_a_source(world: Claim) -> None:
    """An older version of the same claim shows the title that the source had before."""
    newest = ClaimVersion.objects.current().get(claim=world)
    oldest = ClaimVersion.objects.get(claim=world, number=1)
    row = PublishedSource.objects.filter(version=newest).order_by("pk").first()
    assert row is not None
    execute("UPDATE claims_publishedsource SET version_id = %s WHERE id = %s", oldest.pk, row.pk)
    rebuilt()
    fresh = PublishedSource.objects.get(pk=row.pk)
    assert (fresh.version_id, fresh.title, fresh.record) == (newest.pk, row.title, row.record)
