"""What the machine proposes, and what it never does: count, or ask again."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims.audit.verification import verify_everything
from claims.models import Article, ArticleRevision, Claim, Source, SourceRelation
from claims.workflow.articles import add_article
from claims.workflow.relation_proposals import propose_relations
from claims.workflow.relations import confirm_relation, reject_relation
from tests import factories as make
from tests.workflow.printing import printed

pytestmark = pytest.mark.django_db
WORDS = "The bridge was swept away at dawn and sixty villagers drowned in the brown river."


def wire_and_paper(**fields: Any) -> tuple[Claim, Source, Source]:
    """A claim on which a paper prints what a wire said the day before, word for word."""
    claim = make.claim()
    wire, paper = make.source(issued="2012-01-02"), make.source(issued="2012-01-03")
    printed(claim, wire, quote=WORDS)
    printed(claim, paper, quote=WORDS, **fields)
    return claim, wire, paper


def ends(rows: list[SourceRelation]) -> list[tuple[int, int | None]]:
    return [(row.from_source_id, row.to_source_id) for row in rows]


def test_a_copy_is_proposed_with_its_evidence_and_counts_nothing() -> None:
    claim, wire, paper = wire_and_paper()
    before = Claim.objects.values().get(pk=claim.pk)
    (row,) = propose_relations([claim])
    assert ends([row]) == [(paper.pk, wire.pk)]
    assert (row.state, row.kind, row.claim, row.proposed_by) == (
        "proposed",
        "republishes",
        claim,
        None,
    )
    assert {one["signal"] for one in row.evidence} == {"shared_words", "order"}
    assert Claim.objects.values().get(pk=claim.pk) == before
    assert before["contention"] == "corroborated"
    assert verify_everything().bad == []


def test_what_waits_or_counts_is_not_proposed_again() -> None:
    claim, _, _ = wire_and_paper()
    (row,) = propose_relations([claim])
    assert propose_relations([claim]) == []
    confirm_relation(relation=row, by=make.editor(), reason="Word for word.")
    assert propose_relations([claim]) == []
    assert Claim.objects.get().contention == "single_origin"


def test_what_was_turned_down_comes_again_on_other_signs_only() -> None:
    claim, wire, paper = wire_and_paper()
    (row,) = propose_relations([claim])
    reject_relation(relation=row, by=make.editor(), reason="Both were there.")
    assert propose_relations([claim]) == []
    outlet = make.party("Harbour Wire", kind="outlet")
    Source.objects.filter(pk=wire.pk).update(publisher=outlet)
    Source.objects.filter(pk=paper.pk).update(title="Harbour Wire on the flood")
    (again,) = propose_relations([claim])
    assert "outlet_named" in {one["signal"] for one in again.evidence}


def test_what_is_final_is_proposed_in_no_claim() -> None:
    claim, wire, paper = wire_and_paper()
    (row,) = propose_relations([claim])
    reject_relation(relation=row, by=make.editor(), reason="Never.", final=True)
    other = make.claim()
    printed(other, wire, quote=WORDS)
    printed(other, paper, quote=WORDS)
    assert propose_relations([claim, other]) == []


def test_what_is_known_of_the_whole_sources_is_not_proposed_for_a_claim() -> None:
    claim, wire, paper = wire_and_paper()
    make.relation(paper, wire)
    assert propose_relations([claim]) == []


def test_nothing_is_proposed_that_would_close_a_circle() -> None:
    claim, wire, paper = wire_and_paper()
    make.relation(wire, paper)
    assert propose_relations([claim]) == []


def test_who_names_a_speaker_needs_no_relation() -> None:
    said = [{"party": make.party(), "role": "speaker", "mode": "said"}]
    claim, _, _ = wire_and_paper(attributions=said)
    assert propose_relations([claim]) == []


def test_the_words_of_the_article_are_no_words_of_its_sources() -> None:
    """An import quotes the article: two sources of one sentence are not copies of each other."""
    revision = make.article("The flood", f"= The flood =\n\n{WORDS}\n")
    claim = make.claim()
    for day in ("2012-01-02", "2012-01-03"):
        place = {"revision": revision, "start": 15, "end": 30}
        printed(claim, make.source(issued=day), quote=WORDS, anchors=[place])
    assert propose_relations([claim]) == []


def test_a_source_younger_than_the_article_whose_words_it_has_is_a_circle() -> None:
    text = f"= The flood =\n\n{WORDS}\n"
    long_ago = dt.datetime(2010, 5, 1, tzinfo=dt.UTC)
    fields = {"title": "The flood", "text": text, "now": long_ago}
    add_article(by=make.contributor(), reason="New.", **fields)
    revision = ArticleRevision.objects.get()
    place = {"revision": revision, "start": 15, "end": 30}
    claim, book = make.claim(), make.source(issued="2014")
    printed(claim, book, quote=WORDS, anchors=[place])
    printed(claim, make.source(issued="2009"), quote=WORDS, anchors=[place])
    (row,) = propose_relations([claim])
    assert (row.from_source, row.to_article) == (book, Article.objects.get())
    assert {one["signal"] for one in row.evidence} == {"circle", "shared_words"}


def test_the_command_looks_at_all_claims_or_at_one() -> None:
    claim, _, _ = wire_and_paper()
    wire_and_paper()
    out = StringIO()
    call_command("propose_relations", claim=claim.ref, stdout=out)
    assert out.getvalue() == "1 claims looked at, 1 relations proposed.\n"
    out = StringIO()
    call_command("propose_relations", stdout=out)
    assert out.getvalue() == "2 claims looked at, 1 relations proposed.\n"
    with pytest.raises(CommandError, match="no claim that is in use"):
        call_command("propose_relations", claim="C99999")
