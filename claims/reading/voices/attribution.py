"""Statements with their sources, and which figures each of them covers."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from claims.reading.languages.english import ENGLISH
from claims.reading.proposals import MOST_OF_A_KIND
from claims.reading.text.blocks import Layout
from claims.reading.text.sentences import Sentence, Sentences
from claims.reading.voices import cues
from claims.reading.voices.antecedents import Antecedents
from claims.reading.voices.cues import Cue, find_cues
from claims.reading.voices.reach import anonymous_scope, scope_of, strong_contrast
from claims.reading.voices.somebody import somebody_in, speakers_of
from claims.reading.voices.speakers import (
    VERBAL,
    clause_subject,
    is_pronoun,
    speaker_after,
    speaker_before,
)
from claims.reading.voices.statements import CuedStatement, settled, split_gapped
from claims.reading.voices.subjects import cannot_speak, speaker_in

TOLD_WHOM = re.compile(
    r" (?:the )?((?:[A-Z][\w.&'\u2019-]*|[a-z]+)(?: (?:of|[A-Z][\w.&'\u2019-]*))*)"
)
VAGUE_HEARERS = frozenset(ENGLISH.words("attribution.vague_hearers"))
INVERTED = re.compile(r"[,\"\u201d'\u2019?!] ?\Z")
RIGHT_NAME = ENGLISH.pattern("attribution.right_name")
INVERTIBLE = frozenset(ENGLISH.words("attribution.invertible"))
NO_OWNER = ENGLISH.pattern("attribution.no_owner")
OWNER = re.compile(r"((?:[\w.-]+ ){0,4}?[\w.-]+s?)(?:'s|\u2019s|(?<=s)['\u2019]) ")
OWN_FIGURE = ENGLISH.pattern("attribution.own_figure")
FOR_SOMEBODY = re.compile(r"For ((?:the )?[\w.'\u2019 -]{2,40}?), ")
OF_NAMES = frozenset(ENGLISH.words("attribution.of_names"))
LISTING = frozenset(ENGLISH.words("attribution.listing"))
LISTS = ENGLISH.pattern("attribution.lists")
"""Who lists rather than does: "the sexton listed 212 graves"."""
PROPER = re.compile(r"(?!The )[A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]+)*(?: \([12][0-9]{3}\))?\Z")
"""As in "Eutropius gives 5,000", where "the widow gives 40" would be a deed."""
NAME_FOLLOWS = frozenset(ENGLISH.words("attribution.name_follows"))
NOBODY = frozenset(ENGLISH.words("attribution.nobody"))
SHORTEST = 2
"""Signs on their own are sentences too: they say nothing."""
FIRST_PERSON = re.compile(r"(?:[Ww]e|I|[Yy]ou)\Z")
PRONOUN_ENDS = ("they ", "he ", "it ", "had ", "have ", "also ")
RELATIVE_PRONOUN = ENGLISH.pattern("attribution.relative_pronoun")


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
        opening = FOR_SOMEBODY.match(self.text, sentence.start, sentence.end)
        if opening and self.antecedents.have_spoken(opening[1]):
            yield CuedStatement(
                sentence.start, sentence.start + 3, opening[1], cues.ACCORDING, None, False,
                sentence.start, sentence.end, opening.start(1),
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
        at, name, inverted = self._source(cue, sentence, earlier)
        if not name or _only_acts(text, cue, name):
            return None
        via = self._channel(cue, sentence)
        name, via = speaker_in(name, via)
        if not (name := somebody_in(name)):
            return None
        if via is None and earlier and not earlier[-1].anonymous and _nested(text, earlier[-1], at):
            via = earlier[-1].source if earlier[-1].source != name else None
        start, end = scope_of(text, cue, sentence, at, inverted=inverted)
        return CuedStatement(cue.start, cue.end, name, cue.role, via, False, start, end, at)

    def _source(
        self, cue: Cue, sentence: Sentence, earlier: list[CuedStatement]
    ) -> tuple[int, str, bool]:
        """Return (where, name, whether the name follows the verb)."""
        text = self.text
        if cue.shape == "count_of":
            return _owner_of_count(text, cue, sentence)
        if cue.shape in NAME_FOLLOWS:
            at, name = speaker_after(text, cue.end, sentence.end)
            if cannot_speak(cue.shape, name):
                return at, "", False
            return (at, name, False) if _is_somebody(name) else (at, "", False)
        right = _name_after(text, cue, sentence)
        if right:
            return right.start(1), right[1], True
        at, name = speaker_before(text, cue.start, sentence.start)
        if FIRST_PERSON.match(name):
            return at, "", False
        near = max(sentence.start, cue.start - 40), cue.start
        if text.endswith(PRONOUN_ENDS, *near) and RELATIVE_PRONOUN.search(text, *near):
            return at, "", False
        if cue.shape in ("estimate_was", "claim_that"):
            name = name.removesuffix("'s").removesuffix("\u2019s")
            # "Activists dispute the ministry's figure of 200": the ministry's.
            if later := re.search(r"[a-z] ((?:the|their|its) [^,]{2,60})\Z", name):
                at, name = at + later.start(1), later[1]
            return (at, "", False) if not name or NO_OWNER.search(name) else (at, name, False)
        return at, self._resolved(name, at, sentence, cue, earlier), False

    def _resolved(
        self, name: str, at: int, sentence: Sentence, cue: Cue, earlier: list[CuedStatement]
    ) -> str:
        """Put a name in the place of a pronoun or of nothing at all."""
        text = self.text
        if is_pronoun(name):
            inside = at > sentence.start + 3
            if inside and earlier and not earlier[-1].anonymous:
                return earlier[-1].source or ""
            inserted = text.startswith(", ", at - 2) and cues.INSERTED.match(text, cue.end)
            if inside and not inserted and (main := self._main(sentence))[:1].isupper():
                return main
            return self.antecedents.meant_by(name, sentence)
        if _is_free_participle(text, cue, sentence):
            return self._main(sentence) or self.antecedents.last or ""
        if _is_somebody(name):
            return name
        which = text.rfind(", which ", max(sentence.start, cue.start - 200), cue.start)
        if which >= 0:
            return speaker_before(text, which, sentence.start)[1]
        return self._main(sentence) or self.antecedents.last or ""

    def _main(self, sentence: Sentence) -> str:
        """The subject of the main clause; "" where it is not clear or names nobody."""
        main = clause_subject(self.text, sentence.start, sentence.end)
        return "" if is_pronoun(main) else main

    def _channel(self, cue: Cue, sentence: Sentence) -> str | None:
        """As in "told the AFP that": the hearer is the channel."""
        if cue.shape != "told":
            return None
        whom = TOLD_WHOM.match(self.text, cue.end, sentence.end)
        if (
            whom is None
            or whom[1].split()[0].casefold() in VAGUE_HEARERS
            or not any(c.isupper() for c in whom[1])
        ):
            return None
        return whom[1].rstrip(".")


def _name_after(text: str, cue: Cue, sentence: Sentence) -> re.Match[str] | None:
    """Find X in "..., said X."; only verbs of speech turn round like this."""
    before = text[max(sentence.start, cue.start - 3) : cue.start]
    if (
        cue.shape != "turned" and text[cue.start : cue.end] not in INVERTIBLE
    ) or not INVERTED.search(before):
        return None
    right = RIGHT_NAME.match(text, cue.end, sentence.end)
    return right if right and not VERBAL.search(right[1]) else None


def _owner_of_count(text: str, cue: Cue, sentence: Sentence) -> tuple[int, str, bool]:
    """As in "by the government's own count"; a bare pronoun owns nothing."""
    owner = OWNER.match(text, cue.end, sentence.end)
    return (cue.end, owner[1], False) if owner else (cue.end, "", False)


def _only_acts(text: str, cue: Cue, name: str) -> bool:
    """Whether "found 12 bodies" or "measured 40 metres" is a deed, not a statement."""
    verb = text[cue.start : cue.end].strip()
    if cue.shape != "complement" or OWN_FIGURE.match(text, cue.end):
        return False
    if verb.split(" ", 1)[0] not in cues.OBSERVED or text.startswith(" that ", cue.end):
        return False
    if (verb in OF_NAMES and PROPER.match(name)) or (verb in LISTING and LISTS.search(name)):
        return False
    return cues.OBSERVER.search(name) is None


def _is_free_participle(text: str, cue: Cue, sentence: Sentence) -> bool:
    """Whether ", claiming that" or "Stating that ..." hangs on the main clause."""
    if not text[cue.start : cue.end].split(maxsplit=1)[0].endswith("ing"):
        return False
    before = text[sentence.start : cue.start].rstrip()
    return not before or before.endswith((",", "\u2014"))


def _is_somebody(name: str) -> bool:
    words = name.split()
    if not words or len(words) > 24:
        return False
    return any(c.isalpha() for c in name) and words[0].casefold() not in NOBODY


def _nested(text: str, outer: CuedStatement, at: int) -> bool:
    """Whether the second speaker stands inside what the first one said."""
    return (
        outer.cue_end <= at
        and " that " in f" {text[outer.cue_end : at]} "
        and not strong_contrast(text, outer.cue_end, at)
    )
