"""The query of the guide to exports, run by DuckDB over an export."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.conf import settings
from django.core.management import call_command

from claims.domain.document_format import read_claim
from claims.models import ClaimVersion
from claims.workflow.evidence import withdraw_assertion
from tests import factories as make

pytestmark = pytest.mark.django_db
GUIDE = Path(settings.BASE_DIR, "docs", "guide-export.md")


def rows_of(folder: Path) -> dict[str, tuple[Any, ...]]:
    """What the query gives, by claim."""
    file = folder / "figures.csv"
    call_command("export_claims", format="csv", output=file)
    (query,) = re.findall(r"```sql\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    assert "'figures.csv'" in query
    found = duckdb.sql(query.replace("figures.csv", str(file))).fetchall()
    return {ref: tuple(rest) for ref, *rest in found}


def test_the_query_of_the_guide_gives_the_ends_of_each_claim_with_figures(tmp_path: Path) -> None:
    make.published_claim(60, 97)
    ends = make.claim()
    for fields in ({"point": 100}, {"low": 1000}, {"high": 50}):
        make.figure(ends, **fields)
    make.approve(ends)
    gone = make.published_claim(7, 8).claim
    withdraw_assertion(
        assertion=gone.assertions.get(point=8), by=make.contributor(), reason="Misread."
    )
    make.approve(gone)
    dated = make.claim("date")
    make.figure(dated, edtf="2012-01-24")
    make.approve(dated)
    found = rows_of(tmp_path)
    wanted = {
        f"C{version.claim_id}": read_claim(version.payload)["range"]
        for version in ClaimVersion.objects.public().exclude(claim=dated)
    }
    assert {ref: (low, high) for ref, (low, high, *_) in found.items()} == {
        ref: (span["low"], span["high"]) for ref, span in wanted.items() if span
    }
    assert len(found) == 3
    assert found[gone.ref][2:] == (1,)
