"""Names are compared as a reader sees them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.names import NAME_CHARACTERS, fold_name, is_disguised, plain_name

SAME = [
    "agence zed",
    "  Agence \u00a0 Zed ",
    "Agence Zed\u200b",
    "Agence\u2066 Zed\u2069",
    "\u202eAgence Zed",
    "A\u00adgence Zed",
    "Agence Zed\ufe0f",
    "Agence Zed\U000e0041",
    "Ag\u0435nce Zed",
    "\u0410g\u0435n\u0441\u0435 Zed",
    "Ａｇｅｎｃｅ Ｚｅｄ",
    "𝐀𝐠𝐞𝐧𝐜𝐞 𝒁𝒆𝒅",
    "Agen\u217de Zed",
    "ΑGΕΝCΕ ΖΕD",
    "A\u0261ence Zed",
    "ꓮgence Zed",
]
OTHERS = ["Agence Zéd", "Agence Zeb", "Agence Zed 2", "AgenceZed", "", "Agence"]


@pytest.mark.parametrize("name", SAME)
def test_names_that_look_the_same_are_the_same(name: str) -> None:
    assert fold_name(name) == fold_name("Agence Zed") == "agence zed"


@pytest.mark.parametrize("name", OTHERS)
def test_other_names_are_not(name: str) -> None:
    assert fold_name(name) != fold_name("Agence Zed")


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Agence France\u2011Presse", "Agence France-Presse"),
        ("O\u2019Brien", "O'Brien"),
        ("Caf\u00e9", "Cafe\u0301"),
        ("ﬁnance", "finance"),
        ("РОССИЯ", "россия"),
        ("ΝΑΤΟ", "νατο"),
        ("Straße", "STRASSE"),
    ],
)
def test_ways_to_write_a_name_make_no_difference_and_are_no_disguise(name: str, other: str) -> None:
    assert fold_name(name) == fold_name(other)
    assert plain_name(name) == plain_name(other)
    assert not is_disguised(name, other)


@pytest.mark.parametrize("name", ["Agence Zed\u200b", "Ag\u0435nce Zed", "\u202eAgence Zed"])
def test_other_letters_and_invisible_ones_are_a_disguise(name: str) -> None:
    assert is_disguised(name, "Agence Zed")
    assert is_disguised("Agence Zed", name)


@pytest.mark.parametrize("name", ["AGENCE ZED", "Agence Zeb", "Agence Zed"])
def test_case_and_other_names_are_no_disguise(name: str) -> None:
    assert not is_disguised(name, "Agence Zed")


@given(st.text())
def test_a_folded_name_is_short_and_folds_to_itself(name: str) -> None:
    folded = fold_name(name)
    assert len(folded) <= NAME_CHARACTERS
    assert fold_name(folded) in (folded, folded.strip())


@given(st.text(max_size=40))
def test_normal_forms_and_case_make_no_difference(name: str) -> None:
    for form in ("NFC", "NFD"):
        assert fold_name(unicodedata.normalize(form, name)) == fold_name(name)


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=40))
def test_plain_ascii_is_folded_as_it_was(name: str) -> None:
    assert fold_name(name) == " ".join(name.split()).casefold()
