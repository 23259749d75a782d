"""What the steps of reading look for never stands where no landmark leads them."""

import re
from pathlib import Path

import pytest

from claims.reading.article import VOCABULARY
from claims.reading.conflicts.answers import BY_THEN, COUNTERS, MODAL, PART_LEAD, RISEN
from claims.reading.conflicts.holders import NOUN, TAKEN, TAKES
from claims.reading.conflicts.rival_accounts import (
    ANSWERED,
    BASELESS,
    BLAME,
    CONTENDS,
    TRAILING_DENIAL,
)
from claims.reading.conflicts.rivals import ATROCITY
from claims.reading.counts.numbers import SIGN, TOKEN
from claims.reading.dates.date_patterns import PATTERNS as DATES
from claims.reading.dates.written_dates import BEGINNINGS, DIGITS, WORD
from claims.reading.questions.questions import PLACE
from claims.reading.text.landmarks import Landmarks
from claims.reading.voices.cue_patterns import CUE, OPENED_BY, cue_at

TEXTS = [
    path.read_text(encoding="utf-8")
    for path in sorted((Path(__file__).parents[1] / "articles").glob("*.*"))
]
TOLD = [
    "Rebels seized Gao. The army recaptured Timbuktu. Gao was re-taken by the MNLA.",
    "The army saw the fall of Kidal.",
    "Ansar Dine carried out the executions. The army summarily executed five men.",
    "Five died, a claim the army rejects. The army denied this. She called those claims baseless.",
    "He blamed the union, but former rebels maintain that he fled. It was started by sailors.",
]
PATTERNS = {
    "taking": (TAKES, TAKEN, NOUN),
    "deed": (ATROCITY,),
    "place": (PLACE,),
    "rival": (TRAILING_DENIAL, ANSWERED, BASELESS, BLAME, CONTENDS),
}

IN_WINDOWS = {
    "counter": COUNTERS,
    "part": PART_LEAD,
    "modal": MODAL,
    "then": BY_THEN,
    "risen": RISEN,
}


@pytest.mark.parametrize(
    ("kind", "pattern"), [(kind, each) for kind, several in PATTERNS.items() for each in several]
)
def test_whatever_a_pattern_finds_holds_a_landmark(kind: str, pattern: re.Pattern[str]) -> None:
    found = 0
    for text in (*TEXTS, *TOLD):
        landmarks = Landmarks(text, VOCABULARY)
        for match in pattern.finditer(text):
            found += 1
            assert landmarks.within(kind, match.start(), match.end()), match[0]
    assert found


@pytest.mark.parametrize(("kind", "pattern"), IN_WINDOWS.items())
def test_words_cut_at_the_ends_of_a_window_are_near(kind: str, pattern: re.Pattern[str]) -> None:
    found = 0
    for text in (*TEXTS, "The count dismayed them all, bystanders feared unknowns."):
        landmarks = Landmarks(text, VOCABULARY)
        for start in range(0, len(text), 3):
            window = text[start : start + 47]
            if pattern.search(window):
                found += 1
                assert landmarks.window(start, start + len(window)).holds(kind), window
    assert found


def test_every_number_begins_at_a_landmark_or_a_sign() -> None:
    for text in (
        *TEXTS,
        "Rs. 5, US$6, a$7, USD 8, \u00a39, and a half, a few dozen, Half a million",
    ):
        starts = {sign.start() for sign in SIGN.finditer(text)}
        starts |= set(Landmarks(text, VOCABULARY).all("number"))
        assert starts >= {number.start() for number in TOKEN.finditer(text)}


def test_everyday_words_open_only_the_cues_tried_at_them() -> None:
    words = re.compile(rf"\b(?:{'|'.join(' '.join(OPENED_BY).split())})\b", re.IGNORECASE)
    for text in TEXTS:
        for word in words.finditer(text):
            tried, full = cue_at(text, word.start(), len(text)), CUE.match(text, word.start())
            assert (tried and tried.span()) == (full and full.span()), text[word.start() :][:60]


@pytest.mark.parametrize("index", range(len(DATES)), ids=[name for name, _ in DATES])
def test_dates_begin_with_the_words_they_are_tried_at(index: int) -> None:
    shape, words = BEGINNINGS[index]
    assert shape == DATES[index][0]
    for text in (*TEXTS, "Between 5 May and 9 May 2012, from ~May to the end of the 1990s."):
        for match in DATES[index][1].finditer(text):
            first = WORD.match(match[0])
            assert first, match[0]
            known = DIGITS.get(len(first[0]), "") if first[0].isdecimal() else first[0].lower()
            assert known in words.split() or not words, match[0]
