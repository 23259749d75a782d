"""Sentences of a block, by punctuation and a list of abbreviations."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from claims.reading.languages.english import ENGLISH
from claims.reading.text.blocks import Block
from claims.reading.text.landmarks import Landmarks

ENDING = re.compile(r"[.!?][.!?]*[\"'\u201d\u2019)\]]*(?= |\Z)")
ABBREVIATIONS = frozenset(ENGLISH.words("sentences.abbreviations"))
LONGEST = 2000
FARTHEST = 400  # characters on either side, where no sentence begins or ends
LAST_WORD = re.compile(r"[\w.]+\Z")


@dataclass(slots=True)
class Sentence:
    """A sentence in plain text offsets, with the index of its block."""

    start: int
    end: int
    block: int


class Sentences:
    """All sentences of an article in order, found by position or by their landmarks."""

    def __init__(self, text: str, blocks: tuple[Block, ...], landmarks: Landmarks) -> None:
        self.landmarks = landmarks
        self.all: list[Sentence] = []
        for index, block in enumerate(blocks):
            if block.kind == "table_row":
                self.all += [
                    Sentence(c.start, c.end, index) for c in block.cells if c.end > c.start
                ]
            else:
                self.all += _split(text, block, index)
        self._starts = [sentence.start for sentence in self.all]

    def at(self, position: int) -> int:
        """Index of the sentence that holds a position of the plain text."""
        return max(0, bisect_right(self._starts, position) - 1)

    def holding(self, kind: str) -> Iterator[Sentence]:
        """Yield the sentences with landmarks of a kind, in order."""
        end = -1
        for place in self.landmarks.all(kind):
            if place >= end:
                sentence = self.all[self.at(place)]
                end = sentence.end
                yield sentence


def _split(text: str, block: Block, index: int) -> list[Sentence]:
    found = []
    start = block.start
    for ending in ENDING.finditer(text, block.start, block.end):
        if _ends_sentence(text, ending, block.end):
            found.append(Sentence(start, ending.end(), index))
            start = min(ending.end() + 1, block.end)
    if start < block.end:
        found.append(Sentence(start, block.end, index))
    return [piece for sentence in found for piece in _bounded(text, sentence)]


def _bounded(text: str, sentence: Sentence) -> list[Sentence]:
    """Cut what has no full stop for pages, so that no step depends on a block's length."""
    if sentence.end - sentence.start <= LONGEST:
        return [sentence]
    pieces = []
    start = sentence.start
    while sentence.end - start > LONGEST:
        space = text.rfind(" ", start + 1, start + LONGEST)
        cut = space + 1 if space > start else start + LONGEST
        pieces.append(Sentence(start, cut, sentence.block))
        start = cut
    return [*pieces, Sentence(start, sentence.end, sentence.block)]


def _last_word(before: str) -> str:
    last = before.rpartition(" ")[2]
    if last.isalnum():
        return last
    word = LAST_WORD.search(before)
    return word[0] if word else ""


def _ends_sentence(text: str, ending: re.Match[str], limit: int) -> bool:
    after = text[ending.end() + 1 : ending.end() + 2] if ending.end() + 1 < limit else ""
    if ending[0] != ".":
        return not after.islower()
    if text.startswith(" ", ending.start() - 1):
        return not after.islower()
    last = _last_word(text[max(0, ending.start() - 20) : ending.start()]).casefold()
    if last in ABBREVIATIONS and not (last == "no" and after.isupper()):
        # "U.S." may end a sentence, but joining two sentences costs less than cutting one.
        return False
    if len(last) == 1 and last.isalpha():
        return False
    return not after.islower()


def sentence_around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after the words from start to end in their sentence and line."""
    before = text[max(0, start - FARTHEST) : start].rpartition("\n")[2]
    endings = [found.end() for found in ENDING.finditer(before)]
    after = text[end : end + FARTHEST].partition("\n")[0]
    stop = ENDING.search(after)
    return before[endings[-1] if endings else 0 :].lstrip(), after[: stop.end() if stop else None]
