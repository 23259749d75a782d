"""Names of actors and places as they are compared: short forms, accents and titles aside."""

import re
import unicodedata

ABBREVIATED = re.compile(
    r"((?:[A-Z][\w'\u2019-]{1,30}|of|for|the|and|in|de|du|la)(?: (?:[A-Z][\w'\u2019-]{1,30}|of|for|"
    r"the|and|in|de|du|la|des)){1,12}) \(([A-Z][A-Z-]{1,9})[,)]"
)
PROPER = re.compile(
    r"(?:[A-Z][\w'\u2019.-]*)(?: (?:(?:of|the|al|ag|de|for|el|and the) )?[A-Z][\w'\u2019.-]*)*"
)
NO_ACTORS = frozenset(
    "the a an on in at both islamist islamists government army rebels northern southern mali he "
    "she it they january february march april "
    "may june july august september october november december".split()
)
SMALL = frozenset("of for the and in de du la des".split())


def folded(name: str) -> str:
    """Return a name without accents and case."""
    decomposed = unicodedata.normalize("NFD", name)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold().strip(" .,;:")


def abbreviations(text: str) -> dict[str, str]:
    """Return {folded full name: short form} for each "Full Name (FN)" of a text."""
    found: dict[str, str] = {}
    for match in ABBREVIATED.finditer(text):
        words = match[1].split()
        while words and (words[0] in SMALL or words[0] in ("The", "On", "In")):
            words.pop(0)
        # "Islamists from the Movement for Oneness (MO)": the name starts where its letters do.
        for start in range(len(words)):
            if words[start][0] == match[2][0]:
                found.setdefault(folded(" ".join(words[start:])), match[2].casefold())
                break
    return found


def actors_in(words: str, short: dict[str, str]) -> frozenset[str]:
    """Return the actors named in a phrase, folded, in short form where the article gives one."""
    named = set()
    plain = folded(words)
    for full, abbreviation in short.items():
        if full in plain:
            named.add(abbreviation)
            plain = plain.replace(full, " ")
    for match in PROPER.finditer(re.sub(r"/|,| and ", " | ", words)):
        name = folded(re.sub(r"^(?:The|Islamist|Islamists|Both) ", "", match[0]))
        if name and name not in NO_ACTORS and not any(name in full for full in short):
            named.add(short.get(name, name))
    return frozenset(named)
