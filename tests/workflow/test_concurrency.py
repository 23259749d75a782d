"""Many at once: no update is lost, and of two decisions exactly one wins."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from claims.audit.verification import verify_everything
from claims.choices import DisputeState
from claims.domain.documents import verify_seal
from claims.errors import DuplicateError, StaleRevisionError, TransitionError
from claims.models import Claim, ClaimVersion, PublicationHead
from claims.workflow.claims import relate_claims
from claims.workflow.disputes import dismiss_dispute, open_dispute, resolve_dispute
from claims.workflow.evidence import change_assertion
from claims.workflow.review import approve_claim, return_claim, submit_claim
from tests import factories as make
from tests.workflow.writers import at_once, is_consistent, refused

ROOT = Path(__file__).resolve().parents[2]
WRITERS, ROUNDS = 6, 4

postgresql = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
]


def marked(test):
    for mark in postgresql:
        test = mark(test)
    return test


def cast() -> None:
    """Every account and measure there is, so that no two writers make the same one."""
    make.contributor(), make.editor(), make.second_editor(), make.chief(), make.measure()


@marked
def test_accepted_edits_equal_revisions():
    cast()
    claim = make.claim()
    people = [(make.party(), make.source()) for _ in range(WRITERS)]

    def write(speaker, source):
        for number in range(ROUNDS):
            make.figure(claim, 50 + number, speaker=speaker, source=source)

    results = at_once([partial(write, *one) for one in people])

    assert refused(results) == []
    assert claim.assertions.count() == WRITERS * ROUNDS
    assert Claim.objects.get(pk=claim.pk).revision == claim.revision + WRITERS * ROUNDS
    assert is_consistent(claim)


@marked
def test_edits_of_one_figure_are_all_in_its_history():
    cast()
    row = make.figure(make.claim(), 1)

    def change(number):
        change_assertion(assertion=row, by=make.contributor(), reason="So.", point=number)

    assert refused(at_once([partial(change, 10 + number) for number in range(WRITERS)])) == []

    points = set(row.history.values_list("point", flat=True))
    assert points == {1, *range(10, 10 + WRITERS)}
    assert verify_everything().bad == []


@marked
def test_of_two_approvals_exactly_one_wins():
    cast()
    for _ in range(ROUNDS):
        claim = make.submitted_claim(97)
        reviewers = [make.editor(), make.second_editor(), make.chief()]
        jobs = [partial(approve_claim, claim=claim, by=one, reason="Checked.") for one in reviewers]

        lost = refused(at_once(jobs))

        assert [type(one) for one in lost] == [TransitionError] * 2
        assert ClaimVersion.objects.filter(claim=claim).count() == 1


@marked
def test_an_approval_against_a_return_has_one_winner():
    cast()
    for _ in range(ROUNDS):
        claim = make.submitted_claim(97)
        jobs = [
            partial(approve_claim, claim=claim, by=make.editor(), reason="Checked."),
            partial(return_claim, claim=claim, by=make.second_editor(), reason="Which page?"),
        ]

        assert len(refused(at_once(jobs))) == 1
        published = ClaimVersion.objects.filter(claim=claim).exists()
        assert (Claim.objects.get(pk=claim.pk).state == "published") == published


@marked
def test_an_edit_against_an_approval_never_publishes_what_nobody_saw():
    cast()
    for _ in range(ROUNDS):
        claim = make.submitted_claim(97)
        row = claim.assertions.get()
        seen = Claim.objects.get(pk=claim.pk)
        jobs = [
            partial(approve_claim, claim=seen, by=make.editor(), reason="Checked."),
            partial(
                change_assertion, assertion=row, by=make.contributor(), reason="79.", point="79"
            ),
        ]

        lost = refused(at_once(jobs))

        assert all(isinstance(one, StaleRevisionError | TransitionError) for one in lost)
        for version in ClaimVersion.objects.filter(claim=claim):
            assert '"point":97' in version.payload
        assert Claim.objects.get(pk=claim.pk).state == "draft"


@marked
def test_publications_form_one_chain_without_gaps():
    cast()
    claims = [make.submitted_claim(number) for number in range(1, WRITERS + 1)]
    jobs = [partial(approve_claim, claim=one, by=make.editor(), reason="So.") for one in claims]

    assert refused(at_once(jobs)) == []

    versions = list(ClaimVersion.objects.order_by("sequence"))
    assert [one.sequence for one in versions] == list(range(1, WRITERS + 1))
    assert all(verify_seal(one.payload) for one in versions)
    assert PublicationHead.objects.get().sha256 == versions[-1].sha256
    assert verify_everything().bad == []


@marked
def test_an_opener_against_a_resolver_leaves_one_unresolved_dispute_at_most():
    cast()
    for number in range(ROUNDS):
        claim = make.claim()
        make.figure(claim, 60)
        make.figure(claim, 97)
        speaker, source = make.party(), make.source()
        jobs = [
            partial(
                resolve_dispute,
                dispute=claim.disputes.get(),
                by=make.editor(),
                reason="Decided.",
                outcome="range_stands",
                rationale="Neither can be ruled out.",
            ),
            partial(make.figure, claim, 200 + number, speaker=speaker, source=source),
        ]

        lost = refused(at_once(jobs))

        assert all(isinstance(one, StaleRevisionError) for one in lost)
        dispute = claim.disputes.get()
        assert dispute.state == DisputeState.OPEN  # the new figure is not what was decided on
        assert is_consistent(claim)


@marked
def test_of_many_openers_one_wins():
    cast()
    claim = make.claim()
    make.figure(claim, 97)
    openers = [make.editor(), make.second_editor(), make.chief()]
    jobs = [partial(open_dispute, claim=claim, by=one, reason="I doubt it.") for one in openers]

    lost = refused(at_once(jobs))

    assert [type(one) for one in lost] == [DuplicateError] * 2
    assert claim.disputes.count() == 1


@marked
def test_of_two_decisions_one_wins():
    cast()
    claim = make.claim()
    make.figure(claim, 60)
    make.figure(claim, 97)
    dispute = claim.disputes.get()
    words = "Neither can be ruled out."
    jobs = [
        partial(
            resolve_dispute,
            dispute=dispute,
            by=make.editor(),
            reason="So.",
            outcome="unresolvable",
            rationale=words,
        ),
        partial(dismiss_dispute, dispute=dispute, by=make.chief(), reason="No.", rationale=words),
    ]

    assert [type(one) for one in refused(at_once(jobs))] == [TransitionError]


@marked
def test_parts_and_totals_are_locked_in_one_order():
    cast()
    total = make.claim()
    make.figure(total, 1500)
    parts = [make.claim() for _ in range(3)]
    for part in parts:
        make.figure(part, 400)
        relate_claims(
            from_claim=part,
            to_claim=total,
            kind="part_of_total",
            by=make.contributor(),
            reason="A part.",
            scope_exact=True,
        )
    people = [(make.party(), make.source()) for _ in range(4)]
    jobs = [
        partial(make.figure, claim, 700, speaker=speaker, source=source)
        for claim, (speaker, source) in zip([*parts, total], people, strict=True)
    ]

    assert refused(at_once(jobs)) == []
    assert all(is_consistent(claim) for claim in [*parts, total])
    assert verify_everything().bad == []


@marked
def test_a_second_submission_at_once_is_refused():
    cast()
    claim = make.claim()
    make.figure(claim, 97)
    jobs = [
        partial(submit_claim, claim=claim, by=one, reason="Ready.")
        for one in (make.contributor(), make.editor())
    ]

    assert len(refused(at_once(jobs))) == 1


@pytest.mark.sqlite
def test_eight_writers_on_sqlite_are_all_served(copies):
    """In a process of its own: the suite's database in memory has no file to be locked."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.workflow.eight_writers"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": copies.fresh()},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "refused": 0,
        "revisions": 8 * 5,
        "figures": 8 * 5,
        "bad": 0,
    }
