"""What cannot be seen is found, shown and left out; what a script is written with stays."""

from __future__ import annotations

import unicodedata

import pytest

from claims.domain.characters import (
    HIDDEN,
    mixed_word,
    oddities,
    with_marks,
    without_hidden,
    without_invisible,
)

REFUSED = [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0xFEFF, 0x2060, 0xE0041]
TAKEN = [0x200C, 0x200D, 0x200E, 0x200F, 0xAD, 0xFE0F]  # scripts and emoji are written with them
# What Unicode calls a format character and draws all the same: signs of numbers and verses.
DRAWN = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}


@pytest.mark.parametrize("code", REFUSED)
def test_what_turns_or_splits_words_is_hidden(code: int) -> None:
    text = f"pay{chr(code)}lap"
    assert HIDDEN.search(text)
    assert without_hidden(text) == without_invisible(text) == "paylap"
    assert with_marks(text) == f"pay[U+{code:04X}]lap"
    assert oddities(text)


@pytest.mark.parametrize("code", TAKEN)
def test_what_a_script_may_need_is_taken_but_shown(code: int) -> None:
    text = f"pay{chr(code)}lap"
    assert without_hidden(text) == text
    assert without_invisible(text) == "paylap"
    assert f"U+{code:04X}" in with_marks(text)
    assert oddities(text) == ["invisible characters"]


def test_every_format_character_that_is_not_drawn_is_invisible() -> None:
    formats = [code for code in range(0x20000) if unicodedata.category(chr(code)) == "Cf"]
    shown = [code for code in formats if without_invisible(chr(code)) and code not in DRAWN]
    # Marks of Egyptian, shorthand and music notation, in texts of their own.
    assert all(code > 0x13000 for code in shown), [hex(code) for code in shown]


@pytest.mark.parametrize(
    "text", ["می\u200cخواهم", "क\u094d\u200dष", "⚠\ufe0f", "👩\u200d👧", "café"]
)
def test_joiners_at_home_are_in_order(text: str) -> None:
    assert oddities(text) == []
    assert with_marks(text) == text


@pytest.mark.parametrize("code", [0x3164, 0xFFA0, 0x115F, 0x2800])
def test_letters_without_a_shape_are_invisible(code: int) -> None:
    assert without_invisible(chr(code)) == ""


def test_direction_and_invisible_characters_are_told_apart() -> None:
    assert oddities("a\u202eb") == ["text direction controls"]
    assert oddities("a\u202eb\u200bc") == ["text direction controls", "invisible characters"]


@pytest.mark.parametrize("text", ["Ag\u0435nce", "\u0391lpha", "pay\u0440al", "ҽxample"])
def test_a_word_of_two_scripts_is_found(text: str) -> None:
    assert mixed_word(f"The {text} says") == text
    assert oddities(text) == ["mixed scripts in a word"]


@pytest.mark.parametrize(
    "text", ["Москва and Paris", "λ-calculus", "東京", "Αθήνα", "naïve", "東京Tower", "x²"]
)
def test_scripts_side_by_side_are_in_order(text: str) -> None:
    assert mixed_word(text) == ""
    assert oddities(text) == []
