"""What negation and "three of the 40" make of a number: denied, or a whole of which some are."""

from dataclasses import replace

from claims.reading.counts.mentions import FigureMention
from claims.reading.languages.english import ENGLISH

DENIED = ENGLISH.pattern("polarity.denied")
"""Right before a number: "41 people died, not 88"; "not 4,000 but 900" needs what follows."""
BUT_AFTER = ENGLISH.pattern("polarity.but_after")
NOT = ENGLISH.pattern("polarity.not")
DID_NOT = ENGLISH.pattern("polarity.did_not")
PART_OF = ENGLISH.pattern("polarity.part_of")
WHOLE_FIRST = ENGLISH.pattern("polarity.whole_first")
ALL_BUT = ENGLISH.pattern("polarity.all_but")
_WIDEST = 90


def turned(text: str, mention: FigureMention, floor: int, limit: int) -> FigureMention:
    """Give a figure of text[floor:limit] the negation before it; know a whole for what it is."""
    negation = _denied_from(text, mention.start, mention.end, floor, limit)
    if negation is not None:
        return replace(mention, start=negation, denied=True)
    return replace(mention, whole=True) if is_whole(text, mention.start, floor) else mention


def _denied_from(text: str, start: int, end: int, floor: int, limit: int) -> int | None:
    """Return where the negation before the figure text[start:end] begins, None without one."""
    low = max(floor, start - _WIDEST)
    if denied := DENIED.search(text, low, start) or DID_NOT.search(text, low, start):
        return denied.start("negation")
    bare = NOT.search(text, low, start)
    if bare and BUT_AFTER.match(text, end, limit):
        return bare.start("negation")
    return None


def is_whole(text: str, start: int, floor: int) -> bool:
    """Whether a number at `start` says of how many, as the 40 of "three of the 40 miners died".

    Such a number counts neither the dead nor the saved.
    """
    low = max(floor, start - _WIDEST)
    return (
        PART_OF.search(text, low, start) is not None
        or WHOLE_FIRST.search(text, low, start) is not None
        or ALL_BUT.search(text, low, start) is not None
    )
