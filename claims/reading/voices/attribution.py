"""Statements with their sources, and which figures each of them covers."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from claims.reading.languages.english import ENGLISH
from claims.reading.proposals import MOST_OF_A_KIND
from claims.reading.text.blocks import Layout
from claims.reading.text.sentences import Sentence, Sentences
from claims.reading.voices import cues
from claims.reading.voices.antecedents import Antecedents
from claims.reading.voices.ascribing import holds_figure, only_acts
from claims.reading.voices.cues import Cue, find_cues
from claims.reading.voices.reach import anonymous_scope, scope_of, strong_contrast
from claims.reading.voices.somebody import somebody_in, speakers_of
from claims.reading.voices.statements import CuedStatement, settled, split_gapped
from claims.reading.voices.subjects import speaker_in
from claims.reading.voices.who_speaks import WhoSpeaks

FOR_SOMEBODY = ENGLISH.pattern("attribution.for_somebody")
INSIDE_NAMES = cues.ACTIVE | {"closing", "said_by"}
"""Shapes of cues that may be a part of a name: "its operations record", "a nurse quoted by X"."""
SHORTEST = 2
"""Signs on their own are sentences too: they say nothing."""


class Statements:
    """All attributed statements of an article, in order, found by position."""

    def __init__(
        self, layout: Layout, sentences: Sentences, extra: Iterable["CuedStatement"] = ()
    ) -> None:
        self.text = layout.plain.text
        self.layout = layout
        self.sentences = sentences
        self.all: list[CuedStatement] = []
        self.antecedents = Antecedents(layout)
        self.who = WhoSpeaks(self.text, self.antecedents)
        for sentence in sentences.all:
            kind = layout.blocks[sentence.block].kind
            if kind != "heading" and sentence.end - sentence.start > SHORTEST:
                self._read_sentence(sentence)
            if len(self.all) >= MOST_OF_A_KIND:
                break
        labelled = list(extra)
        spans = [(one.cue_start, one.cue_end) for one in labelled]
        marks = bytearray(len(self.text) + 1)
        for start, end in spans:
            marks[start:end] = b"\x01" * (end - start)
        self.all = [
            one for one in self.all if not any(marks[one.cue_start : one.cue_end])
        ] + labelled
        self.all.sort(key=lambda statement: statement.cue_start)
        self._starts = [sentence.start for sentence in sentences.all]
        self._by_sentence: dict[int, list[CuedStatement]] = {}
        for statement in self.all:
            for index in range(
                sentences.at(statement.scope_start),
                sentences.at(max(statement.scope_start, statement.scope_end - 1)) + 1,
            ):
                self._by_sentence.setdefault(index, []).append(statement)

    def covering(self, position: int) -> list[CuedStatement]:
        """Return the statements whose scope holds a position, the nearest cue first."""
        index = max(0, bisect_right(self._starts, position) - 1)
        held = [
            s for s in self._by_sentence.get(index, []) if s.scope_start <= position < s.scope_end
        ]
        return sorted(held, key=lambda s: (s.cue_start > position, abs(position - s.cue_start)))

    def nearest(self, position: int) -> list[CuedStatement]:
        """Return the first of those that cover a position, none where none does.

        Several who speak together are one each.
        """
        return [
            replace(one, source=name)
            for one in self._nearest(position)
            for name in (speakers_of(one.source) if one.source else (one.source,))
        ]

    def _nearest(self, position: int) -> list[CuedStatement]:
        index = max(0, bisect_right(self._starts, position) - 1)
        before: list[CuedStatement] = []
        for one in self._by_sentence.get(index, ()):  # in the order of their cues
            if one.scope_start <= position < one.scope_end:
                if one.cue_start > position:
                    return before or [one]
                if not before or one.cue_start > before[0].cue_start:
                    before = [one]
        return before

    def _read_sentence(self, sentence: Sentence) -> None:
        self.antecedents.enter(sentence)
        found: list[CuedStatement] = list(self._for_somebody(sentence))
        words = self.sentences.landmarks.within("cue", sentence.start, sentence.end)
        for cue in find_cues(self.text, sentence.start, sentence.end, words):
            if found and cue.shape in INSIDE_NAMES and _inside_name(found[-1], cue):
                continue
            statement = self._statement(cue, sentence, found)
            if statement is None:
                continue
            if found and cue.shape == "nouns" and found[-1].role == cues.REPORTED:
                relayed = found.pop()
                statement = replace(statement, via=relayed.source)
            if (
                found
                and found[-1].cue_start >= statement.source_start
                and not statement.anonymous
                and found[-1].role == cues.ACCORDING
            ):
                found.pop()  # "A study by X found": the verb speaks for the noun
            found.append(statement)
            self.antecedents.heard(statement)
        self.all += [
            one
            for statement in settled(found)
            for one in split_gapped(self.text, statement, sentence.end)
        ]
        self.antecedents.leave(sentence)

    def _for_somebody(self, sentence: Sentence) -> Iterator[CuedStatement]:
        """As in "For Brandt, the toll was nearer 900", where Brandt has spoken before."""
        for opening in FOR_SOMEBODY.finditer(self.text, sentence.start, sentence.end):
            known = self.antecedents.have_spoken(opening["name"])
            if (known and opening.start() == sentence.start) or opening["put"]:
                at = opening.start("name")
                yield CuedStatement(
                    at - 4, at - 1, opening["name"], cues.ACCORDING, None, False,
                    opening.end() - 1, sentence.end, at,
                )  # fmt: skip

    def _statement(
        self, cue: Cue, sentence: Sentence, earlier: list[CuedStatement]
    ) -> CuedStatement | None:
        text = self.text
        if cue.anonymous:
            start, end = anonymous_scope(text, cue, sentence)
            return CuedStatement(
                cue.start, cue.end, None, cue.role, None, True, start, end, cue.start
            )
        at, name, inverted = self.who.of(cue, sentence, earlier)
        near = bool(earlier) or self.antecedents.spoke_near(cue.start)
        if not name or only_acts(text, cue, name, sentence.start, compared=near):
            return None
        if cue.shape in ("holds", "names") and not holds_figure(
            text, cue, name, sentence.end, compared=near
        ):
            return None
        via = self.who.channel(cue, sentence)
        name, via = speaker_in(name, via)
        if not (name := somebody_in(name)):
            return None
        if via is None and earlier and not earlier[-1].anonymous and _nested(text, earlier[-1], at):
            via = earlier[-1].source if earlier[-1].source != name else None
        start, end = scope_of(text, cue, sentence, at, inverted=inverted)
        return CuedStatement(cue.start, cue.end, name, cue.role, via, False, start, end, at)


def _nested(text: str, outer: CuedStatement, at: int) -> bool:
    """Whether the second speaker stands inside what the first one said."""
    return (
        outer.cue_end <= at
        and " that " in f" {text[outer.cue_end : at]} "
        and not strong_contrast(text, outer.cue_end, at)
    )


def _inside_name(one: CuedStatement, cue: Cue) -> bool:
    """Whether a cue is a noun of the name before it: "according to its operations record"."""
    end = one.source_start + len(one.source or "")
    named_after = one.role == cues.ACCORDING or one.source_start > one.cue_start
    return named_after and one.source_start <= cue.start and cue.end <= end
