"""The words that public things are found by: one spelling for what is stored and what is typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final

from snowballstemmer import EnglishStemmer

from claims.domain.names import fold_for_search
from claims.domain.published import ClaimDocument, SubjectEntry
from claims.domain.published_figures import FigureEntry, SourceEntry
from claims.domain.said_by import said_by, source_of

# A longer text is found by its first words: PostgreSQL takes 16,383 places of a word, and a
# megabyte of words in all.
MOST_WORDS: Final = 16_000
MOST_BYTES: Final = 400_000
LONGEST_WORD: Final = 64  # characters
_SHORTEST_STEM: Final = 4
# Letters of scripts that put no space between words (Thai to Khmer, kana, Han) are words by
# themselves: what is looked for is found as letters that follow one another.
_UNSPACED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD: Final = re.compile(
    rf"[{_UNSPACED}\U00020000-\U0003ffff]|[^\W_{_UNSPACED}\U00020000-\U0003ffff]+"
)
_DATE: Final = re.compile(r"(?<![\d-])(\d{4})-(\d\d)(?:-(\d\d))?(?![\d])")
# Thousands by comma, apostrophe or a space that does not break a line.
_THOUSANDS: Final = re.compile(r"(?<![\d.,])\d{1,3}(?:[,'’\u00a0\u2009\u202f]\d{3})+(?!\d)")
_NO_DIGIT: Final = re.compile(r"\D")


@dataclass(frozen=True, slots=True)
class Words:
    """What a row is found by, single words with a blank between; hits in the title weigh more."""

    title_words: str
    text_words: str


def folded_words(text: str) -> list[str]:
    """Return a text's words as they are compared, in their order.

    Case, accents and width do not count; English words lose their endings (Porter's second
    stemmer, by Snowball). "1,000" is 1000, and 2012-01-24 gives a word for the year, one for the
    month and one for the day.

    >>> words_of("Killed at NIAFUNKÉ: 1,000")
    ['kill', 'at', 'niafunk', '1000']
    """
    return [word for piece in _pieces(text) for word in piece]


def typed_words(text: str) -> list[str]:
    """As words_of, but a date is the one word for what it names: its day, or else its month."""
    return [piece[-1] for piece in _pieces(text)]


def claim_words(document: ClaimDocument) -> Words:
    """What a claim is found by: all that its page says of it."""
    title = (document["ref"], document["question"], document["subject"]["title"])
    return _words(title, claim_texts(document))


def claim_texts(document: ClaimDocument) -> Iterator[str]:
    """Yield what a claim's page says besides the question, in the order in which it is shown."""
    yield from (document["summary"], document["population"], document["measure"]["label"])
    yield from _place_of(document["subject"])
    for case in document["disputes"]:
        yield from (case["ref"], case["reason"], case["rationale"])
    yield from chain.from_iterable(_of_figure(one) for one in document["figures"])
    yield from chain.from_iterable(_of_source(one) for one in document["sources"])


def figure_words(document: ClaimDocument, entry: FigureEntry) -> Words:
    """What one statement is found by: its words, who says it and where, what was asked."""
    source = source_of(document, entry)
    title = (entry["ref"], entry["words"], said_by(document, entry).name)
    cited = _of_source(source) if source else ()
    asked = (document["question"], document["subject"]["title"])
    return _words(title, chain(_of_figure(entry), cited, asked))


def source_words(entry: SourceEntry) -> Words:
    """What a source is found by."""
    return _words((entry["ref"], entry["title"]), _of_source(entry))


def subject_words(entry: SubjectEntry) -> Words:
    """What a subject is found by."""
    return _words((entry["ref"], entry["title"]), _about(entry))


def passage_words(title: str, text: str) -> Words:
    """What a passage of an article is found by."""
    return _words((title,), (text,))


def _of_figure(entry: FigureEntry) -> Iterator[str]:
    yield entry["ref"]
    yield entry["words"]
    yield from (link["name"] for link in entry["attribution"])
    yield from (party["name"] for party in entry["parties"])
    if entry["speaker"]:
        yield entry["speaker"]["description"]
    yield from (entry["text"], entry["quote"], entry["edtf"], entry["asserted_on"])


def _of_source(entry: SourceEntry) -> Iterator[str]:
    yield from (entry["ref"], entry["title"], entry["authors"], entry["issued"])
    yield entry["publisher"]["name"] if entry["publisher"] else ""
    yield from (entry["doi"], entry["isbn"], entry["url"].partition("://")[2])


def _about(subject: SubjectEntry) -> Iterator[str]:
    """All that a subject says; its parties would find each of its claims."""
    yield from _place_of(subject)
    yield from (one["name"] for one in subject["belligerents"])


def _place_of(subject: SubjectEntry) -> Iterator[str]:
    yield from (subject["title"], subject["place"], subject["when"], subject["when_words"])
    yield from (above["title"] for above in subject["path"])
    yield from (subject["ref"], subject["wikidata_qid"])


def _words(title: Iterable[str], text: Iterable[str]) -> Words:
    return Words(_joined(title), _joined(text))


def _joined(texts: Iterable[str]) -> str:
    size = 0
    found: list[str] = []
    for word in (word for text in texts for word in folded_words(text)):
        size += len(word.encode()) + 1
        if size > MOST_BYTES or len(found) == MOST_WORDS:
            break
        found.append(word)
    return " ".join(found)


def _pieces(text: str) -> Iterator[tuple[str, ...]]:
    """The words that each word, number or date of a text gives."""
    plain = _THOUSANDS.sub(lambda found: _NO_DIGIT.sub("", found[0]), text)
    end = 0
    for date in _DATE.finditer(plain):
        yield from _single(plain[end : date.start()])
        year, month, day = date.groups()
        yield (year, f"m{year}{month}", *((f"d{year}{month}{day}",) if day else ()))
        end = date.end()
    yield from _single(plain[end:])


def _single(text: str) -> Iterator[tuple[str, ...]]:
    for word in _WORD.findall(fold_for_search(text)):
        yield (word_stem(word),)


@lru_cache(maxsize=50_000)
def word_stem(word: str) -> str:
    """A folded word without its English ending; other words and short ones as they are."""
    cut = word[:LONGEST_WORD]
    if len(cut) < _SHORTEST_STEM or not (cut.isascii() and cut.isalpha()):
        return cut
    # It keeps the word in itself: threads that share one get each other's letters, or an error.
    return str(EnglishStemmer().stemWord(cut))
