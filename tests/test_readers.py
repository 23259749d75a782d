"""The comparison of readers counts what it says it counts."""

import datetime as dt

import pytest

from benchmarks.readers import (
    Found,
    _as_precise,
    f1,
    factbase_dates,
    factbase_figures,
    main,
    overlap,
    same_date,
    same_number,
)

TEXT = "At least 60 people died on 5 May 2012; the army says 97."


def test_each_annotation_is_found_once() -> None:
    sixty = Found(9, 11, frozenset({60.0}))
    assert f1([([sixty, sixty], [sixty])], same_number) == pytest.approx(2 / 3)
    assert f1([([], [sixty])], overlap) == 0
    assert f1([([], [])], overlap) == 0


def test_numbers_and_dates_are_compared_where_they_overlap() -> None:
    sixty = Found(9, 11, frozenset({60.0}))
    assert same_number(Found(0, 11, frozenset({60.0})), sixty)
    assert not same_number(Found(9, 11, frozenset({61.0})), sixty)
    assert not same_number(Found(11, 13, frozenset({60.0})), sixty)
    assert not same_date(Found(0, 5, edtf="2012"), Found(0, 5, edtf="2012-05"))


def test_factbase_is_read_through_the_same_eyes() -> None:
    assert [sorted(one.numbers) for one in factbase_figures(TEXT)] == [[60.0], [97.0]]
    assert [one.edtf for one in factbase_dates(TEXT)] == ["2012-05-05"]


@pytest.mark.parametrize(
    ("words", "edtf"),
    [("5 May 2012", "2012-05-05"), ("May 2012", "2012-05"), ("2012", "2012")],
)
def test_a_date_is_no_more_precise_than_its_words(words: str, edtf: str) -> None:
    assert _as_precise(words, dt.datetime(2012, 5, 5, tzinfo=dt.UTC)) == edtf


def test_missing_libraries_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 1
    assert "install quantulum3 and dateparser" in capsys.readouterr().err
