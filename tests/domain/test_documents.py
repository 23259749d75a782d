"""Documents as text: exact numbers, one line, a seal that shows any change."""

import datetime as dt
import hashlib
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.documents import (
    decimal_literal,
    dump_document,
    moment_text,
    read_document,
    seal,
    sealed_hash,
    verify_seal,
)
from claims.errors import InvalidValueError

numbers = st.decimals(allow_nan=False, allow_infinity=False, places=6, max_value=10**9)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | numbers | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)
documents = st.dictionaries(st.text(min_size=1), values, max_size=5)


@pytest.mark.parametrize(
    ("number", "literal"),
    [
        ("97", "97"),
        ("97.000", "97"),
        ("1.50", "1.5"),
        ("1E+3", "1000"),
        ("-0.00", "0"),
        ("0.000001", "0.000001"),
        ("123456789012345", "123456789012345"),
    ],
)
def test_a_decimal_is_written_without_exponent_or_idle_zeros(number: str, literal: str) -> None:
    assert decimal_literal(Decimal(number)) == literal


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_json_cannot_hold_is_refused(number: str) -> None:
    with pytest.raises(InvalidValueError):
        decimal_literal(Decimal(number))


def test_a_document_is_one_line_with_its_members_in_order() -> None:
    class Word(StrEnum):
        OPEN = "open"

    text = dump_document({"b": Decimal("0.1"), "a": "x\ny", "state": Word.OPEN, "é": None})
    assert text == '{"b":0.1,"a":"x\\ny","state":"open","é":null}'


def test_a_lone_surrogate_is_refused_when_written() -> None:
    with pytest.raises(TypeError):
        dump_document({"words": "\ud800"})


def test_what_has_no_form_is_refused_when_written() -> None:
    with pytest.raises(TypeError):
        dump_document({"words": object()})


@given(number=numbers)
def test_a_decimal_comes_back_exactly(number: Decimal) -> None:
    assert read_document(dump_document({"n": number}))["n"] == number


@given(document=documents)
def test_a_seal_holds_and_is_the_hash_of_the_text_without_it(document: dict) -> None:
    text, digest = seal(document)
    assert verify_seal(text)
    assert sealed_hash(text) == digest
    rest = text.replace(f',"sha256":"{digest}"}}', "}")
    assert hashlib.sha256(rest.encode()).hexdigest() == digest


def test_sealing_again_gives_the_same_text() -> None:
    text, _ = seal({"ref": "C1", "point": Decimal("97.0")})
    assert seal(read_document(text))[0] == text


@pytest.mark.parametrize("end", [" ", "\n", "}"])
def test_a_changed_text_breaks_its_seal(end: str) -> None:
    text, _ = seal({"ref": "C1", "point": 97})
    assert not verify_seal(text.replace("97", "82"))
    assert not verify_seal(text.replace("C1", "C2"))
    assert not verify_seal(text + end)


def test_a_text_without_a_seal_is_not_verified() -> None:
    assert not verify_seal('{"ref":"C1"}')
    assert sealed_hash('{"ref":"C1"}') == ""


def test_a_moment_is_written_in_utc() -> None:
    east = dt.timezone(dt.timedelta(hours=2))
    assert moment_text(dt.datetime(2026, 11, 22, 15, tzinfo=east)) == "2026-11-22T13:00:00Z"
