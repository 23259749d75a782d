"""What was read of an article text, of its title and data, is what readers get."""

from __future__ import annotations

import json
from typing import Any

import pytest

from claims.audit.verification import verify_everything
from claims.domain.documents import read_document
from claims.errors import SelfApprovalError, StaleRevisionError
from claims.importers.articles import import_text
from claims.models import (
    Anchor,
    ArticleRevision,
    Claim,
    ClaimVersion,
)
from claims.workflow.articles import add_article, edit_article
from claims.workflow.evidence import change_assertion
from claims.workflow.texts import approve_revision, read_text_candidate, text_witness
from tests import factories as make
from tests.world import build_world

pytestmark = pytest.mark.django_db
ALONE = "ONE EDITOR ALONE WROTE THIS"


def fresh(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


def public(claim: Claim) -> dict[str, Any]:
    return read_document(ClaimVersion.objects.current().get(claim=claim).payload)


def as_editor(**fields: Any) -> dict[str, Any]:
    return {"by": make.editor(), "reason": "Alone.", **fields}


def test_a_title_that_one_person_chose_waits_for_another():
    text = {"title": "Fine title", "by": make.contributor(), "reason": "x"}
    first = add_article(text="The mill burned. Seven men died.", **text)
    edit_article(article=first.article, title=ALONE, **as_editor())
    approve_revision(revision=first, by=make.second_editor(), reason="Read.")
    second = add_article(text="The mill burned. Eight men died.", **{**text, "title": "Fine title"})

    assert approve_revision(revision=second, by=make.editor(), reason="Read.").title == ALONE
    first.refresh_from_db()
    assert first.title == ALONE  # the second editor read it with the first text and approved it


def test_who_named_an_article_does_not_approve_its_first_text():
    first = add_article(title="By an editor", text="Seven men died.", **as_editor())
    second = add_article(title="By an editor", text="Eight men died.", by=make.contributor(),
                         reason="x")  # fmt: skip

    with pytest.raises(SelfApprovalError):
        approve_revision(revision=second, **as_editor())
    assert approve_revision(revision=second, by=make.second_editor(), reason="Read.") != first


@pytest.mark.parametrize("change", [
    {"title": "Another"}, {"origin_url": "https://evil.example/phish"}, {"licence": "MINE"},
    {"language": "fr"},
])  # fmt: skip
def test_approve_revision_refuses_data_that_changed_since_they_were_read(change):
    revision = make.article("Witness", "One man died in a mill.", approved=False)
    seen = text_witness(revision)
    edit_article(article=revision.article, by=make.contributor(), reason="x", **change)

    with pytest.raises(StaleRevisionError):
        approve_revision(revision=revision, witness=seen, **as_editor())


def test_data_of_an_approved_text_wait_for_their_own_approval():
    revision = make.article("Battle", "Nothing yet.")

    edit_article(article=revision.article, licence=ALONE, **as_editor())

    shown = ArticleRevision.objects.with_approved_data().get(pk=revision.pk)
    assert shown.approved_licence == ""
    assert ALONE in json.dumps(read_text_candidate(revision).document)


def test_nothing_of_a_text_that_nobody_approved_is_in_a_claim():
    text = (
        "The raid on Zeta\n\nCODENAME NIGHTJAR. In May 2013 rebels attacked Zeta. "
        "Reuters said that 47 soldiers were killed. WITNESS JOHN SMITH LIVES HERE.\n"
    )
    claim = import_text(text, by=make.contributor(), title="Secret working title").drafted[0]

    version = make.approve(claim)

    for word in ("Secret", "secret", "NIGHTJAR", "attacked Zeta", "WITNESS"):
        assert word not in version.payload
    assert read_document(version.payload)["figures"][0]["anchors"] == []
    assert verify_everything().bad == []


def test_a_newer_text_that_waits_leaks_nothing_and_takes_no_mark_away():
    text = "= Flood =\n\nOn 4 May 1987 ten people were killed in Arden, the Arden Post reported.\n"
    taken = import_text(text, by=make.contributor(), title="Flood")
    claim = taken.drafted[0]
    make.approve(claim)
    assert verify_everything().bad == []
    approve_revision(revision=taken.revision, by=make.editor(), reason="Read.")
    assert verify_everything().bad == []
    newer = text.replace("On 4", "A secret unreviewed sentence. On 4").replace("ten", "nine")
    import_text(newer, by=make.contributor(), title="Flood")
    change_assertion(assertion=claim.assertions.first(), by=make.contributor(), reason="x",
                     credibility="2")  # fmt: skip

    version = make.approve(claim)

    assert "unreviewed" not in version.payload
    anchors = read_document(version.payload)["figures"][0]["anchors"]
    assert [(one["revision"], one["status"]) for one in anchors] == [(1, "exact")]
    assert verify_everything().bad == []


def test_a_second_approved_text_leaves_the_audit_clean():
    build_world()
    revision = ArticleRevision.objects.get()
    more = add_article(title=revision.title, slug=revision.article.slug, by=make.contributor(),
                       text="Note. " + revision.text, reason="x")  # fmt: skip

    approve_revision(revision=more, by=make.editor(), reason="Read.")

    assert Anchor.objects.exists()
    assert verify_everything().bad == []
