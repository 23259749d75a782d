"""Whether four digits are a year, and whether that year opens a sentence."""

import re

from claims.reading.counts.guards import is_bare_year
from claims.reading.languages.english import ENGLISH
from claims.reading.text.blocks import Block

COUNT_MODIFIER = ENGLISH.pattern("bare_years.count_modifier")
NUMBERED = ENGLISH.pattern("bare_years.numbered")
"""Words before a number that is a name."""
YEAR_OPENS = ENGLISH.pattern("bare_years.year_opens")
FULL = 24
"""Fewer characters before mean that the block begins there."""
DATED_LABELS = ENGLISH.pattern("bare_years.dated_labels")


def opens_sentence(before: str) -> bool:
    """Whether "In", "During" or "Since" at the head of a sentence stands before."""
    return YEAR_OPENS.search("\n" + before if len(before) < FULL else before) is not None


def is_year(block: Block, written: str, before: str, after: str) -> bool:
    """Whether digits in the range of years are one, by the 24 characters before and 80 after."""
    if COUNT_MODIFIER.search(before) and re.match(r" [a-z]+s\b", after):
        return False
    if NUMBERED.search(before):
        return False
    if opens_sentence(before):
        return True
    if after.startswith((" BC", "\u2013", " km", "-", " m ")) or before.endswith(("\u2013", "-")):
        return after.startswith("-") and after[1:2].isalpha()
    if block.kind == "infobox" and not DATED_LABELS.search(block.label.casefold()):
        return before.endswith(("in ", "(", "since "))
    return is_bare_year(written, before, after)
