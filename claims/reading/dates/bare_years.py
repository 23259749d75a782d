"""Whether four digits are a year, and whether that year opens a sentence."""

import re

from claims.reading.counts.guards import is_bare_year
from claims.reading.text.blocks import Block

COUNT_MODIFIER = re.compile(
    r"\b(?:about|around|over|than|nearly|almost|some|roughly|approximately|least|to|estimated) \Z"
)
NUMBERED = re.compile(
    r"(?:\b(?:[Ff]light|[Rr]oute|[Hh]ighway|No|Number|[Rr]esolution|[Rr]ow|[Ss]eat|[Cc]amp|[Rr]oom|"
    r"[Bb]us|[Cc]hannel|[Pp]age|pp?|[Vv]ol|[Tt]ype|Mark|[Uu]nit|[Ss]ection|[Ll]ocomotive|[Hh]ull|"
    r"[Tt]rain|Boeing|Airbus|Windows|[Aa]steroid)\.?|[#/=_]) ?\Z"
)
"""Words before a number that is a name."""
YEAR_OPENS = re.compile(r"(?:\A|[.!?] |\n)(?:In|During|By|Since|Throughout) \Z")
FULL = 24
"""Fewer characters before mean that the block begins there."""
DATED_LABELS = re.compile(
    r"date|year|when|period|time|founded|as_of|as of|established|opened|built|conflict|event"
)


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
