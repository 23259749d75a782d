"""The page of what an import left to people: figures with their sentence, why, and a way on."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.importers.articles import ImportedArticle, import_text
from claims.importers.quoted import QuotedPassage
from claims.models import Claim
from claims.workflow.articles import add_article
from tests import factories as make
from tests.admin.test_sealed import viewer

pytestmark = pytest.mark.django_db
STORM = """Storm at Vell

The storm struck Vell on 3 May 2011. It killed 97 people. Mayor Ann Bell said that the dead \
filled eight trucks. The junta had 72 hours to give up control.
"""


@pytest.fixture
def storm(db: None) -> ImportedArticle:
    return import_text(STORM, by=make.contributor(), format="plain")


def page_of(client: Client, done: ImportedArticle) -> str:
    url = reverse("admin:claims_article_highlights", args=[done.revision.article_id])
    return unescape(client.get(url).content.decode())


def ways_on(page: str) -> list[str]:
    return re.findall(r'href="([^"]*claim/add/\?place=[^"]*)"', page)


def test_an_import_drafts_no_claim_for_a_highlight(storm: ImportedArticle) -> None:
    assert [claim.question.partition(" (")[0] for claim in storm.drafted] == [
        "How many people were killed on 3 May 2011"
    ]
    assert storm.highlights == 2
    assert not Claim.objects.filter(question__contains="…").exists()


def test_the_page_shows_each_highlight_in_its_sentence_and_why(
    contributor: Client, storm: ImportedArticle
) -> None:
    page = page_of(contributor, storm)
    assert "the dead filled <mark>eight</mark> trucks" in page
    assert "<strong>8</strong>, said by Mayor Ann Bell" in page
    assert "The junta had <mark>72</mark> hours" in page
    assert page.count("The text does not say what is measured.") == 2
    assert "<mark>97</mark>" not in page


def test_a_highlight_leads_to_a_form_with_its_quote_value_and_speaker(
    contributor: Client, storm: ImportedArticle
) -> None:
    first, second = ways_on(page_of(contributor, storm))
    form = contributor.get(first).context["inline_admin_formsets"][0].formset.forms[0]
    told = {name: form[name].value() for name in ("value", "speaker_name", "speaker", "quote")}
    assert (told["value"], told["quote"]) == ("8", "eight trucks")
    assert told["speaker_name"] == "Ann Bell"
    form = contributor.get(second).context["inline_admin_formsets"][0].formset.forms[0]
    assert (form["value"].value(), form["quote"].value()) == ("72", "72 hours")


def test_a_highlight_that_has_a_statement_is_listed_no_more(
    contributor: Client, storm: ImportedArticle
) -> None:
    at = STORM.index("72")
    place = {"revision": storm.revision, "start": at, "end": at + 2}
    make.figure(make.claim(), point=72, anchors=[place])
    assert "<mark>72</mark>" not in page_of(contributor, storm)


def test_the_page_costs_the_same_for_one_highlight_or_nine(contributor: Client) -> None:
    counts = []
    for number in (1, 9):
        text = "Camp\n\nThe army came on 3 May 2011. " + "The dead filled eight trucks. " * number
        done = import_text(text, by=make.contributor(), format="plain")
        page_of(contributor, done)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = page_of(contributor, done)
        assert page.count("<mark>") == number
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_text_in_another_language_says_so(contributor: Client) -> None:
    text = "Les crues ont tué cinquante personnes et le préfet a dit que la ville est sous l’eau. "
    told = {"by": make.contributor(), "reason": "New.", "format": "plain", "language": "fr"}
    revision = add_article(title="Crue", text=text * 20, **told)
    url = reverse("admin:claims_article_highlights", args=[revision.article_id])
    assert "The text is in French" in contributor.get(url).content.decode()


def test_a_long_text_is_not_read_while_somebody_waits(
    contributor: Client, monkeypatch: pytest.MonkeyPatch, storm: ImportedArticle
) -> None:
    monkeypatch.setattr("claims.importers.highlighted.LONGEST_READ", 20)
    page = page_of(contributor, storm)
    assert "too long to be read while you wait" in page
    assert "<mark>" not in page


def test_who_only_looks_has_the_list_without_the_way_on(storm: ImportedArticle) -> None:
    looking = Client()
    looking.force_login(viewer())
    page = page_of(looking, storm)
    assert "<mark>72</mark>" in page
    assert ways_on(page) == []


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("None of the 30 sailors drowned.", "None of the 30 sailors drowned."),
        ("Rain fell. Three of the 40 miners were killed.", "Three of the 40 miners were killed."),
        ("The 31 people in the hall were not injured.", "The 31 people in the hall were not"),
        ("Of the 40 miners, three were rescued.", "Of the 40 miners, three were rescued."),
    ],
)
def test_a_number_that_the_words_deny_fills_no_answer(
    contributor: Client, sentence: str, quote: str
) -> None:
    """Its form begins with the whole sentence, so that nobody is misquoted."""
    text = f"Storm at Vell\n\nThe storm struck Vell on 3 May 2011. {sentence}\n"
    done = import_text(text, by=make.contributor(), format="plain")
    (link,) = ways_on(page_of(contributor, done))
    form = contributor.get(unescape(link)).context
    row = form["inline_admin_formsets"][0].formset.forms[0]
    assert row["quote"].value().startswith(quote)
    assert not row["value"].value()
    assert not form["adminform"].form["question"].value()
    assert not form["adminform"].form["measure"].value()


def test_selected_words_answer_no_question_with_a_number_that_they_deny(db: None) -> None:
    text = "Storm at Vell\n\nThe storm struck Vell on 3 May 2011. None of the 30 sailors drowned.\n"
    revision = import_text(text, by=make.contributor(), format="plain").revision
    passage = QuotedPassage(revision, text.index("None"), len(text) - 1, by=make.contributor())
    (said,) = passage.choices()
    (row,) = passage.suggest(said.at).figures
    assert row["value"] == "0"


def test_no_choice_is_worded_with_a_gap(storm: ImportedArticle) -> None:
    revision = storm.revision
    passage = QuotedPassage(revision, 0, len(revision.text), by=make.contributor())
    asked = [said.question for said in passage.choices()]
    assert sum(not question for question in asked) == 2
    assert not any("…" in question for question in asked)
