"""Which references stand behind a figure: the first marks after its item, clause or sentence."""

import re
from bisect import bisect_left

from claims.reading.text.blocks import Layout
from claims.reading.text.sentences import Sentences

ITEM_END = re.compile(r";|,,")


class Citations:
    """Reference marks of an article, found by position in the plain text."""

    def __init__(self, layout: Layout, sentences: Sentences) -> None:
        self.layout = layout
        self.sentences = sentences
        self.marks = sorted(layout.citations, key=lambda mark: mark.at)
        self._places = [mark.at for mark in self.marks]

    def behind(self, end: int) -> tuple[str, ...]:
        """Return the full text of each reference cited right after a figure that ends at `end`."""
        limit = self._limit(end)
        index = bisect_left(self._places, end)
        if index >= len(self.marks) or self._places[index] > limit:
            return ()
        first = self._places[index]
        cited: list[str] = []
        while index < len(self.marks) and self._places[index] <= first + 1:
            text = self.layout.references.get(self.marks[index].key, "")
            if text and text not in cited:
                cited.append(text)
            index += 1
        return tuple(cited)

    def _limit(self, end: int) -> int:
        sentence = self.sentences.all[self.sentences.at(max(0, end - 1))]
        block = self.layout.blocks[sentence.block]
        if block.kind == "infobox":
            item = ITEM_END.search(self.layout.plain.text, end, block.end)
            return item.end() if item else block.end
        return sentence.end
