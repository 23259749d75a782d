"""English: its lexicon and the forms of its verbs; who imports this is bound to one language."""

from collections.abc import Iterable, Iterator
from typing import Final

from claims.reading.languages.language import language_named

ENGLISH: Final = language_named("en").lexicon
IRREGULAR: Final = ENGLISH.table("speech.irregular")
DOUBLED: Final = frozenset(ENGLISH.words("speech.doubled"))


def forms(lemmas: Iterable[str]) -> Iterator[str]:
    """Yield every form of the verbs named: base, -s, past, participles."""
    for lemma in lemmas:
        yield lemma
        yield _with_s(lemma)
        yield _stem(lemma) + "ing"
        yield from past_forms([lemma])


def past_forms(lemmas: Iterable[str]) -> Iterator[str]:
    """Yield past tense and past participle of the verbs named."""
    for lemma in lemmas:
        yield from IRREGULAR.get(lemma, _regular_past(lemma)).split()


def _with_s(lemma: str) -> str:
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s")


def _stem(lemma: str) -> str:
    if lemma in DOUBLED:
        return lemma + lemma[-1]
    return lemma[:-1] if lemma.endswith("e") and not lemma.endswith("ee") else lemma


def _regular_past(lemma: str) -> str:
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ied"
    return _stem(lemma) + "ed"
