"""Citations of a version."""

from __future__ import annotations

from typing import Any

import pytest

from claims.exporters import citations

BASE = "https://facts.example/"


@pytest.fixture
def document() -> dict[str, Any]:
    return {
        "ref": "C1",
        "version": 3,
        "question": "Cost: 50% & {more}_\nthan | planned?",
        "sha256": "ab" * 32,
        "review": {"published_at": "2026-11-22T13:00:00Z"},
        "links": {"version": "/claims/C1/v/3/"},
    }


def test_each_form_points_at_the_version(document: dict[str, Any]) -> None:
    forms = (citations.plain, citations.bibtex, citations.ris, citations.wikitext)
    for form in forms:
        assert "https://facts.example/claims/C1/v/3/" in form(document, BASE)
    assert citations.csl(document, BASE)["URL"] == "https://facts.example/claims/C1/v/3/"


def test_bibtex_keeps_tex_from_reading_the_question(document: dict[str, Any]) -> None:
    entry = citations.bibtex(document, BASE)
    assert r"title = {{Cost: 50\% \& \{more\}\_ than | planned?}}" in entry
    assert entry.startswith("@misc{factbase-C1-v3,\n")
    assert "month = {11}" in entry


def test_ris_is_one_record_of_whole_lines(document: dict[str, Any]) -> None:
    lines = citations.ris(document, BASE).split("\r\n")
    assert lines[0] == "TY  - ELEC"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(line[2:6] == "  - " for line in lines[:-1])


def test_wikitext_keeps_the_pipe_out_of_the_parameters(document: dict[str, Any]) -> None:
    reference = citations.wikitext(document, BASE)
    assert "than {{!}} planned?" in reference
    assert "|date=2026-11-22 " in reference


def test_csl_gives_the_date_in_parts(document: dict[str, Any]) -> None:
    assert citations.csl(document, BASE)["issued"] == {"date-parts": [[2026, 11, 22]]}
