"""Reading articles beside quantulum3 and dateparser: what each finds, and how long it takes."""

# Run as `python -m benchmarks.readers` in an environment that has both libraries; factbase itself
# needs neither. The articles are those of tests/reading and, where present, the reference article.

from __future__ import annotations

import datetime as dt
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from claims.reading.article import read_article
from tests.reading.pattern_scores import articles

ROUNDS: Final = 3
_YEAR: Final = re.compile(r"\b(1[5-9]|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Found:
    """A figure with the numbers that it names, or a date as EDTF with no numbers."""

    start: int
    end: int
    numbers: frozenset[float] = frozenset()
    edtf: str = ""


type Reader = Callable[[str], list[Found]]


def factbase_figures(text: str) -> list[Found]:
    """Read with factbase; the time is that of figures, dates, speakers and conflicts together."""
    return [
        _figure(one.char_start, one.char_end, (said.low, said.high, said.point))
        for one in read_article(text).figures
        for said in (one.figure,)
    ]


def factbase_dates(text: str) -> list[Found]:
    """Read with factbase, as for figures."""
    return [Found(d.char_start, d.char_end, edtf=d.edtf) for d in read_article(text).dates]


def quantulum_figures(text: str) -> list[Found]:
    """Read with quantulum3, paragraph by paragraph; without its optional unit classifier."""
    from quantulum3 import parser  # type: ignore[import-not-found]

    return [
        _figure(start + one.span[0], start + one.span[1], _ends(one.value, one.uncertainty))
        for start, line in _paragraphs(text)
        for one in parser.parse(line)
    ]


def dateparser_dates(text: str) -> list[Found]:
    """Search with dateparser, paragraph by paragraph; the article's first year is its base.

    Of the settings that were tried, these find most dates and fewest other words.
    """
    from dateparser.search import search_dates  # type: ignore[import-not-found]

    year = _YEAR.search(text)
    base = dt.datetime(int(year[0]) if year else 2000, 1, 1, tzinfo=dt.UTC)
    settings = {
        "RELATIVE_BASE": base,
        "PREFER_DAY_OF_MONTH": "first",
        "PARSERS": ["absolute-time"],
        "REQUIRE_PARTS": ["month"],
    }
    found = []
    for start, line in _paragraphs(text):
        at = 0
        for words, moment in search_dates(line, languages=["en"], settings=settings) or ():
            at = max(line.find(words, at), 0)
            edtf = _as_precise(words, moment)
            found.append(Found(start + at, start + at + len(words), edtf=edtf))
    return found


def f1(
    read: Iterable[tuple[list[Found], list[Found]]], same: Callable[[Found, Found], bool]
) -> float:
    """F1 over pairs of (read, annotated); each annotation is found once at most."""
    hits = mine = theirs = 0
    for found, wanted in read:
        left = list(wanted)
        for one in found:
            match = next((other for other in left if same(one, other)), None)
            if match is not None:
                left.remove(match)
                hits += 1
        mine, theirs = mine + len(found), theirs + len(wanted)
    return 2 * hits / (mine + theirs) if mine + theirs else 0.0


def overlap(one: Found, other: Found) -> bool:
    """Whether the two share a character."""
    return one.start < other.end and other.start < one.end


def same_number(one: Found, other: Found) -> bool:
    """Whether the two overlap and name a number in common, whatever bounds it stands for."""
    near = (abs(a - b) <= abs(b) / 1000 for a in one.numbers for b in other.numbers)
    return overlap(one, other) and any(near)


def same_date(one: Found, other: Found) -> bool:
    """Whether the two overlap and say the same to the same precision."""
    return overlap(one, other) and one.edtf == other.edtf


def seconds_of(readers: Sequence[Reader], texts: Sequence[str]) -> list[float]:
    """Processor seconds of each reader over the texts: the median of rounds taken in turn."""
    spent: list[list[float]] = [[] for _ in readers]
    for _ in range(ROUNDS):
        for reader, turns in zip(readers, spent, strict=True):
            begun = time.process_time()
            for text in texts:
                reader(text)
            turns.append(time.process_time() - begun)
    return [statistics.median(turns) for turns in spent]


def main() -> int:
    """Print what was read and what it cost as Markdown; return the exit code."""
    cases = list(articles())
    texts = [text for text, _ in cases]
    figures = [_annotated_figures(gold) for _, gold in cases]
    dates = [_annotated_dates(gold) for _, gold in cases]
    try:  # also the warm-up
        counted = [quantulum_figures(text) for text in texts]
        dated = [dateparser_dates(text) for text in texts]
    except ImportError as error:
        print(f"{error}: install quantulum3 and dateparser to compare with them.", file=sys.stderr)
        return 1
    ours = [factbase_figures(text) for text in texts]
    our_dates = [factbase_dates(text) for text in texts]
    q3, dp, fb = seconds_of([quantulum_figures, dateparser_dates, factbase_figures], texts)
    print(f"{len(texts)} articles, {sum(map(len, texts)):,} characters; one process, in turn\n")
    print("| | figure spans F1 | numbers F1 | dates F1 | seconds | times factbase |")
    print("|--|--:|--:|--:|--:|--:|")
    rows = (
        ("quantulum3 (figures)", _pair(counted, figures), None, q3),
        ("dateparser (dates)", None, list(zip(dated, dates, strict=True)), dp),
        ("factbase (all)", _pair(ours, figures), _pair(our_dates, dates), fb),
    )
    for name, counts, days, seconds in rows:
        cells = [
            f"{f1(counts, overlap):.2f}" if counts else "",
            f"{f1(counts, same_number):.2f}" if counts else "",
            f"{f1(days, same_date):.2f}" if days else "",
        ]
        print(f"| {name} | {' | '.join(cells)} | {seconds:.2f} | {seconds / fb:.1f} |")
    return 0


def _pair(
    read: list[list[Found]], wanted: list[list[Found]]
) -> list[tuple[list[Found], list[Found]]]:
    return list(zip(read, wanted, strict=True))


def _annotated_figures(gold: dict[str, Any]) -> list[Found]:
    every = (figure for claim in gold["claims"] for figure in claim["figures"])
    return [
        _figure(one["char_start"], one["char_end"], (one["low"], one["high"], one.get("best")))
        for one in every
        if not one["vague"]
    ]


def _annotated_dates(gold: dict[str, Any]) -> list[Found]:
    return [
        Found(one["char_start"], one["char_end"], edtf=one["edtf"]) for one in gold["date_mentions"]
    ]


def _figure(start: int, end: int, ends: Iterable[Any]) -> Found:
    return Found(start, end, frozenset(float(end) for end in ends if end is not None))


def _ends(value: float, uncertainty: float | None) -> tuple[float, ...]:
    return (value, value - uncertainty, value + uncertainty) if uncertainty else (value,)


def _as_precise(words: str, moment: dt.datetime) -> str:
    """The date as EDTF, no more precise than the words: a day, a month or a year."""
    day = re.search(r"\b\d{1,2}(?:st|nd|rd|th)?\b", words)
    if day:
        return moment.strftime("%Y-%m-%d")
    return moment.strftime("%Y-%m") if re.search(r"[A-Za-z]", words) else moment.strftime("%Y")


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that hold anything, each with the offset where it begins."""
    for line in re.finditer(r"[^\n]*\S[^\n]*", text):
        yield line.start(), line[0]


if __name__ == "__main__":
    sys.exit(main())
