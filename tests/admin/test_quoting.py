"""A new claim from words of an article: found in its text, read, filled in, saved by one reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.importers.articles import import_text
from claims.models import Article, Assertion, Claim, Party, Source
from claims.workflow.articles import add_article
from tests import factories as make
from tests.admin.article_texts import flood
from tests.admin.conftest import errors_of
from tests.admin.figure_rows import row_errors
from tests.admin.test_sealed import viewer

pytestmark = pytest.mark.django_db
QUAKE = """{{Infobox earthquake
| title = Small quake
| casualties = 12 killed
}}
Mayor [[Ann Bell|Ann Bell]] said that about 60 people were '''killed''' in the quake.<ref>{{cite \
news |title=Quake toll |newspaper=Post |date=2 May 1987 |url=https://post.example/q}}</ref> <!-- \
hidden words --> The army put the dead at 97.

Later 12 people left. Later 12 people left.
"""


def quote_url(article: Article) -> str:
    return reverse("admin:claims_article_quote", args=[article.pk])


@pytest.fixture
def quake(db: None) -> Article:
    told = {"by": make.contributor(), "reason": "New."}
    return add_article(title="Small quake", text=QUAKE, format="wikitext", **told).article


def chosen(client: Client, article: Article, quote: str, **more: str) -> Any:
    return client.post(quote_url(article), {"quote": quote, **more})


def filled(page: Any) -> dict[str, Any]:
    """All that the form and its rows would send as they were opened."""
    form = page.context["adminform"].form
    formset = page.context["inline_admin_formsets"][0].formset
    sent = {name: form[name].value() for name in form.fields}
    for one in (formset.management_form, *formset.forms):
        sent |= {one.add_prefix(name): one[name].value() for name in one.fields}
    return {
        name: value
        for name, value in sent.items()
        if value is not False and value not in (None, "")
    }


def row(page: Any, number: int = 0) -> dict[str, Any]:
    head = f"assertions-{number}-"
    standard = {"stance": "asserts", "speaker_kind": "person"}
    told = {name.removeprefix(head): value for name, value in filled(page).items()
            if name.startswith(head)}  # fmt: skip
    return {name: value for name, value in told.items() if standard.get(name) != value}


def test_selected_words_fill_the_form_with_what_was_read(
    contributor: Client, quake: Article
) -> None:
    response = chosen(contributor, quake, "about 60 people\n were  killed in the quake")
    assert response.status_code == 302
    page = contributor.get(response.url)
    place = QUAKE.index("about 60")
    assert row(page) == {
        "quote": "about 60 people were killed in the quake",
        "value": "about 60",
        "speaker_name": "Ann Bell",
        "speaker_role": "Mayor",
        "source_reference": QUAKE[QUAKE.index("{{cite") : QUAKE.index("</ref>")],
        "place": f"A{quake.pk}/1:{place}-{place + 8}",
    }
    told = filled(page)
    assert (told["question"], told["unit"], told["aggregation"]) == (
        *("How many people were killed in all (Small quake)?", "people", "event"),
    )
    assert told["reason"] == "From the article “Small quake”."
    assert not Claim.objects.exists()  # nothing is written by looking
    assert not Party.objects.exists()


def test_the_draft_is_saved_with_one_reason_and_its_place_is_marked(
    contributor: Client, quake: Article
) -> None:
    url = chosen(contributor, quake, "about 60 people were killed in the quake").url
    data = filled(contributor.get(url)) | {"subject_title": "Small quake", "_save": "Save"}
    data["measure"] = make.measure(slug="killed").pk
    saved = contributor.post(url, data)
    assert saved.status_code == 302, (errors_of(saved), row_errors(saved))
    claim = Claim.objects.get()
    figure = claim.assertions.get()
    anchor = figure.anchors.get()
    assert QUAKE[anchor.start : anchor.end] == anchor.exact == "about 60"
    assert (figure.point, figure.approximate, figure.quote_language) == (60, True, quake.language)
    assert Source.objects.get().url == "https://post.example/q"
    assert figure.attributions.get().party.name == "Ann Bell"
    rows = (claim, figure, anchor, Source.objects.get())
    reasons = {one.history_change_reason for row in rows for one in row.history.all()}
    assert reasons == {"From the article “Small quake”."}
    shown = contributor.get(quote_url(quake)).content.decode()
    assert f'<mark>about 60</mark><sup><a href="#mark-{figure.ref}">' in shown


def test_an_import_of_the_same_text_knows_what_was_drafted_from_it(
    contributor: Client, quake: Article
) -> None:
    url = chosen(contributor, quake, "about 60 people were killed in the quake").url
    data = filled(contributor.get(url)) | {"subject_title": "Small quake", "_save": "Save"}
    saved = contributor.post(url, {**data, "measure": make.measure(slug="killed").pk})
    assert saved.status_code == 302, (errors_of(saved), row_errors(saved))
    done = import_text(QUAKE, by=User.objects.get(username="contributor"))
    assert done.known >= 1
    assert Assertion.objects.filter(point=60).count() == 1


def test_rows_that_the_desk_has_are_chosen_and_not_named_anew(
    contributor: Client, quake: Article
) -> None:
    speaker = make.party("Ann Bell", description="Mayor")
    source = make.source("Quake toll", url="https://post.example/q", url_status="live")
    subject, measure = make.subject("Small quake"), make.measure(slug="killed")
    page = contributor.get(chosen(contributor, quake, "about 60 people were killed").url)
    assert (row(page)["speaker"], row(page)["source"]) == (speaker.pk, source.pk)
    assert {"speaker_name", "source_reference", "source_title"}.isdisjoint(row(page))
    assert (filled(page)["subject"], filled(page)["measure"]) == (subject.pk, measure.pk)


def test_what_the_reading_is_not_sure_of_stays_empty(contributor: Client) -> None:
    revision = flood("= Flood =\n\nDozens of the wagons were meant by it, a witness said.\n")
    page = contributor.get(chosen(contributor, revision.article, "Dozens of the wagons").url)
    assert {"value", "speaker", "speaker_name"}.isdisjoint(row(page))
    assert {"question", "measure"}.isdisjoint(filled(page))
    assert row(page)["quote"] == "Dozens of the wagons"
    assert "no number given" in page.content.decode()


def test_words_without_a_figure_give_quote_and_place_alone(
    contributor: Client, quake: Article
) -> None:
    page = contributor.get(chosen(contributor, quake, "The army put the dead").url)
    place = QUAKE.index("The army put the dead")
    assert row(page) == {
        "quote": "The army put the dead",
        "place": f"A{quake.pk}/1:{place}-{place + 21}",
    }


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("about 61 people", "does not hold these words"),
        ("hidden words", "does not hold these words"),
        ("7", "does not hold these words"),  # of 97: a number is never cut
        ("  ", "Select words"),
        ("a" * 2001, "at most 2000 characters"),
    ],
    ids=["other words", "a comment", "half a number", "nothing", "too much"],
)
def test_a_quote_that_the_text_does_not_hold_is_refused(
    contributor: Client, quake: Article, quote: str, words: str
) -> None:
    page = chosen(contributor, quake, quote)
    assert page.status_code == 200
    assert words in page.context["fault"]
    assert page.context["quote"] == " ".join(quote.split())[:2000]


def test_words_that_stand_twice_are_asked_about(contributor: Client, quake: Article) -> None:
    page = chosen(contributor, quake, "Later 12 people left.")
    first, second = (one.start for one in page.context["places"])
    assert (first, second) == (QUAKE.index("Later"), QUAKE.rindex("Later"))
    assert f'name="at" value="{second}"' in page.content.decode()
    answer = chosen(contributor, quake, "Later 12 people left.", at=str(second))
    assert row(contributor.get(answer.url))["place"].split(":")[1].startswith(str(second + 6))


def test_what_stands_before_the_selection_tells_places_apart(
    contributor: Client, quake: Article
) -> None:
    answer = chosen(contributor, quake, "Later 12 people left.", before="people left. ")
    assert answer.status_code == 302
    assert f"{QUAKE.rindex('Later')}-" in answer.url
    unclear = chosen(contributor, quake, "Later 12 people left.", before="no such words")
    assert len(unclear.context["places"]) == 2


def test_a_place_that_was_not_offered_is_asked_about_again(
    contributor: Client, quake: Article
) -> None:
    page = chosen(contributor, quake, "Later 12 people left.", at="3")
    assert len(page.context["places"]) == 2


def test_words_that_stand_too_often_are_to_be_made_more(contributor: Client) -> None:
    revision = flood("= Flood =\n\n" + "Water rose. " * 21)
    page = chosen(contributor, revision.article, "Water rose.")
    assert "21 times" in page.context["fault"]


def test_words_that_answer_two_questions_are_asked_about(contributor: Client) -> None:
    revision = flood("= Flood =\n\nThe flood killed 12 people and injured 30 people.\n")
    quote = "The flood killed 12 people and injured 30 people"
    page = chosen(contributor, revision.article, quote)
    first, second = page.context["choices"]
    assert (first.words, second.words) == ("12 people", "30 people")
    at = str(page.context["at"])
    answer = chosen(contributor, revision.article, quote, at=at, said=str(second.at))
    assert row(contributor.get(answer.url))["value"] == "30"
    alone = chosen(contributor, revision.article, quote, at=at, said="none")
    assert "value" not in row(contributor.get(alone.url))


def test_the_claim_that_has_the_words_already_is_named(contributor: Client) -> None:
    text = "= Flood =\n\nThe flood killed 12 people, the mayor said.\n"
    done = import_text(text, by=User.objects.get(username="contributor"))
    answer = chosen(contributor, done.revision.article, "killed 12 people")
    assert done.drafted[0].question in contributor.get(answer.url).content.decode()


@pytest.mark.parametrize(
    "place", ["A9/1:1-2", "A1/1:5-3", "A1/1:0-99999999", "x", "A1/1:1-2,3-4", "A1/1:1-2\x00"]
)
def test_an_address_that_names_no_place_is_not_found(contributor: Client, place: str) -> None:
    flood()
    answer = contributor.get(reverse("admin:claims_claim_add"), {"place": place})
    assert answer.status_code in (400, 404)


def test_a_place_that_was_tampered_with_is_refused_at_its_row(
    contributor: Client, quake: Article
) -> None:
    url = chosen(contributor, quake, "about 60 people were killed").url
    data = filled(contributor.get(url)) | {"subject_title": "Small quake", "_save": "Save"}
    data |= {"measure": make.measure(slug="killed").pk, "assertions-0-place": "A1/7:1-2"}
    page = contributor.post(url, data)
    assert "select the words again" in page.content.decode()
    assert not Claim.objects.exists()


def test_who_may_not_add_claims_gets_no_page(
    signed_in: Callable[[Any], Client], quake: Article
) -> None:
    assert signed_in(viewer()).get(quote_url(quake)).status_code == 403


def test_the_page_costs_the_same_for_one_mark_or_nine(contributor: Client) -> None:
    text = "= Flood =\n\n" + "".join(f"In town {n} the water killed {n}1 men.\n" for n in range(9))
    counts = []
    for many in (1, 9):
        revision = make.article(f"Flood {many}", text)
        for number in range(many):
            start = text.index(f"{number}1 men")
            place = {"revision": revision, "start": start, "end": start + 6}
            make.figure(make.claim(), 11, anchors=[place])
        contributor.get(quote_url(revision.article))
        with CaptureQueriesContext(connection) as asked:
            contributor.get(quote_url(revision.article))
        counts.append(len(asked))
    assert counts[0] == counts[1]
