"""Words by which an article hands a statement to somebody else: said, reported, denied, ..."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.reading.languages.english import ENGLISH
from claims.reading.voices.cue_patterns import INFINITIVES, cue_at
from claims.reading.voices.speakers import ABLE_TO, FINITE

SAYS, REPORTED, ACCORDING, DENIED = "says", "reported by", "according to", "denied by"

OBSERVED = frozenset(ENGLISH.words("cues.observed"))
"""Verbs that make a statement only when their subject observes for a living, or was there."""
OBSERVER = ENGLISH.pattern("cues.observer")
QUOTED_FIRST = ENGLISH.pattern("cues.quoted_first")
"""What stands before the verb in `"...", the mayor recalled` and `..., the agency reported`."""
INSERTED = ENGLISH.pattern("cues.inserted")
"""What follows the verb in "The figure, it admitted in June, was closer to 900"."""
AS_BEFORE = re.compile(r"\b[Aa]s (?:[\w.'\u2019-]+ ){1,6}\Z")
BESIDE = ENGLISH.pattern("cues.beside")
"""As in "the count, originally reported at 587"."""
PARTICIPLES = frozenset(ENGLISH.words("cues.participles"))
HAS_BEFORE = ENGLISH.pattern("cues.has_before")
FIGURE_AS_SUBJECT = ENGLISH.pattern("cues.figure_as_subject")
NOUN_TOO = frozenset(ENGLISH.words("cues.noun_too"))
"""Forms that are nouns as often as verbs."""
REVISED = ENGLISH.pattern("cues.revised")
OPENING = ENGLISH.pattern("cues.opening")
OPENING_SIGNS = ('" ', "\u201d ", "ed that ")
LAST_WORD = re.compile(r"[A-Za-z]+\Z")
MOST_CUES = 25
"""A sentence with more is no sentence."""
NOT_A_CLAIM = ENGLISH.pattern("cues.not_a_claim")
AUX_BEFORE = ENGLISH.pattern("cues.aux_before")
NOT_ADMITTED = ENGLISH.pattern("cues.not_admitted")
NOUN_BEFORE = ENGLISH.pattern("cues.noun_before")
NOUN_LEADS = tuple(f"{word} " for word in ENGLISH.words("cues.noun_leads"))
NOUN_BESIDE = ENGLISH.pattern("cues.noun_beside")
PLURAL_BEFORE = ENGLISH.pattern("cues.plural_before")
"""What stands before a verb without an ending: "scholars accept", not "the register lists"."""


@dataclass(slots=True)
class Cue:
    """A cue in plain text offsets; `shape` is the name of its pattern."""

    start: int
    end: int
    shape: str
    role: str

    @property
    def anonymous(self) -> bool:
        """Whether it names nobody ("reportedly")."""
        return self.shape in ("it_was", "passive", "adverb", "reports")


ACTIVE = frozenset(
    (
        "any complement believes describes reported denies told put_at revised prepared open "
        "holds makes_it"
    ).split()
)
ROLES = {
    "according": ACCORDING,
    "passive_by": DENIED,
    "denies": DENIED,
    "reported": REPORTED,
    "figures_from": ACCORDING,
    "if_true": ACCORDING,
    "that_of": ACCORDING,
    "traced": ACCORDING,
    "written_in": ACCORDING,
}


def find_cues(text: str, start: int, end: int, words: Sequence[int]) -> list[Cue]:
    """Return the cues of one sentence in order; `words` is where TRIGGERS begin in it."""
    found: list[Cue] = []
    free = start
    for at in sorted({*words, *_openings(text, start, end)}):
        if at < free or (match := cue_at(text, at, end)) is None:
            continue
        free = match.end()
        if len(found) >= MOST_CUES:
            break
        shape = match.lastgroup or ""
        cue = Cue(match.start(), match.end(), shape, ROLES.get(shape, SAYS))
        if shape == "closing" and match[0] == "reported":
            cue = Cue(cue.start, cue.end, shape, REPORTED)
        if cue.anonymous or (shape == "said_by" and match[0].startswith("reported")):
            cue = Cue(cue.start, cue.end, shape, REPORTED)
        if _speaks(text, cue, start, end):
            found.append(cue)
    return found


def _openings(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where any word may be a cue: after a quotation, and as a past tense before "that"."""
    start_at = max(0, start - 2)
    if all(text.find(sign, start_at, end) < 0 for sign in OPENING_SIGNS):
        return
    for opening in OPENING.finditer(text, start_at, end):
        if opening["past"] is None:
            yield opening.end()
        elif word := LAST_WORD.search(text, max(start, opening.start() - 40), opening.end()):
            yield word.start()


def _closes_a_clause(text: str, cue: Cue, start: int) -> bool:
    """Whether a whole clause or a quotation stands before the speaker and the verb."""
    if AS_BEFORE.search(text, max(start, cue.start - 60), cue.start):
        return True
    lead = QUOTED_FIRST.search(text, max(start, cue.start - 90), cue.start)
    if lead is None:
        return False
    comma = lead.start() + lead[0].find(",")
    if INSERTED.match(text, cue.end):
        return True
    return not lead[0][0].isalnum() or FINITE.search(text, start, comma) is not None


def _last_words(before: str, count: int) -> int:
    """Where the last words of some words begin; one blank may stand behind them."""
    at = len(before)
    for _ in range(count):
        at = before.rfind(" ", 0, max(0, at - 1)) + 1
    return at


def _is_verb(word: str, before: str) -> bool:
    """Whether a word that may be a noun or a participle is a verb of the subject before it."""
    if AUX_BEFORE.search(before, _last_words(before, 2)):
        return False
    first = word.split(maxsplit=1)[0].lower()
    if first in NOUN_TOO and first != "show" and not PLURAL_BEFORE.search(before.rstrip()):
        return False
    if first.endswith("s") and first != "says" and NOUN_BESIDE.search(before):
        return False
    if first in PARTICIPLES and not HAS_BEFORE.search(before):
        return False
    if before.endswith(" to ") and first in INFINITIVES and not ABLE_TO.search(before):
        return False
    ends = first.endswith(("s", "ed", "t", "d", "g")) and first not in ("said", "says")
    if not ends or (before.isascii() and not before.lower().endswith(NOUN_LEADS)):
        return True
    return NOUN_BEFORE.search(before, _last_words(before, 1)) is None


def _belongs(text: str, cue: Cue, start: int, before: str, after: str) -> bool:
    """Whether "comes from" tells of a figure, and "had it," of what somebody says."""
    if cue.shape == "traced":
        return FIGURE_AS_SUBJECT.search(before) is not None
    if not text.endswith(" it", cue.start, cue.end) or not after.startswith(","):
        return True
    return AS_BEFORE.search(text, max(start, cue.start - 60), cue.start) is not None


def _speaks(text: str, cue: Cue, start: int, end: int) -> bool:
    """Refuse nouns ("the report"), losses ("claimed 40 lives") and passives without a speaker."""
    word = text[cue.start : cue.end]
    before = text[max(start, cue.start - 40) : cue.start]
    after = text[cue.end : min(end, cue.end + 60)]
    if cue.shape in ("any", "complement") and (
        (word.startswith("claim") and NOT_A_CLAIM.match(after))
        or (word.startswith(("conced", "admit")) and NOT_ADMITTED.match(after))
    ):
        return False
    if cue.shape in ACTIVE and not _is_verb(word, before):
        return False
    if cue.shape == "put_at" and after.startswith(("at ", "as ")) and BESIDE.search(before):
        return False
    if word in NOUN_TOO and before.endswith(("that ", "on ", "of ", "to ", "in ")):
        return False
    if cue.shape in ("phrase", "traced"):
        return _belongs(text, cue, start, before, after)
    if cue.shape == "closing":
        return _closes_a_clause(text, cue, start)
    if cue.shape == "revised" and " " not in word.strip():
        return REVISED.search(text, max(start, cue.start - 110), cue.start) is not None
    if cue.shape == "reported":
        return (
            not (
                word == "reports"
                and re.match(r" (?:of|from|by|in|on|and|were|was|are|to)\b|[.,;)]|\Z", after)
            )
            and re.match(r"[.,;)]|\Z", after) is None
        ) or (word == "reported" and before.endswith(", "))
    if cue.shape == "passive" and word.endswith("reported"):
        return re.match(r" by\b", after) is None
    return True
