"""The search page: tabs, what helps who finds nothing, and that nothing hidden is found."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.domain.search_text import read_search
from claims.filtering.searching import SHELVES, Found
from claims.models import ClaimVersion, Source, Spelling
from claims.querysets.full_text import prepare_full_text
from claims.workflow.articles import add_article
from claims.workflow.claims import edit_claim
from claims.workflow.texts import approve_revision
from tests import factories as make
from tests.kept import made_once

pytestmark = pytest.mark.django_db


@made_once
def fort() -> ClaimVersion:
    """A claim on a fort, disputed; the words of its statements stand in an article."""
    claim = make.claim(question="How many soldiers fell at Fort Ménaka?")
    make.figure(claim, 60, quote="Sixty laid down their arms.", speaker=make.party("Agence Tam"))
    make.figure(claim, 97, source=make.source("The fall of the fort"))
    make.article("A small war", "= A small war =\n\nThe garrison held for nine days.\n")
    return make.approve(claim)


def text_of(client: Client, query: str) -> str:
    answer = client.get(f"/search/?q={query}")
    assert answer.status_code == 200
    return answer.content.decode()


def counts(typed: str) -> list[int]:
    found = Found(read_search(typed))
    return [found.count(shelf) for shelf in SHELVES]


@pytest.mark.parametrize(
    ("typed", "shelves"),
    [
        ("menaka", [1, 2, 0, 0, 0]),
        ('"laid down their arms"', [1, 1, 0, 0, 0]),
        ('"their arms laid"', [0, 0, 0, 0, 0]),
        ("agence tam", [1, 1, 0, 0, 0]),
        ("garrison", [0, 0, 0, 0, 1]),
        ("fall fort", [1, 1, 1, 0, 0]),
        ("60 soldier", [1, 1, 0, 0, 0]),
        ("60..100", [1, 2, 0, 0, 0]),
        ("%", [0, 0, 0, 0, 0]),
    ],
)
def test_each_tab_holds_what_has_all_words(
    fort: ClaimVersion, typed: str, shelves: list[int]
) -> None:
    assert counts(typed) == shelves


def test_a_reference_leads_to_its_thing(client: Client, fort: ClaimVersion) -> None:
    page = text_of(client, f"c{fort.claim_id}")
    assert f'<strong>C{fort.claim_id}</strong>: <a href="/claims/C{fort.claim_id}/">' in page
    assert "Nothing published" in text_of(client, "C999999")


def test_a_typing_error_is_told_with_what_was_probably_meant(
    client: Client, fort: ClaimVersion
) -> None:
    assert '<a href="/search/?q=Fort%20menaka">Fort menaka</a>' in text_of(client, "Fort+Menakka")
    assert "Did you mean" not in text_of(client, "Fort+Zzyzx")


def test_the_words_in_the_way_are_named(client: Client, fort: ClaimVersion) -> None:
    page = text_of(client, "soldiers+Zzyzx")
    assert "No claim holds: Zzyzx." in page
    assert '<a href="/search/?q=soldiers">' in page


def test_claims_are_narrowed_by_contention(client: Client, fort: ClaimVersion) -> None:
    make.published_claim(5, question="How many soldiers came to Ménaka?")
    both = text_of(client, "menaka")
    assert both.count('class="card"') == 2
    chosen = re.findall(r'href="([^"]*contention=disputed[^"]*)"', both)
    assert chosen
    only = client.get("/search/" + chosen[0].replace("&amp;", "&")).content.decode()
    assert only.count('class="card"') == 1
    assert "Fort" in only


@pytest.mark.parametrize(
    "query", ["contention=none", "page=0", "page=2", "page=x", "page=99999999999"]
)
def test_what_is_no_choice_is_refused(client: Client, fort: ClaimVersion, query: str) -> None:
    assert client.get(f"/search/?q=fort&{query}").status_code == 400


def test_results_come_in_pages(client: Client) -> None:
    for number in range(26):
        make.published_claim(number + 1, question=f"How many ships lay in harbour {number}?")
    first = text_of(client, "harbour")
    assert first.count('class="card"') == 25
    assert 'rel="next" href="?q=harbour&amp;page=2"' in first
    assert text_of(client, "harbour&page=2").count('class="card"') == 1


def test_nothing_hidden_is_found(client: Client, fort: ClaimVersion) -> None:
    """Drafts, changes in review, texts that nobody approved, what was retired."""
    draft = make.claim(question="How many quokkas were seen?")
    make.figure(draft, 7, quote="Seven quokkas.", source=make.source("Quokka news"))
    edit_claim(claim=fort.claim, by=make.contributor(), reason="More.", question="Quokkas, then?")
    make.article("Quokkas", "= Quokkas =\n\nThey were many.\n", approved=False)
    gone = make.published_claim(3, question="How many quokkas left?")
    make.retire(gone.claim)

    assert counts("quokkas") == counts("quokka") == [0, 0, 0, 0, 0]
    assert "uokka" not in text_of(client, "seven").replace("Quokka?", "")
    assert Found(read_search("quokkaz")).better_spelling() == {}


def test_a_new_text_of_an_article_takes_the_place_of_the_old(fort: ClaimVersion) -> None:
    revision = add_article(by=make.contributor(), reason="More.", title="A small war",
                           text="= A small war =\n\nThe siege was long.\n")  # fmt: skip
    assert counts("garrison")[-1] == 1
    assert counts("siege")[-1] == 0
    approve_revision(revision=revision, by=make.editor(), reason="Read.")
    assert counts("garrison")[-1] == 0
    assert counts("siege")[-1] == 1


@pytest.mark.parametrize("asked", [*(f"harbour&tab={shelf}" for shelf in SHELVES), "harbuor"])
def test_a_search_costs_the_same_for_one_hit_or_nine(client: Client, asked: str) -> None:
    spent = []
    for more in (1, 8):
        for _ in range(more):
            make.published_claim(60, question="How many came to the harbour?")
        with CaptureQueriesContext(connection) as queries:
            text_of(client, asked)
        spent.append(len(queries))
    assert spent[0] == spent[1] < 20


def test_words_are_noted_once(fort: ClaimVersion) -> None:
    before = Spelling.objects.count()
    make.published_claim(5, question="How many soldiers fell at Fort Ménaka again?")
    words = set(Spelling.objects.values_list("word", flat=True))
    assert {"soldiers", "menaka", "again"} <= words
    assert Spelling.objects.count() > before
    assert Spelling.objects.filter(word="soldiers", form="soldiers").count() == 1


@pytest.mark.sqlite
def test_an_index_that_a_migration_lost_is_made_and_filled_again(fort: ClaimVersion) -> None:
    table = Source.published_source.related.related_model._meta.db_table
    with connection.cursor() as cursor:
        for name in ("added", "taken", "changed"):
            cursor.execute(f"DROP TRIGGER {table}_words_{name}")
        cursor.execute(f"INSERT INTO {table}_words({table}_words) VALUES ('delete-all')")
    assert counts("fall fort")[2] == 0

    assert prepare_full_text(connection, [table]) == [table]

    assert counts("fall fort")[2] == 1
    assert prepare_full_text(connection, [table]) == []
