"""Refusals in the language of who reads them: sentences in which names and numbers stand."""

# The rules that refuse know no language. They write English, of which refusals.txt holds each
# sentence with {0}, {1} ... where it names something; catalogues translate these.

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.utils.translation import gettext

SENTENCES: Final = Path(__file__).with_name("refusals.txt")
# No refusal is longer; gaps are looked for in a time that grows faster than the words.
LONGEST: Final = 1_000  # characters
_GAP: Final = re.compile(r"\{(\d)\}")
_FIELD: Final = re.compile(r"[a-z_]+: (?=.)")  # the input at fault, before what is wrong with it
_BETWEEN: Final = re.compile(r"(, | or | and )")


@dataclass(frozen=True, slots=True)
class RefusalSentence:
    """A sentence with gaps; ``holds_words`` says that they take words that are translated too."""

    words: str
    holds_words: bool
    pattern: re.Pattern[str]


def in_words(message: str) -> str:
    """The refusal in the language that is active; as it is where nobody translated it."""
    message = str(message)
    if len(message) > LONGEST:
        return message
    if (known := gettext(message)) != message:
        return known
    for sentence in sentences():
        found = sentence.pattern.fullmatch(message)
        if found is None:
            continue
        translated = gettext(sentence.words)
        if translated == sentence.words:
            return message
        return _filled(translated, found.groups(), holds_words=sentence.holds_words)
    field = _FIELD.match(message)
    if field is None:
        return message
    rest = message[field.end() :]
    return told if (told := in_words(rest)) != rest else message


def _filled(words: str, values: Sequence[str], *, holds_words: bool) -> str:
    told = [_value(one) for one in values] if holds_words else values
    return _GAP.sub(lambda gap: told[int(gap[1])], words)


@cache
def sentences() -> list[RefusalSentence]:
    """Every sentence with gaps, the one that says most first: several may fit."""
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    found = [_sentence(line) for line in lines if line and not line.startswith("#")]
    return sorted(found, key=lambda one: len(_GAP.sub("", one.words)), reverse=True)


def _sentence(line: str) -> RefusalSentence:
    words = line.removeprefix("~")
    pattern = "(.*?)".join(re.escape(part) for part in _GAP.split(words)[::2])
    return RefusalSentence(words, line.startswith("~"), re.compile(pattern, re.DOTALL))


def _value(words: str) -> str:
    """What stands in a gap: a word, several, or a sentence."""
    begins = len(words) - len(words.lstrip())
    if (told := in_words(words[begins:])) != words[begins:]:
        return words[:begins] + told
    return "".join(gettext(one) if one.strip() else one for one in _BETWEEN.split(words))
