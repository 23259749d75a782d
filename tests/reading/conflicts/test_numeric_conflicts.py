"""Figures that answer one question and exclude each other are proposed; the others are not."""

# conflicts.txt holds the cases, divided by lines of dashes: the figures that must meet in one
# conflict ("34 | 41"), or "none", then the text.

from pathlib import Path

import pytest

from claims.reading.article import read_article
from tests.reading.article_scores import FOLDER, folder_counts, pooled

NUMERIC = {"figures disagree", "arithmetic"}
CASES = [
    case.strip("\n").partition("\n")
    for case in (Path(__file__).parent / "conflicts.txt")
    .read_text(encoding="utf-8")
    .split("----\n")
]
RIVALS = [(head.split(" | "), text) for head, _, text in CASES if head != "none"]
PEACEFUL = [text for head, _, text in CASES if head == "none"]


def conflicts(text: str) -> list[list[str]]:
    """Return the figures of each proposed conflict, as written."""
    return [
        [text[m.char_start : m.char_end] for m in conflict.members]
        for conflict in read_article(text).conflicts
        if conflict.kind in NUMERIC
    ]


@pytest.mark.parametrize(("figures", "text"), RIVALS, ids=[text[:50] for _, text in RIVALS])
def test_rival_figures_meet_in_one_conflict(figures: list[str], text: str) -> None:
    found = conflicts(text)
    assert any(set(figures) <= set(members) for members in found), found


@pytest.mark.parametrize("text", PEACEFUL, ids=[text[:50] for text in PEACEFUL])
def test_figures_that_can_all_hold_are_no_conflict(text: str) -> None:
    assert conflicts(text) == []


def test_conflict_says_why_and_who() -> None:
    reading = read_article(
        "Organisers put the attendance at 200,000, while the police counted 35,000."
    )
    (conflict,) = reading.conflicts
    assert conflict.why == "different sources: 200,000 (Organisers) against 35,000 (the police)"


def test_articles_reach_the_targets_for_conflicts() -> None:
    total = pooled(list(folder_counts(FOLDER).values()))
    for metric, precision, recall in (("numeric", 0.60, 0.60), ("strong", 0.55, 0.60)):
        assert total[metric].precision >= precision, total[metric].notes
        assert total[metric].recall >= recall, total[metric].notes
    assert total["agreements"].wrong == 0
