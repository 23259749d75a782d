"""The benchmarks run, on little data: what they report, not how fast anything is."""

import itertools
import math
from collections.abc import Iterator

import pytest

from benchmarks.__main__ import INTRODUCTION
from benchmarks.databases import Pair, SqliteFolder, pair, postgres
from benchmarks.goals import measure
from benchmarks.results import Result, as_markdown, as_text
from benchmarks.timing import in_turns
from tests.conftest import database_name
from tests.databases import Prepared


def result(measured: float, sign: str = "<=", goal: float = 2) -> Result:
    return Result("B2", "list page : bare view", "sqlite", measured, sign, goal)


@pytest.fixture(scope="module")
def databases(prepared: Prepared) -> Iterator[Pair]:
    on_sqlite = prepared.vendor == "sqlite"
    server = SqliteFolder(prepared.name) if on_sqlite else postgres(prepared.name)[0]
    assert server is not None
    with pair(server, small=40, large=80) as made:
        yield made


@pytest.fixture(scope="module")
def results(databases: Pair) -> list[Result]:
    databases.large.ask("verify")  # before the saves change anything
    return list(measure(databases, rounds=2))


def test_generated_history_and_chain_are_verified(databases: Pair) -> None:
    assert databases.large.ask("verify") is None


def test_each_goal_is_measured(results: list[Result]) -> None:
    assert {one.id for one in results} == {
        "B1",
        "B2",
        "B3",
        "B4",
        "B5",
        "B6",
        "B7",
        "B8",
        "B9",
        "B10",
        "B14",
    }
    assert {one.database for one in results} == {database_name()}


def test_each_measurement_is_a_number(results: list[Result]) -> None:
    assert all(math.isfinite(one.measured) and one.measured >= 0 for one in results)


def test_no_work_is_named_twice(results: list[Result]) -> None:
    assert len({one.work for one in results}) == len(results)


def test_the_stock_page_asks_for_each_row_and_ours_does_not(results: list[Result]) -> None:
    figures = next(one.figures for one in results if one.work.startswith("stock DRF"))
    ours, stock = (int(part.split("queries ")[1].split(",")[0]) for part in figures.split(";"))
    assert ours == 2
    assert stock > 300


@pytest.mark.parametrize(
    ("measured", "sign", "verdict"),
    [(2.0, "<=", "met"), (2.01, "<=", "MISSED"), (2.0, ">=", "met"), (1.99, ">=", "MISSED")],
)
def test_verdict_compares_with_the_goal(measured: float, sign: str, verdict: str) -> None:
    assert verdict in result(measured, sign).cells()


def test_tables_have_a_line_for_each_result() -> None:
    shown = [result(1.5), result(2.5)]
    assert len(as_text(shown).splitlines()) == 1 + len(shown)
    assert len(as_markdown(shown).splitlines()) == 2 + len(shown)


def test_contenders_run_equally_often_and_take_turns_in_being_first() -> None:
    order: list[str] = []
    contenders = {name: lambda name=name: order.append(name) for name in "ab"}
    assert in_turns(contenders, rounds=2).keys() == contenders.keys()
    assert ["".join(two) for two in itertools.batched(order, 2)] == ["ab", "ab", "ba"]


def test_the_document_begins_with_a_heading() -> None:
    assert INTRODUCTION.read_text().startswith("# ")
