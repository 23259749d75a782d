"""Counts that take the place of others are revisions, and no rivals."""

from __future__ import annotations

import pytest

from claims.reading.article import read_article
from claims.reading.asking.statements import statements_of

LEAD = "Crush of Vell\n\nThe crush at Vell happened on 3 May 2011.\n\n"


def replaced(text: str) -> list[tuple[str, str]]:
    """The figures that replace others, with those."""
    figures = read_article(LEAD + text, format="plain").figures
    return [(one.quote, figures[one.replaces].quote) for one in figures if one.replaces is not None]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("The toll of the crush was revised down from 212 to 140.", ("140", "212")),
        ("The county lowered its count from 212 to 140.", ("140", "212")),
        ("The number of dead rose from 60 to 97.", ("97", "60")),
        (
            "At first 102 people were said to be dead; this was later corrected to 94.",
            ("94", "102"),
        ),
        ("The list gave 52 deaths. It was later revised to 58.", ("58", "52")),
        ("The county said that 520 people died. It lowered its count to 412.", ("412", "520")),
        ("Papers wrote of 60 dead. The toll rose to 115 by 24 May.", ("115", "60")),
        ("The toll stood at 12 on 10 May. It had reached 16 by Sunday.", ("16", "12")),
    ],
)
def test_a_later_count_replaces_the_one_before_it(text: str, pair: tuple[str, str]) -> None:
    assert replaced(text) == [pair]


@pytest.mark.parametrize(
    "text",
    [
        "The price rose from 60 to 97 marks.",
        "They marched from 12 houses to 14 shops.",
        "The guild said that 52 people died. The army said that 97 died.",
        "The toll was 52 people. It was revised twice in 14 years.",
        "Some 40 people died. It reached 4,000 houses.",
    ],
)
def test_what_only_looks_like_a_revision_replaces_nothing(text: str) -> None:
    assert replaced(text) == []


def test_both_counts_answer_the_question_of_the_clear_one() -> None:
    text = (
        "Reports spoke of 112 dead. The toll was lowered from 112 to 99, and later corrected to 97."
    )
    found = statements_of(read_article(LEAD + text, format="plain"))[0]
    assert {one.scope.measure for one in found} == {"killed"}
    assert len({one.scope for one in found}) == 1
    assert not any(one.is_highlight for one in found)
