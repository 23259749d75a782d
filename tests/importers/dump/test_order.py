"""Pages taken in any order, as workers side by side take them, lead to the same content."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import transaction

from benchmarks.dump import write_dump
from claims.importers.dump.digest import content_digest
from claims.importers.dump.run import begin_import
from claims.importers.dump.survey import DumpSurvey, survey_dump
from claims.importers.page_reading import read_page
from claims.importers.pages import import_page
from tests import factories as make
from tests.importers.dump.test_file import dump, page, written

pytestmark = pytest.mark.django_db

TOLD = "According to the Arden Gleaner, 30 people were killed in Arden on 4 May 1987."
CITED = f"{TOLD}&lt;ref&gt;{{{{cite web |title=Flood |publisher=Arden Gleaner}}}}&lt;/ref&gt;"


def digest_of(survey: DumpSurvey, order: list[int]) -> str:
    """What the pages lead to when they are imported in this order; nothing stays."""
    pages = list(survey.pages())
    with transaction.atomic():
        by = make.contributor()
        run = begin_import(survey, by=by, resume=False)
        for index in order:
            import_page(pages[index], read_page(pages[index]), survey.site, run, by)
        found = content_digest()
        transaction.set_rollback(True)
    return found


def test_order_of_generated_pages_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "dump.xml"
    write_dump(path, 9)
    survey = survey_dump(path, 100_000)
    found = {digest_of(survey, order) for order in (list(range(9)), list(range(9))[::-1])}
    assert len(found) == 1


def test_speaker_is_a_publisher_where_the_article_cites_it(tmp_path: Path) -> None:
    pages = page("Flood", TOLD), page("Storm", CITED + "\n\n" + TOLD.replace("30", "31"))
    survey = survey_dump(written(tmp_path, dump(*pages)), 100_000)
    assert digest_of(survey, [0, 1]) == digest_of(survey, [1, 0])
