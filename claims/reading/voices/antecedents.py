"""Whom "he", "it" or "the agency" means: who has spoken, and whom the paragraph is about."""

import re

from claims.reading.languages.english import ENGLISH
from claims.reading.text.blocks import Layout
from claims.reading.text.sentences import Sentence
from claims.reading.voices.speakers import clause_subject, is_bare_pronoun, is_pronoun
from claims.reading.voices.statements import CuedStatement

NAME = re.compile(r"[A-Z](?<!\w[A-Z])[\w'\u2019-]+")
TITLES = frozenset(ENGLISH.words("antecedents.titles"))
REACH = 300
"""How far back a person is looked for."""


class Antecedents:
    """Remembers the speakers of an article, sentence by sentence."""

    def __init__(self, layout: Layout) -> None:
        self.text = layout.plain.text
        self.layout = layout
        self.last: str | None = None
        self._last_at = 0
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
            names = set(NAME.findall(statement.source)) - TITLES
            self._by_name |= dict.fromkeys(names, statement.source)

    def have_spoken(self, words: str) -> bool:
        """Whether a name in these words is that of an earlier speaker."""
        return not self._by_name.keys().isdisjoint(NAME.findall(words))

    def meant_by(self, pronoun: str, sentence: Sentence) -> str:
        """Return whom a pronoun or "the agency" points back to, "" when nobody is known."""
        folded = pronoun.casefold()
        if folded in ("he", "she") and (person := self._person(sentence)):
            return person
        if folded in ("it", "they") and self._subject():
            return self._subject()
        known = self.last or self._subject()
        return known or ("" if is_bare_pronoun(pronoun) else pronoun)

    def _subject(self) -> str:
        """Whom the sentences of this paragraph spoke of last; read only when a pronoun asks."""
        for sentence in self._unread:
            subject = clause_subject(self.text, sentence.start, sentence.end)
            if subject and not is_pronoun(subject):
                self._named = subject
        self._unread.clear()
        return self._named

    def _person(self, sentence: Sentence) -> str:
        """Who was named just before "He said", if the last speaker was not in this paragraph."""
        start = self.layout.blocks[sentence.block].start
        if not self._by_name or (self.last and self._last_at >= start):
            return ""
        words = self.text[max(start, sentence.start - REACH) : sentence.start]
        named = [word for word in NAME.findall(words) if word in self._by_name]
        return self._by_name[named[-1]] if named else ""
