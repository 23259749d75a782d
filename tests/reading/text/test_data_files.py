"""Files of data are told from articles, whatever an article holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claims.domain.tidy import COLUMNS, csv_header
from claims.reading.proposals import ReadingError
from claims.reading.text.data_files import data_in
from claims.reading.text.decode import decode_article

ARTICLES = sorted((Path(__file__).parents[1] / "articles").glob("*.[tw]*"))
TABLE = "place,year,dead\nArden,1987,9\nCorvin,1988,12\n"
DATA = {
    "an entity": (json.dumps({"entities": {"Q1": {}}}, indent=1), "JSON data"),
    "a list": ('[{"@type": "ClaimReview"}]', "JSON data"),
    "lines of JSON": ('{"a": 1}\n{"a": 2}\n', "JSON data"),
    "BibTeX": ("@article{vell,\n  author = {Vell, A.},\n  pages = {377-395},\n}\n", "bibliography"),
    "BibTeX with a remark": ("% Made by hand.\n\n@Book{obi,\n title={A}}\n", "bibliography"),
    "BibTeX strings": ('@string{jan = "January"}\n@article{a, title={B}}\n', "bibliography"),
    "RIS": ("TY  - JOUR\nTI  - Losses\nER  - \n", "bibliography"),
    "a table": (TABLE, "a table"),
    "a marked table": ("\ufeff" + TABLE, "a table"),
    "semicolons": (TABLE.replace(",", ";"), "a table"),
    "tabs": (TABLE.replace(",", "\t"), "a table"),
    "declared": ("sep=;\n" + TABLE.replace(",", ";"), "a table"),
    "the tidy table": (f"{csv_header()}\n{','.join('x' for _ in COLUMNS)}\n", "a table"),
    "quoted cells": ('a,b,c\n"x, y",2,3\n\n', "a table"),
}
PROSE = {
    "wikitext": "{{Infobox battle\n|a=1\n}}\nTen died.",
    "a link": "[[Arden]] was flooded.",
    "a bracket": "[sic] Ten people died.",
    "commas": "In 1987, in May, ten died.\nIn June, nine died.\nNobody, he said, knows.",
    "even commas": "In 1987, in May, ten died.\nIn 1988, in June, nine died.",
    "an address": "@mayor said that ten died. {no}",
    "a wikitable": '{| class="wikitable"\n! a || b || c\n|-\n| 1 || 2 || 3\n|}\nTen died.',
    "one line": "Arden, 1987, nine dead",
    "a table and prose": TABLE + "\nTen people were killed in Arden.\n",
}


@pytest.mark.parametrize("name", DATA)
def test_data_is_refused_in_one_line_that_names_it(name: str) -> None:
    text, words = DATA[name]
    with pytest.raises(ReadingError, match=f"^This is .*{words}, not the text of an article: "):
        decode_article(text.encode(), max_bytes=10_000)


@pytest.mark.parametrize("name", PROSE)
def test_prose_is_no_data(name: str) -> None:
    assert data_in(PROSE[name]) is None


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_no_article_of_the_tests_is_data(path: Path) -> None:
    assert data_in(path.read_text(encoding="utf-8")) is None


def test_nesting_without_end_is_no_article_and_no_error() -> None:
    assert data_in("[" * 100_000) is None
