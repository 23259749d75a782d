"""Which event of a paragraph a sentence tells of: the first one, another one, one elsewhere."""

from dataclasses import dataclass

from claims.reading.conflicts.rivals import bounds
from claims.reading.languages.english import ENGLISH
from claims.reading.questions.evidence import FigureEvidence
from claims.reading.questions.questions import MONTHLIKE
from claims.reading.text.sentences import Sentence, Sentences

ELSEWHERE = ENGLISH.pattern("occasions.elsewhere")
ANOTHER = ENGLISH.pattern("occasions.another")


@dataclass(slots=True)
class Occasion:
    """The how-manieth event of its block, and the place that a sentence was opened with."""

    block: int
    number: int = 0
    place: str = ""


class Occasions:
    """Follows the events of an article from figure to figure, in order."""

    def __init__(self, text: str, sentences: Sentences) -> None:
        self.text = text
        self.sentences = sentences
        self._now = Occasion(-1)
        self._sentence = -1

    def of(self, one: FigureEvidence) -> Occasion:
        """Return the occasion of a figure; figures come in the order of the text."""
        asked = one.question
        if asked.block != self._now.block:
            self._now, self._sentence = Occasion(asked.block), -1
        if asked.sentence != self._sentence:
            first = self.sentences.all[asked.sentence]
            self._now = self._after(first, one)
            self._sentence = asked.sentence
        return self._now

    def _after(self, sentence: Sentence, one: FigureEvidence) -> Occasion:
        now = self._now
        words = self.text[
            sentence.start : min(sentence.end, max(sentence.start, one.mention.start))
        ]
        another = self._sentence >= 0 and ANOTHER.search(words) is not None
        place = ELSEWHERE.match(self.text, sentence.start, sentence.end)
        if place is None or MONTHLIKE.match(place[1]) or _frames(one, place.end()):
            return Occasion(now.block, now.number + another, now.place)
        return Occasion(now.block, now.number + another, place[1])


def _frames(one: FigureEvidence, end: int) -> bool:
    """As in "In Geneva, the UN said": the place is the speaker's."""
    return bool(one.sources) and 0 <= one.sources[0].source_start - end <= 2


def days_apart(one: str, other: str) -> bool:
    """Whether two EDTF dates, of which the year may not be known, exclude each other."""
    one, other = (date.strip("[].") for date in (one, other))
    if not one or not other:
        return False
    if "X" in one or "X" in other:
        days = (one.removeprefix("XXXX")[-6:], other.removeprefix("XXXX")[-6:])
        return len(days[0]) == len(days[1]) and days[0] != days[1] and "/" not in one + other
    first, second = bounds(one), bounds(other)
    return bool(first and second and (first[1] < second[0] or second[1] < first[0]))
