"""Words that tell what is measured and which sort of people is counted."""

import re
from functools import lru_cache

from claims.reading.languages.english import ENGLISH

_COMPILED = tuple(
    (name, re.compile(rf"(?:{words})", re.IGNORECASE))
    for name, words in ENGLISH.patterns("measures.measures").items()
)
LABELS = tuple(ENGLISH.patterns("measures.labels").items())
PEOPLE = frozenset(ENGLISH.words("measures.people"))
CLASS_OF = {
    stem: name
    for name, stems in ENGLISH.table("measures.classes").items()
    for stem in stems.split()
}


@lru_cache(maxsize=4096)
def class_of(word: str) -> str:
    """Return the sort of people a word in lower case names, "" for most words."""
    return next((name for stem, name in CLASS_OF.items() if word.startswith(stem)), "")


@lru_cache(maxsize=4096)
def measure_named(word: str) -> str:
    """Return the measure that a word in lower case names, "" for most words."""
    return next((name for name, words in _COMPILED if words.fullmatch(word)), "")


@lru_cache(maxsize=1024)
def measure_labelled(label: str) -> str:
    folded = label.casefold()
    return next((name for name, words in LABELS if re.search(words, folded)), "")
