"""Plain text: which line is the title, and how headings are marked."""

import pytest

from claims.reading.article import read_article

BODY = "Police said 60 people were killed."


@pytest.mark.parametrize(
    "head",
    [
        "The Arvel flood\n\n",
        "\ufeff\n  The Arvel flood  \r\n\r\n",
        "= The Arvel flood =\n",
        "# The Arvel flood\n",
        "# The Arvel flood #\n\n",
    ],
)
def test_the_title_is_a_heading_or_a_short_first_line_alone(head: str) -> None:
    reading = read_article(head + BODY, format="plain")
    assert reading.title == "The Arvel flood"
    assert [figure.quote for figure in reading.figures] == ["60"]


@pytest.mark.parametrize(
    "head",
    [
        "",
        "The flood came at night.\n\n",
        "The flood came at night\nand went.\n\n",
        "- The flood\n\n",
        "Infobox\n\n",
        f"{'long ' * 30}\n\n",
    ],
)
def test_a_sentence_a_list_or_an_infobox_is_no_title(head: str) -> None:
    reading = read_article(head + BODY, format="plain")
    assert reading.title == ""
    assert "60" in [figure.quote for figure in reading.figures]


def test_a_short_text_alone_is_no_title() -> None:
    reading = read_article("60 people were killed\n", format="plain")
    assert [figure.quote for figure in reading.figures] == ["60"]


def test_marks_of_either_kind_open_sections() -> None:
    text = f"# Flood\n\n## Toll\n{BODY}\n\n== Relief ==\n40 tents were sent.\n"
    reading = read_article(text, format="plain")
    assert [figure.section for figure in reading.figures] == ["Toll", "Relief"]
