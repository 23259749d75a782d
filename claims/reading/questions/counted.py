"""What a figure counts: the words behind it, their unit, their noun and the sort of people."""

import re

from claims.domain.quantity import Figure
from claims.reading.counts.mentions import FigureMention
from claims.reading.counts.money import money_behind
from claims.reading.languages.english import ENGLISH
from claims.reading.questions.measures import PEOPLE, class_of, measure_named

UNIT = ENGLISH.pattern("counted.unit")
RATE = ENGLISH.pattern("counted.rate")
PHRASE_END = ENGLISH.pattern("counted.phrase_end")
OF_PEOPLE = frozenset(
    "killed injured executed captured defected displaced missing strength arrested infected "
    "attendance aboard survived casualties".split()
)
COUNTED_IN = frozenset({"", "people", "vote", "votes", "seat", "seats"})
"""Units of what is counted one by one."""
AMOUNTS = frozenset({"cost", "magnitude", "turnout"})
"""Measures of sizes that need not be whole numbers."""
HAPPENED = OF_PEOPLE - {"strength"} | {"destroyed", "affected"}
"""Measures of events: when somebody counted does not tell when they happened."""
EXTENT = ENGLISH.pattern("counted.extent")
SHARE_OF = ENGLISH.pattern("counted.share_of")
BEASTS_AND_THINGS = ENGLISH.pattern("counted.beasts_and_things")
OF_WHOLE = ENGLISH.pattern("counted.of_whole")
"""Between a number and what it counts: "three of the 40 miners"."""
FILLERS = frozenset(ENGLISH.words("counted.fillers"))
ARTICLE = ENGLISH.pattern("counted.article")
"""What opens a phrase of its own behind a number, as in "considered 400 the limit"."""
WINDOW = 90
WORDS = re.compile(r"[A-Za-z]+")


def counted_by(text: str, mention: FigureMention, limit: int) -> str:
    """Return the words after a figure that say what it counts, "" where none do."""
    start = (
        mention.end
        + len(text[mention.end : mention.end + 2])
        - len(text[mention.end : mention.end + 2].lstrip(' -"\u201d'))
    )
    if whole := OF_WHOLE.match(text, start):
        start = whole.end()
    elif text.startswith("of ", start):
        start += 3
    elif ARTICLE.match(text, start):
        return ""
    limit = min(limit, start + WINDOW)
    stop = PHRASE_END.search(text, start, limit)
    return text[start : stop.start() if stop else limit].strip(" -")


def measured_in(text: str, mention: FigureMention) -> str:
    """Return the unit of length, time, weight or money behind a figure, "" for none."""
    if money := money_behind(text, mention.end):
        return money
    unit = UNIT.match(text, mention.end)
    return "" if unit is None or unit["unit"][:4] in ("vote", "seat") else unit["unit"]


def share_of(text: str, mention: FigureMention) -> str:
    """Return the stem of what a percentage is one of: "men" in "9 per cent among men"."""
    whole = SHARE_OF.match(text, mention.end)
    return stem_of(whole[1]) if whole and not measure_named(whole[1]) else ""


def noun_stem(counted: str, unit: str) -> str:
    """Return the stem of the thing counted; "" for people, for units and where it is not named."""
    if unit.split("/", maxsplit=1)[0] not in ("", "people"):
        extent = EXTENT.search(counted)
        return extent[0] if extent else ""
    words = WORDS.findall(counted.lower())[:4]
    if any(word in PEOPLE or class_of(word) for word in words):
        return ""
    nouns = [word for word in words if word not in FILLERS and not measure_named(word)]
    return stem_of(nouns[-1] if len(nouns) < 3 else nouns[0]) if nouns else ""


def is_count(figure: Figure, unit: str, measure: str) -> bool:
    """Whether a figure is a whole number of people or things; else a size, a sum or a share.

    Here and on the desk "more than n" starts at n + 1 for a count only.
    """
    return figure.is_whole and measure not in AMOUNTS and unit.partition("/")[0] in COUNTED_IN


def stem_of(word: str) -> str:
    """Return a noun without the ending of its plural."""
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")


def population_of(counted: str) -> str:
    """Return the sort of people that words name: a class, "people" or ""."""
    words = WORDS.findall(counted.lower())
    named = next((name for word in words if (name := class_of(word))), "")
    return named or ("people" if any(word in PEOPLE for word in words) else "")


def counted_unit(text: str, mention: FigureMention, counted: str, event: str) -> str:
    """Return percent, a currency, a unit of measurement, "people" or "", with "/day" for a rate."""
    if mention.unit:
        return mention.unit
    unit = UNIT.match(text, mention.end)
    name = money_behind(text, mention.end) or (unit["unit"] if unit else "")
    rate = RATE.match(text, mention.end)
    name = name or ("people" if _counts_people(counted, event) else "")
    return f"{name}/{rate[1]}" if rate and name else name


def _counts_people(counted: str, event: str) -> bool:
    words = WORDS.findall(counted.lower())
    if any(word in PEOPLE for word in words):
        return True
    return event in OF_PEOPLE and not any(BEASTS_AND_THINGS.match(word) for word in words)
