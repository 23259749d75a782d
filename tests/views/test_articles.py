"""Articles as readers see them."""

from __future__ import annotations

import re

import pytest

from claims.models import ArticleRevision
from claims.reading.text import page_text
from claims.views import articles
from claims.workflow.articles import add_article
from claims.workflow.texts import approve_revision
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

    note = page(client).partition("<div popover")[2].partition("</div>")[0]

    assert "Radio report: 82" in note


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
    assert f'href="#{claim.ref}"' in html
    assert f'id="{claim.ref}"' in html


def test_article_page_costs_the_same_for_one_claim_or_nine(client, django_assert_num_queries):
    words = [f"word{n}" for n in range(9)]
    revision = make.article("Nine", "= Nine =\n\n" + " and ".join(words) + "\n")
    make.approve(anchored(revision, "word0", 1))
    with django_assert_num_queries(4):
        client.get("/articles/nine/")
    for number, word in enumerate(words[1:], start=2):
        make.approve(anchored(revision, word, number))
    with django_assert_num_queries(4):
        client.get("/articles/nine/")


def test_article_text_is_escaped(client):
    make.article("Script", "= Script =\n\nOne <script>alert(1)</script> two.\n")

    assert "<script>" not in page(client, "/articles/script/")


WIKITEXT = """'''Ford''' lies by [[Upper Ford]] and [[Arden#Towns|Arden]].<ref>{{cite web
|title=A report|url=https://wire.example/a|author=Jo Smith}}</ref> {{Odd map|x}}
They counted 97 dead.
"""


def wiki_page(client) -> str:
    make.article("Upper Ford", "A town.")
    revision = add_article(
        by=make.contributor(),
        reason="New.",
        title="Fords",
        text=WIKITEXT,
        format="wikitext",
        origin_url="https://wiki.example/wiki/Fords",
    )
    approve_revision(revision=revision, by=make.editor(), reason="Read.")
    return page(client, "/articles/fords/")


def test_links_lead_to_articles_here_else_to_the_wiki_of_the_text(client):
    html = wiki_page(client)

    assert '<b>Ford</b> lies by <a href="/articles/upper-ford/">Upper Ford</a>' in html
    assert '<a class="away" href="https://wiki.example/wiki/Arden#Towns"' in html


def test_references_and_gaps_of_the_text_are_shown(client):
    html = wiki_page(client)

    assert '<sup id="cited-1"><a href="#reference-1">[1]</a></sup>' in html
    assert '<a href="https://wire.example/a" rel="nofollow noopener">Jo Smith. A report' in html
    assert ">[odd map]</span>" in html


def test_every_passage_that_a_claim_rests_on_is_marked(client):
    text = "First 97 dead were told of, later about 60 people."
    revision = make.article("Twice", text)
    claim = anchored(revision, "97 dead", 97)
    start = text.index("about 60")
    place = {"revision": revision, "start": start, "end": start + 8}
    second = make.figure(claim, 60, quote="about 60", anchors=[place])
    make.approve(claim)

    html = page(client, "/articles/twice/")

    assert html.count('popovertarget="note-1"') == 2
    assert html.count('id="note-1"') == 1
    assert f'id="{claim.ref}"' in html
    assert f'id="{claim.ref}-{second.ref}"' in html
    assert f'href="/articles/twice/#{claim.ref}"' in page(client, f"/claims/{claim.ref}/")


def test_a_status_that_is_none_is_refused(client):
    revision_of()

    assert client.get("/articles/ford-ambush/?contention=bogus").status_code == 400


def test_an_article_is_rendered_once_until_a_claim_of_it_changes(client, monkeypatch):
    revision = revision_of()
    claim = anchored(revision, "counted 97 dead", 97)
    make.approve(claim)
    laid: list[str] = []
    monkeypatch.setattr(
        articles, "lay_out", lambda *given: laid.append("once") or page_text.lay_out(*given)
    )
    path = "/articles/ford-ambush/"
    first = client.get(path)
    again = client.get(path)
    assert (len(laid), again.content) == (1, first.content)
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304

    make.figure(claim, 82)
    assert client.get(path)["ETag"] == first["ETag"]  # nobody approved it
    make.approve(claim)
    after = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (after.status_code, len(laid)) == (200, 2)
    assert "82 to 97" in after.content.decode()


def test_a_link_leads_to_an_article_that_came_later(client):
    add = {"by": make.contributor(), "reason": "New.", "format": "wikitext"}
    for title, text in (("Fords", "It lies by [[Upper Ford]]."), ("Upper Ford", "A town.")):
        revision = add_article(title=title, text=text, **add)
        approve_revision(revision=revision, by=make.editor(), reason="Read.")
        html = page(client, "/articles/fords/")
        assert ('href="/articles/upper-ford/"' in html) == (title == "Upper Ford")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "https://user:word@evil.example/",
        "http://127.1/",
        "vbscript:x",
    ],
)
def test_no_text_sends_a_reader_to_what_is_no_address_of_the_web(client, address):
    text = (
        f"One.<ref>{{{{cite web|title=A|url={address}}}}}</ref> Two [{address} words]"
        f" and [[{address}|b]]."
        f"<ref>{{{{cite book|title=B|archive-url={address}}}}}</ref><ref>[{address} C]</ref>"
    )
    add = {"by": make.contributor(), "reason": "New.", "format": "wikitext"}
    origin = "https://wiki.example/wiki/Links"
    revision = add_article(title="Links", text=text, origin_url=origin, **add)
    approve_revision(revision=revision, by=make.editor(), reason="Read.")
    article = page(client, "/articles/links/").partition("<article")[2].partition("</main>")[0]
    assert [
        one
        for one in re.findall(r'href="([^"]*)"', article)
        if not one.startswith(("#", "/", "https://wiki.example/wiki/")) or one.startswith("//")
    ] == []
