"""The files of English: each pattern with examples, each entry with a reader, no sample's names."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import claims.reading
from claims.reading.languages.english import ENGLISH

READING = Path(claims.reading.__file__).parent
# Names of the reference article that no grammar may know: who is read of, must not be known.
NAMES = frozenset(
    """Mali Malian Malians Azawad Tuareg Tuaregs Aguelhok Ansar Dine AQIM MNLA MOJWA MUJAO Iyad
    Ghaly Gamou Sanogo Touré Traoré Najem Gao Kidal Timbuktu Ménaka Menaka Tessalit Anefis Ansongo
    Bourem Diré Douentza Goundam Léré Niafunké Bamako Songhay Sahel Saharan Maghreb Niger Nigerien
    Algeria Algerian Algiers Burkina Faso Mauritania ECOWAS CNRDR Gaddafi Qaeda Ganda Iso Raincourt
    Juppé Keenan Stratfor Jamestown Oneness Konare Maiga Haji Hama Housseine Khoulam Sadio Gassama
    Andéramboukane Tinzaouaten Acherif Acharatoumane Boubeye Mbera Oxfam""".split()
)
# Terms of other matters that read like one of them, and where they stand.
OTHERS = {"Iso": "a date of ISO 8601 is the shape iso"}
WORD = re.compile(r"[^\W\d_]+")


def modules() -> list[str]:
    found = pkgutil.walk_packages(claims.reading.__path__, "claims.reading.")
    return [one.name for one in found]


for _name in modules():
    importlib.import_module(_name)
EXAMPLES = ENGLISH.examples()


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_pattern_is_found_in_its_examples(name: str) -> None:
    pattern, examples = EXAMPLES[name]
    assert pattern is not None, "no module asks for it"
    assert [words for words in examples if pattern.search(words) is None] == []


def test_every_list_and_table_is_asked_for() -> None:
    assert ENGLISH.unasked() == []


def test_no_name_of_the_reference_article_is_known_to_the_grammar() -> None:
    wanted = {name.casefold() for name in NAMES - set(OTHERS)}
    found = {
        f"{path.relative_to(READING)}: {word}"
        for path in (*READING.rglob("*.py"), *READING.rglob("*.toml"))
        for word in WORD.findall(path.read_text(encoding="utf-8"))
        if word.casefold() in wanted
    }
    assert found == set()


def test_no_list_of_words_is_too_long_for_a_line_of_code() -> None:
    """They stand in the files of a language: what was cut by hand in code would come back."""
    found = [
        str(path.relative_to(READING))
        for path in READING.rglob("*.py")
        if "noqa: E501" in path.read_text(encoding="utf-8")
    ]
    assert found == []
