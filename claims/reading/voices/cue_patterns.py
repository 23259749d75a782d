"""The shapes of cues: phrases, and verbs of speech with what must follow them."""

import re
from typing import Final

from claims.reading.languages.english import ENGLISH, forms, past_forms
from claims.reading.languages.lexicon import either


def _verbs(*names: str) -> tuple[str, ...]:
    return tuple(verb for name in names for verb in ENGLISH.words(f"speech.{name}"))


_AFTER: Final = ENGLISH.table("speech.with_preposition")
_NEVER_CLOSING: Final = frozenset(_verbs("never_closing"))
_CLOSING: Final = [verb for verb in _verbs("with_that", "closing") if verb not in _NEVER_CLOSING]
_PHRASAL: Final = [phrase.split(" ", 1) for phrase in _verbs("phrasal")]
# These are nouns as well as verbs, or speak only where a complement follows.
_NEVER_FREE: Final = {*_verbs("nouns_too"), "say", "announce"}
_REVISING: Final = (word for word in forms(_verbs("revising")) if not word.endswith("ing"))
_GIVEN: Final = {
    "free": either(set(forms((*_verbs("free"), "state", "claim"))) - _NEVER_FREE),
    "that_verb": either(forms(_verbs("with_that"))),
    "number_verb": either({*forms(_verbs("with_number")), "settled on", "settles on"}),
    "object_verb": either(forms(_verbs("with_object"))),
    "doing_verb": either(forms(_verbs("with_doing"))),
    "preposition_verb": "|".join(
        f"(?:{either(forms(verbs.split()))}) {word}" for word, verbs in _AFTER.items()
    ),
    "hearer_verb": either(forms(_verbs("to_somebody"))),
    "at_verb": either(forms(_verbs("at_or_as"))),
    "closing_verb": either(forms(_CLOSING)),
    "describing_verb": either(forms(_verbs("describing"))),
    "revising_verb": either(_REVISING),
    "revised_participle": either(past_forms(_verbs("revising"))),
    "denying_verb": either(forms(_verbs("denying"))),
    "denying_claim_verb": either(forms(_verbs("denying_a_claim"))),
    "denied_participle": either(past_forms((*_verbs("denying_a_claim"), "refute"))),
    "counted_participle": either(past_forms(_verbs("counted_by"))),
    "put_participle": either(past_forms(_verbs("at_or_as"))),
    "phrasal_verb": "|".join(f"(?:{either(forms([verb]))}) {rest}" for verb, rest in _PHRASAL),
}
_SHAPES: Final = {
    name: f"(?P<{name}>{find})" for name, find in ENGLISH.shapes("cue_shapes", _GIVEN).items()
}
CUE: Final = re.compile("|".join(_SHAPES.values()))

_ALL: Final = (
    *_verbs("free", "with_that", "with_number", "with_object", "with_doing", "to_somebody"),
    *_verbs("at_or_as", "describing", "revising", "denying", "denying_a_claim", "counted_by"),
    *(verb for verb, _ in _PHRASAL),
    *(verb for verbs in _AFTER.values() for verb in verbs.split()),
)
INFINITIVES: Final = frozenset(_ALL)
TRIGGERS: Final = frozenset((*forms(_ALL), *_verbs("other_first")))
"""Words a cue can start with: the grammar is tried only there, and before "that"."""

OPENED_BY: Final = ENGLISH.table("speech.opened_by")
_WORD: Final = re.compile(r"[A-Za-z]*")
_OPENED: Final = {
    word: re.compile("|".join(_SHAPES[shape] for shape in shapes.split()))
    for words, shapes in OPENED_BY.items()
    for word in words.split()
}


def cue_at(text: str, at: int, end: int) -> re.Match[str] | None:
    """Match the cue of text[at:end] that begins at a word, None when there is none.

    At everyday words only the few shapes that they open are tried.
    """
    word = _WORD.match(text, at, end)
    pattern = _OPENED.get(word[0].lower(), CUE) if word else CUE
    return pattern.match(text, at, end)
