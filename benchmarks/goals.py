"""The goals B1 to B6, B8 to B10 and B14, measured on one pair of databases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.databases import Pair, working
from benchmarks.desk_goals import desk_goals
from benchmarks.import_goals import import_goals
from benchmarks.results import Result

MEMORY = {"sqlite": 165, "postgresql": 120}  # MB; SQLite's page cache of 64 MB is in it
CACHE_FILLED = 10_000  # rows after which SQLite's page cache grows no more
TURNS = 5  # of the two databases, where they are compared
PUBLISHED = 8  # claims
SAVES = 12  # at a turn; the claims saved must not outnumber the disputed ones


def measure(pair: Pair, rounds: int) -> Iterator[Result]:
    """Yield every result as it is known. The saves come last, for they change the data."""
    yield from _exports(pair, rounds)
    yield from _memory(pair)
    yield from _page(pair, rounds)
    yield from _deep(pair, rounds)
    yield from _unchanged(pair, rounds)
    yield _searching(pair, rounds)
    yield from desk_goals(pair, rounds)
    yield from import_goals(pair, rounds)
    yield _publishing(pair)
    yield from _saves(pair, max(2, rounds // 5))


def _exports(pair: Pair, rounds: int) -> Iterator[Result]:
    found = pair.large.ask("exports", rounds=max(2, rounds // 4))
    for kind, least in (("ndjson", 0.8), ("csv", 0.5)):
        own, raw = found[kind]["times"]["product"], found[kind]["times"]["driver"]
        rows = found[kind]["rows"]
        yield Result(
            "B1",
            f"export {kind} : driver alone",
            pair.name,
            raw / own,
            ">=",
            least,
            figures=f"{rows / own:,.0f} rows/s, {rows / raw:,.0f} rows/s; "
            f"{found[kind]['bytes'] / own / 1e6:,.0f} MB/s",
        )
    claims = found["ndjson"]["rows"] / found["ndjson"]["times"]["product"]
    drf = found["drf"]["rows"] / found["drf"]["seconds"]
    yield Result(
        "B1",
        "export ndjson : tuned DRF",
        pair.name,
        claims / drf,
        ">=",
        15,
        figures=f"{claims:,.0f} claims/s, {drf:,.0f} claims/s",
    )


def _memory(pair: Pair) -> Iterator[Result]:
    """All claims beside the disputed ones, once these fill SQLite's page cache by themselves."""
    for kind in ("ndjson", "csv"):
        some, fewer = _peak(pair.large_url, kind, ["disputed"])
        every, rows = _peak(pair.large_url, kind, [])
        yield Result(
            "B1",
            f"export {kind}: peak memory",
            pair.name,
            every,
            "<=",
            MEMORY[pair.name],
            "MB",
            figures=f"{rows:,} rows {every:.0f} MB; {fewer:,} rows {some:.0f} MB",
        )
        if fewer < CACHE_FILLED:
            continue
        yield Result(
            "B1",
            f"export {kind}: memory, all over disputed",
            pair.name,
            max(0.0, every - some),
            "<=",
            45,
            "MB",
            figures=f"{rows:,} rows {every:.0f} MB; {fewer:,} rows {some:.0f} MB",
        )


def _peak(url: str, kind: str, contentions: list[str]) -> tuple[float, int]:
    """Return the most memory, in MB, of a fresh process that exports once, and the rows."""
    with working(url) as fresh:
        peak, rows = fresh.ask("memory", kind=kind, contentions=contentions)
        return peak, rows


def _page(pair: Pair, rounds: int) -> Iterator[Result]:
    found = pair.large.ask("page", rounds=rounds * 2)
    times = found["times"]
    own = times["product"]

    def figures(other: str) -> str:
        return f"{_page_figures(found, 'product')}; {_page_figures(found, other)}"

    yield Result(
        "B2",
        "list page : bare view",
        pair.name,
        own / times["bare"],
        "<=",
        2,
        figures=f"{figures('bare')}; bare with raw SQL {_ms(times['raw'])}",
    )
    yield Result(
        "B2",
        "tuned DRF page : list page",
        pair.name,
        times["tuned"] / own,
        ">=",
        5,
        figures=figures("tuned"),
    )
    yield Result(
        "B2",
        "stock DRF page : list page",
        pair.name,
        times["stock"] / own,
        ">=",
        25,
        figures=figures("stock"),
    )


def _deep(pair: Pair, rounds: int) -> Iterator[Result]:
    small: dict[str, Any] = {}
    large: dict[str, Any] = {}
    for _ in range(TURNS):
        _keep_fastest(small, pair.small.ask("deep", rounds=max(1, rounds // TURNS), stride=50))
        _keep_fastest(large, pair.large.ask("deep", rounds=max(1, rounds // TURNS), stride=200))
    for order, big in large.items():
        little = small[order]
        for size, found in (("small", little), ("large", big)):
            yield Result(
                "B3",
                f"{order}: page deep in : first page ({size})",
                pair.name,
                found["deep"] / found["first"],
                "<=",
                1.3,
                figures=f"row {found['depth']:,} {_ms(found['deep'])}; {_ms(found['first'])}",
            )
        yield Result(
            "B3",
            f"{order}: first page, large : small",
            pair.name,
            big["first"] / little["first"],
            "<=",
            1.3,
            figures=f"{_ms(big['first'])}; {_ms(little['first'])}",
        )


def _keep_fastest(kept: dict[str, Any], found: dict[str, Any]) -> None:
    for order, times in found.items():
        before = kept.setdefault(order, times)
        kept[order] = {name: min(before[name], times[name]) for name in times}


def _unchanged(pair: Pair, rounds: int) -> Iterator[Result]:
    times = pair.large.ask("conditional", rounds=rounds * 2)
    yield Result(
        "B4",
        "unchanged page (304) : full page",
        pair.name,
        times["unchanged"] / times["full"],
        "<=",
        0.2,
        figures=f"{_ms(times['unchanged'])}, {_ms(times['full'])}",
    )


def _searching(pair: Pair, rounds: int) -> Result:
    found = pair.large.ask("searching", rounds=rounds)
    times, rare = found["common"]["times"], found["rare"]["times"]
    return Result(
        "B7",
        "search, first 20 claims : the index alone",
        pair.name,
        times["product"] / times["index"],
        "<=",
        1.5,
        figures=f"{_ms(times['product'])}, {_ms(times['index'])} of {found['common']['hits']:,} "
        f"hits; of {found['rare']['hits']:,}: {_ms(rare['product'])}, {_ms(rare['index'])}",
    )


def _publishing(pair: Pair) -> Result:
    spent = pair.small.ask("publishing", count=PUBLISHED)
    each = {way: seconds / PUBLISHED for way, seconds in spent.items()}
    return Result(
        "B14",
        "publish a claim with the log : without",
        pair.name,
        each["with"] / each["without"],
        "<=",
        1.05,
        figures=f"{_ms(each['with'])}, {_ms(each['without'])}",
    )


def _saves(pair: Pair, turns: int) -> Iterator[Result]:
    times: dict[str, list[Any]] = {"small": [], "large": []}
    for turn in range(turns):
        for name, worker in (("small", pair.small), ("large", pair.large)):
            times[name] += worker.ask("saves", count=SAVES, turn=turn)
    small, large = min(times["small"]), min(times["large"])
    yield Result(
        "B8",
        "save a statement, large : small",
        pair.name,
        large / small,
        "<=",
        1.2,
        figures=f"{_ms(large)}, {_ms(small)}",
    )


def _page_figures(found: dict[str, Any], name: str) -> str:
    queries, size = found[name]["queries"], found[name]["bytes"] / 1024
    return f"{_ms(found['times'][name])}, queries {queries}, {size:.0f} kB"


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"
