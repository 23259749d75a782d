"""Sources, parties, subjects, measures, articles and comments."""

from __future__ import annotations

import pytest

from claims.audit.verification import verify_everything
from claims.choices import ClaimState, Contention
from claims.errors import (
    DuplicateError,
    InvalidValueError,
    PermissionMissingError,
    SelfApprovalError,
    TransitionError,
)
from claims.models import Article, Claim
from claims.workflow.articles import add_article, edit_article
from claims.workflow.claims import edit_claim
from claims.workflow.comments import resolve_comment, write_comment
from claims.workflow.measures import edit_measure
from claims.workflow.parties import edit_party
from claims.workflow.revert import revert_claim
from claims.workflow.review import return_claim
from claims.workflow.sources import edit_source, rate_source, withdraw_source
from claims.workflow.subjects import edit_subject
from claims.workflow.texts import approve_revision
from tests import factories as make

pytestmark = pytest.mark.django_db


def fresh(row):
    return type(row).objects.get(pk=row.pk)


@pytest.mark.parametrize(
    "fields",
    [
        {"title": " ", "csl_type": "book"},
        {"csl_type": "song"},
        {"issued": "lately"},
        {"url": "ftp://example.org/a"},
        {"url": "javascript:alert(1)"},
        {"url": "//example.org"},
        {"url": "https://"},
        {"url": "https://exa mple.org", "url_status": "live"},
        {"archive_url": "data:text/html,x"},
        {"url_status": "lost"},
        {"reliability": "A"},
        {"withdrawn_on": "2012-01-01"},
    ],
    ids=str,
)
def test_add_source_refuses(fields):
    with pytest.raises(InvalidValueError):
        make.source(**fields)


def test_a_doi_belongs_to_one_source():
    make.source(doi="10.1000/1")

    with pytest.raises(DuplicateError):
        make.source(doi="10.1000/1")


def test_a_work_that_was_not_located_has_no_address():
    with pytest.raises(InvalidValueError):
        make.source(url="https://example.org/a", url_status="none")


def test_a_rating_is_one_of_the_letters():
    with pytest.raises(InvalidValueError, match="letter from A to F"):
        rate_source(source=make.source(), by=make.chief(), reason="So.", reliability="G")


def test_a_source_is_withdrawn_once():
    source, signed = make.source(), {"by": make.chief(), "reason": "Forged."}
    withdraw_source(source=source, **signed)

    with pytest.raises(TransitionError, match="is withdrawn already"):
        withdraw_source(source=source, **signed)


def test_only_chiefs_rate_and_withdraw_sources():
    source = make.source()

    for by in (make.contributor(), make.editor()):
        with pytest.raises(PermissionMissingError):
            rate_source(source=source, by=by, reason="So.", reliability="A")
        with pytest.raises(PermissionMissingError):
            withdraw_source(source=source, by=by, reason="So.")


def test_rate_source_refuses_an_unknown_letter():
    with pytest.raises(InvalidValueError):
        rate_source(source=make.source(), by=make.chief(), reason="So.", reliability="Z")


def test_withdraw_source_takes_it_out_of_the_reckoning_and_sends_claims_to_review():
    version = make.published_claim(60, 97)
    row = version.claim.assertions.get(point=97)

    withdrawn = withdraw_source(source=row.source, by=make.chief(), reason="Taken back.")

    claim = fresh(version.claim)
    assert withdrawn.withdrawal_note == "Taken back."
    assert claim.state == ClaimState.IN_REVIEW
    assert claim.contention == Contention.SINGLE_ORIGIN
    assert claim.disputes.get().state == "moot"


def test_withdraw_source_refuses_a_second_time():
    source = make.source()
    withdraw_source(source=source, by=make.chief(), reason="Taken back.")

    with pytest.raises(TransitionError):
        withdraw_source(source=source, by=make.chief(), reason="Again.")


def test_who_withdrew_a_source_does_not_approve_the_claim():
    version = make.published_claim(60, 97)
    source = version.claim.assertions.first().source
    withdraw_source(source=source, by=make.chief(), reason="Taken back.")

    with pytest.raises(SelfApprovalError):
        make.approve(version.claim, by=make.chief())


def test_edit_source_changes_no_claim():
    version = make.published_claim(97)
    source = version.claim.assertions.get().source

    edit_source(source=source, by=make.contributor(), reason="Its title.", title="Annual report")

    assert fresh(version.claim).state == ClaimState.PUBLISHED


@pytest.mark.parametrize(
    "fields",
    [
        {"name": " "},
        {"kind": "ghost"},
        {"aliases": "MNLA"},
        {"aliases": [1]},
        {"name": "\ud800"},
        {"name": "\uffff"},
    ],
    ids=ascii,
)
def test_edit_party_refuses(fields):
    with pytest.raises(InvalidValueError):
        edit_party(party=make.party(), by=make.contributor(), reason="So.", **fields)


@pytest.mark.parametrize("fields", [{"title": ""}, {"kind": "mood"}, {"when": "long ago"}], ids=str)
def test_edit_subject_refuses(fields):
    with pytest.raises(InvalidValueError):
        edit_subject(subject=make.subject(), by=make.contributor(), reason="So.", **fields)


def test_edit_subject_refuses_circles_and_deep_trees():
    top = make.subject()
    below = make.subject(parent=top)

    with pytest.raises(InvalidValueError):
        edit_subject(subject=top, by=make.contributor(), reason="So.", parent=below)
    for _ in range(6):
        below = make.subject(parent=below)
    with pytest.raises(InvalidValueError):
        make.subject(parent=below)


def test_a_new_belligerent_is_a_change_of_the_claims_below():
    war = make.subject()
    group = make.party(kind="armed_group")
    claim = make.claim(subject=make.subject(parent=war))
    make.figure(claim, 97)
    make.approve(claim)

    edit_subject(
        subject=war, by=make.contributor(), reason="It took part.", belligerents=[(group, "rebels")]
    )

    assert fresh(claim).state == ClaimState.IN_REVIEW


def test_edit_measure_refuses_to_change_what_figures_mean_once_it_is_used():
    claim = make.claim()

    with pytest.raises(InvalidValueError):
        edit_measure(measure=claim.measure, by=make.contributor(), reason="So.", value_kind="date")
    edited = edit_measure(
        measure=claim.measure, by=make.contributor(), reason="Clearer.", label="counted"
    )
    assert edited.label == "counted"


@pytest.mark.parametrize("text", ["", "  \n", "a\x00b", "\ud800", "x" * (10 * 1024 * 1024 + 1)],
                         ids=["empty", "blank", "NUL", "surrogate", "10 MB"])  # fmt: skip
def test_add_article_refuses(text):
    with pytest.raises(InvalidValueError):
        add_article(by=make.contributor(), reason="New.", title="Flood", text=text)

    assert not Article.objects.exists()


def test_the_same_text_adds_no_revision():
    first = make.article("Flood", "= Flood =\n\nCafe\u0301.\n")
    second = make.article("Flood", "= Flood =\n\nCafé.\n")

    assert second == first


def test_who_added_a_revision_does_not_approve_it():
    revision = add_article(by=make.editor(), reason="New.", title="Flood", text="A flood.")

    with pytest.raises(SelfApprovalError):
        approve_revision(revision=revision, by=make.editor(), reason="Mine.")
    with pytest.raises(PermissionMissingError):
        approve_revision(revision=revision, by=make.contributor(), reason="Read.")
    approve_revision(revision=revision, by=make.second_editor(), reason="Read.")
    with pytest.raises(TransitionError):
        approve_revision(revision=revision, by=make.second_editor(), reason="Again.")


@pytest.mark.parametrize("fields", [{"title": ""}, {"origin_url": "ftp://a"}, {"slug": "other"}])
def test_edit_article_refuses(fields):
    article = make.article().article

    with pytest.raises(InvalidValueError):
        edit_article(article=article, by=make.contributor(), reason="So.", **fields)


@pytest.mark.parametrize("body", ["", " ", "x" * 10_001, "a\x00b"])
def test_write_comment_refuses(body):
    with pytest.raises(InvalidValueError):
        write_comment(claim=make.claim(), by=make.contributor(), body=body)


def test_a_comment_is_resolved_once():
    comment = write_comment(claim=make.claim(), by=make.contributor(), body="See page 7.")
    resolve_comment(comment=comment, by=make.editor())

    with pytest.raises(TransitionError):
        resolve_comment(comment=comment, by=make.editor())


def test_comments_change_no_claim():
    version = make.published_claim(97)

    write_comment(claim=version.claim, by=make.contributor(), body="See page 7.")

    assert fresh(version.claim).state == ClaimState.PUBLISHED


def test_contributors_return_nothing():
    claim = make.submitted_claim(97)

    with pytest.raises(PermissionMissingError):
        return_claim(claim=claim, by=make.contributor(), reason="So.")
    assert Claim.objects.get(pk=claim.pk).state == ClaimState.IN_REVIEW


@pytest.mark.parametrize(
    "change", [{"slug": "renamed"}, {"value_kind": "date"}, {"is_count": False}]
)
def test_edit_measure_refuses_to_change_what_a_version_says(change):
    """The claim went on to another measure; its version still names this one."""
    version = make.published_claim(97)
    other = make.measure(slug="other")
    signed = {"by": make.contributor(), "reason": "So."}
    edit_claim(claim=version.claim, measure=other, **signed)

    with pytest.raises(InvalidValueError, match="add another measure"):
        edit_measure(measure=version.measure, **signed, **change)

    revert_claim(claim=version.claim, version=version, **signed)
    assert fresh(version.claim).measure == version.measure
    assert verify_everything().bad == []
