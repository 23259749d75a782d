"""An article with more than can be reviewed is read to a place that the reading names."""

import pytest

from claims.reading.article import read_article
from claims.reading.asking.statements import statements_of
from claims.reading.proposals import MOST_OF_A_KIND

SENTENCES = {
    "figures": "The flood killed {} people in Arvel. ",
    "dates": "Rain fell on {} May 2012 on the roofs of Arvel. ",
    "statements": "Mayor Ana Reyes said that rain fell in street {}. ",
}


@pytest.mark.parametrize("kind", SENTENCES)
def test_reading_names_the_place_where_it_ended(kind: str) -> None:
    text = "".join(SENTENCES[kind].format(n % 28 + 1) for n in range(MOST_OF_A_KIND + 500))
    reading = read_article(text + "\n\nAt last 97 soldiers died.", format="plain")
    assert reading.read_to is not None
    assert 0 < reading.read_to < len(text)
    assert "97" not in {figure.quote for figure in reading.figures}
    assert reading.to_json()["article"]["read_to"] == reading.read_to
    rest = statements_of(reading)[1][-1]
    assert (rest.offset, rest.value) == (reading.read_to, "the rest of the article")


def test_an_article_within_the_limits_is_read_to_its_end() -> None:
    reading = read_article("The flood killed 60 people in Arvel.")
    assert reading.read_to is None
    assert statements_of(reading)[1] == []
