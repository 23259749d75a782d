"""The goal B6: what a page of the desk costs in a large database and in a small one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.databases import Pair
from benchmarks.results import Result

TURNS = 2  # of the two databases
MOST = 1.5


def desk_goals(pair: Pair, rounds: int) -> Iterator[Result]:
    """Yield for each page its time, and whether its queries are as many; bytes are shown."""
    small: dict[str, Any] = {}
    large: dict[str, Any] = {}
    each = max(1, rounds // 4)
    for _ in range(TURNS):
        _keep_fastest(small, pair.small.ask("desk", rounds=each))
        _keep_fastest(large, pair.large.ask("desk", rounds=each))
    for page, big in large.items():
        little = small[page]
        yield Result(
            "B6",
            f"desk, {page}: large : small",
            pair.name,
            big["seconds"] / little["seconds"],
            "<=",
            MOST,
            figures=f"{_told(big)}; {_told(little)}",
        )
    most = max(big["queries"] - small[page]["queries"] for page, big in large.items())
    yield Result("B6", "desk: queries that a page has more of", pair.name, most, "<=", 0, "")


def _keep_fastest(kept: dict[str, Any], found: dict[str, Any]) -> None:
    for page, told in found.items():
        before = kept.setdefault(page, told)
        kept[page] = {**told, "seconds": min(before["seconds"], told["seconds"])}


def _told(page: dict[str, Any]) -> str:
    size = page["bytes"] / 1024
    return f"{page['seconds'] * 1000:.1f} ms, queries {page['queries']}, {size:.0f} kB"
