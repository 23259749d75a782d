"""Lists inside lists: which elements of HTML each item opens and closes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

# What the sign of an item is in, and what the item is.
ELEMENTS: Final = {"*": ("ul", "li"), "#": ("ol", "li"), ":": ("dl", "dd"), ";": ("dl", "dt")}
DEEPEST: Final = 12


@dataclass(frozen=True, slots=True)
class ListStep:
    """The elements that end before an item and those that begin with it, in order."""

    closes: tuple[str, ...]
    opens: tuple[str, ...]


NO_STEP: Final = ListStep((), ())


def steps_of(markers: Iterable[str]) -> tuple[list[ListStep], tuple[str, ...]]:
    """Return a step for each item, and what is to be closed after the last.

    A marker is the run of signs that a line of wikitext begins with, such as ``*#``. As in
    MediaWiki, an item goes on in the list that its signs share with the item before.
    """
    steps: list[ListStep] = []
    before = ""
    for written in markers:
        marker = written[:DEEPEST]
        shared = _shared(before, marker)
        closes = _closing(before[shared:])
        opens = [tag for sign in marker[shared:] for tag in ELEMENTS[sign]]
        if shared == len(marker):
            closes.append(ELEMENTS[before[shared - 1]][1])
            opens = [ELEMENTS[marker[-1]][1]]
            before = before[: shared - 1]
            shared -= 1
        steps.append(ListStep(tuple(closes), tuple(opens)))
        before = before[:shared] + marker[shared:]
    return steps, tuple(_closing(before))


def _shared(before: str, marker: str) -> int:
    """How many lists, from the outside, both items are in."""
    count = 0
    for old, new in zip(before, marker, strict=False):
        if ELEMENTS[old][0] != ELEMENTS[new][0]:
            break
        count += 1
    return count


def _closing(signs: str) -> list[str]:
    return [tag for sign in reversed(signs) for tag in reversed(ELEMENTS[sign])]
