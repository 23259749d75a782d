"""Find the dates written in a text: each shape is tried only at words that it can begin with."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from claims.reading.dates.date_patterns import MONTHS, PATTERNS, RELATIVE, SEASONS, WITH_MONTH
from claims.reading.languages.english import ENGLISH

SIGN = ENGLISH.pattern("written_dates.sign")
"""What every date holds: a month, a year or the name of a period."""
MANY, DENSE = 200, 16
"""More signs than this in one block, one every so many characters, are no prose."""
WHOLE_DAYS = tuple(each for each in PATTERNS if each[0] in ("dmy", "mdy"))
SHORT = 24
"""No longer than this is a day by itself: where one fills a text, no other shape does."""
BEFORE, AFTER = 48, 72
"""No written date begins or ends further from its month, year or period."""

_MONTH = " ".join(MONTHS)
_DAY, _PHASE, _RANGE, _BEFORE_DAY, _COUNT = (
    " ".join(ENGLISH.words(f"written_dates.{name}"))
    for name in ("days", "phase", "range", "before_day", "count")
)
BEGINNINGS = (
    ("iso", "0000"),
    ("iso", "0"),
    ("dmy_dmy", "0"),
    ("dmy_dmy", "between"),
    ("mdy_mdy", "between"),
    ("mdy_mdy", _MONTH),
    ("dd_my", f"0 {_RANGE}"),
    ("mdd_y", f"{_MONTH} {_RANGE}"),
    ("dmy", f"0 ~ {_DAY}"),
    ("mdy", f"{_MONTH} ~ {_DAY}"),
    ("my_my", f"{_MONTH} {_RANGE}"),
    ("my", f"{_MONTH} ~ {_PHASE}"),
    ("sy", f"{' '.join(SEASONS)} {_PHASE}"),
    ("pm", _PHASE),
    ("m", ""),
    ("bare_m", ""),
    ("decade", "0000 early mid late the"),
    ("y_y", "0000 from"),
    ("y_y", "between"),
    ("y", "0000"),
    ("same_day", "later earlier the that"),
    ("weekday", _BEFORE_DAY),
    ("next_day", "the a one"),
    ("day_before", "the a one"),
    ("later", f"0 {_COUNT}"),
    ("period", "the"),
    ("period", "the that during later"),
)
"""What each of PATTERNS can begin with: words, 0 for a day or a count, 0000 for a year.

Where no words are named it begins at its month.
"""
MONTH_ALONE, BARE_MONTH = (index for index, (_, words) in enumerate(BEGINNINGS) if not words)
TWO_MONTHS = frozenset({"dmy_dmy", "mdy_mdy", "my_my"})
DIGITS = {1: "0", 2: "0", 4: "0000"}
WORD = re.compile(r"[A-Za-z]+|[0-9]+|~")
Openings = dict[str, tuple[int, ...]]


@dataclass(slots=True)
class WrittenDate:
    """A date as written: its shape and the parts found, in plain text offsets."""

    start: int
    end: int
    shape: str
    parts: dict[str, str]


def find_written_dates(text: str, start: int, end: int, *, bare_months: bool) -> list[WrittenDate]:
    """Return the dates of text[start:end] in order, longer shapes first where they overlap."""
    signs = list(SIGN.finditer(text, start, end))
    if not signs:
        return []
    if end - start <= SHORT and (day := _whole_day(text, start, end)):
        return [day]
    if len(signs) > MANY and len(signs) * DENSE > end - start:
        return []  # columns of dates, not sentences
    tried = _tried(text, signs, start, end)
    several = len(tried.get(MONTH_ALONE, ())) > 1
    taken = bytearray(end - start)
    found = []
    for index in sorted(tried):
        shape, pattern = PATTERNS[index]
        if (shape == "bare_m" and not bare_months) or (shape in TWO_MONTHS and not several):
            continue
        free = start
        for at, limit in tried[index]:
            if at < free or (match := pattern.match(text, at, limit)) is None:
                continue
            free = match.end()
            own = slice(at - start, free - start)
            if taken.find(1, own.start, own.stop) >= 0:
                continue
            taken[own] = b"\x01" * (free - at)
            found.append(WrittenDate(at, free, shape, _parts(match)))
    return sorted(found, key=lambda date: date.start)


def _whole_day(text: str, start: int, end: int) -> WrittenDate | None:
    """Read a cell or an entry that is one day and nothing more."""
    if text.find("(", start, end) >= 0:
        return None  # "5 May (unsure: 4-6 May)" gives the range
    for shape, pattern in WHOLE_DAYS:
        if match := pattern.fullmatch(text, start, end):
            return WrittenDate(start, end, shape, _parts(match))
    return None


def _parts(match: re.Match[str]) -> dict[str, str]:
    return {key: value for key, value in match.groupdict().items() if value}


def _tried(
    text: str, signs: Iterable[re.Match[str]], start: int, end: int
) -> dict[int, list[tuple[int, int]]]:
    """Return {index of a pattern: (where to try it, where the text around its signs ends)}."""
    months: list[re.Match[str]] = []
    years: list[re.Match[str]] = []
    periods: list[re.Match[str]] = []
    for sign in signs:
        begins = sign[0][0]
        (years if begins.isdecimal() else months if begins.isupper() else periods).append(sign)
    tried: dict[int, list[tuple[int, int]]] = defaultdict(list)
    words: dict[tuple[int, int], list[tuple[int, str]]] = {}
    for group, openings in ((months, IN_MONTHS), (years, IN_YEARS), (periods, IN_PERIODS)):
        for stretch in _around(group, start, end):
            if stretch not in words:
                words[stretch] = _words(text, *stretch)
            for at, word in words[stretch]:
                for index in openings.get(word, ()):
                    tried[index].append((at, stretch[1]))
    for sign in months:
        at = sign.start()
        tried[MONTH_ALONE].append((at, min(end, at + AFTER)))
        before = at > start and text[at - 1] == "~"
        tried[BARE_MONTH].append((at - before, min(end, at + AFTER)))
    return tried


def _words(text: str, first: int, last: int) -> list[tuple[int, str]]:
    """Return the words of text[first:last] and where they begin; digits by how many they are."""
    found = []
    for match in WORD.finditer(text, first, last):
        word = match[0]
        if word.isdecimal():
            word = DIGITS.get(len(word), "")
        if word in ALL_OPENINGS:
            found.append((match.start(), word))
    return found


def _around(signs: Iterable[re.Match[str]], start: int, end: int) -> list[tuple[int, int]]:
    """Return the stretches of [start, end) around the signs of dates; elsewhere is none."""
    stretches: list[tuple[int, int]] = []
    for match in signs:
        first, last = max(start, match.start() - BEFORE), min(end, match.end() + AFTER)
        if stretches and first <= stretches[-1][1]:
            first = stretches.pop()[0]
        stretches.append((first, last))
    return stretches


def _openings(shapes: Iterable[str]) -> Openings:
    """Return {word: indexes of the patterns of these shapes that can begin with it}."""
    openings: dict[str, list[int]] = defaultdict(list)
    for index, (shape, words) in enumerate(BEGINNINGS):
        for word in words.split() if shape in shapes else ():
            for written in {word, word.capitalize()}:
                openings[written].append(index)
    return {word: tuple(indexes) for word, indexes in openings.items()}


IN_MONTHS = _openings(WITH_MONTH)
IN_PERIODS = _openings(RELATIVE)
IN_YEARS = _openings({shape for shape, _ in PATTERNS} - WITH_MONTH - RELATIVE)
ALL_OPENINGS = frozenset((*IN_MONTHS, *IN_PERIODS, *IN_YEARS))
