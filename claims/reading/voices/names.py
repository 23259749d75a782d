"""Names of actors and places as they are compared: short forms, accents and titles aside."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from claims.reading.languages.english import ENGLISH

ABBREVIATED = ENGLISH.pattern("names.abbreviated")
SHORT_FORM = re.compile(r"\([A-Z][A-Z-]{1,9}[,)]")
MOST_SHORT_FORMS = 300
LONGEST = 13 * 32
"""No more characters belong to the name before a short form."""
PROPER = ENGLISH.pattern("names.proper")
NO_ACTORS = frozenset(ENGLISH.words("names.no_actors"))
SMALL = frozenset(ENGLISH.words("names.small"))


def folded(name: str) -> str:
    """Return a name without accents and case."""
    decomposed = unicodedata.normalize("NFD", name)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold().strip(" .,;:")


def abbreviations(text: str) -> dict[str, str]:
    """Return {folded full name: short form as written} for each "Full Name (FN)" of a text."""
    found: dict[str, str] = {}
    for full, short in definitions(text):
        found.setdefault(folded(full), short)
    return found


def definitions(text: str) -> Iterator[tuple[str, str]]:
    """Yield each "Full Name (FN)" of a text as ("Full Name", "FN")."""
    for match in _abbreviated(text):
        words = match[1].split()
        while words and (words[0] in SMALL or words[0] in ("The", "On", "In")):
            words.pop(0)
        # "Rebels from the Movement for Renewal (MR)": the name starts where its letters do.
        for start in range(len(words)):
            if words[start][0] == match[2][0]:
                yield " ".join(words[start:]), match[2]
                break


def _abbreviated(text: str) -> Iterator[re.Match[str]]:
    """Look for the words of a short form only before the brackets around one."""
    start = 0
    for short in islice(SHORT_FORM.finditer(text), MOST_SHORT_FORMS):
        match = ABBREVIATED.search(text, max(start, short.start() - LONGEST), short.end())
        if match:
            yield match
        start = short.end()


def actors_in(words: str, short: dict[str, str]) -> dict[str, str]:
    """Return {folded: written} of the actors named, in short form where the article gives one."""
    named = {}
    plain = folded(words)
    for full, abbreviation in short.items():
        if full in plain:
            named[folded(abbreviation)] = abbreviation
            plain = plain.replace(full, " ")
    for match in PROPER.finditer(re.sub(r"/|,| and ", " | ", words)):
        written = re.sub(r"^(?:The|Islamist|Islamists|Both) ", "", match[0]).strip(" .,;:")
        name = folded(written)
        if name and name not in NO_ACTORS and not any(name in full for full in short):
            known = short.get(name, written)
            named[folded(known)] = known
    return named
