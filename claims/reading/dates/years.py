"""Whether digits are a year, and which year a date without one belongs to."""

import re
from dataclasses import dataclass, field

from claims.reading.counts.guards import is_bare_year
from claims.reading.languages.english import ENGLISH
from claims.reading.text.blocks import Block

YEAR = re.compile(r"(?<![0-9-])(1[0-9]{3}|20[0-9]{2})(?:[\u2013-]([0-9]{2,4}))?(?![0-9])")
COUNT_MODIFIER = ENGLISH.pattern("years.count_modifier")
COUNTED_NEXT = ENGLISH.pattern("years.counted_next")
NUMBERED = ENGLISH.pattern("years.numbered")
"""Words before a number that is a name."""
YEAR_OPENS = ENGLISH.pattern("years.year_opens")
FULL = 24
"""Fewer characters before mean that the block begins there."""
DATED_LABELS = ENGLISH.pattern("years.dated_labels")
FIRST_MONTHS, LAST_MONTHS = range(1, 5), range(10, 13)


def years_in(text: str) -> tuple[int, int] | None:
    """Return the first and last year named in a title or heading, None when there is none."""
    match = YEAR.search(text)
    if match is None:
        return None
    first = int(match[1])
    last = match[2] or ""
    if len(last) == 2 and int(last) > first % 100:
        return first, first - first % 100 + int(last)
    return (first, int(last)) if len(last) == 4 and int(last) > first else (first, first)


@dataclass(slots=True)
class YearContext:
    """What the article has said about years up to here.

    In order of weight: a year that opened a sentence of the paragraph, the last full date of the
    section, the year of the section's heading, the years of the article, the last full date
    anywhere. When those of the article are certain (title, infobox, dateline), a look back at
    earlier years ends with its paragraph.
    """

    article: tuple[int, int] | None = None
    certain: bool = False
    aside: tuple[int, int] | None = None
    section: tuple[int, int] | None = None
    last: tuple[int, int] | None = field(default=None)
    carried: tuple[int, int] | None = field(default=None)

    def open_section(self, heading: str, level: int) -> None:
        """Enter a section: a year in its heading rules, otherwise the article's does."""
        years = years_in(heading)
        if years or level <= 2 or self.section is None:
            self.section = years
        elif self.article is not None:
            self.section = None
        self.last = None

    def open_block(self) -> None:
        """Enter a paragraph, a list item or a row."""
        if self.aside is not None and not self._looks_back(self.aside):
            self.last = self.aside
        if self.last is not None and self._looks_back(self.last):
            self.last = None
        self.aside = None

    def _looks_back(self, seen: tuple[int, int]) -> bool:
        return self.certain and self.article is not None and seen[0] < self.article[0]

    def saw_year(self, year: int) -> None:
        """Remember a year that opens a sentence."""
        self.aside = self.carried = (year, 1)

    def saw(self, year: int, month: int) -> None:
        """Remember a date of the narrative."""
        self.last = self.carried = (year, month)
        self.aside = None

    def year_of(self, month: int) -> int | None:
        """Return the year meant by a month, None when the article never names one."""
        if (seen := self.aside or self.last) is not None:
            return _after(seen, month)
        for known in (self.section, self.article):
            if known is not None:
                return known[1] if known[1] > known[0] and month < 7 else known[0]
        return _after(self.carried, month) if self.carried else None


def _after(last: tuple[int, int], month: int) -> int:
    """A story that has reached winter goes on in the next year."""
    year, seen = last
    return year + (seen in LAST_MONTHS and month in FIRST_MONTHS and month < seen - 6)


def opens_sentence(before: str) -> bool:
    """Whether "In", "During" or "Since" at the head of a sentence stands before."""
    return YEAR_OPENS.search("\n" + before if len(before) < FULL else before) is not None


def is_year(block: Block, written: str, before: str, after: str) -> bool:
    """Whether digits in the range of years are one, by the 24 characters before and 80 after."""
    if COUNT_MODIFIER.search(before) and COUNTED_NEXT.match(after):
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
