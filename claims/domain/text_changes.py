"""What changes between two long texts: the changed lines word by word, the rest left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from claims.domain.diff import Operation, word_diff
from claims.domain.line_matching import lines_of, matching_lines

AROUND: Final = 300  # characters of what stays that are shown on either side of a change
MOST_WORDS: Final = 60_000  # characters of changed lines that are compared word by word, in all
MOST_AT_ONCE: Final = 12_000  # of one change; a longer one is given as gone and come
MOST_SHOWN: Final = 200_000  # characters of changes that are shown

type Pieces = list[tuple[Operation, str]]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the comparison: "kept" and "changed" have pieces to read.

    Of "skipped" (stays, too long to show) and "cut" (changes, past MOST_SHOWN) only ``count``
    is told, in characters.
    """

    kind: Literal["kept", "changed", "skipped", "cut"]
    pieces: Pieces
    count: int = 0


@dataclass(frozen=True, slots=True)
class _Hunk:
    """Old and new words at one place; ``stays`` when they are the same."""

    old: str
    new: str
    stays: bool


def changes_between(old: str, new: str) -> list[Stretch]:
    """Return the changes in reading order, each with a little of what stands around it.

    [] when the texts are the same. The work and the answer are bounded by MOST_WORDS and
    MOST_SHOWN beside one linear look for the lines that stay.
    """
    hunks = list(_hunks(old, new))
    return list(_told(hunks)) if any(not one.stays for one in hunks) else []


def _hunks(old: str, new: str) -> Iterator[_Hunk]:
    mine, theirs = lines_of(old), lines_of(new)
    at = then = 0
    for match in matching_lines(mine, theirs):
        gone, come = mine[at : match.at], theirs[then : match.then]
        if len(gone) == len(come):  # as when one word is replaced everywhere
            yield from (_Hunk(a, b, stays=False) for a, b in zip(gone, come, strict=True))
        else:
            yield _Hunk("".join(gone), "".join(come), stays=False)
        if match.size:
            same = "".join(mine[match.at : match.at + match.size])
            yield _Hunk(same, same, stays=True)
        at, then = match.at + match.size, match.then + match.size


def _told(hunks: list[_Hunk]) -> Iterator[Stretch]:
    words, shown, cut = MOST_WORDS, MOST_SHOWN, 0
    for index, one in enumerate(hunks):
        if one.stays:
            if not cut:
                yield from _kept(one.old, is_first=index == 0, is_last=index == len(hunks) - 1)
            continue
        size = len(one.old) + len(one.new)
        if cut or size > shown:
            cut += size
            continue
        shown -= size
        is_close = size <= min(words, MOST_AT_ONCE)
        words -= size if is_close else 0
        yield Stretch("changed", word_diff(one.old, one.new) if is_close else _coarse(one))
    if cut:
        yield Stretch("cut", [], cut)


def _coarse(hunk: _Hunk) -> Pieces:
    pieces: Pieces = [("delete", hunk.old), ("insert", hunk.new)]
    return [piece for piece in pieces if piece[1]]


def _kept(text: str, *, is_first: bool, is_last: bool) -> Iterator[Stretch]:
    """What stays, without its middle; at the ends of the text without what is far from a change."""
    before = 0 if is_first else AROUND
    after = 0 if is_last else AROUND
    if len(text) <= before + after + AROUND:
        yield Stretch("kept", [("equal", text)])
        return
    start = _word_end(text, before) if before else 0
    end = _word_end(text, len(text) - after) if after else len(text)
    if start:
        yield Stretch("kept", [("equal", text[:start])])
    yield Stretch("skipped", [], end - start)
    if end < len(text):
        yield Stretch("kept", [("equal", text[end:])])


def _word_end(text: str, at: int) -> int:
    """The nearest place from ``at`` on that cuts no word, within sixty characters."""
    for place in range(at, min(at + 60, len(text))):
        if text[place].isspace():
            return place
    return at
