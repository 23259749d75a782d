"""The pages of a dump as background tasks: two workers, the same content as one import."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from benchmarks.dump import write_dump
from claims.importers.dump.run import begin_import, queue_pages
from claims.importers.dump.survey import survey_dump
from claims.importers.pages import import_waiting
from claims.models import Article, ImportedPage
from claims.tasks import import_waiting_page
from tests import factories as make
from tests.databases import Copies

ROOT = Path(__file__).resolve().parents[3]
PAGES = 6


def start(url: str, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url, "TASKS_BACKEND": "database"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> str:
    out, said = process.communicate(timeout=300)
    assert process.returncode == 0, said
    return out


def summary(url: str, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(finish(start(url, "import_dump", *words)))
    return found


def test_two_workers_import_what_was_queued(
    tmp_path: Path, copies: Copies, sqlite_file: Path
) -> None:
    fresh_database = copies.fresh()
    path = tmp_path / "dump.xml.bz2"
    write_dump(path, PAGES)
    words = (str(path), "--output", "json", "--digest")
    queued = summary(fresh_database, *words, "--queue")
    assert (queued["waiting"], queued["imported"]) == (PAGES, 0)
    workers = [
        start(fresh_database, "db_worker", "--batch", "--worker-id", f"w{number}")
        for number in (1, 2)
    ]
    for worker in workers:
        finish(worker)
    again = summary(fresh_database, *words)
    assert (again["unchanged"], again["imported"]) == (PAGES, 0)
    alone = shutil.copy(sqlite_file, tmp_path / "alone.sqlite3")
    assert summary(f"sqlite:///{alone}", *words)["content_sha256"] == again["content_sha256"]


@pytest.fixture
def waiting(tmp_path: Path) -> list[ImportedPage]:
    """Pages in the queue that nobody has taken."""
    path = tmp_path / "dump.xml"
    write_dump(path, 2)
    survey, by = survey_dump(path, 100_000), make.contributor()
    run = begin_import(survey, by=by, resume=False)
    return [noted for _, noted in queue_pages(survey, run, by=by)]


@pytest.mark.django_db
def test_task_done_twice_changes_nothing(waiting: list[ImportedPage]) -> None:
    page = waiting[0]
    assert import_waiting_page.call(page.pk) == "imported"
    assert import_waiting_page.call(page.pk) == "imported"
    assert import_waiting(page).outcome == "imported"
    page.refresh_from_db()
    assert (page.text, page.revision.title) == ("", page.title)
    assert Article.objects.count() == 1


@pytest.mark.django_db
def test_queue_puts_a_page_in_once_it_is_committed(
    tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    path = tmp_path / "dump.xml"
    write_dump(path, 2)
    with django_capture_on_commit_callbacks() as callbacks:
        call_command("import_dump", path, queue=True, verbosity=0)
    tasks = [one for one in callbacks if getattr(one, "func", None) == import_waiting_page.enqueue]
    assert (len(tasks), Article.objects.count()) == (2, 0)
    for callback in callbacks:
        callback()  # the immediate backend of the tests runs the task
    assert set(ImportedPage.objects.values_list("outcome", flat=True)) == {"imported"}


@pytest.mark.django_db
def test_page_that_a_worker_rejects_is_named(waiting: list[ImportedPage]) -> None:
    page = waiting[0]
    page.text = "Ten\u0081 died."
    page.save()
    settled = import_waiting(page)
    assert (settled.outcome, settled.rule, settled.text) == ("rejected", "invalid-value", "")
    assert "U+0081" in settled.refusal
