"""An export is of one moment, and nobody waits for it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, connections
from django.test.utils import override_settings

from claims.domain.documents import read_document
from claims.exporters.snapshot import head_sequence, read_snapshot
from claims.exporters.streams import stream
from claims.exporters.whole_files import Tally, Wanted
from claims.models import ClaimVersion
from tests import factories


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_an_export_does_not_see_what_is_published_while_it_runs(monkeypatch) -> None:
    monkeypatch.setattr("claims.exporters.stored_text.ROWS", 1)
    for _ in range(3):
        factories.published_claim(60, 97)
    before = ClaimVersion.objects.order_by("-sequence").values_list("sequence", flat=True)[0]
    tally = Tally()
    chunks = stream(Wanted(), tally)
    lines = [next(chunks)]

    def publish() -> None:
        factories.published_claim(1, 2)
        connections.close_all()

    thread = threading.Thread(target=publish)
    thread.start()
    thread.join(timeout=30)
    lines += list(chunks)
    end = read_document(lines[-1])
    assert (end["count"], end["sequence"], len(lines)) == (3, before, 4)
    assert ClaimVersion.objects.count() == 4


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_snapshot_takes_no_writes() -> None:
    with read_snapshot() as snapshot, snapshot.cursor() as cursor, pytest.raises(DatabaseError):
        cursor.execute("UPDATE claims_publicationhead SET sequence = 0")


@pytest.fixture
def file_database(tmp_path: Path, transactional_db: None) -> Iterator[str]:
    """A SQLite database in a file, holding what the test's database holds, under its own alias."""
    factories.published_claim(60, 97)
    factories.published_claim(10, 30)
    path = tmp_path / "copy.sqlite3"
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
    copy.close()
    copied = connection.copy("copy")
    copied.settings_dict["NAME"] = str(path)
    connections["copy"] = copied
    yield "copy"
    copied.close()
    del connections["copy"]


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_writers_go_on_and_the_export_does_not_see_them(
    file_database: str, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr("claims.exporters.stored_text.ROWS", 1)
    chunks = stream(Wanted(), Tally(), using=file_database)
    lines = [next(chunks)]
    with sqlite3.connect(tmp_path / "copy.sqlite3", timeout=1) as writer:
        writer.execute("UPDATE claims_publicationhead SET sequence = 99")
        writer.execute("UPDATE claims_claimversion SET is_current = 0")
    writer.close()
    lines += list(chunks)
    assert read_document(lines[-1]) | {"hashes_sha256": ""} == {
        "type": "end",
        "count": 2,
        "hashes_sha256": "",
        "sequence": 2,
    }
    with read_snapshot(file_database) as later:
        assert head_sequence(later) == 99


@pytest.mark.django_db
@override_settings(DATABASE_ROUTERS=[])
def test_inside_a_transaction_the_transaction_is_the_snapshot() -> None:
    version = factories.published_claim(60, 97)
    with read_snapshot() as snapshot:
        assert head_sequence(snapshot) == version.sequence
    assert ClaimVersion.objects.count() == 1
