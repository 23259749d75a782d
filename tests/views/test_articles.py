"""Articles as readers see them."""

from __future__ import annotations

import pytest

from claims.models import ArticleRevision
from tests import factories as make

pytestmark = pytest.mark.django_db

TEXT = """= Ford ambush =

Infobox
- Deaths: about 60

Officials said that about 60 people were killed, while an officer counted 97 dead.

| Town | Dead |
| Upper Ford | 12 |
"""


def revision_of(text: str = TEXT) -> ArticleRevision:
    return make.article("Ford ambush", text)


def anchored(revision: ArticleRevision, quote: str, point: int, **fields):
    claim = make.claim(**fields)
    start = revision.text.index(quote)
    place = {"revision": revision, "start": start, "end": start + len(quote)}
    make.figure(claim, point, quote=quote, anchors=[place])
    return claim


def page(client, path: str = "/articles/ford-ambush/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_article_marks_each_published_claim_once_with_a_note(client):
    revision = revision_of()
    claim = anchored(revision, "counted 97 dead", 97)
    make.approve(claim)

    html = page(client)

    assert html.count('popovertarget="note-1"') == 1
    assert '<span class="claim claim-single_origin">counted 97 dead</span>' in html
    assert f'href="/claims/{claim.ref}/"' in html


def test_a_note_names_the_source_of_an_answer_without_a_speaker(client):
    claim = anchored(revision_of(), "counted 97 dead", 97)
    make.figure(claim, 82, attributions=[], source=make.source("Radio report"))
    make.approve(claim)

    note = page(client).partition('<ul class="plain">')[2].partition("</ul>")[0]

    assert '<span class="muted">Radio report</span>' in note


def test_an_article_without_claims_ends_its_count_without_a_colon(client):
    revision_of()

    assert ">0 claims</a>\n" in page(client)


def test_article_hides_the_marks_of_unpublished_claims(client):
    anchored(revision_of(), "counted 97 dead", 97)

    assert "popovertarget" not in page(client)


def test_article_marks_what_a_table_cell_says(client):
    make.approve(anchored(revision_of(), "12", 12))

    assert '<td><span class="claim claim-single_origin">12</span>' in page(client)


def test_article_filters_its_marks_by_contention(client):
    revision = revision_of()
    make.approve(anchored(revision, "counted 97 dead", 97))
    disputed = anchored(revision, "about 60 people were killed", 60)
    make.figure(disputed, 120)
    make.approve(disputed)

    html = page(client, "/articles/ford-ambush/?contention=disputed")

    assert "claim-disputed" in html
    assert "claim-single_origin" not in html
    assert ">2 claims</a>" in html


def test_article_without_an_approved_text_does_not_exist(client):
    make.article("Ford ambush", TEXT, approved=False)

    assert client.get("/articles/ford-ambush/").status_code == 404
    assert "Ford ambush" not in page(client, "/articles/")


def test_article_shows_the_approved_text_until_the_next_one_is_approved(client):
    revision_of()
    make.article("Ford ambush", TEXT.replace("97", "82"), approved=False)

    html = page(client)

    assert "counted 97 dead" in html
    assert "82" not in html


def test_article_lists_its_sources_with_back_links(client):
    claim = anchored(revision_of(), "counted 97 dead", 97)
    cited = claim.assertions.get().source
    make.approve(claim)

    html = page(client)

    assert f'<li id="{cited.ref}"><a href="/sources/{cited.ref}/">' in html
    assert 'href="#mark-1"' in html


def test_article_page_costs_the_same_for_one_claim_or_nine(client, django_assert_num_queries):
    words = [f"word{n}" for n in range(9)]
    revision = make.article("Nine", "= Nine =\n\n" + " and ".join(words) + "\n")
    make.approve(anchored(revision, "word0", 1))
    with django_assert_num_queries(2):
        client.get("/articles/nine/")
    for number, word in enumerate(words[1:], start=2):
        make.approve(anchored(revision, word, number))
    with django_assert_num_queries(2):
        client.get("/articles/nine/")


def test_article_text_is_escaped(client):
    make.article("Script", "= Script =\n\nOne <script>alert(1)</script> two.\n")

    assert "<script>" not in page(client, "/articles/script/")
