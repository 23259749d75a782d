"""What became of an import of a dump, asked afterwards: pages that a queue rejected are named."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims.importers.pages import import_waiting
from claims.models import ImportedPage
from tests.importers.dump.test_file import dump, page, written

pytestmark = pytest.mark.django_db

FLOOD = "On 4 May 1987 ten people were killed in Arden."


@pytest.fixture
def queued(tmp_path: Path) -> Path:
    """A file whose two good pages wait in the queue."""
    pages = [page("Flood", FLOOD), page("Bad byte", "Ten\x81 died."), page("Fire", FLOOD)]
    path = written(tmp_path, dump(*pages), "pages.xml")
    with pytest.raises(SystemExit, match="3"):
        call_command("import_dump", path, queue=True, stdout=StringIO(), stderr=StringIO())
    return path


def report(path: Path, **options: Any) -> tuple[dict[str, Any], str, int]:
    out, said, code = StringIO(), StringIO(), 0
    try:
        call_command(
            "import_dump", path, report=True, output="json", stdout=out, stderr=said, **options
        )
    except SystemExit as end:
        code = int(str(end.code))
    return json.loads(out.getvalue()), said.getvalue(), code


def test_report_names_the_pages_that_a_worker_rejected(queued: Path) -> None:
    flood, fire = ImportedPage.objects.waiting().order_by("position")
    fire.text = " "
    import_waiting(flood)
    fire = import_waiting(fire)

    summary, said, code = report(queued)

    assert f"pages.xml: byte {fire.position}: page 'Fire': {fire.rule}: " in said
    assert "Flood" not in said
    assert (summary["imported"], summary["rejected"], summary["waiting"]) == (1, 2, 0)
    assert code == 3


def test_a_page_that_cannot_be_stored_is_rejected_before_it_is_queued(queued: Path) -> None:
    summary, said, code = report(queued)

    bad = ImportedPage.objects.get(title="Bad byte")
    assert f"pages.xml: byte {bad.position}: page 'Bad byte': invalid-value: " in said
    assert "U+0081" in said
    assert (summary["rejected"], summary["waiting"], code) == (1, 2, 3)


def test_report_names_the_pages_that_wait_still(queued: Path) -> None:
    summary, said, code = report(queued)

    first = ImportedPage.objects.get(title="Flood")
    assert f"pages.xml: byte {first.position}: page 'Flood': waiting in the queue" in said
    assert (summary["imported"], summary["waiting"], code) == (0, 2, 3)


def test_report_of_a_file_that_was_never_imported_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, dump(page("Flood", FLOOD)), "other.xml")
    with pytest.raises(CommandError, match=r"other\.xml was not imported here"):
        report(path)
