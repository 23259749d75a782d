"""What a figure answers: which measure, of whom, counted in what, when and where."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from claims.reading.counts.mentions import FigureMention
from claims.reading.counts.money import Money, is_money
from claims.reading.dates.date_mentions import DateMention
from claims.reading.languages.english import ENGLISH
from claims.reading.questions.counted import (
    HAPPENED,
    OF_PEOPLE,
    counted_by,
    counted_unit,
    measured_in,
    noun_stem,
    population_of,
    share_of,
)
from claims.reading.questions.echoes import Echoes
from claims.reading.questions.evidence import Question
from claims.reading.questions.governing import governing
from claims.reading.questions.measure_words import MeasureWord, MeasureWords
from claims.reading.questions.measures import measure_labelled
from claims.reading.questions.scenes import Scenes, of_words, parted
from claims.reading.text.blocks import Block, Layout
from claims.reading.text.sentences import Sentence, Sentences
from claims.reading.voices.statements import CuedStatement

ITEM_BREAK = re.compile(r";|,,|\. |, (?=~?[0-9])|\)")
CLAUSE_BREAK = ENGLISH.pattern("questions.clause_break")
BREAK_SIGNS = (",", ";", " when ", ". ", ")")
LOST = ENGLISH.pattern("questions.lost")
LOSING = ("lost ", "losing ", "loss of ", "losses of ", "lives of ")
CHANGED = ENGLISH.pattern("questions.changed")
CHANGING, NEAR_CHANGE = (" from", " by", " the", " with ", " to ", " than in "), 29
"""One of these words ends CHANGED, so many characters before the figure at most."""
CHANGE_TAIL = ENGLISH.pattern("questions.change_tail")
WINDOW = 90
REACH = 200
"""How far from a figure its clause and place are looked for."""
WEAK = frozenset({"attendance", "strength", "population", "travelling"})
"""Measures whose words also name those who are killed, arrested and so on."""
WEAK_PENALTY = 60
IN_COMPANY = {
    "loss": re.compile(r"\bloss of"),
    "held": re.compile(r"\bheld(?! by\b)"),
    "present": re.compile(r"\b(?:been|be|is|are|was|were|those|people) present\b"),
}
"""Words that name a measure only beside certain others."""
COMPANY = 8
OF_MONEY = frozenset({"", "cost"})
OF_COUNTS = OF_PEOPLE | WEAK | {"turnout", "votes", "seats", "jobs"}
"""Measures that are not given in metres, hours or tons."""
DIRECTLY = ENGLISH.pattern("questions.directly")
FRAME = 12
"""How far behind "said" a date may stand that is that of the saying."""


class Questions:
    """Asks of each figure of an article what it answers."""

    def __init__(self, layout: Layout, sentences: Sentences, dates: Sequence[DateMention]) -> None:
        self.text = layout.plain.text
        self.layout = layout
        self.sentences = sentences
        self.dates = dates
        self._date_starts = [date.start for date in dates]
        self._echoes = Echoes(self.text, sentences)
        self._measures = MeasureWords(self.text)
        self._money = Money(self.text)
        self._scenes = Scenes(self.text, sentences)
        self._is_told = False
        places = sentences.landmarks.all("place")
        self._place_starts = [at for at in places if PLACE.match(self.text, at)]

    def of(self, mention: FigureMention, said: CuedStatement | None) -> Question:
        """Return what a figure answers that `said` gives."""
        index = self.sentences.at(mention.number_start)
        sentence = self.sentences.all[index]
        block = self.layout.blocks[sentence.block]
        counted = counted_by(self.text, mention, sentence.end)
        event = self._event(mention, counted, sentence, block)
        unit = counted_unit(self.text, mention, counted, event)
        framed = said if event in HAPPENED else None
        self._is_told = event in HAPPENED or (unit != "" and is_money(unit))
        date, dated = self._date(mention, framed, sentence, block)
        asked = Question(
            event,
            counted,
            population_of(counted),
            unit,
            self._place(mention, sentence, block),
            date,
            index,
            sentence.block,
            share_of(self.text, mention) if unit == "percent" else noun_stem(counted, unit),
            dated,
            past=self._is_past(mention, sentence),
            currency="" if "/" in unit else self._money.currency(mention.unit, mention.end),
        )
        return self._echoes.settled(asked, mention, spoken=said is not None)

    def _is_past(self, mention: FigureMention, sentence: Sentence) -> bool:
        """Whether a figure is what another one is compared with: "up from 50"."""
        lead = self.text[max(sentence.start, mention.start - WINDOW) : mention.start]
        near = lead[-NEAR_CHANGE:]
        changing = any(word in near for word in CHANGING)
        return (changing and CHANGED.search(lead) is not None) or (
            CHANGE_TAIL.match(self.text, mention.end, sentence.end) is not None
        )

    def _event(self, mention: FigureMention, counted: str, sentence: Sentence, block: Block) -> str:
        """The measure of the verb that governs the figure, else the one named nearest to it.

        Words after it come before words ahead of it; a whole takes no measure from either.
        """
        if mention.whole:
            return ""
        if governed := governing(self.text, mention, sentence.start, sentence.end):
            return governed
        low, high = self._clause(mention, sentence, block)
        best, distance = "", 10_000
        unit = measured_in(self.text, mention) or mention.unit
        low, high = max(low, mention.start - WINDOW), min(high, mention.end + WINDOW)
        for word in self._measures.within(low, high):
            name = word.measure
            if mention.start <= word.start < mention.end:
                continue
            if _given_in(name, unit) and self._in_company(word):
                gap = _distance(mention, word) + WEAK_PENALTY * (name in WEAK)
                if gap < distance:
                    best, distance = name, gap
        lead = self.text[max(low, mention.start - 24) : mention.start]
        lost = lead.endswith(LOSING) and LOST.search(lead)
        if best in ("", "strength") and lost and population_of(counted):
            return "killed"
        labelled = measure_labelled(_header(block, mention) or block.label)
        return labelled if best in ("", "strength") and labelled else best

    def _in_company(self, word: MeasureWord) -> bool:
        """Whether a word has those beside it without which it names no measure."""
        company = IN_COMPANY.get(word.written)
        if company is None:
            return True
        around = self.text[max(0, word.start - COMPANY) : word.end + COMPANY]
        return company.search(around) is not None

    def _clause(self, mention: FigureMention, sentence: Sentence, block: Block) -> tuple[int, int]:
        breaks = ITEM_BREAK if block.kind == "infobox" else CLAUSE_BREAK
        low, high = sentence.start, sentence.end
        low, high = max(low, mention.start - REACH), min(high, mention.end + REACH)
        broken = any(self.text.find(sign, low, high) >= 0 for sign in BREAK_SIGNS)
        for found in breaks.finditer(self.text, low, high) if broken else ():
            if found.end() <= mention.start:
                low = found.end()
            elif found.start() >= mention.end:
                high = found.start()
                break
        return low, high

    def _date(
        self, mention: FigureMention, said: CuedStatement | None, sentence: Sentence, block: Block
    ) -> tuple[str, bool]:
        """The nearest date before the figure in its paragraph, unless one follows directly.

        A date of the saying stands in for that of the event, but does not date the figure.
        """
        at = last = bisect_right(self._date_starts, mention.start) - 1
        while at >= 0 and self._is_of_words(self.dates[at], said, sentence):
            at -= 1
        before = self.dates[at] if at >= 0 and self.dates[at].start >= block.start else None
        after = self._date_after(mention, said, sentence)
        if after and DIRECTLY.fullmatch(self.text, mention.end, after.start):
            return after.edtf, True
        if before is not None and before.start >= sentence.start:
            if not parted(self.text[before.end : mention.start]):
                return before.edtf, True
            return "", False
        if after is not None:
            between = self.text[mention.end : after.start]
            if before is None or not any(char.isdecimal() for char in between):
                return after.edtf, True
        if last > at:
            return self.dates[last].edtf, False
        if before is not None and block.kind == "paragraph" and self._goes_on(before, sentence):
            return before.edtf, True
        return before.edtf if before is not None and block.kind == "paragraph" else "", False

    def _goes_on(self, before: DateMention, sentence: Sentence) -> bool:
        """As in "On 9 July the police charged. Two people were shot": what followed at once."""
        scenes = self._scenes.before(sentence)
        scene = next((one for one in scenes if one.start <= before.start < one.end), None)
        if scene is None or of_words(self.text, before, scene):
            return False
        return self._scenes.opens(before, scene)

    def _date_after(
        self, mention: FigureMention, said: CuedStatement | None, sentence: Sentence
    ) -> DateMention | None:
        at = bisect_right(self._date_starts, mention.start)
        if at == len(self.dates) or self.dates[at].start >= sentence.end:
            return None
        date = self.dates[at]
        if self._is_of_words(date, said, sentence) or parted(self.text[mention.end : date.start]):
            return None
        return date

    def _is_of_words(
        self, date: DateMention, said: CuedStatement | None, sentence: Sentence
    ) -> bool:
        """Whether a date is that of what is said or written, not of what happened."""
        if said and self._of_the_saying(date, said, sentence):
            return True
        told = self._is_told and date.start >= sentence.start
        return told and of_words(self.text, date, sentence)

    def _of_the_saying(self, date: DateMention, said: CuedStatement, sentence: Sentence) -> bool:
        """As in "On 5 May the army said", "a study published in 2004 says", "said on Monday"."""
        if not sentence.start <= date.start < sentence.end:
            return False
        if date.end <= said.source_start:
            return said.source_start - date.end <= 2
        return date.start <= said.cue_end + FRAME and (
            date.end <= said.cue_end or date.start >= said.cue_end
        )

    def _place(self, mention: FigureMention, sentence: Sentence, block: Block) -> str:
        if block.kind == "table_row" and block.cells:
            return self.text[block.cells[0].start : block.cells[0].end]
        reach = min(sentence.end, mention.end + REACH)
        stop = self.text.find(";", mention.end, reach)
        named = self._first_place(mention.end, reach if stop < 0 else stop) or self._first_place(
            max(sentence.start, mention.start - REACH), mention.start
        )
        if named or block.kind != "paragraph" or self._is_dated(sentence):
            return named
        for scene in self._scenes.before(sentence):
            if named := self._first_place(max(scene.start, scene.end - REACH), scene.end):
                return named if self._is_scene(scene) else ""
            if self._is_dated(scene):
                break
        return ""

    def _is_dated(self, sentence: Sentence) -> bool:
        at = bisect_left(self._date_starts, sentence.start)
        return at < len(self.dates) and self.dates[at].start < sentence.end

    def _is_scene(self, sentence: Sentence) -> bool:
        """Whether a sentence begins with a date, so that it tells of one day and place."""
        at = bisect_left(self._date_starts, sentence.start)
        return at < len(self.dates) and self._scenes.opens(self.dates[at], sentence)

    def _first_place(self, start: int, end: int) -> str:
        starts, free = self._place_starts, start
        for index in range(bisect_left(starts, start), len(starts)):
            at = starts[index]
            if at >= end:
                break
            if at >= free and (match := PLACE.match(self.text, at, end)):
                if not MONTHLIKE.match(match[1]):
                    return match[1]
                free = match.end()
        return ""


PLACE = ENGLISH.pattern("questions.place")
PLACE_WORDS = frozenset(ENGLISH.words("questions.place_words"))
"""What a PLACE can begin with."""
MONTHLIKE = ENGLISH.pattern("questions.monthlike")


def _given_in(measure: str, unit: str) -> bool:
    """Whether a figure with that unit can be of that measure: no dead in metres or money."""
    if unit in ("", "percent", "share"):
        return True
    if is_money(unit):
        return measure in OF_MONEY
    return measure not in OF_COUNTS


def _distance(mention: FigureMention, word: MeasureWord) -> int:
    """How far a word is from a figure; a word right before it, as in "killed 47", is nearest."""
    if word.start >= mention.end:
        return word.start - mention.end
    return mention.start - word.end + 12 * (mention.start - word.end > 1)


def _header(block: Block, mention: FigureMention) -> str:
    for cell in block.cells:
        if cell.start <= mention.start < cell.end:
            return cell.header
    return ""
