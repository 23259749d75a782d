"""Room for the frames of deep calls, taken once a test."""

# Python keeps the frames of a thread in pieces of 16 kB that it takes from the system when a call
# goes over the edge of one and gives back when the call returns. A loop at such an edge does that
# at each turn, and pages are deep: a quarter of their time went into it.

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import Any

# Python takes a piece of 1 MiB for a frame of so many words; the other half is for what it calls.
WORDS = 70_000


def _call(function: Callable[[], Any]) -> Any:
    return function()


_roomy = FunctionType(_call.__code__.replace(co_stacksize=WORDS), globals())


def with_room(function: Callable[[], Any]) -> Callable[[], Any]:
    """The same function, called with room on the stack."""
    return lambda: _roomy(function)
