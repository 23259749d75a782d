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


BEFORE = {
    APPROXIMATE: (
        "~|\u2248|\u223c|about|around|roughly|approximately|approx.|approx|nearly|almost|some|"
        "close to|"
        "an estimated|estimated|estimated at|estimated to be|an approximate|circa|ca.|ca|c.|"
        "in the region of|in the order of|on the order of|somewhere around|somewhere near|"
        "an average of|well-nigh|virtually|practically|the estimated|a reported|"
        "in the neighborhood of|in the neighbourhood of|just about|closer to|nearer to|more like|"
        "est.|"
        "nearly an|approaching|perhaps|maybe|as much as about"
    ),
    AT_LEAST: (
        "at least|no fewer than|no less than|not less than|not fewer than|a minimum of|minimum of|"
        "minimum|upwards of|upward of|upwards to|\u2265|from at least|at the least|at a minimum"
    ),
    MORE_THAN: (
        "more than|over|well over|just over|in excess of|greater than|exceeding|exceeded|"
        "exceeds|exceed|above|slightly more than|slightly over|far more than|>|surpassing|"
        "surpassed|"
        "well above|just above|higher than|much more than|topped|a little over|a little more than|"
        "considerably more than|beyond"
    ),
    UP_TO: (
        "up to|never more than|never over|"
        "as many as|as much as|as high as|at most|no more than|not more than|a maximum of|"
        "maximum of|maximum|anything up to|\u2264|up to as many as|capped at|a high of|not "
        "exceeding"
    ),
    LESS_THAN: (
        "less than|fewer than|under|just under|below|just below|slightly less than|<|"
        "slightly under|slightly fewer than|well under|just short of|a little under|not quite"
    ),
}
PHRASES = {phrase: kind for kind, phrases in BEFORE.items() for phrase in phrases.split("|")}
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
TURNING: Final = frozenset(
    "more than|over|above|exceeding|in excess of|fewer than|less than|under|below".split("|")
)
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
