"""The goals of importing, B5, B9 and B10, measured on one pair of databases."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.databases import Pair, working
from benchmarks.results import Result

OF_RAW = {"sqlite": 0.28, "postgresql": 0.35}
STORED = 20  # pages
IMPORTED = 5  # pages a round


def import_goals(pair: Pair, rounds: int) -> Iterator[Result]:
    """Yield the results of storing, reading and importing side by side."""
    turns = max(2, rounds // 5)
    yield from _storing(pair, turns)
    yield from _reading(pair, turns)
    yield _side_by_side(pair, IMPORTED * rounds)


def _storing(pair: Pair, rounds: int) -> Iterator[Result]:
    found = pair.small.ask("storing", pages=STORED, rounds=rounds)
    claims, times = found["claims"], found["times"]
    for name, work, least in (
        ("raw", "store articles : raw importer of the same rows", OF_RAW[pair.name]),
        ("bulk", "store articles : bulk_create_with_history", 1.4),
    ):
        yield Result(
            "B5",
            work,
            pair.name,
            times[name] / times["product"],
            ">=",
            least,
            figures=f"{claims / times['product']:,.0f} claims/s, "
            f"{claims / times[name]:,.0f} claims/s; driver alone {claims / times['driver']:,.0f}",
        )


def _reading(pair: Pair, rounds: int) -> Iterator[Result]:
    times = pair.small.ask("reading", rounds=rounds)
    short, long = times["short"], times["long"]
    yield Result("B9", "read 150 kB of wikitext", pair.name, short, "<=", 1, "s")
    yield Result(
        "B9",
        "read 8 times the text : 8 times its time",
        pair.name,
        long / (8 * short),
        "<=",
        1.2,
        figures=f"{long:.2f} s; {short:.2f} s",
    )


def _side_by_side(pair: Pair, pages: int) -> Result:
    rates = []
    for workers, url in enumerate(pair.import_urls, start=1):
        with working(url) as process:
            rates.append(process.ask("side_by_side", pages=pages, workers=workers))
    alone, together = rates
    return Result(
        "B10",
        "import with two workers : with one",
        pair.name,
        together["claims"] / alone["claims"],
        ">=",
        1.7,
        figures=f"{together['claims']:,.0f} claims/s, {alone['claims']:,.0f} claims/s",
    )
