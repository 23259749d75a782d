"""Which word a typing error meant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rapidfuzz.distance import OSA

from claims.domain.findable import LONGEST_WORD
from claims.domain.names import fold_for_search
from claims.domain.published import ClaimDocument

SHORTEST: Final = 4  # letters of a word that can be misspelt


def spellable_words(document: ClaimDocument) -> set[str]:
    """The folded words of a claim's names: question, subject, who says it, where it stands."""
    texts = [document["question"], document["subject"]["title"], document["subject"]["place"]]
    texts += [one["title"] for one in document["sources"]]
    texts += [one["publisher"]["name"] for one in document["sources"] if one["publisher"]]
    texts += [link["name"] for one in document["figures"] for link in one["attribution"]]
    return {word for text in texts for word in _words(text)}


def forms_of(word: str) -> set[str]:
    """The word, and what is left of it without one of its letters.

    Two words that lie one insertion, deletion, replacement or exchange of neighbours apart share
    a form without one letter (symmetric deletion: W. Garbe, SymSpell, 2012).
    """
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def asked_forms(typed: str) -> set[str]:
    """The forms to look up for a typed word; none for one that is too short or no word."""
    words = _words(typed)
    return forms_of(words[0]) if len(words) == 1 else set()


def nearest(typed: str, candidates: Iterable[str]) -> str | None:
    """The candidate that one edit makes of the typed word; of several the first by letters.

    An edit is one of optimal string alignment: a letter more, less or another, or two neighbours
    exchanged.
    """
    word = fold_for_search(typed)
    return min((one for one in candidates if OSA.distance(word, one) == 1), default=None)


def _words(text: str) -> list[str]:
    """The words of letters alone that are long enough to be misspelt."""
    folded = fold_for_search(text)
    split = "".join(one if one.isalpha() else " " for one in folded).split()
    return [word for word in split if SHORTEST <= len(word) <= LONGEST_WORD]
