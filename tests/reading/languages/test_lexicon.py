"""A fault in a file of a language is told by file and line; words and patterns are read as said."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.reading.languages.lexicon import Lexicon, LexiconError, either

GOOD = '''# Numbers.
units = "one two three"
phrases = """at least, no fewer than,
more than"""
[parts]
digit = '[0-9]'
[scales]
hundred = 100
[many]
find = """{digit}+ (?:{units}|
    many)"""
examples = ["7 three"]
'''


def lexicon(folder: Path, text: str, name: str = "numbers") -> Lexicon:
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return Lexicon(folder)


def test_words_tables_and_patterns_are_read(tmp_path: Path) -> None:
    read = lexicon(tmp_path, GOOD)
    assert read.words("numbers.units") == ("one", "two", "three")
    assert read.words("numbers.phrases") == ("at least", "no fewer than", "more than")
    assert read.table("numbers.scales") == {"hundred": 100}
    pattern = read.pattern("numbers.many")
    assert pattern.pattern == "[0-9]+ (?:t(?:h(?:ree)|w(?:o))|o(?:n(?:e))|many)"
    assert read.examples() == {"numbers.many": (pattern, ("7 three",))}
    assert read.unasked() == []


def test_a_part_may_be_given(tmp_path: Path) -> None:
    read = lexicon(tmp_path, "[many]\nfind = '{digit}{2}'\nexamples = ['12']\n")
    assert read.pattern("numbers.many", {"digit": r"\d"}).pattern == r"\d{2}"


def test_a_part_may_stand_in_another_file(tmp_path: Path) -> None:
    lexicon(tmp_path, "[parts]\nmonth = 'May|June'\n", "dates")
    read = lexicon(tmp_path, "[day]\nfind = '[0-9]+ (?:{dates.month})'\nexamples = ['1 May']\n")
    assert read.pattern("numbers.day").pattern == "[0-9]+ (?:May|June)"


@pytest.mark.parametrize(
    ("text", "asked", "line", "words"),
    [
        ('units = "one"\nunits = "two"\n', "numbers.units", 2, "overwrite"),
        ('units = """one\ntwo\none"""\n', "numbers.units", 3, "has 'one' twice"),
        ("\nunits = 5\n", "numbers.units", 2, "neither a list of words in a text nor a table"),
        ('units = "one"\n', "numbers.tens", 1, "there is no tens"),
        ('units = "one"\n\n[scales]\nk = 1\n', "numbers.scales", 3, "is no list of words"),
        ('units = "one"\n', "tens.units", 1, "the file is missing"),
    ],
)
def test_a_fault_in_words_names_file_and_line(
    tmp_path: Path, text: str, asked: str, line: int, words: str
) -> None:
    with pytest.raises(LexiconError) as caught:
        lexicon(tmp_path, text).words(asked)
    assert f"{tmp_path / asked.partition('.')[0]}.toml:{line}: " in str(caught.value)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("\n[many]\nfind = '(['\nexamples = ['x']\n", 2, "is no pattern"),
        ("\n\n[many]\nfind = '{digits}'\nexamples = ['x']\n", 3, "a part {digits} that nobody"),
        ("[many]\nfind = '{dates.day}'\nexamples = ['x']\n", 1, "a part {dates.day} that nobody"),
        ("[parts]\na = '{a}'\n[many]\nfind = '{a}'\nexamples = ['x']\n", 3, "holds itself"),
        (
            "[parts]\nmany = 'a'\n[many]\nfind = 'b'\nexamples = ['b']\n",
            2,
            "is a part and an entry",
        ),
    ],
)
def test_a_fault_in_a_pattern_names_file_and_line(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    with pytest.raises(LexiconError) as caught:
        lexicon(tmp_path, text).pattern("numbers.many")
    assert f"numbers.toml:{line}: " in str(caught.value)
    assert words in str(caught.value)


def test_a_pattern_without_examples_is_refused(tmp_path: Path) -> None:
    read = lexicon(tmp_path, "[many]\nfind = 'x'\n")
    with pytest.raises(LexiconError, match=r"numbers.toml:1: many has no examples"):
        read.examples()


def test_an_empty_folder_is_no_language(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="there are no files of this language"):
        Lexicon(tmp_path)


def test_alternatives_take_the_longest_first_whatever_signs_they_hold() -> None:
    assert either(["in", "into"]) == "i(?:n(?:to|))"
    assert either(["c.", "ca."]) == r"ca\.|c\."
