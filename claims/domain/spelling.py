"""Which word a typing error meant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rapidfuzz.distance import OSA

from claims.domain.findable import LONGEST_WORD
from claims.domain.names import fold_for_search
from claims.domain.published import ClaimDocument

SHORTEST: Final = 4  # letters of a word that can be misspelt
_LONG: Final = 8  # words of so many letters may hold two errors


def spellable_words(document: ClaimDocument) -> set[str]:
    """The folded words of a claim's names: question, subject, who says it, where it stands."""
    texts = [document["question"], document["subject"]["title"], document["subject"]["place"]]
    texts += [one["title"] for one in document["sources"]]
    texts += [one["publisher"]["name"] for one in document["sources"] if one["publisher"]]
    texts += [link["name"] for one in document["figures"] for link in one["attribution"]]
    return {word for text in texts for word in _words(text)}


def forms_of(word: str, *, errors: int = 1) -> set[str]:
    """The word, and what is left of it without so many of its letters.

    Two words that lie one insertion, deletion, replacement or exchange of neighbours apart share
    a form without one letter (symmetric deletion: W. Garbe, SymSpell, 2012).
    """
    found = shorter = {word}
    for _ in range(errors):
        shorter = {one[:at] + one[at + 1 :] for one in shorter for at in range(len(one))}
        found = found | shorter
    return found


def asked_forms(typed: str) -> set[str]:
    """The forms to look up for a typed word; none for one that is too short or no word."""
    words = _words(typed)
    if len(words) != 1:
        return set()
    word = words[0]
    return forms_of(word, errors=2 if len(word) >= _LONG else 1)


def nearest(typed: str, candidates: Iterable[str]) -> str | None:
    """The candidate that needs the fewest edits, at most one, or two in a long word.

    Edits are those of optimal string alignment; among equals the first by letters is taken.
    """
    word = fold_for_search(typed)
    most = 2 if len(word) >= _LONG else 1
    ranked = sorted((OSA.distance(word, one), one) for one in candidates if one != word)
    return ranked[0][1] if ranked and ranked[0][0] <= most else None


def _words(text: str) -> list[str]:
    """The words of letters alone that are long enough to be misspelt."""
    folded = fold_for_search(text)
    split = "".join(one if one.isalpha() else " " for one in folded).split()
    return [word for word in split if SHORTEST <= len(word) <= LONGEST_WORD]
