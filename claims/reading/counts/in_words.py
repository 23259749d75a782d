"""Whether a number in words counts something, or is an idiom: "one of the main reasons"."""

import re

from claims.reading.counts.guards import counts_nothing
from claims.reading.counts.numbers import Number
from claims.reading.languages.english import ENGLISH

PLURAL_AHEAD = ENGLISH.pattern("figures.plural_ahead")
ONE_LOST = ENGLISH.pattern("figures.one_lost")
ONE_MORE = ENGLISH.pattern("figures.one_more")
TOLD_AS = ENGLISH.pattern("figures.told_as")
ELLIPSIS = ENGLISH.pattern("figures.ellipsis")
"""What may follow a number word whose noun stood with the figure before it."""
ONE_WAS = ENGLISH.pattern("figures.one_was")
ZERO_OF = ENGLISH.pattern("figures.zero_of")
ONE_OR = ENGLISH.pattern("figures.one_or")
ONE_FELL = ENGLISH.pattern("figures.one_fell")
ONE_NOUN = ENGLISH.pattern("figures.one_noun")
ONE_OF_MANY = ENGLISH.pattern("figures.one_of_many")


def word_counts(
    text: str, number: Number, piece: tuple[int, int], counted: int, *, modified: bool
) -> bool:
    """Whether it counts; `piece` is where its text lies, `counted` the end of the figure before."""
    start, end = piece
    before = text[max(start, number.start - 40) : number.start]
    after = text[number.end : min(end, number.end + 120)]
    written = text[number.start : number.end].lower()
    near = counted >= 0 and "." not in text[counted : number.start]
    if (modified and written != "one") or TOLD_AS.search(before):
        return True
    if written == "zero":
        return ZERO_OF.match(after) is not None
    if written == "one" and counted >= 0 and ONE_WAS.match(after):
        return near
    if written == "one" and _one_counts(before, after, near, modified=modified):
        return True
    if counts_nothing(text, number, start, end):
        return False
    if written == "one":
        lost = ONE_LOST.search(before + after) is not None
        return (lost and ONE_NOUN.match(after) is not None) or ONE_OF_MANY.match(after) is not None
    if number.scale != 1 or PLURAL_AHEAD.match(after):
        return True
    if counted >= 0 and ELLIPSIS.match(after):
        return near
    return not re.match(r"[-\w]| [A-Za-z]", after) and ONE_LOST.search(before) is not None


def _one_counts(before: str, after: str, near: bool, *, modified: bool) -> bool:
    """As in "one was killed", "one or two", "seven men and one woman"."""
    if modified or ONE_OR.match(after) or ONE_FELL.match(after):
        return True
    return near and before.endswith((" and ", ", ")) and ONE_MORE.match(after) is not None
