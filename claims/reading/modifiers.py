"""Words before and after a number that turn it into about, at least, up to, more than, ..."""

import re

APPROXIMATE, AT_LEAST, MORE_THAN, UP_TO, LESS_THAN = (
    "approx",
    "at_least",
    "more_than",
    "up_to",
    "less_than",
)

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

AFTER = re.compile(
    r"(?P<plus> ?\+(?![/\w])|-plus\b| plus(?= [a-z]))"
    r"|(?P<more> ?\(?(?:(?!or )[a-z]+ )?(?:or (?:more|higher|greater|above|over|longer)|and "
    r"(?:above|over|older|up))\b(?! than\b))"
    r"|(?P<less> ?(?:(?!or )[a-z]+ )?(?:or|and) (?:less|fewer|lower|under|below)\b)"
    r"|(?P<about>-odd\b| or so\b| or thereabouts\b| \((?:est\.?|estimated?|approx\.?|"
    r"approximately)\)| est\.)"
    r"|(?P<least> at (?:the )?(?:very )?(?:least|minimum)\b)"
    r"|(?P<most> at (?:the )?(?:very )?(?:most|maximum)\b)"
)
AFTER_KINDS = {
    "plus": AT_LEAST,
    "more": AT_LEAST,
    "least": AT_LEAST,
    "less": UP_TO,
    "most": UP_TO,
    "about": APPROXIMATE,
}


def modifier_before(text: str, start: int, floor: int) -> tuple[int, str]:
    """Return (where the modifier starts, its kind) for a number at `start`; kind "" when none.

    Chains ("up to about") keep the bound nearest to the number and the leftmost start.
    """
    kind, at = "", start
    for _ in range(3):
        step = _one_before(text, at, floor)
        if step is None:
            break
        at, found = step
        if kind in ("", APPROXIMATE):
            kind = found
    return at, kind


def _one_before(text: str, start: int, floor: int) -> tuple[int, str] | None:
    window = text[max(floor, start - _WIDEST) : start]
    stripped = window.rstrip(" ")
    tight = stripped.lower()
    phrases = BY_LAST.get(tight[-1:], ())
    if not tight.endswith(phrases):
        return None
    for phrase in phrases:
        if tight.endswith(phrase) and _stands_alone(tight, phrase, window):
            return start - (len(window) - len(stripped)) - len(phrase), PHRASES[phrase]
    return None


BY_SOMEBODY = re.compile(r"\b(?:that|which|whom) (?:[\w'\u2019-]+ ){1,3}\Z")
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


def modifier_after(text: str, end: int, limit: int) -> tuple[int, str]:
    """Return (where the suffix ends, its kind); kind "" when there is none."""
    match = AFTER.match(text, end, min(limit, end + 40))
    if match is None or match.lastgroup is None:
        return end, ""
    return match.end(), AFTER_KINDS[match.lastgroup]
