"""Times of several ways to do one thing, taken in turns so that all meet the same weather."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import perf_counter

Times = dict[str, float]


def seconds(work: Callable[[], object]) -> float:
    """Return how long the work takes once."""
    begin = perf_counter()
    work()
    return perf_counter() - begin


def in_turns(
    contenders: dict[str, Callable[[], object]], rounds: int, *, warm: bool = True
) -> Times:
    """Return the seconds of each contender in its fastest turn.

    Each runs once untimed when ``warm``; then every round runs all of them, starting with another
    one each time, with the garbage of the one before collected. The fastest turn and not the
    median, because other work on the machine only ever adds, and adds more than its share to what
    takes longer than a slice of the scheduler's time.
    """
    names = list(contenders)
    for name in names if warm else ():
        contenders[name]()
    gc.freeze()  # what is loaded stays; collecting then costs what the work left, and no more
    found: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(rounds):
        shift = turn % len(names)
        for name in names[shift:] + names[:shift]:
            gc.collect()
            found[name].append(seconds(contenders[name]))
    return {name: min(times) for name, times in found.items()}
