"""Documents written by the standard library alone are those that are published, byte for byte."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.documents import dump_document, read_document, seal
from claims.domain.sealed_text import document_text, sealed_hash, verify_seal
from tests.domain.test_documents import documents


@given(document=documents)
def test_document_text_is_the_text_that_is_published(document: dict[str, Any]) -> None:
    published = dump_document(document)
    assert document_text(read_document(published)) == published


@pytest.mark.parametrize("letter", ["\x00", "\x1f", "\x7f", "\u2028", "\U0001f600", '"', "\\", "/"])
def test_document_text_escapes_as_the_published_text_does(letter: str) -> None:
    assert document_text({letter: [letter]}) == dump_document({letter: [letter]})


def test_document_text_refuses_what_no_document_holds() -> None:
    with pytest.raises(TypeError, match="set has no form"):
        document_text({"words": {1}})


@given(text=st.text(max_size=200))
def test_a_text_without_a_seal_has_none(text: str) -> None:
    assert sealed_hash(text) == ""
    assert not verify_seal(text)


def test_a_seal_is_the_last_member() -> None:
    text, digest = seal({"ref": "C1", "point": Decimal("97.5")})
    assert sealed_hash(text) == digest
    assert sealed_hash(f"{text[:-1]},{text[1:]}") == digest
    assert not verify_seal(f"{text[:-1]},{text[1:]}")
    assert sealed_hash(f'{text[:-1]},"a":1}}') == ""
