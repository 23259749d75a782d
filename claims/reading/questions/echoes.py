"""Figures that answer again what one before them in the paragraph answered."""

import re
from dataclasses import replace
from typing import Final

from claims.reading.counts.mentions import FigureMention
from claims.reading.languages.english import ENGLISH
from claims.reading.questions.counted import WORDS
from claims.reading.questions.evidence import Question
from claims.reading.questions.measures import measure_named
from claims.reading.text.sentences import Sentences

POINTS_BACK = ENGLISH.pattern("echoes.points_back")
"""Words before a number that point back to what the figure before it counted."""
LINKS = frozenset(ENGLISH.words("echoes.links"))
"""One of the last three words of POINTS_BACK is one of these."""
LAST_WORDS = re.compile(r"[a-z]+")
COUNTING = ENGLISH.pattern("echoes.counting")
UNSETTLED = ENGLISH.pattern("echoes.unsettled")
AUXILIARY = ENGLISH.pattern("echoes.auxiliary")
"""Behind a figure with a verb of its own, which is not that of the figure before it."""
REMEMBERED: Final = 6
TOPIC_REACH: Final = 4
"""How many sentences the figures of an announced dispute may follow in."""
MOST_DIGITS_APART: Final = 1


class Echoes:
    """Completes questions from the figures and the announced disputes before them."""

    def __init__(self, text: str, sentences: Sentences) -> None:
        self.text = text
        self.sentences = sentences
        self._recent: list[tuple[Question, FigureMention]] = []
        self._block = -1
        self._topic = -1
        self._topic_event = ""
        self._seen = -1

    def settled(self, asked: Question, mention: FigureMention, *, spoken: bool) -> Question:
        """Return the question with what the words before the figure add to it."""
        if asked.block != self._block:
            self._block, self._topic, self._recent = asked.block, -1, []
        self._look_for_topic(asked)
        if self._topic >= 0 and self._on_topic(asked):
            event = asked.event or self._topic_event
            asked = replace(asked, event=event, topic=self._topic)
        if echoed := self._echoed(asked, mention, spoken=spoken):
            asked = _again(echoed, asked)
        self._recent = [*self._recent[1 - REMEMBERED :], (asked, mention)]
        return asked

    def _on_topic(self, asked: Question) -> bool:
        """Whether a figure near the announced dispute counts what is disputed, or names nothing."""
        announced = self.sentences.all[self._topic]
        named = self.text.find(asked.noun, announced.start, announced.end) >= 0
        return named and asked.sentence - self._topic <= TOPIC_REACH

    def _bounded(self, mention: FigureMention) -> bool:
        """As in "the firm said that fewer than 9,000 had stayed away", of 20,000 just before."""
        before = self._recent[-1][1].low if self._recent else None
        if before is None or mention.high is None:
            return False
        return mention.low is None and mention.high < before

    def _look_for_topic(self, asked: Question) -> None:
        """Find the last sentence so far that says that a number is in dispute."""
        for index in range(max(self._seen + 1, asked.sentence - TOPIC_REACH), asked.sentence + 1):
            sentence = self.sentences.all[index]
            if sentence.block == asked.block:
                self._take_topic(index, self.text[sentence.start : sentence.end])
        self._seen = asked.sentence

    def _take_topic(self, index: int, words: str) -> None:
        if UNSETTLED.search(words) and COUNTING.search(words):
            named = (measure_named(word.lower()) for word in WORDS.findall(words))
            self._topic, self._topic_event = index, next(filter(None, named), "")

    def _echoed(self, asked: Question, mention: FigureMention, *, spoken: bool) -> Question | None:
        if asked.noun or asked.population or mention.form == "part":
            return None
        sentence = self.sentences.all[asked.sentence]
        lead = self.text[max(sentence.start, mention.start - 70) : mention.start]
        if (
            AUXILIARY.match(self.text, mention.end)
            and not asked.event
            and not self._bounded(mention)
        ):
            return None
        told = not asked.event and (spoken or asked.topic >= 0)
        if not told and not _points_back(lead):
            return None
        fitting = [
            ((before.sentence < asked.sentence, _far(mention, other), -place), before)
            for place, (before, other) in enumerate(self._recent)
            if _may_echo(asked, before, mention, other)
        ]
        return min(fitting, key=lambda one: one[0])[1] if fitting else None


def _points_back(lead: str) -> bool:
    last = LAST_WORDS.findall(lead)[-3:]
    return not LINKS.isdisjoint(last) and POINTS_BACK.search(lead) is not None


def _may_echo(
    asked: Question, before: Question, mention: FigureMention, other: FigureMention
) -> bool:
    if asked.event not in ("", before.event) or other.form == "part" or before.past:
        return False
    if asked.unit not in ("", "people", before.unit):
        return False
    if (asked.unit == "percent") != (before.unit == "percent"):
        return False
    return asked.unit == "percent" or _far(mention, other) <= MOST_DIGITS_APART


def _again(before: Question, asked: Question) -> Question:
    """As in "Police put the figure at 60": what the figure before it answered, said anew."""
    return replace(
        before,
        counted=asked.counted,
        unit=asked.unit or before.unit,
        currency=asked.currency if asked.unit else before.currency,
        place=asked.place or before.place,
        date_edtf=asked.date_edtf if asked.dated else before.date_edtf,
        dated=asked.dated,
        sentence=asked.sentence,
        topic=asked.topic,
        past=asked.past,
        echo=True,
    )


def _far(one: FigureMention, other: FigureMention) -> int:
    """How many digits more one of them has."""
    return abs(_digits(one) - _digits(other))


def _digits(mention: FigureMention) -> int:
    """How many digits the figure has before the point."""
    value = mention.high if mention.high is not None else mention.low
    return len(str(int(value))) if value is not None else 3
