"""The language of a text is found, told and, where nothing here reads it, refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.importers.page_reading import DumpPage, Rejection, read_page, read_upload
from claims.reading.article import read_article
from claims.reading.languages.english import ENGLISH
from claims.reading.languages.language import (
    OTHER_SCRIPT,
    LanguageError,
    code_of,
    language_for,
    language_named,
)
from claims.reading.text.landmarks import Landmarks

ARTICLES = sorted((Path(__file__).parents[1] / "articles").glob("*.[tw]*"))
FRENCH = (
    "Combat d'Ardenne\n\nLe gouvernement a déclaré que 60 soldats ont été tués à Ardenne le 24 "
    "janvier 2012. Les rebelles affirment que 97 soldats ont été tués."
)
TEXTS = {
    "fr": FRENCH,
    "de": "Die Regierung sagte, dass bei dem Angriff auf die Stadt 60 Soldaten getötet wurden.",
    "es": "El gobierno dijo que 60 soldados fueron muertos en la ciudad el 24 de enero de 2012.",
    "it": "Il governo ha detto che nella città sono stati uccisi 60 soldati, secondo la radio.",
    "pt": "O governo disse que 60 soldados foram mortos na cidade, mas os rebeldes não o dizem.",
    "nl": "De regering zei dat er 60 soldaten werden gedood in de stad en dat het er meer waren.",
    "sv": "Regeringen sade att 60 soldater hade dödats i staden och att det var fler som dog.",
    "pl": "Rząd podał, że w mieście zginęło 60 żołnierzy i nie jest to na pewno.",
    "": "60 of 97",
    "en": "The government said that 60 soldiers had been killed in the town on 24 January 2012.",
    OTHER_SCRIPT: "Правительство заявило, что 60 солдат были убиты в городе 24 января 2012 года.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_text_tells_its_language(code: str) -> None:
    assert code_of(TEXTS[code]) == code


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_articles_are_english_and_told_to_be(path: Path) -> None:
    assert read_article(path.read_text(encoding="utf-8")).language == "en"


def test_another_language_is_refused_in_one_line_that_names_it() -> None:
    with pytest.raises(LanguageError) as caught:
        read_article(FRENCH)
    assert str(caught.value) == "The text is in French; articles are read in English only."


@pytest.mark.parametrize("told", ["fr", "fr-CA", "tlh"])
def test_a_language_that_is_told_counts_where_the_text_tells_none(told: str) -> None:
    with pytest.raises(LanguageError, match="articles are read in English only"):
        read_article(TEXTS[""], language=told)
    assert read_article(TEXTS[""], language="en-GB").language == "en"


def test_a_text_counts_before_what_is_told_of_it() -> None:
    assert language_for(TEXTS["en"], "fr").tag == "en"
    with pytest.raises(LanguageError, match="in French"):
        language_for(FRENCH, "en")


def test_another_script_is_refused() -> None:
    with pytest.raises(LanguageError, match="a script that no language read here is written in"):
        read_article(TEXTS[OTHER_SCRIPT])


def test_a_language_is_loaded_once_with_its_lexicon_and_its_letters() -> None:
    english = language_named("en-GB")
    assert english is language_named("en-GB")
    assert (english.tag, english.name) == ("en", "English")
    assert english.lexicon is ENGLISH
    assert english.word.findall("déclaré le 3e") == ["déclaré", "le", "e"]


def test_words_with_any_letter_are_landmarks() -> None:
    found = Landmarks("Il a déclaré cela.", {"cue": ["déclaré"]}).all("cue")
    assert found == [5]


def test_pages_and_uploads_in_another_language_are_rejected_by_that_rule() -> None:
    wanted = Rejection("language", "The text is in French; articles are read in English only.")
    assert read_page(DumpPage(0, title="Combat", text=FRENCH), "fr") == wanted
    assert read_upload("Combat", FRENCH, "plain", "en") == wanted
