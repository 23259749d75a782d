"""Which day and place a figure is of: those of its clause, or of the scene that it goes on with."""

from __future__ import annotations

import pytest

from claims.reading.article import read_article
from claims.reading.proposals import ProposedFigure

LEAD = "Strike of Vell\n\nThe strike of Vell began on 14 June 1911.\n\n"


def last(text: str) -> ProposedFigure:
    return read_article(LEAD + text, format="plain").figures[-1]


@pytest.mark.parametrize(
    "text",
    [
        "On 9 July the police charged a crowd in Quay Street. Two people were killed.",
        "On 9 July the police charged in Quay Street. The crowd fled. Then 86 people were injured.",
        "On Sunday, 9 July the police charged in Quay Street. The clerk said that 23 people died.",
    ],
)
def test_a_sentence_goes_on_with_the_scene_before_it(text: str) -> None:
    figure = last(text)
    assert (figure.date_edtf, figure.dated, figure.place) == ("1911-07-09", True, "Quay Street")


@pytest.mark.parametrize(
    "text",
    [
        "On 9 July the police charged in Quay Street. In all 174 people were arrested.",
        "The police, on 9 July, charged in Quay Street. Two people were killed.",
        "On 9 July the union called for peace. The toll of the strike was 14 people killed.",
        "On 9 July 1912 the inspector reported in Orl. Two people had been killed.",
    ],
)
def test_a_sentence_that_looks_back_or_over_all_has_no_scene(text: str) -> None:
    assert not last(text).dated


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("A study of 1956 found that 71 people had died.", ""),
        ("In 1956 the physician Edgar Moyle concluded that 71 people had died.", ""),
        ("A list published in 1956 names 71 people who died.", ""),
        ("In 1956 a wall fell and 71 people died.", "1956"),
        ("Some 71 people died in 1956.", "1956"),
    ],
)
def test_the_date_of_a_work_or_of_words_is_not_that_of_what_happened(text: str, date: str) -> None:
    figure = last(text)
    assert (figure.date_edtf if figure.dated else "") == date


@pytest.mark.parametrize(
    "text",
    [
        "The town had a school in 1901 and was left by 3,500 people who fled.",
        "Some 40 people were arrested, up from 12 in 1910.",
    ],
)
def test_the_date_of_another_clause_is_not_that_of_a_figure(text: str) -> None:
    figures = read_article(LEAD + text, format="plain").figures
    first = next(one for one in figures if one.quote in ("3,500", "Some 40"))
    assert not first.dated
