"""Which language a text is in, and what reading knows of it."""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Final

from claims.reading.languages.lexicon import Lexicon
from claims.reading.proposals import ReadingError

FOLDER: Final = Path(__file__).parent
NAMES: Final = {
    "en": "English", "fr": "French", "de": "German", "es": "Spanish", "it": "Italian",
    "pt": "Portuguese", "nl": "Dutch", "sv": "Swedish", "da": "Danish", "pl": "Polish",
    "cs": "Czech", "tr": "Turkish", "ro": "Romanian", "hu": "Hungarian", "fi": "Finnish",
    "id": "Indonesian", "vi": "Vietnamese",
}  # fmt: skip
OTHER_SCRIPT: Final = "a script that no language read here is written in"
LOOKED_AT: Final = 3_000  # words; more tell nothing new
FEWEST: Final = 5  # frequent words, below which a text is too short to be told
SHARE: Final = 0.15  # of the words, that a language's frequent ones are at least
TIMES: Final = 1.5  # as many as of English, or of the next, that a text's own language has
FOREIGN: Final = 0.5  # of the letters, above which a text is in another script
FEWEST_LETTERS: Final = 40
_WORD: Final = re.compile(r"[^\W\d_]+")
_TAG: Final = re.compile(r"(?=.{2,35}\Z)[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")
_LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")


class LanguageError(ReadingError):
    """A text is in a language that nothing here reads; the message names it."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language that articles are read in: its tag, name, lexicon and what a word is made of."""

    tag: str
    name: str
    lexicon: Lexicon = field(compare=False)
    word: re.Pattern[str] = _WORD


def language_named(tag: str) -> Language:
    """Return the language of a BCP 47 tag such as "en" or "en-GB"; it is loaded once.

    Raises LanguageError for one that is not read, LexiconError when its files are at fault.
    """
    code = tag.replace("_", "-").split("-")[0].casefold()
    if not (FOLDER / code).is_dir() or code not in NAMES:
        raise LanguageError(_refusal(NAMES.get(code, f"the language {tag!r}")))
    return _loaded(code)


@cache
def _loaded(code: str) -> Language:
    return Language(code, NAMES[code], Lexicon(FOLDER / code))


def language_for(text: str, told: str = "") -> Language:
    """Return the language to read a text in: its own where it is clear, else the one told.

    `told` is a BCP 47 tag, that of the article's record or of the file's format, and nothing when
    it is no tag; where nothing tells it is English. Raises LanguageError for a language that is
    not read.
    """
    found = code_of(text)
    if found == OTHER_SCRIPT:
        raise LanguageError(_refusal(found))
    return language_named(found or (told if _TAG.fullmatch(told) else "") or "en")


def language_of_figures(text: str, told: str = "") -> Language:
    """Return the language to read a text in, one that is not read among them, for its figures.

    Its digits are read as English writes them, and its words are not. Raises LanguageError for
    a script that no language read here is written in, unless `told` names the language.
    """
    tag = told if _TAG.fullmatch(told) else ""
    found = code_of(text)
    if found == OTHER_SCRIPT and not tag:
        raise LanguageError(f"The text is in {OTHER_SCRIPT}: say in which language it is.")
    code = tag if found == OTHER_SCRIPT else found or tag or "en"
    short = code.split("-")[0].casefold()
    if (FOLDER / short).is_dir() and short in NAMES:
        return language_named(code)
    return Language(code, NAMES.get(short, code), language_named("en").lexicon)


def is_read(tag: str) -> bool:
    """Whether articles in the language of a tag are read, and not only their figures."""
    return (FOLDER / tag.replace("_", "-").split("-")[0].casefold()).is_dir()


def refuse_no_tag(tag: str) -> None:
    """Refuse what is no BCP 47 tag; raises LanguageError."""
    if not _TAG.fullmatch(tag):
        raise LanguageError(f"{tag[:40]!r} is no tag of a language, such as en or fr-CA.")


def code_of(text: str) -> str:
    """Return the code of the language that a text is clearly in, '' when too little of it tells.

    OTHER_SCRIPT when most of its letters are not Latin. Looks at the first words only.
    """
    words = [word[0].casefold() for word in islice(_WORD.finditer(text), LOOKED_AT)]
    letters = sum(map(len, words))
    latin = sum(len(word) for word in words if _LATIN.fullmatch(word))
    counted = Counter(words)
    shares = {code: sum(counted[word] for word in known) for code, known in _frequent().items()}
    best, second = sorted(shares, key=lambda code: shares[code], reverse=True)[:2]
    enough = shares[best] >= max(FEWEST, SHARE * len(words))
    if enough and shares[best] >= TIMES * shares["en" if best != "en" else second]:
        return best
    if letters >= FEWEST_LETTERS and letters - latin > FOREIGN * letters:
        return OTHER_SCRIPT
    return ""


def read_languages() -> tuple[str, ...]:
    """The names of the languages that articles are read in."""
    return tuple(name for code, name in NAMES.items() if (FOLDER / code).is_dir())


def _refusal(name: str) -> str:
    return f"The text is in {name}; articles are read in {', '.join(read_languages())} only."


@cache
def _frequent() -> dict[str, frozenset[str]]:
    lexicon = Lexicon(FOLDER)
    return {code: frozenset(lexicon.words(f"frequent.{code}")) for code in NAMES}
