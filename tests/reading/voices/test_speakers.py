"""Sentences as encyclopedias write them: each figure with whom it is ascribed to."""

from pathlib import Path

import pytest

from claims.reading.article import read_article
from tests.reading.counting import same_name

SENTENCES = (Path(__file__).parent / "speakers.txt").read_text(encoding="utf-8").splitlines()
UNNAMED = "?"
"""Marks a figure that is ascribed without a name ("reportedly")."""


def ascribed(sentence: str, figure: str) -> str:
    """Return the speaker read for a figure, "" for the article's own voice."""
    figures = read_article("A title of no use\n\n" + sentence).figures
    read = next(one for one in figures if figure in one.quote)
    return (read.attribution[0].name or UNNAMED) if read.attribution else ""


@pytest.mark.parametrize("line", SENTENCES)
def test_figures_are_ascribed_to_their_speakers(line: str) -> None:
    sentence, _, expected = line.rpartition("|")
    wrong = {}
    for figure, _, wanted in (pair.rpartition(":") for pair in expected.split(";")):
        read = ascribed(sentence, figure)
        if not (read == wanted or (wanted not in ("", UNNAMED) and same_name(wanted, read))):
            wrong[figure] = (wanted, read)
    assert not wrong


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("The mayor and the bishop said that 40 people had died.", ["The mayor", "the bishop"]),
        ("Police and the fire service reported 40 dead.", ["Police", "the fire service"]),
        ("According to Lund and to Berg, 40 people were killed.", ["Lund", "Berg"]),
        ("Both the army and the rebels claimed that 300 men had died.", ["the army", "the rebels"]),
        (
            "The Ministry of Health and Welfare said 40 people had died.",
            ["The Ministry of Health and Welfare"],
        ),
        (
            "The Food and Agriculture Office said 40 people had died.",
            ["The Food and Agriculture Office"],
        ),
        ("Moor resigned and the bishop said 40 people had died.", ["the bishop"]),
    ],
)
def test_each_of_several_who_speak_together_is_a_speaker(sentence: str, names: list[str]) -> None:
    (figure,) = read_article("A title of no use\n\n" + sentence).figures
    assert [one.name for one in figure.attribution] == names


@pytest.mark.parametrize(
    ("heads", "row", "names"),
    [
        (
            "District !! Deaths (Commission) !! Deaths (Sen)",
            "Orl || 61 || 90",
            ["Commission", "Sen"],
        ),
        ("District !! Killed (police) !! Killed (union)", "Orl || 61 || 90", ["police", "union"]),
        ("Source !! Killed !! Injured", "Red Cross || 61 || 90", ["Red Cross", "Red Cross"]),
        ("District !! Killed (1944) !! Injured (total)", "Orl || 61 || 90", ["", ""]),
        ("District !! Killed !! Injured", "Orl || 61 || 90", ["", ""]),
    ],
)
def test_the_head_of_a_column_or_of_a_row_names_who_speaks(
    heads: str, row: str, names: list[str]
) -> None:
    table = f"The raid.\n\n{{|\n! {heads}\n|-\n| {row}\n|}}\n"
    figures = read_article(table, format="wikitext").figures
    read = [figure.attribution[0].name if figure.attribution else "" for figure in figures]
    assert len(read) == 2
    for name, wanted in zip(read, names, strict=True):
        assert same_name(name, wanted) if wanted else not name
