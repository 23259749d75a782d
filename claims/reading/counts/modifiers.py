"""Words before and after a number that turn it into about, at least, up to, more than, ..."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from claims.reading.languages.english import ENGLISH


class Bound(Enum):
    """What words make of the number beside them."""

    AT_LEAST = auto()
    MORE_THAN = auto()
    UP_TO = auto()
    LESS_THAN = auto()


APPROXIMATE: Final = None  # such words set no bound
AT_LEAST, MORE_THAN, UP_TO, LESS_THAN = Bound


@dataclass(frozen=True, slots=True)
class Modifier:
    """What is said beside a number; `at` is where the words begin, or end behind a number."""

    at: int
    bound: Bound | None = None
    about: bool = False

    @property
    def said(self) -> bool:
        """Whether anything is said at all."""
        return self.about or self.bound is not None


PHRASES = {
    phrase: bound
    for name, bound in (
        ("about", APPROXIMATE),
        ("at_least", AT_LEAST),
        ("more_than", MORE_THAN),
        ("up_to", UP_TO),
        ("less_than", LESS_THAN),
    )
    for phrase in ENGLISH.words(f"modifiers.{name}")
}
BY_LAST: dict[str, tuple[str, ...]] = {}
for _phrase in sorted(PHRASES, key=len, reverse=True):
    BY_LAST[_phrase[-1]] = (*BY_LAST.get(_phrase[-1], ()), _phrase)
"""The phrases by their last letter or sign, the longest first."""
_WIDEST = 34

AFTER = ENGLISH.pattern("modifiers.after")
AFTER_KINDS = {
    "plus": AT_LEAST,
    "more": AT_LEAST,
    "least": AT_LEAST,
    "less": UP_TO,
    "most": UP_TO,
    "about": APPROXIMATE,
}


# Who never counted more than 25 counted up to 25; who "had not met in more than 25 years" did
# not meet for longer: only these verbs take the number into what they deny.
NEVER = ENGLISH.pattern("modifiers.never")
TURNED: Final = {Bound.MORE_THAN: Bound.UP_TO, Bound.LESS_THAN: Bound.AT_LEAST}
TURNING: Final = frozenset(ENGLISH.words("modifiers.turning"))
"""Bounds that a denial turns round; "not much more than 25" is another thing."""


def modifier_before(text: str, start: int, floor: int) -> Modifier:
    """Return what is said before a number at `start`.

    Chains ("up to about") keep the bound nearest to the number and the leftmost start.
    """
    bound, about, at = None, False, start
    for _ in range(3):
        step = _one_before(text, at, floor)
        if step is None:
            break
        at, phrase = step
        found = PHRASES[phrase]
        about = about or found is APPROXIMATE
        if bound is None and found is not None:
            denied = phrase in TURNING and NEVER.search(text, max(floor, at - _WIDEST), at)
            bound = TURNED[found] if denied else found
            at = denied.start() if denied else at
    return Modifier(at, bound, about)


def _one_before(text: str, start: int, floor: int) -> tuple[int, str] | None:
    """Return where the phrase before a position begins, and the phrase."""
    window = text[max(floor, start - _WIDEST) : start]
    stripped = window.rstrip(" ")
    tight = stripped.lower()
    phrases = BY_LAST.get(tight[-1:], ())
    if not tight.endswith(phrases):
        return None
    for phrase in phrases:
        if tight.endswith(phrase) and _stands_alone(tight, phrase, window):
            return start - (len(window) - len(stripped)) - len(phrase), phrase
    return None


BY_SOMEBODY = ENGLISH.pattern("modifiers.by_somebody")
"""As in "a crowd that police estimated at 1,500": they estimate, the number is theirs."""


def _stands_alone(tight: str, phrase: str, window: str) -> bool:
    if not phrase[0].isalpha():
        return True
    if tight and tight == window.lower():
        return phrase == "c."
    before = tight[: -len(phrase)]
    if phrase.startswith("estimated") and BY_SOMEBODY.search(before):
        return False
    return not before or not (before[-1].isalnum() or before[-1] in "-'\u2019")


def modifier_after(text: str, end: int, limit: int) -> Modifier:
    """Return what is said behind a number that ends at `end`."""
    match = AFTER.match(text, end, min(limit, end + 40))
    if match is None or match.lastgroup is None:
        return Modifier(end)
    bound = AFTER_KINDS[match.lastgroup]
    return Modifier(match.end(), bound, about=bound is APPROXIMATE)
