"""From an article's text to draft claims."""

from __future__ import annotations

import hashlib
from decimal import Decimal

import pytest

from claims.choices import ClaimState, Contention, PartyKind, UrlStatus
from claims.errors import ImportRefusedError, InvalidValueError, PermissionMissingError
from claims.importers.articles import import_text
from claims.models import (
    Article,
    ArticleRevision,
    Assertion,
    Claim,
    ClaimVersion,
    Comment,
    Dispute,
    Measure,
    Party,
    Source,
    Subject,
)
from claims.workflow.evidence import withdraw_assertion
from tests import factories as make

pytestmark = pytest.mark.django_db

FLOOD = """= Flood of Arden (1987) =

== The flood ==

On 4 May 1987, the river rose in Arden. The mayor, Jane Holt, said that about 60 people had been \
killed in Arden. A rescue worker told Reuters that 97 people had been killed in Arden.

== Aftermath ==

At least 400 people were displaced. The Red Cross said that 1,200 people were injured.
"""
WIKI = """'''Fire of Lowick''' was a fire. On 2 June 1990 some 12 people were killed.\
<ref>{{cite news |title=Fire at mill |newspaper=The Lowick Post |date=3 June 1990 \
|url=https://post.example.org/fire}}</ref> The fire destroyed 30 houses.<ref>{{cite book \
|title=Mills |last=Green |first=Ann |isbn=9780306406157 |year=1999}}</ref>
"""
TABLES = (
    *(Article, ArticleRevision, Assertion, Claim, Comment, Dispute, Measure, Party),
    *(Source, Subject),
)


def take_in(text: str = FLOOD, **options: str):
    return import_text(text, by=make.contributor(), **options)


def sizes() -> dict[str, int]:
    """Rows and history rows of every table that an import writes."""
    found = {model.__name__: model.objects.count() for model in TABLES}
    histories = [model for model in TABLES if hasattr(model, "history")]
    return found | {f"{model.__name__} history": model.history.count() for model in histories}


def figures(claim: Claim) -> set[Decimal | None]:
    return set(claim.assertions.values_list("point", flat=True))


def test_import_text_asks_one_question_for_figures_that_answer_the_same():
    take_in()

    killed = Claim.objects.get(measure__slug="killed")
    assert figures(killed) == {60, 97}
    assert killed.contention == Contention.DISPUTED
    assert killed.disputes.get().kind == "value"


def test_import_text_publishes_nothing():
    take_in()

    assert set(Claim.objects.values_list("state", flat=True)) == {ClaimState.DRAFT}
    assert not ClaimVersion.objects.exists()
    assert not ArticleRevision.objects.approved().exists()


def test_import_text_names_speakers_and_what_they_spoke_to():
    take_in()

    about_60, exactly_97 = Assertion.objects.filter(claim__measure__slug="killed").order_by("point")
    assert about_60.approximate
    holt = about_60.attributions.get().party
    assert (holt.name, holt.kind) == ("Jane Holt", PartyKind.PERSON)
    worker, reuters = [link.party for link in exactly_97.attributions.all()]
    assert worker.kind == PartyKind.UNNAMED
    assert (reuters.name, reuters.kind) == ("Reuters", PartyKind.OUTLET)
    assert exactly_97.source.publisher == reuters
    assert exactly_97.source.url_status == UrlStatus.NONE


def test_import_text_marks_the_articles_own_voice_as_needing_a_citation():
    take_in()

    row = Assertion.objects.get(low=400)
    assert row.citation_needed
    assert row.source is None
    assert row.claim.contention == Contention.UNSOURCED


def test_import_text_anchors_each_figure_in_the_stored_text():
    done = take_in()

    anchors = done.revision.anchors.all()
    assert len(anchors) == Assertion.objects.count()
    for anchor in anchors:
        assert done.revision.text[anchor.start : anchor.end] == anchor.exact
    assert "97" in {anchor.exact for anchor in anchors}


def test_import_text_keeps_anchors_right_when_the_text_is_not_in_nfc():
    done = take_in(FLOOD.replace("Jane", "Jose\u0301"))

    assert "José" in done.revision.text
    for anchor in done.revision.anchors.all():
        assert done.revision.text[anchor.start : anchor.end] == anchor.exact


def test_import_text_puts_events_below_the_articles_subject():
    take_in()

    killed = Claim.objects.get(measure__slug="killed")
    assert killed.subject.when == "1987-05-04"
    assert killed.subject.parent.title == "Flood of Arden (1987)"


def test_importing_again_adds_nothing():
    take_in()
    before = sizes()

    done = take_in()

    assert sizes() == before
    assert (done.drafted, done.extended, done.assertions) == ([], [], 0)
    assert done.known == Assertion.objects.count()


def test_importing_again_does_not_propose_what_was_dropped():
    take_in()
    dropped = Assertion.objects.get(point=97)
    withdraw_assertion(assertion=dropped, by=make.contributor(), reason="Misread.")
    before = sizes()

    take_in()

    assert sizes() == before


def test_a_changed_article_proposes_what_is_new_in_it():
    take_in()
    claims = Claim.objects.count()

    done = take_in(FLOOD.replace("97", "82"))

    killed = Claim.objects.get(measure__slug="killed")
    assert done.revision.number == 2
    assert figures(killed) == {60, 82, 97}
    assert Claim.objects.count() == claims
    assert done.extended == [killed]


def test_a_changed_article_leaves_published_claims_alone():
    take_in()
    killed = Claim.objects.get(measure__slug="killed")
    make.approve(killed)

    take_in(FLOOD + "\nNothing else is known.\n")

    assert Claim.objects.get(pk=killed.pk).state == ClaimState.PUBLISHED


def test_another_article_adds_its_answer_to_the_question_that_is_asked_already():
    place = "People were killed.\n"
    take_in(FLOOD)
    killed = Claim.objects.get(measure__slug="killed")
    make.figure(killed, 70)

    again = take_in(FLOOD + place)

    assert Claim.objects.filter(measure__slug="killed").count() == 1
    assert again.drafted == []


def test_import_text_joins_an_alias_that_the_article_gives():
    known = make.party("WFP", kind="organisation")
    text = FLOOD.replace("The Red Cross", "The World Food Programme (WFP)")

    take_in(text)

    known.refresh_from_db()
    assert known.aliases == ["World Food Programme"]
    assert not Party.objects.filter(name__startswith="World").exists()


def test_import_text_makes_sources_of_cited_works():
    take_in(WIKI, format="wikitext", title="Fire of Lowick")

    killed = Assertion.objects.get(point=12)
    assert killed.source.title == "Fire at mill"
    assert killed.source.csl_type == "article-newspaper"
    assert killed.source.url == "https://post.example.org/fire"
    assert killed.source.publisher.name == "Lowick Post"
    assert Assertion.objects.get(point=30).source.isbn == "9780306406157"


def test_the_same_work_cited_by_two_articles_is_one_source():
    take_in(WIKI, format="wikitext", title="Fire of Lowick")
    take_in(WIKI.replace("12", "13"), format="wikitext", title="Mill fires")

    assert Source.objects.filter(title="Fire at mill").count() == 1


def test_an_article_whose_slug_is_taken_is_an_article_of_its_own():
    make.article("Flood of Arden 1987")

    done = take_in()

    digest = hashlib.sha256(done.revision.title.encode()).hexdigest()[:12]
    assert done.revision.article.slug == f"flood-of-arden-1987-{digest}"
    assert done.revision.number == 1


def test_import_text_shows_its_doubts():
    take_in(FLOOD + "\nDozens of people were injured on 6 May.\n")

    assert "Dozens" in Comment.objects.get(body__contains="Dozens").body


@pytest.mark.parametrize("text", ["", " \n", "a\x00b", "\x01" * 60])
def test_import_text_refuses_what_is_no_article(text):
    with pytest.raises(ImportRefusedError):
        take_in(text)

    assert not Article.objects.exists()


def test_import_text_stores_nothing_of_an_article_that_cannot_be_stored():
    with pytest.raises(InvalidValueError):
        take_in(FLOOD + "\ud800")

    assert sizes() == dict.fromkeys(sizes(), 0)


def test_import_text_refuses_accounts_that_may_not_edit():
    reader = make.account("contributor", "reader")
    reader.groups.clear()

    with pytest.raises(PermissionMissingError):
        import_text(FLOOD, by=reader)

    assert not Article.objects.exists()


def test_import_text_leaves_out_numbers_that_cannot_be_kept_and_says_which():
    done = take_in(FLOOD + "\nA model gave 500 (+/- 600) dead.\n")

    (left_out,) = done.unkept
    assert left_out.value == "500 (+/- 600)"
    assert "below zero" in left_out.rule
    assert done.revision.text[left_out.offset :].startswith("500 (+/- 600)")
