"""What readers are told that a field of an infobox is."""

import re
from typing import Final

from claims.reading.languages.english import ENGLISH

PICTURES: Final = frozenset(ENGLISH.words("field_labels.pictures"))
LABELS: Final = ENGLISH.table("field_labels.labels")
NUMBERED: Final = re.compile(r"(?P<name>.*?[^\W\d])[ -]?(?P<number>\d{0,2}[a-d]?)", re.DOTALL)


def is_picture(name: str) -> bool:
    """Say whether a field holds a picture, or how it is set, and no words."""
    return _plain(name) in PICTURES


def field_label(name: str) -> str:
    """Return the field in words, with its number where it has one.

    >>> field_label("casualties2"), field_label("reported_deaths"), field_label("Deaths")
    ('Losses 2', 'Deaths reported', 'Deaths')
    """
    found = NUMBERED.fullmatch(_plain(name))
    bare, number = (found["name"], found["number"]) if found else (_plain(name), "")
    words = LABELS.get(_plain(name)) or LABELS.get(bare)
    if words is None:
        words = bare.replace("-", " ")
        words = words[:1].upper() + words[1:]
    elif _plain(name) in LABELS:
        number = ""
    return f"{words} {number}".strip()


def _plain(name: str) -> str:
    return "-".join(name.strip().casefold().replace("_", " ").split())
