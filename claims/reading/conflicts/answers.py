"""A figure as an answer: who counts, what it excludes, and when two answer one question."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from claims.domain.intervals import Interval
from claims.reading.conflicts.occasions import Occasion, Occasions
from claims.reading.languages.english import ENGLISH
from claims.reading.questions.evidence import FigureEvidence, Question
from claims.reading.text.landmarks import Window
from claims.reading.text.sentences import Sentences
from claims.reading.voices.brackets import SPEAKERS
from claims.reading.voices.cues import DENIED

MANNERS: Final = {"executed": "killed", "casualties": "killed"}
LEAD, TAIL = 120, 60
CLAUSE_BREAK = ENGLISH.pattern("answers.clause_break")
PART_LEAD = ENGLISH.pattern("answers.part_lead")
PART_TAIL = ENGLISH.pattern("answers.part_tail")
MODAL = ENGLISH.pattern("answers.modal")
BY_THEN = ENGLISH.pattern("answers.by_then")
RISEN = ENGLISH.pattern("answers.risen")
COUNTERS = ENGLISH.pattern("answers.counters")
LANDMARKS: Final = {
    kind: frozenset(ENGLISH.words(f"answers.{kind}_words"))
    for kind in ("counter", "part", "modal", "then", "risen")
}
"""Without one of its words, COUNTERS, PART_LEAD, MODAL, BY_THEN and RISEN find nothing."""
BRACKET = re.compile(r"[^();,.]{0,24}\(([^()]{2,60})\)")
QUALIFIER = ENGLISH.pattern("answers.qualifier")
"""What stands in brackets without naming who counts."""
NAME = re.compile(r"[A-Z](?<!\w[A-Z])[\w'\u2019-]+")
NO_NAME = frozenset(ENGLISH.words("answers.no_name"))


@dataclass(slots=True)
class Answer:
    """A figure with all that tells whether it rivals another.

    `voice` = who counts, folded, "" for the article itself; `named` = somebody in particular;
    `apart` = a part of, or an addition to, another figure; `unreal` = feared, planned, allowed;
    `by_then` = so far; `risen` = more than before.
    """

    evidence: FigureEvidence
    measure: str
    interval: Interval
    voice: str
    named: bool
    apart: bool
    unreal: bool
    by_then: bool
    risen: bool
    occasion: Occasion
    owners: frozenset[str]

    @property
    def question(self) -> Question:
        """What the figure answers."""
        return self.evidence.question

    @property
    def start(self) -> int:
        """Where the figure begins in the plain text."""
        return self.evidence.mention.start

    @property
    def end(self) -> int:
        """Where the figure ends in the plain text."""
        return self.evidence.mention.end


def answers(
    evidence: Sequence[FigureEvidence], sentences: Sentences, text: str
) -> Iterator[Answer]:
    """Yield the figures as answers, in order."""
    occasions = Occasions(text, sentences)
    window = sentences.landmarks.window
    for one in evidence:
        sentence = sentences.all[one.question.sentence]
        start, end = one.mention.start, one.mention.end
        lead = text[max(sentence.start, start - LEAD) : start]
        clause = CLAUSE_BREAK.split(lead)[-1] if _may_break(lead) else lead
        tail = text[end : min(sentence.end, end + TAIL)]
        ahead, behind = window(start - len(lead), start), window(end, end + len(tail))
        close = ahead if clause == lead else window(start - len(clause), start)
        voice, named = _voice(one, clause if close.holds("counter") else "", tail, behind)
        measure = _measure(one.question)
        yield Answer(
            one,
            measure,
            one.interval,
            voice,
            named,
            one.mention.form == "part"
            or bool(ahead.search("part", PART_LEAD, lead) or PART_TAIL.match(tail)),
            bool(close.search("modal", MODAL, clause) or MODAL.match(tail[1:])),
            bool(
                ahead.search("then", BY_THEN, lead)
                or behind.search("then", BY_THEN, tail.split(";")[0])
            ),
            ahead.search("risen", RISEN, lead) is not None,
            occasions.of(one),
            _owners(one, clause, start - len(clause)),
        )


def _may_break(lead: str) -> bool:
    """Whether words hold a sign or a conjunction that may end a clause."""
    return (
        "," in lead
        or ";" in lead
        or ":" in lead
        or ")" in lead
        or " wh" in lead
        or " but " in lead
        or "though " in lead
    )


def _measure(asked: Question) -> str:
    """The measure without the manner: who took part in a vote is its turnout."""
    measure = MANNERS.get(asked.event, asked.event)
    return "turnout" if asked.unit == "percent" and measure == "attendance" else measure


def _voice(one: FigureEvidence, clause: str, tail: str, behind: Window) -> tuple[str, bool]:
    """Who counts: the speaker, else a list or report that the clause names."""
    if beside := _beside(one, tail):
        return beside.casefold(), True
    if one.sources and one.sources[0].source and one.sources[0].role != DENIED:
        return one.sources[0].source.casefold(), True
    if counters := [match[0] for match in COUNTERS.finditer(clause)]:
        return counters[-1].casefold(), False
    after = behind.search("counter", COUNTERS, tail.split(",", maxsplit=1)[0])
    return (after[0] if after else "").casefold(), False


def _beside(one: FigureEvidence, tail: str) -> str:
    """The counter in brackets behind a figure, or in the header of its column."""
    if one.block.kind == "table_row":
        at = one.mention.start
        bracket = BRACKET.search(
            next((c.header for c in one.block.cells if c.start <= at < c.end), "")
        )
    else:
        bracket = BRACKET.match(tail)
    if bracket is None or not (one.block.kind != "paragraph" or SPEAKERS.match(bracket[1])):
        return ""
    return "" if QUALIFIER.search(bracket[1]) else bracket[1]


def _owners(one: FigureEvidence, clause: str, at: int) -> frozenset[str]:
    """The names in the clause that are not those of the speaker."""
    said = one.sources[0] if one.sources else None
    return frozenset(
        name[0]
        for name in NAME.finditer(clause)
        if name[0] not in NO_NAME
        and not (
            said
            and said.source_start
            <= at + name.start()
            < max(said.cue_end, said.source_start + len(said.source or ""))
        )
    )
