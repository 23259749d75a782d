"""What a figure answers: which measure, of whom, counted in what, when and where."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.reading.blocks import Block, Layout
from claims.reading.dates import DateMention
from claims.reading.measures import PEOPLE, class_of, measure_labelled, measure_named
from claims.reading.quantities import Figure
from claims.reading.sentences import Sentence, Sentences

UNIT = re.compile(
    r"[ -](?P<unit>km2|km\u00b2|square (?:kilomet(?:re|er)s?|miles?|met(?:re|er)s?|feet)|"
    r"kilomet(?:re|er)s?|km|miles?|mi|met(?:re|er)s?|"
    r"m|cm|mm|feet|ft|foot|hectares?|ha|acres?|metric tons?|tonnes?|tons?|kilograms?|kg|grams?|"
    r"litres?|liters?|barrels?|"
    r"days?|hours?|minutes?|seconds?|weeks?|months?|years?|knots|mph|km/h|MW|GW|kWh|degrees?|"
    r"dollars|euros|pounds|"
    r"rupees|yen|francs|per ?cent|votes?|seats?)\b"
)
RATE = re.compile(
    r"[^.;,]{0,24}?\b(?:a|per|each|every) (day|week|month|year|hour|capita|person|100,000|1,000)\b"
)
PHRASE_END = re.compile(
    r"[.,;:()\"\u201c\u201d\n]|\b(?:were|was|are|is|had|have|has|been|in|on|at|from|by|to|who|"
    r"which|that|after|before|during|"
    r"while|when|as|with|for|and|into|said|out|since|until|according|would|could|will|including|"
    r"than|took|left|fled|died)\b"
)
OF_PEOPLE = frozenset(
    "killed injured executed captured defected displaced missing strength arrested infected attendance aboard survived casualties".split()  # noqa: E501
)
ITEM_BREAK = re.compile(r";|,,|\. |, (?=~?[0-9])|\)")
CLAUSE_BREAK = re.compile(r";|, (?:while|whereas|but|although|and|with) ")
SAME_FIGURE = re.compile(
    r"\b(?:the|its?|that|this|their|at)\b[^.;]{0,40}\b(?:figure|number|total|toll|count|crowd|"
    r"turnout|it|estimate) (?:at|as|to|was|of|stood at)(?: [a-z]+){0,2} \Z|\barrived at \Z|\bput "
    r"it at \Z|\b(?:claimed|said|gave|reported|estimated|counted|cited|spoke of|suggested|"
    r"announced|mentioned) \Z"
)
"""Words before a number that point back to what the figure before it counted."""
WINDOW = 90
REACH = 200
"""How far from a figure its clause and place are looked for."""
WEAK = frozenset({"attendance", "strength", "population", "travelling"})
"""Measures whose words also name those who are killed, arrested and so on."""
WEAK_PENALTY = 60


WORDS = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Question:
    """What one figure answers; texts are "" where the article does not say."""

    event: str
    counted: str
    population: str
    unit: str
    place: str
    date_edtf: str
    sentence: int
    block: int


class Questions:
    """Asks of each figure of an article what it answers."""

    def __init__(self, layout: Layout, sentences: Sentences, dates: Sequence[DateMention]) -> None:
        self.text = layout.plain.text
        self.layout = layout
        self.sentences = sentences
        self.dates = dates
        self._date_starts = [date.start for date in dates]
        self._recent: list[tuple[Question, Figure]] = []

    def of(self, figure: Figure) -> Question:
        """Return what a figure answers."""
        index = self.sentences.at(figure.number_start)
        sentence = self.sentences.all[index]
        block = self.layout.blocks[sentence.block]
        header = _header(block, figure)
        counted = self._counted(figure, sentence)
        event = self._event(figure, sentence, block, header)
        if self._recent and self._recent[-1][0].block != sentence.block:
            self._recent.clear()
        lead = self.text[max(block.start, figure.start - 70) : figure.start]
        if not counted and SAME_FIGURE.search(lead) and (last := self._like(figure, event)):
            return self._again(last, figure, index)
        asked = Question(
            event,
            counted,
            self._population(counted),
            self._unit(figure, counted, event),
            self._place(figure, sentence, block),
            self._date(figure, sentence, block),
            index,
            sentence.block,
        )
        self._recent = [*self._recent[-5:], (asked, figure)]
        return asked

    def _like(self, figure: Figure, event: str) -> Question | None:
        """The question of the figure before it in the paragraph that is nearest in size."""
        fitting = [
            (abs(_magnitude(figure) - _magnitude(other)), -place, asked)
            for place, (asked, other) in enumerate(self._recent)
            if event in ("", asked.event)
        ]
        return min(fitting, key=lambda one: one[:2])[2] if fitting else None

    def _again(self, last: Question, figure: Figure, index: int) -> Question:
        """As in "Police put the figure at 60" answers what the figure before it answered."""
        unit = figure.unit or last.unit
        return replace(last, unit=unit, sentence=index)

    def _counted(self, figure: Figure, sentence: Sentence) -> str:
        text = self.text
        start = figure.end + (text[figure.end : figure.end + 1] in (" ", "-"))
        if text.startswith("of ", start):
            start += 3
        stop = PHRASE_END.search(text, start, min(sentence.end, start + WINDOW))
        end = stop.start() if stop else min(sentence.end, start + WINDOW)
        return text[start:end].strip(" -")

    def _event(self, figure: Figure, sentence: Sentence, block: Block, header: str) -> str:
        """The measure named nearest to the figure, words after it before words ahead of it."""
        low, high = self._clause(figure, sentence, block)
        best, distance = "", 10_000
        for word in WORDS.finditer(
            self.text, max(low, figure.start - WINDOW), min(high, figure.end + WINDOW)
        ):
            if figure.start <= word.start() < figure.end:
                continue
            name = self._measure(word)
            if name:
                ahead = word.start() >= figure.end
                gap = word.start() - figure.end if ahead else figure.start - word.end() + 12
                gap += WEAK_PENALTY * (name in WEAK)
                if gap < distance:
                    best, distance = name, gap
        labelled = measure_labelled(header or block.label)
        if best in ("", "strength") and labelled:
            return labelled
        return best

    def _measure(self, word: re.Match[str]) -> str:
        written = word[0].lower()
        if written == "loss" and not self.text.startswith(" of", word.end()):
            return ""
        return measure_named(written)

    def _clause(self, figure: Figure, sentence: Sentence, block: Block) -> tuple[int, int]:
        breaks = ITEM_BREAK if block.kind == "infobox" else CLAUSE_BREAK
        low, high = sentence.start, sentence.end
        low, high = max(low, figure.start - REACH), min(high, figure.end + REACH)
        for found in breaks.finditer(self.text, low, high):
            if found.end() <= figure.start:
                low = found.end()
            elif found.start() >= figure.end:
                high = found.start()
                break
        return low, high

    def _population(self, counted: str) -> str:
        for word in WORDS.findall(counted):
            if name := class_of(word.lower()):
                return name
        return "people" if any(word in PEOPLE for word in counted.lower().split()) else ""

    def _unit(self, figure: Figure, counted: str, event: str) -> str:
        text = self.text
        if figure.unit:
            return figure.unit
        unit = UNIT.match(text, figure.end)
        name = unit["unit"] if unit else ""
        rate = RATE.match(text, figure.end)
        words = counted.lower().split()
        people = any(word in PEOPLE for word in words) or (not words and event in OF_PEOPLE)
        name = name or ("people" if people else "")
        return f"{name}/{rate[1]}" if rate and name else name

    def _date(self, figure: Figure, sentence: Sentence, block: Block) -> str:
        """The nearest date before the figure in its paragraph, unless one follows directly."""
        at = bisect_right(self._date_starts, figure.start) - 1
        before = self.dates[at] if at >= 0 and self.dates[at].start >= block.start else None
        after = self.dates[at + 1] if at + 1 < len(self.dates) else None
        if before is not None and before.start >= sentence.start:
            return before.edtf
        if after is not None and after.start < sentence.end:
            between = self.text[figure.end : after.start]
            if before is None or not any(char.isdecimal() for char in between):
                return after.edtf
        return before.edtf if before is not None and block.kind == "paragraph" else ""

    def _place(self, figure: Figure, sentence: Sentence, block: Block) -> str:
        if block.kind == "table_row" and block.cells:
            return self.text[block.cells[0].start : block.cells[0].end]
        reach = min(sentence.end, figure.end + REACH)
        return self._first_place(figure.end, reach) or self._first_place(
            max(sentence.start, figure.start - REACH), figure.start
        )

    def _first_place(self, start: int, end: int) -> str:
        for match in PLACE.finditer(self.text, start, end):
            if not MONTHLIKE.match(match[1]):
                return match[1]
        return ""


PLACE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Ff]rom|[Aa]round|(?:town|city|village|port|region|"
    r"province|district|"
    r"state|island|camp|towns|cities) of) (?:the )?([A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]+){0,3})"
)
MONTHLIKE = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Spring|"
    r"Summer|Autumn|Winter|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)


def _magnitude(figure: Figure) -> int:
    """How many digits the figure has before the point."""
    value = figure.high if figure.high is not None else figure.low
    return len(str(int(value))) if value is not None else 3


def _header(block: Block, figure: Figure) -> str:
    for cell in block.cells:
        if cell.start <= figure.start < cell.end:
            return cell.header
    return ""
