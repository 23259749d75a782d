"""Articles: only what is approved, and where it says what claims hold."""

from __future__ import annotations

import pytest

from claims.errors import SelfApprovalError
from claims.workflow.articles import edit_article
from claims.workflow.texts import approve_revision
from tests import factories
from tests.kept import made_once

pytestmark = pytest.mark.django_db
TEXT = "Of the garrison, about 60 soldiers were executed, said the minister.\n"


@made_once
def anchored():
    """A published figure that is anchored in an approved article."""
    revision = factories.article("Aguelhok", TEXT)
    claim = factories.claim()
    start = TEXT.index("about 60")
    anchors = [{"revision": revision, "start": start, "end": start + len("about 60")}]
    figure = factories.figure(claim, 60, approximate=True, anchors=anchors)
    factories.approve(claim)
    return revision, claim, figure


def test_an_article_is_listed_without_and_shown_with_its_text(get, anchored) -> None:
    revision = anchored[0]
    (row,) = get("articles/")["results"]
    shown = get(f"articles/{row['ref']}/")
    assert (row["title"], row["sha256"], "text" in row) == ("Aguelhok", revision.sha256, False)
    assert shown["text"] == TEXT
    assert shown["links"]["annotations"] == f"/api/v1/articles/{row['ref']}/annotations/"


def test_the_desk_alone_changes_no_data_of_an_approved_article(get, client, anchored) -> None:
    article = anchored[0].article
    before = get(f"articles/{article.ref}/")
    edit_article(
        article=article,
        by=factories.contributor(),
        reason="Moved.",
        licence="Mine",
        language="fr",
        origin_url="https://elsewhere.example/",
    )
    after, page = get(f"articles/{article.ref}/"), client.get(f"/articles/{article.slug}/")
    for name in ("licence", "language", "origin_url"):
        assert after[name] == before[name]
    assert b"elsewhere.example" not in page.content

    factories.article("Aguelhok", TEXT.replace("60", "82"))
    assert get(f"articles/{article.ref}/")["licence"] == "Mine"
    assert b"elsewhere.example" in client.get(f"/articles/{article.slug}/").content


def test_who_changed_an_articles_data_approves_no_text_with_it(anchored) -> None:
    article = anchored[0].article
    edit_article(article=article, by=factories.editor(), reason="Mine.", licence="Mine")
    newer = factories.article("Aguelhok", TEXT.replace("60", "82"), approved=False)
    with pytest.raises(SelfApprovalError):
        approve_revision(revision=newer, by=factories.editor(), reason="Alone.")
    assert approve_revision(revision=newer, by=factories.second_editor(), reason="Read.")


def test_an_unapproved_revision_shows_nowhere(get, anchored) -> None:
    revision = anchored[0]
    newer = factories.article("Aguelhok", TEXT.replace("60", "82"), approved=False)
    assert newer.article_id == revision.article_id
    assert get(f"articles/A{revision.article_id}/")["text"] == TEXT
    hidden = factories.article("Hidden", approved=False)
    assert len(get("articles/")["results"]) == 1
    for tail in ("", "annotations/"):
        missing = get(f"articles/A99999/{tail}", 404)
        assert get(f"articles/A{hidden.article_id}/{tail}", 404) == missing


def test_an_annotation_quotes_the_words_and_names_claim_and_figure(client, get, anchored) -> None:
    revision, claim, figure = anchored
    address = f"articles/A{revision.article_id}/annotations/"
    response = client.get(f"/api/v1/{address}")
    assert response["Content-Type"] == "application/ld+json"
    page = get(address)
    assert (page["type"], page["@context"]) == (
        "AnnotationPage",
        "http://www.w3.org/ns/anno.jsonld",
    )
    (one,) = page["items"]
    assert (one["body"]["claim"], one["body"]["figure"]) == (claim.ref, figure.ref)
    quoted, placed = one["target"]["selector"]
    assert quoted["exact"] == "about 60"
    assert quoted["prefix"] + quoted["exact"] + quoted["suffix"] in TEXT
    assert TEXT[placed["start"] : placed["end"]] == "about 60"


def test_annotations_come_in_pages(get, anchored) -> None:
    revision = anchored[0]
    other = factories.claim()
    factories.figure(other, 60, anchors=[{"revision": revision, "start": 0, "end": 6}])
    factories.approve(other)
    first = get(f"articles/A{revision.article_id}/annotations/?limit=1")
    second = get(first["next"].removeprefix("/api/v1/"))
    assert len(first["items"] + second["items"]) == 2
    assert "next" not in second
