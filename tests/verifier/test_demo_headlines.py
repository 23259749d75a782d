"""The headlines of the demo: a decision in force speaks first, and every answer is named."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from claims.domain.documents import read_document
from claims.domain.headline import answer_words
from claims.exporters.claim_review import claim_review
from claims.exporters.picture import picture_of

pytestmark = pytest.mark.django_db

SUMMARY_LINE = re.compile(r'<text x="20" y="\d+" font-size="12" fill="#55606c">([^<]*)</text>')


@pytest.fixture(scope="module")
def documents(demo_export: bytes) -> dict[str, dict[str, Any]]:
    found = [read_document(line) for line in demo_export.splitlines()[:-1]]
    return {document["question"]: document for document in found}


DECIDED = [
    (
        "On what date did the rebels first capture Ménaka?",
        "Editors decided: the statements answer different questions. The two dates answer two",
        "2 statements, 2 dates, 1 February 2012; without a source: 16–17 January 2012.",
        "",
    ),
    (
        "On what date was President Touré removed from power?",
        "Editors decided: the range stands. Both days belong to one event",
        "2 statements, 2 dates, 22 March 2012; without a source: 21 March 2012.",
        "",
    ),
    (
        "On what date did the rebels capture Douentza?",
        "Editors prefer: by 5 April 2012 (F",
        "2 statements, 2 dates, by 5 April 2012 to 6 April 2012.",
        "by 5 April 2012",
    ),
]


@pytest.mark.parametrize(("question", "start", "end", "best"), DECIDED)
def test_a_decision_speaks_first_and_no_rule_against_it(
    documents: dict[str, dict[str, Any]], question: str, start: str, end: str, best: str
) -> None:
    document = documents[question]
    review = claim_review(document)
    shown = " ".join(unescape(line) for line in SUMMARY_LINE.findall(picture_of(document)))
    explained = review["reviewRating"]["ratingExplanation"]
    for told in (document["summary"], review["abstract"], explained, shown):
        assert told.startswith(start)
        assert end in told
        assert "Best supported" not in told
    assert document["best"]["words"] == best
    assert document["best"]["value"] is None
    assert answer_words(document).startswith("Editors ")


def test_every_claim_says_its_answer_in_words(documents: dict[str, dict[str, Any]]) -> None:
    silent = [question for question, one in documents.items() if not answer_words(one)]
    answered = [
        question
        for question in silent
        if any(
            one["stance"] == "asserts" and one["words"] for one in documents[question]["figures"]
        )
    ]
    assert answered == []
    assert silent == []


def test_where_nobody_answers_the_list_says_who_denied_or_doubted_it(
    documents: dict[str, dict[str, Any]],
) -> None:
    told = {answer_words(one) for one in documents.values()}
    assert {"denied by Mauritania", "doubted by the article"} <= told


def test_every_disputed_claim_says_why(documents: dict[str, dict[str, Any]]) -> None:
    disputed = [one["summary"] for one in documents.values() if one["contention"] == "disputed"]
    assert disputed
    assert [told for told in disputed if "Disputed: " not in told and "disagree" not in told] == []


def test_no_range_says_one_number_twice(documents: dict[str, dict[str, Any]]) -> None:
    for document in documents.values():
        for words in [entry["words"] for entry in document["figures"]]:
            low, between, high = words.partition(" to ")
            assert low != high or not between
