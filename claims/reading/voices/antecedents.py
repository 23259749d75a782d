"""Whom "he", "it" or "the agency" means: who has spoken, and whom the paragraph is about."""

import re

from claims.reading.languages.english import ENGLISH
from claims.reading.text.blocks import Layout
from claims.reading.text.sentences import Sentence
from claims.reading.voices.speakers import ROLE, clause_subject, is_bare_pronoun, is_pronoun
from claims.reading.voices.statements import CuedStatement

NAME = re.compile(r"[A-Z](?<!\w[A-Z])[\w'\u2019-]+")
TITLES = frozenset(ENGLISH.words("antecedents.titles"))
BODY = ENGLISH.pattern("antecedents.body")
PEOPLE = frozenset(ENGLISH.words("antecedents.people"))
THINGS = frozenset(ENGLISH.words("antecedents.things"))
NAMED_BY_PROPER = frozenset(ENGLISH.words("antecedents.named_by_proper"))
"""Nouns for somebody who has a name without them: "the newspaper" is Le Jour."""
TWO_NAMES = re.compile(r"(?:\A|, |\b[a-z]+ )(?!The )[A-Z][\w.\u2019'-]+ [A-Z][\w\u2019'-]+\Z")
RECENT = 5
"""So many speakers before the last are remembered."""
REACH = 300
"""How far back a person is looked for."""


class Antecedents:
    """Remembers the speakers of an article, sentence by sentence."""

    def __init__(self, layout: Layout) -> None:
        self.text = layout.plain.text
        self.layout = layout
        self.last: str | None = None
        self._last_at = 0
        self._recent: list[str] = []
        self._by_name: dict[str, str] = {}
        self._named = ""
        self._unread: list[Sentence] = []
        self._block = -1

    def enter(self, sentence: Sentence) -> None:
        """Begin a sentence; a new paragraph is about nobody yet."""
        if sentence.block != self._block:
            self._block, self._named, self._unread = sentence.block, "", []

    def leave(self, sentence: Sentence) -> None:
        """Keep a sentence that is read: its subject may be asked for."""
        self._unread.append(sentence)

    def heard(self, statement: CuedStatement) -> None:
        """Remember who speaks."""
        if statement.source:
            self.last, self._last_at = statement.source, statement.cue_start
            if statement.source in self._recent:
                self._recent.remove(statement.source)
            self._recent = [*self._recent[-RECENT:], statement.source]
            names = set(NAME.findall(statement.source)) - TITLES
            self._by_name |= dict.fromkeys(names, statement.source)

    def have_spoken(self, words: str) -> bool:
        """Whether a name in these words is that of an earlier speaker."""
        return not self._by_name.keys().isdisjoint(NAME.findall(words))

    def spoke_near(self, position: int) -> bool:
        """Whether somebody spoke shortly before, in this paragraph."""
        start = self.layout.blocks[self._block].start
        return self.last is not None and self._last_at >= max(start, position - REACH)

    def meant_by(self, pronoun: str, sentence: Sentence) -> str:
        """Return whom a pronoun or "the agency" points back to, "" when nobody is known."""
        folded = pronoun.casefold()
        if folded in PEOPLE and (person := self._person(sentence)):
            return person
        if folded == "both":
            return " and ".join(self._recent[-2:]) if len(self._recent) > 1 else ""
        if folded in THINGS and self._subject():
            return self._subject()
        if not is_bare_pronoun(pronoun):
            return self._called(folded.split()[-1]) or pronoun
        return self.last or self._subject()

    def _called(self, noun: str) -> str:
        """Who spoke last under a noun: "the agency" is "the civil protection agency"."""
        for source in reversed(self._recent):
            words = source.casefold().split(", ")[0].split()
            if noun in words:
                return source
        named = self.last if self.last and NAME.match(self.last.split()[-1]) else ""
        return named if noun in NAMED_BY_PROPER else ""

    def _subject(self) -> str:
        """Whom the sentences of this paragraph spoke of last; read only when a pronoun asks."""
        for sentence in self._unread:
            subject = clause_subject(self.text, sentence.start, sentence.end)
            if subject and not is_pronoun(subject):
                self._named = subject
        self._unread.clear()
        return self._named

    def _person(self, sentence: Sentence) -> str:
        """Whom "he" means: the last person of the paragraph that spoke or was spoken of."""
        start = self.layout.blocks[sentence.block].start
        subject_at, subject = -1, ""
        for one in self._unread[-3:]:
            words = clause_subject(self.text, one.start, one.end)
            if words and not is_pronoun(words) and is_person(words):
                subject_at, subject = one.start, words
        if self.last and self._last_at >= max(start, subject_at) and not BODY.search(self.last):
            return self.last
        if subject:
            return subject
        if not self._by_name or (self.last and self._last_at >= start):
            return ""
        words = self.text[max(start, sentence.start - REACH) : sentence.start]
        named = [word for word in NAME.findall(words) if word in self._by_name]
        return self._by_name[named[-1]] if named else ""


def is_person(words: str) -> bool:
    """Whether words name a person: by a role, or by two names that are no body's."""
    if BODY.search(words):
        return False
    return (
        ROLE.match(words.split(", ", maxsplit=1)[0]) is not None
        or TWO_NAMES.search(words) is not None
    )
