"""Word by word differences of two texts."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final, Literal

Operation = Literal["equal", "insert", "delete"]

MAX_WORDS: Final = 20_000  # beyond this the comparison would take seconds
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


def word_diff(old: str, new: str) -> list[tuple[Operation, str]]:
    """Return what stays, goes and comes, in reading order.

    The texts of equal and delete joined give `old`, those of equal and insert give `new`. What
    both texts share at their ends is set aside first; when the rest is longer than MAX_WORDS
    it is given as one deletion and one insertion.
    """
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    head = _shared(before, after)
    tail = _shared(before[head:][::-1], after[head:][::-1])
    middle_old = before[head : len(before) - tail]
    middle_new = after[head : len(after) - tail]
    pieces: list[tuple[Operation, list[str]]] = [
        ("equal", before[:head]),
        *_middle(middle_old, middle_new),
        ("equal", before[len(before) - tail :]),
    ]
    return _joined(pieces)


def _middle(old: list[str], new: list[str]) -> list[tuple[Operation, list[str]]]:
    if len(old) + len(new) > MAX_WORDS:
        return [("delete", old), ("insert", new)]
    pieces: list[tuple[Operation, list[str]]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            pieces.append(("equal", old[i1:i2]))
        else:
            pieces += [("delete", old[i1:i2]), ("insert", new[j1:j2])]
    return pieces


def _shared(old: list[str], new: list[str]) -> int:
    """Return how many words both lists begin with."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _joined(pieces: list[tuple[Operation, list[str]]]) -> list[tuple[Operation, str]]:
    """Drop empty pieces and join neighbours of the same kind."""
    out: list[tuple[Operation, str]] = []
    for operation, some in pieces:
        text = "".join(some)
        if out and out[-1][0] == operation:
            out[-1] = (operation, out[-1][1] + text)
        elif text:
            out.append((operation, text))
    return out
