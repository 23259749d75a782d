"""Imports of Wikidata entities are listed, whatever came of them, and can be undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.models import Claim, ImportedTable, SamenessQuestion
from claims.workflow.tables import undo_table
from tests import factories as make
from tests.importers import entity as wikidata
from tests.importers.test_entities import measures, run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures(measures.__name__)]


def test_import_of_entities_is_listed_and_undone(tmp_path: Path) -> None:
    run(tmp_path, wikidata.entity(), username=make.contributor().username)
    table = ImportedTable.objects.get()
    assert (table.run.file_name, table.added) == ("entities.json", 4)
    undo_table(table=table, by=make.contributor(), reason="Too early.")
    assert Claim.objects.get().state == "retired"


def test_import_of_entities_that_adds_nothing_is_listed_and_counts_questions(
    tmp_path: Path,
) -> None:
    make.party("Reuters Group", "organisation")
    make.subject("Battle of Arden", when="1903", kind="other")
    summary, _, _ = run(tmp_path, wikidata.entity())
    assert summary["asked"] == SamenessQuestion.objects.count()
    summary, _, _ = run(tmp_path, wikidata.entity())
    assert (summary["added"], summary["asked"], summary["known"]) == (0, 0, 4)
    assert list(ImportedTable.objects.order_by("pk").values_list("added", flat=True)) == [4, 0]
