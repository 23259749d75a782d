"""Scenes: a day and place that a sentence was opened with, and that the next one goes on with."""

from claims.reading.dates.date_mentions import DateMention
from claims.reading.languages.english import ENGLISH
from claims.reading.text.sentences import Sentence, Sentences

FRAME = ENGLISH.pattern("scenes.frame")
APART = ENGLISH.pattern("scenes.apart")
OPENS = ENGLISH.pattern("scenes.opens")
OF_SAYING = ENGLISH.pattern("scenes.of_saying")
OF_A_WORK = ENGLISH.pattern("scenes.of_a_work")
PARTED = ENGLISH.pattern("scenes.parted")
LONGEST_FRAME = 40
"""Characters from the head of a sentence in which its date stands."""
LEAD = 90
MOST = 3
"""Sentences over which a scene lasts."""


class Scenes:
    """Tells of a sentence which one before it set the scene, where one did."""

    def __init__(self, text: str, sentences: Sentences) -> None:
        self.text = text
        self.sentences = sentences
        self._asked: tuple[int, tuple[Sentence, ...]] = (-1, ())

    def before(self, sentence: Sentence) -> tuple[Sentence, ...]:
        """Return the sentences before one that it goes on from, the nearest first."""
        if self._asked[0] != sentence.start:
            self._asked = sentence.start, self._before(sentence)
        return self._asked[1]

    def _before(self, one: Sentence) -> tuple[Sentence, ...]:
        index = self.sentences.at(one.start)
        found: list[Sentence] = []
        while index and len(found) < MOST and not APART.search(self.text[one.start : one.end]):
            index, one = index - 1, self.sentences.all[index - 1]
            if one.block != self.sentences.all[index + 1].block:
                break
            found.append(one)
        return tuple(found)

    def opens(self, date: DateMention, sentence: Sentence) -> bool:
        """Whether a sentence begins with a date, as in "On 9 July the police charged"."""
        far = date.start - sentence.start
        return far <= LONGEST_FRAME and bool(FRAME.match(self.text[sentence.start : date.start]))


def of_words(text: str, date: DateMention, one: Sentence) -> bool:
    """Whether a date is that of a report or of somebody's words, not of what happened.

    As in "a study of 2006" and "on 5 March the airline corrected".
    """
    before = text[max(one.start, date.start - LEAD) : date.start]
    if OF_A_WORK.search(before):
        return True
    opens = OPENS.search(before) is not None
    return opens and OF_SAYING.match(text[date.end : min(one.end, date.end + LEAD)]) is not None


def parted(words: str) -> bool:
    """Whether the words between a date and a figure begin a clause that is of one of them only."""
    return PARTED.search(words) is not None
