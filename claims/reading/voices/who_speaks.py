"""Whose words a cue hands on: the subject of its verb, the name behind it, who was named before."""

import re

from claims.reading.languages.english import ENGLISH
from claims.reading.text.sentences import Sentence
from claims.reading.voices import cues
from claims.reading.voices.antecedents import Antecedents
from claims.reading.voices.cues import Cue
from claims.reading.voices.speakers import (
    FINITE,
    VERBAL,
    clause_subject,
    is_bare_pronoun,
    is_pronoun,
    speaker_after,
    speaker_before,
)
from claims.reading.voices.statements import CuedStatement
from claims.reading.voices.subjects import cannot_speak

TOLD_WHOM = re.compile(
    r" (?:the )?((?:[A-Z][\w.&'\u2019-]*|[a-z]+)(?: (?:of|[A-Z][\w.&'\u2019-]*))*)"
)
VAGUE_HEARERS = frozenset(ENGLISH.words("who_speaks.vague_hearers"))
INVERTED = re.compile(r"[,\"\u201d'\u2019?!] ?\Z")
RIGHT_NAME = ENGLISH.pattern("who_speaks.right_name")
INVERTIBLE = frozenset(ENGLISH.words("who_speaks.invertible"))
NO_OWNER = ENGLISH.pattern("who_speaks.no_owner")
OWNER = re.compile(r"((?:[\w.-]+ ){0,4}?[\w.-]+s?)(?:'s|\u2019s|(?<=s)['\u2019]) ")
NAME_FOLLOWS = frozenset(ENGLISH.words("who_speaks.name_follows"))
FRONTED = ENGLISH.pattern("who_speaks.fronted")
"""As in "In his report he said", where "the report he wrote" has another subject."""
FRONT = re.compile(r"(?:In|On|At|By|From|After|With|To|During) ")
CITED = re.compile(r" [a-z]+ed (?:by|in) .*")
"""As in "said a nurse quoted by the Herald"."""
OPENED = ENGLISH.pattern("who_speaks.opened")
"""The subject behind an adverbial without a comma: "In his memoirs Frey"."""
OWNERS = {"his": "he", "her": "she", "their": "they", "its": "it"}
NOBODY = frozenset(ENGLISH.words("who_speaks.nobody"))
FIRST_PERSON = re.compile(r"(?:[Ww]e|I|[Yy]ou)\Z")
PRONOUN_ENDS = ("they ", "he ", "it ", "had ", "have ", "also ")
RELATIVE_PRONOUN = ENGLISH.pattern("who_speaks.relative_pronoun")


class WhoSpeaks:
    """Finds the speaker of each cue in an article's text."""

    def __init__(self, text: str, antecedents: Antecedents) -> None:
        self.text = text
        self.antecedents = antecedents

    def of(
        self, cue: Cue, sentence: Sentence, earlier: list[CuedStatement]
    ) -> tuple[int, str, bool]:
        """Return (where, name, whether the name follows the verb)."""
        text = self.text
        if cue.shape == "count_of":
            return _owner_of_count(text, cue, sentence)
        if cue.shape == "own_count":
            owner = next(one for one in text[cue.start : cue.end].split() if one in OWNERS)
            return (
                cue.start,
                self._resolved(OWNERS[owner], cue.start, sentence, cue, earlier),
                False,
            )
        if cue.shape in NAME_FOLLOWS:
            at, name = speaker_after(text, cue.end, sentence.end)
            if cannot_speak(cue.shape, name):
                return at, "", False
            return (at, name, False) if _is_somebody(name) else (at, "", False)
        right = _name_after(text, cue, sentence)
        if right:
            return right.start(1), CITED.sub("", right[1]), True
        at, name = speaker_before(text, cue.start, sentence.start)
        if FIRST_PERSON.match(name):
            return at, "", False
        near = max(sentence.start, cue.start - 40), cue.start
        if text.endswith(PRONOUN_ENDS, *near) and RELATIVE_PRONOUN.search(text, *near):
            clause = max(sentence.start, text.rfind("; ", sentence.start, cue.start) + 2)
            if not FRONTED.fullmatch(text, clause, cue.start):
                return at, "", False
        at, name = _behind_opening(text, sentence.start, cue.start, at, name)
        if cue.shape in ("estimate_was", "claim_that"):
            return (*_owner_of_estimate(at, name), False)
        return at, self._resolved(name, at, sentence, cue, earlier), False

    def _resolved(
        self, name: str, at: int, sentence: Sentence, cue: Cue, earlier: list[CuedStatement]
    ) -> str:
        """Put a name in the place of a pronoun or of nothing at all."""
        text = self.text
        if is_pronoun(name):
            inside = at > sentence.start + 3 and is_bare_pronoun(name)
            if inside and earlier and not earlier[-1].anonymous:
                return earlier[-1].source or ""
            inserted = text.startswith(", ", at - 2) and cues.INSERTED.match(text, cue.end)
            if inside and not inserted and (main := self._main(sentence))[:1].isupper():
                return main
            return self.antecedents.meant_by(name, sentence)
        if not name and earlier and _shares_subject(text, earlier[-1], cue):
            return earlier[-1].source or ""
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

    def channel(self, cue: Cue, sentence: Sentence) -> str | None:
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
    return right if right and not VERBAL.search(CITED.sub("", right[1])) else None


def _behind_opening(text: str, start: int, end: int, at: int, name: str) -> tuple[int, str]:
    """The subject behind an adverbial that no comma parts from it."""
    fronted = FRONT.match(text, start, end)
    if fronted and at in (start, fronted.end()):
        opened = OPENED.match(text, fronted.end(), at + len(name))
        return (start, opened["name"] or opened["only"]) if opened else (at, name)
    return at, name


def _owner_of_estimate(at: int, name: str) -> tuple[int, str]:
    """As in "the ministry's figure of 200"."""
    name = name.removesuffix("'s").removesuffix("\u2019s")
    # "Activists dispute the ministry's figure of 200": the ministry's.
    if later := re.search(r"[a-z] ((?:the|their|its) [^,]{2,60})\Z", name):
        at, name = at + later.start(1), later[1]
    nobody = not name or NO_OWNER.search(name) or FINITE.fullmatch(name)
    return at, "" if nobody else name


def _owner_of_count(text: str, cue: Cue, sentence: Sentence) -> tuple[int, str, bool]:
    """As in "by the government's own count"; a bare pronoun owns nothing."""
    owner = OWNER.match(text, cue.end, sentence.end)
    return (cue.end, owner[1], False) if owner else (cue.end, "", False)


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


def _shares_subject(text: str, one: CuedStatement, cue: Cue) -> bool:
    """Whether "and counted 17" goes on after a verb of the same speaker."""
    between = text[one.cue_end : cue.start]
    apart = " that " in f" {between}" or ";" in between or one.anonymous
    return one.role == cues.SAYS and not apart and between.endswith((" and ", " but ", " or "))
