"""A correction that moves what claims derive, while others write and decide the same claims."""

from __future__ import annotations

from functools import partial

from claims.audit.verification import verify_everything
from claims.choices import CorrectionState
from claims.domain.document_format import read_claim
from claims.errors import StaleRevisionError
from claims.models import Claim, ClaimVersion, Correction
from claims.workflow import corrections
from claims.workflow.correction_candidate import correction_witness
from claims.workflow.corrections import approve_correction, publish_piece
from claims.workflow.review import approve_claim
from claims.workflow.sources import edit_source, withdraw_source
from tests import factories as make
from tests.workflow.test_concurrency import cast, marked
from tests.workflow.writers import at_once, is_consistent, refused

ROUNDS = 4
CLAIMS = 3


def withdrawn() -> Correction:
    """A withdrawal that three claims are decided with, each with a figure of its own left."""
    source = make.source("Forged report")
    for _ in range(CLAIMS):
        claim = make.claim()
        make.figure(claim, 60)
        make.figure(claim, 97, source=source)
        make.approve(claim)
    withdraw_source(source=source, by=make.chief(), reason="Forged.")
    return Correction.objects.get(noun="source", number=source.pk)


def last_claims() -> list[Claim]:
    return list(Claim.objects.order_by("-pk")[:CLAIMS])


def figures(claim: Claim) -> set[int]:
    document = read_claim(ClaimVersion.objects.public().get(claim=claim).payload)
    return {int(one["point"]) for one in document["figures"]}


@marked
def test_an_edit_between_showing_and_approving_is_never_published_with_the_item():
    cast()
    for _ in range(ROUNDS):
        item = withdrawn()
        seen, (claim, *others) = correction_witness(item), last_claims()
        said = {"speaker": make.party(), "source": make.source()}
        why = {"by": make.editor(), "reason": "Right.", "witness": seen}

        lost = refused(
            at_once(
                [
                    partial(make.figure, claim, 61, **said),
                    partial(approve_correction, correction=item, **why),
                ]
            )
        )

        item.refresh_from_db()
        assert [type(one) for one in lost] in ([], [StaleRevisionError])
        assert (item.state == CorrectionState.WAITING) == bool(lost)
        assert all(figures(one) == {60, 97} for one in (claim, *others))
        assert claim.assertions.filter(point=61).exists()
        assert is_consistent(claim)
        assert verify_everything().bad == []


@marked
def test_an_item_and_a_claim_of_it_are_approved_at_once_without_waiting_for_each_other():
    cast()
    for _ in range(ROUNDS):
        item, claims = withdrawn(), last_claims()
        jobs = [
            partial(approve_correction, correction=item, by=make.editor(), reason="Right."),
            *(
                partial(approve_claim, claim=one, by=make.second_editor(), reason="Checked.")
                for one in claims
            ),
        ]

        refused(at_once(jobs))  # whoever comes second is refused in words, by no deadlock

        for claim in claims:
            document = read_claim(ClaimVersion.objects.public().get(claim=claim).payload)
            assert document["contention"] == "single_origin"
            assert claim.versions.count() == 2
        assert not Correction.objects.waiting().exists()
        assert verify_everything().bad == []


@marked
def test_two_workers_and_an_editor_leave_every_claim_published_once(monkeypatch):
    monkeypatch.setattr(corrections, "PIECE", 1)
    cast()
    item = withdrawn()
    first, second, third = reversed(last_claims())
    approve_correction(correction=item, by=make.editor(), reason="Right.")
    edit = {"by": make.contributor(), "reason": "A slip.", "title": "Forged paper"}
    source = first.assertions.get(point=97).source

    jobs = [partial(publish_piece, item), partial(publish_piece, item)]
    assert refused(at_once([*jobs, partial(edit_source, source=source, **edit)])) == []
    while publish_piece(item):
        pass

    item.refresh_from_db()
    assert item.state == CorrectionState.PUBLISHED
    # The new title was read by nobody: a claim that has it on the desk by then is left, whole.
    for one in (first, second, third):
        document = read_claim(ClaimVersion.objects.public().get(claim=one).payload)
        count = one.versions.count()
        assert (count, document["contention"]) in [(2, "single_origin"), (1, "disputed")]
    rest = Correction.objects.waiting().get()
    assert rest.number == source.pk
    assert verify_everything().bad == []

    approve_correction(correction=rest, by=make.editor(), reason="Right.")
    while publish_piece(rest):
        pass

    for one in (first, second, third):
        document = read_claim(ClaimVersion.objects.public().get(claim=one).payload)
        assert document["contention"] == "single_origin"
        assert "Forged paper" in [source["title"] for source in document["sources"]]
    assert verify_everything().bad == []
