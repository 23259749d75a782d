"""Right or silent: what makes a draft, and what is only a highlight, and why."""

from __future__ import annotations

import pytest

from claims.reading.article import read_article
from claims.reading.asking.silence import Silence
from claims.reading.asking.statement import Statement
from claims.reading.asking.statements import count_highlights, statements_of
from claims.reading.asking.wording import question_of

LEAD = "Storm at Vell\n\nThe storm struck Vell on 3 May 2011. "


def said(sentence: str) -> list[Statement]:
    return statements_of(read_article(LEAD + sentence, format="plain"))[0]


def silences(sentence: str) -> dict[str, Silence]:
    return {one.quote: one.silence for one in said(sentence)}


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("The junta had 72 hours to give up control.", Silence.MEASURE),
        ("The dead filled eight trucks.", Silence.MEASURE),
        ("The new mast is 9 times as tall as the old one.", Silence.MEASURE),
        ("Fires broke out in three wards.", Silence.MEASURE),
        ("The rebels controlled 60 per cent of the province.", Silence.WHOLE),
        ("A toll of 40 per cent was feared.", Silence.WHOLE),
        ("The town was given $4 million.", Silence.MONEY),
    ],
)
def test_a_figure_without_a_measure_is_only_a_highlight(sentence: str, why: Silence) -> None:
    assert set(silences(sentence).values()) == {why}


@pytest.mark.parametrize(
    "sentence",
    [
        "The storm killed 97 people.",
        "Some 40 sailors were injured.",
        "The police arrested 12 men.",
        "It destroyed 31 houses.",
    ],
)
def test_a_figure_that_says_what_it_counts_makes_a_draft(sentence: str) -> None:
    (one,) = said(sentence)
    assert not one.is_highlight
    assert "…" not in question_of(one.scope, "Storm at Vell")


def test_a_rival_that_says_nothing_itself_answers_the_question_it_belongs_to() -> None:
    dead, rival = said("The army said that 97 soldiers were killed. The guild put the toll at 60.")
    assert dead.scope == rival.scope
    assert not rival.is_highlight


def test_highlights_are_counted_by_place() -> None:
    found = said("The dead filled eight trucks and five carts. The storm killed 97 people.")
    assert count_highlights(found) == 2
