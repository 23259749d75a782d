"""A text in a language that is not read is refused, or keeps its figures as highlights."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from claims.admin.highlights import WHY
from claims.importers.highlighted import highlights_of
from claims.models import Article, ArticleRevision, Claim
from claims.reading.article import read_article
from claims.reading.asking.silence import Silence
from claims.reading.languages.language import LanguageError
from tests import factories as make

pytestmark = pytest.mark.django_db

SPANISH = """Incendio de Vell

El incendio del mes de marzo en la ciudad de Vell mató al menos a 58 personas y dejó 1.750 heridos
que fueron llevados a los hospitales de la región por los bomberos de la ciudad.
"""
GREEK = "Πυρκαγιά\n\nΗ πυρκαγιά σκότωσε 58 ανθρώπους στην πόλη και τραυμάτισε 30 ακόμη ανθρώπους.\n"


def run(path: Path, text: str, *options: str) -> tuple[str, str, int]:
    path.write_text(text, encoding="utf-8")
    out, err = StringIO(), StringIO()
    try:
        call_command("import_article", str(path), *options, stdout=out, stderr=err)
    except SystemExit as end:
        return out.getvalue(), err.getvalue(), int(str(end.code))
    return out.getvalue(), err.getvalue(), 0


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "fire.txt"


def test_a_text_in_another_language_is_refused_in_one_line(file: Path) -> None:
    out, err, code = run(file, SPANISH)
    assert (out, code, err.count("\n")) == ("", 1, 1)
    assert "The text is in Spanish" in err
    assert not Article.objects.exists()


def test_its_figures_are_kept_as_highlights_and_never_as_drafts(file: Path) -> None:
    out, _, code = run(file, SPANISH, "--figures-only", "--output", "json")
    summary = json.loads(out)
    assert (code, summary["claims_drafted"], summary["highlights"]) == (0, [], 1)
    assert (Article.objects.get().language, Claim.objects.exists()) == ("es", False)


def test_the_page_of_highlights_shows_them_and_says_why() -> None:
    make.contributor()
    article = make.article("Incendio", SPANISH).article
    Article.objects.filter(pk=article.pk).update(language="es")
    found = highlights_of(ArticleRevision.objects.get(article=article))
    assert [(one.words, one.why) for one in found.all] == [("58", Silence.LANGUAGE)]
    assert str(WHY[Silence.LANGUAGE]) == "The language of the text is not read."


def test_a_number_that_another_language_writes_otherwise_is_left_out() -> None:
    reading = read_article(SPANISH, figures_only=True)
    assert [one.quote for one in reading.figures] == ["58"]
    assert (reading.dates, reading.attributions, reading.conflicts) == ((), (), ())


def test_a_text_that_is_read_gives_drafts_as_ever(file: Path) -> None:
    english = "Fire of Vell\n\nThe fire of Vell killed 97 people on 3 May 2011.\n"
    out, _, code = run(file, english, "--figures-only", "--output", "json")
    assert (code, len(json.loads(out)["claims_drafted"])) == (0, 1)


def test_a_script_that_tells_no_language_is_refused_until_it_is_named(file: Path) -> None:
    _, err, code = run(file, GREEK, "--figures-only")
    assert code == 1
    assert "say in which language it is" in err
    assert run(file, GREEK, "--figures-only", "--language", "el")[2] == 0
    assert Article.objects.get().language == "el"


@pytest.mark.parametrize("tag", ["e", "english!", "-", "fr_"])
def test_what_is_no_tag_is_refused(file: Path, tag: str) -> None:
    _, err, code = run(file, SPANISH, f"--language={tag}")
    assert code == 2
    assert "--language:" in err
    assert "is no tag of a language" in err


def test_the_language_told_counts_where_the_text_is_too_short_to_tell(file: Path) -> None:
    _, err, code = run(file, "Vell\n\nVell: 97.\n", "--language", "fr-CA")
    assert (code, "The text is in French" in err) == (1, True)
    with pytest.raises(LanguageError):
        read_article("Vell\n\nVell: 97.\n", language="xx-nowhere")
