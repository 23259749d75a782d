"""Whose a number is: the subject of the verb that takes it."""

from __future__ import annotations

import re
from typing import Final

from claims.reading.languages.english import ENGLISH

MOST_WORDS: Final = 7  # of a subject
_PRONOUNS: Final = frozenset(ENGLISH.words("owners.pronouns"))
_ARTICLES: Final = frozenset(ENGLISH.words("owners.articles"))
_POSSESSIVES: Final = frozenset(ENGLISH.words("owners.possessives"))
_BETWEEN: Final = frozenset(ENGLISH.words("owners.between"))
_ENDS: Final = frozenset(ENGLISH.words("owners.ends"))
_WORD = re.compile(r"[\w’'.&-]+|[^\w\s]")


def verb_subject(before: str) -> str:
    """Return the noun phrase that ends the words before a verb; '' for a pronoun or none.

    "In 1962 the government of Orl later" gives "the government of Orl".
    """
    words = _WORD.findall(before)
    while words and words[-1].casefold() in _BETWEEN:
        words.pop()
    kept: list[str] = []
    for place in range(len(words) - 1, -1, -1):
        word = words[place]
        lower = word.casefold()
        if len(kept) >= MOST_WORDS or not re.match(r"[\w’']", word) or lower in _ENDS:
            break
        if re.search(r"\d", word) or lower in _PRONOUNS:
            return ""
        kept.insert(0, word)
        ended = place == 0 or words[place - 1].casefold() != "of"
        if lower in _ARTICLES | _POSSESSIVES and ended:
            break
    return _named(kept)


def _named(words: list[str]) -> str:
    """The phrase where it names somebody or something; a bare singular noun does not."""
    if not words or words[0].casefold() in _POSSESSIVES or words[0].casefold() == "of":
        return ""
    first = words[0].casefold()
    if first in _ARTICLES and len(words) == 1:
        return ""
    if first not in _ARTICLES and not words[0][:1].isupper() and not words[-1].endswith("s"):
        return ""
    if first in _ARTICLES:
        words = [first, *words[1:]]
    return " ".join(words)


def bare(name: str) -> str:
    """The phrase without its article."""
    return re.sub(r"^(?:the|an?) ", "", name)
