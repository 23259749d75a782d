"""Every register is corrected wherever documents show its rows."""

from __future__ import annotations

from typing import Any

import pytest

from claims.audit.verification import verify_everything
from claims.choices import CorrectionState
from claims.domain.documents import dump_document, read_document
from claims.errors import SelfApprovalError, TransitionError
from claims.models import (
    Article,
    BorrowedRow,
    Claim,
    ClaimVersion,
    Correction,
    Measure,
    Party,
    PublishedArticle,
    Source,
    Subject,
)
from claims.workflow.articles import edit_article
from claims.workflow.corrections import (
    approve_correction,
)
from claims.workflow.document import OF_A_VERSION
from claims.workflow.measures import edit_measure
from claims.workflow.parties import edit_party
from claims.workflow.sources import edit_source
from claims.workflow.subjects import edit_subject
from tests import factories as make

pytestmark = pytest.mark.django_db
OLD, NEW = "Old words", "New words"


def by_contributor(**fields: Any) -> dict[str, Any]:
    return {"by": make.contributor(), "reason": "A slip.", **fields}


def citing(source: Source, *points: int) -> list[Claim]:
    """Published claims that cite the source, one a point."""
    found = []
    for point in points:
        claim = make.claim()
        make.figure(claim, point, source=source)
        found.append(make.approve(claim).claim)
    return found


def payloads() -> list[str]:
    return list(
        ClaimVersion.objects.public().order_by("claim_id").values_list("payload", flat=True)
    )


def shows(words: str) -> list[bool]:
    return [words in payload for payload in payloads()]


def _party() -> tuple[Any, Any, dict[str, Any]]:
    speaker = make.party(OLD)
    claim = make.claim("party", subject=make.subject(belligerents=[(speaker, "rebels")]))
    publisher = make.source(publisher=speaker)
    make.figure(claim, parties=[speaker], source=publisher, speaker=speaker)
    make.approve(claim)
    return speaker, edit_party, {"party": speaker, "name": NEW}


def _subject() -> tuple[Any, Any, dict[str, Any]]:
    above = make.subject(OLD)
    make.approve(_figured(make.claim(subject=above)))
    make.approve(_figured(make.claim(subject=make.subject("Part", parent=above))))
    return above, edit_subject, {"subject": above, "title": NEW}


def _measure() -> tuple[Any, Any, dict[str, Any]]:
    measure = make.measure(slug="lost", label=OLD)
    make.approve(_figured(make.claim(measure=measure)))
    return measure, edit_measure, {"measure": measure, "label": NEW}


def _article() -> tuple[Any, Any, dict[str, Any]]:
    revision = make.article(OLD, "In all 97 died.")
    claim = make.claim()
    make.figure(claim, 97, anchors=[{"revision": revision, "start": 7, "end": 9}])
    make.approve(claim)
    return revision.article, edit_article, {"article": revision.article, "title": NEW}


def _figured(claim: Claim) -> Claim:
    make.figure(claim, 97)
    return claim


@pytest.mark.parametrize("build", [_party, _subject, _measure, _article])
def test_every_register_is_corrected_wherever_documents_show_the_row(build):
    row, edit, change = build()
    edit(**change, **by_contributor())
    item = Correction.objects.get()
    assert all(shows(OLD))
    assert not any(shows(NEW))

    approve_correction(correction=item, by=make.editor(), reason="Right.")

    assert all(shows(NEW))
    assert not any(shows(OLD))
    assert {type(row)} <= {Party, Subject, Measure, Article}
    assert verify_everything().bad == []
    for claim in Claim.objects.all():  # the desk's own document says the same
        version = ClaimVersion.objects.public().get(claim=claim)
        desk = read_document(dump_document(_document_of(claim)))
        public = read_document(version.payload)
        kept = desk.keys() - OF_A_VERSION
        assert {name: desk[name] for name in kept} == {name: public[name] for name in kept}


def _document_of(claim: Claim) -> dict[str, Any]:
    from claims.workflow.candidate import document_of

    return document_of(claim)


def test_data_of_an_article_without_claims_wait_for_approval_too():
    revision = make.article(OLD, "Nothing to count here.")
    edit_article(article=revision.article, licence="CC0", title=NEW, **by_contributor())
    item = Correction.objects.get()
    assert PublishedArticle.objects.get().licence == ""

    approve_correction(correction=item, by=make.second_editor(), reason="Right.")

    revision.refresh_from_db()
    assert (PublishedArticle.objects.get().licence, revision.title) == ("CC0", NEW)
    assert verify_everything().bad == []


def test_a_new_publisher_of_a_source_is_borrowed_with_it():
    source = make.source(OLD)
    citing(source, 1)
    agency = make.party("Agency", kind="outlet")
    edit_source(source=source, publisher=agency, **by_contributor())

    approve_correction(correction=Correction.objects.get(), by=make.editor(), reason="Right.")

    assert BorrowedRow.objects.filter(noun="party", number=agency.pk).exists()
    assert shows("Agency") == [True]
    assert verify_everything().bad == []


def place_of_parent() -> None:
    """Of a parent a document has the title only."""
    conflict = make.subject(OLD)
    make.published_claim(1, subject=make.subject(parent=conflict))
    edit_subject(subject=conflict, place="Arden", **by_contributor())


def description_of_publisher() -> None:
    """Of a publisher a document has the name only."""
    agency = make.party("Agency", kind="outlet")
    citing(make.source(OLD, publisher=agency), 1)
    edit_party(party=agency, description="Of Arden.", **by_contributor())


@pytest.mark.parametrize("edit", [place_of_parent, description_of_publisher])
def test_a_correction_that_a_document_does_not_show_leaves_its_version_alone(edit):
    edit()

    approve_correction(correction=Correction.objects.get(), by=make.editor(), reason="Right.")

    assert ClaimVersion.objects.count() == 1
    assert verify_everything().bad == []


def test_a_move_that_nobody_approved_is_not_passed_over_by_a_correction_of_the_title():
    """Its editor must stay the author of the move: a correction covers all that came before it."""
    subject = make.subject("Old title")
    claims = [make.published_claim(12, subject=subject, population=who).claim for who in "ab"]
    edit_subject(subject=subject, parent=make.subject(), by=make.editor(), reason="Belongs there.")
    edit_subject(subject=subject, title="New title", by=make.contributor(), reason="A slip.")
    item = Correction.objects.get()

    with pytest.raises(TransitionError, match="Its parent changed too"):
        approve_correction(correction=item, by=make.second_editor(), reason="Right.")
    with pytest.raises(SelfApprovalError):
        make.approve(claims[0], by=make.editor())

    for claim in claims:
        make.approve(claim, by=make.second_editor())
    item.refresh_from_db()
    assert item.state == CorrectionState.VOID
