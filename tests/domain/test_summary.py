"""The one sentence on a claim."""

from __future__ import annotations

from decimal import Decimal

from claims.domain.agreement import ClaimTerms, Evidence, consensus
from claims.domain.quantity import Figure
from claims.domain.summary import range_words, summary_sentence


def figure(number: int, **parts: object) -> Evidence:
    return Evidence(id=number, origin=f"P{number}", figure=Figure(**parts))  # type: ignore[arg-type]


def sentence(*evidence: Evidence, terms: ClaimTerms | None = None) -> str:
    terms = terms or ClaimTerms()
    return summary_sentence(consensus(evidence, terms), evidence, terms)


def test_summary_names_the_range_and_why_no_figure_is_preferred():
    about = figure(1, point=Decimal(60), approximate=True)

    assert sentence(about, figure(2, point=Decimal(97))) == (
        "2 statements, 2 figures, about 60 to 97. No figure is preferred: independent origins "
        "disagree and no decision prefers one."
    )


def test_summary_names_the_best_figure_and_the_rule():
    text = sentence(figure(1, point=Decimal(20)), figure(2, low=Decimal(10), high=Decimal(30)))

    assert text.startswith("2 statements, 2 figures, 10 to 30. Best supported: 20 (the only exact")


def test_summary_gives_the_reasons_where_there_are_no_figures():
    terms = ClaimTerms(value_kind="party")
    rows = [
        Evidence(id=n, origin=f"P{n}", value_kind="party", parties=frozenset({n})) for n in (1, 2)
    ]

    text = summary_sentence(consensus(rows, terms), rows, terms, ["they name different parties"])

    assert text == "2 statements, 2 answers. They name different parties."


def test_range_words_keep_an_open_upper_end():
    rows = [figure(1, low=Decimal(1000), high=Decimal(1500), high_open=True)]

    terms = ClaimTerms()
    assert range_words(consensus(rows, terms), rows, terms) == "1,000 to 1,500 or more"


def test_range_words_without_an_upper_end_say_at_least():
    rows = [figure(1, low=Decimal(200))]

    assert range_words(consensus(rows, ClaimTerms()), rows, ClaimTerms()) == "at least 200"


def test_range_words_without_a_lower_end_say_up_to():
    rows = [figure(1, high=Decimal(400))]

    assert range_words(consensus(rows, ClaimTerms()), rows, ClaimTerms()) == "up to 400"


def test_range_words_of_dates_are_dates():
    terms = ClaimTerms(value_kind="date")
    rows = [Evidence(id=1, origin="P1", value_kind="date", edtf="2012-01-24")]

    assert range_words(consensus(rows, terms), rows, terms) == "24 January 2012"
