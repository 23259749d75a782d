"""What a page costs the database: as many statements however many claims it leads to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from benchmarks.dump import article
from claims.importers.dump.run import begin_import
from claims.importers.dump.survey import survey_dump
from claims.importers.page_reading import DumpPage, read_page
from claims.importers.pages import import_page
from claims.models import ImportedPage
from tests import factories as make
from tests.importers.dump.test_file import dump, written

# Two of them are the log's, one reads which sources rest on others, four who watches what
# changed, eight ask whether a claim is one that was there, four see to followers of merged rows,
# to the queue and to the approval of the text; on PostgreSQL there is a COPY for
# each table besides.
STATEMENTS = {"sqlite": 78, "postgresql": 51}


@pytest.mark.django_db
def test_a_page_costs_as_many_statements_however_many_claims(tmp_path: Path) -> None:
    survey, by = survey_dump(written(tmp_path, dump()), 100_000), make.contributor()
    run = begin_import(survey, by=by, resume=False)

    def cost(number: int, paragraphs: int) -> tuple[int, ImportedPage]:
        title, text = article(number, paragraphs)
        page = DumpPage(number, title=title, text=text)
        read = read_page(page)
        caught: list[str] = []

        def listen(execute: Any, words: str, *rest: Any) -> Any:
            caught.append(words)
            return execute(words, *rest)

        with connection.execute_wrapper(listen):  # an import clears Django's own list of queries
            noted = import_page(page, read, survey.site, run, by)
        return len(caught), noted

    cost(1, 30)  # its speakers and measures are known from now on
    few, small = cost(2, 4)
    many, large = cost(3, 24)

    assert large.claims > 4 * small.claims > 0
    assert many <= few
    assert many <= STATEMENTS[connection.vendor]
