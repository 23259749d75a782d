"""ClaimReviews come in as drafts: the words, their speaker, their appearances; no rating."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claims.models import Assertion, Claim, Comment, ImportedTable, Party
from tests.importers.desk_content import besides_record, content
from tests.importers.test_entities import run_command

pytestmark = pytest.mark.django_db
SAID = "The flood of Arden killed nine hundred people"
REVIEW: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "datePublished": "2019-05-02",
    "url": "https://checks.example/1",
    "claimReviewed": SAID,
    "author": {"@type": "Organization", "name": "Arden Checks"},
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "Jane Holt", "jobTitle": "mayor of Arden"},
        "datePublished": "2019-04-20T10:00:00Z",
        "appearance": {
            "@type": "NewsArticle",
            "headline": "Mayor on the flood",
            "url": "https://news.example/2",
            "datePublished": "2019-04-21",
            "publisher": {"@type": "Organization", "name": "Arden Post"},
        },
    },
    "reviewRating": {
        "@type": "Rating",
        "ratingValue": 2,
        "bestRating": 5,
        "alternateName": "Mostly false",
    },
}
FORMS = {
    "one": lambda one: json.dumps(one),
    "a list": lambda one: json.dumps([one]),
    "a graph": lambda one: json.dumps({"@context": "https://schema.org", "@graph": [one]}),
    "a feed": lambda one: json.dumps({"@type": "DataFeed", "dataFeedElement": [one]}),
    "a feed of items": lambda one: json.dumps(
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [one]}]}
    ),
    "a page": lambda one: (
        "<!doctype html><html><head><script>let a = '{';</script>"
        f'<script type="application/ld+json">{json.dumps(one)}</script></head></html>'
    ),
    "a type among others": lambda one: json.dumps(one | {"@type": ["Review", "ClaimReview"]}),
    "a whole type": lambda one: json.dumps(one | {"@type": "http://schema.org/ClaimReview"}),
}


def run(folder: Path, data: Any, **options: Any) -> tuple[dict[str, int], str, int]:
    path = folder / "feed.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return run_command("import_claimreview", path, **options)


@pytest.mark.parametrize("name", FORMS)
def test_review_in_any_form_comes_in(tmp_path: Path, name: str) -> None:
    summary, said, code = run(tmp_path, FORMS[name](REVIEW))
    assert (code, summary["added"], summary["claims_drafted"]) == (0, 1, 1), said
    row = Assertion.objects.get()
    assert (row.text, row.asserted_on) == (SAID, "2019-04-20")
    speaker = row.attributions.get()
    assert (speaker.role, speaker.party.name, speaker.party.kind) == (
        "speaker",
        "Jane Holt",
        "person",
    )
    assert speaker.party.description == "mayor of Arden"
    source = row.source
    assert (source.title, source.url) == ("Mayor on the flood", "https://news.example/2")
    assert (source.issued, source.publisher.name) == ("2019-04-21", "Arden Post")
    assert Claim.objects.get().question == f"Who said “{SAID}”, and in what words?"
    assert Claim.objects.get().state == "draft"


def test_rating_is_a_note_of_the_desk(tmp_path: Path) -> None:
    run(tmp_path, REVIEW)
    words = "Rated “Mostly false” (2 of 5) by Arden Checks on 2019-05-02 https://checks.example/1"
    assert Comment.objects.get().body == f"{Assertion.objects.get().ref}: {words}"
    assert "false" not in Claim.objects.get().question


def test_feed_imported_again_adds_nothing(tmp_path: Path) -> None:
    run(tmp_path, [REVIEW, REVIEW])
    assert Assertion.objects.count() == 1
    before = besides_record()
    summary, _, code = run(tmp_path, [REVIEW, REVIEW])
    assert (code, summary["added"], summary["known"]) == (0, 0, 2)
    assert besides_record() == before


def test_dry_run_keeps_nothing(tmp_path: Path) -> None:
    before = content()
    assert run(tmp_path, REVIEW, dry_run=True)[0]["added"] == 1
    assert content() == before


def test_each_appearance_is_a_source(tmp_path: Path) -> None:
    places = ["https://a.example/1", {"@type": "CreativeWork", "url": "https://b.example/2"}]
    item = REVIEW["itemReviewed"] | {"appearance": places}
    run(tmp_path, REVIEW | {"itemReviewed": item})
    titles = [one.source.title for one in Assertion.objects.order_by("pk")]
    assert titles == ["https://a.example/1", "https://b.example/2"]


def test_without_an_appearance_the_review_reports_it(tmp_path: Path) -> None:
    item = {name: one for name, one in REVIEW["itemReviewed"].items() if name != "appearance"}
    run(tmp_path, REVIEW | {"itemReviewed": item})
    row = Assertion.objects.get()
    assert row.source.url == "https://checks.example/1"
    assert row.source.title == f"Review of “{SAID}”"
    chain = [(link.role, link.party.name) for link in row.attributions.all()]
    assert chain == [("speaker", "Jane Holt"), ("publisher", "Arden Checks")]


def test_speakers_of_the_same_words_answer_one_claim(tmp_path: Path) -> None:
    other = {"@type": "Organization", "name": "Party of Arden"}
    item = REVIEW["itemReviewed"] | {"author": other}
    run(tmp_path, [REVIEW, REVIEW | {"itemReviewed": item}])
    assert (Claim.objects.count(), Assertion.objects.count()) == (1, 2)
    assert Party.objects.get(name="Party of Arden").kind == "organisation"


def test_words_that_are_no_day_are_left_out(tmp_path: Path) -> None:
    item = REVIEW["itemReviewed"] | {"datePublished": "last week"}
    run(tmp_path, REVIEW | {"itemReviewed": item})
    assert Assertion.objects.get().asserted_on == ""


def test_import_of_a_feed_is_listed(tmp_path: Path) -> None:
    run(tmp_path, REVIEW)
    assert (ImportedTable.objects.get().run.file_name, ImportedTable.objects.get().added) == (
        "feed.json",
        1,
    )


def test_review_without_a_claim_is_rejected_and_the_others_kept(tmp_path: Path) -> None:
    bare = {"@type": "ClaimReview", "url": "https://checks.example/3"}
    summary, said, code = run(tmp_path, [bare, REVIEW])
    assert (code, summary["added"], summary["rejected"]) == (3, 1, 1)
    assert "feed.json: 1: review: the review names no claim." in said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[]", "holds no ClaimReview"),
        ('{"@type": "Article"}', "holds no ClaimReview"),
        ("<html></html>", "holds no ClaimReview"),
        ("words", "this is no JSON"),
        ('<html>\n<script type="application/ld+json">{</script>', "line 2: this is no JSON"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, text: str, words: str) -> None:
    _, said, code = run(tmp_path, text)
    assert (code, words in said) == (1, True), said
