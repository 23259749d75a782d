"""Characters that a reader does not see, or takes for others: finding, showing, leaving out."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# What turns the direction of the text around it: embeddings, overrides and isolates.
_TURNING = "\u202a-\u202e\u2066-\u2069"
# Nothing to see and, in a line of text, nothing to use it for.
_EMPTY = "\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
# Nothing to see, though some script or emoji is written with it.
_JOINING = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u200c-\u200f\u2800"
_FILLING = "\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef"

HIDDEN: Final = re.compile(f"[{_TURNING}{_EMPTY}]")
_TURNS: Final = re.compile(f"[{_TURNING}]")
_INVISIBLE: Final = re.compile(f"[{_TURNING}{_EMPTY}{_JOINING}{_FILLING}]")
# Joiners inside words of Arabic and Indic scripts, and the selector after a sign, are in order.
_AT_HOME: Final = re.compile(
    "(?<=[\u0600-\u0dff])[\u200c\u200d]|(?<=[\u00a9\u00ae\u2000-\u3299\U0001f000-\U0001faff])"
    "[\ufe0e\ufe0f\u200d]"
)
_WORD: Final = re.compile(r"[^\W\d_]+")
# Scripts with letters that look like those of another one here.
_SCRIPTS: Final = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU")


def without_invisible(text: str) -> str:
    """The text without whatever cannot be seen in it."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def without_hidden(text: str) -> str:
    """The text without what no name or title is written with; joiners of a script stay."""
    return text if text.isascii() else HIDDEN.sub("", text)


def with_marks(text: str) -> str:
    """The text with each invisible character in words: "pay[U+202E]lap"."""
    if text.isascii():
        return text
    at_home = {found.start() for found in _AT_HOME.finditer(text)}

    def mark(found: re.Match[str]) -> str:
        return found[0] if found.start() in at_home else f"[{character_code(found[0])}]"

    return _INVISIBLE.sub(mark, text)


def oddities(text: str) -> list[str]:
    """What is not as it looks: direction, invisible characters, letters of mixed scripts."""
    if text.isascii():
        return []
    marked = with_marks(text) != text
    found = {
        "text direction controls": bool(_TURNS.search(text)),
        "invisible characters": marked and bool(_INVISIBLE.search(_TURNS.sub("", text))),
        "mixed scripts in a word": mixed_word(text) != "",
    }
    return [words for words, holds in found.items() if holds]


def mixed_word(text: str) -> str:
    """The first word with letters of two scripts that look alike; '' when there is none."""
    if text.isascii():
        return ""
    words = (found[0] for found in _WORD.finditer(without_invisible(text)))
    return next((word for word in words if not word.isascii() and len(_scripts(word)) > 1), "")


def character_code(character: str) -> str:
    """``code_of("é")`` is ``"U+00E9"``."""
    return f"U+{ord(character):04X}"


def _scripts(word: str) -> set[str]:
    names = {unicodedata.name(letter, "").split(" ")[0] for letter in word}
    return names & set(_SCRIPTS)
