"""How disputes open, reopen and turn moot by themselves."""

from __future__ import annotations

import pytest

from claims.choices import Contention, DisputeState
from claims.workflow.disputes import (
    dismiss_dispute,
)
from claims.workflow.evidence import change_assertion
from tests import factories as make
from tests.workflow.cases import RATIONALE, disputed, fresh, resolve

pytestmark = pytest.mark.django_db


def test_two_origins_that_disagree_open_a_dispute_by_themselves():
    claim = disputed()

    dispute = claim.disputes.get()
    assert (dispute.kind, dispute.state, dispute.opened_by) == ("value", "open", None)
    assert set(dispute.assertions.all()) == set(claim.assertions.all())
    assert (claim.contention, claim.severity) == (Contention.DISPUTED, "major")


def test_one_origin_with_two_figures_opens_none():
    claim, officer = make.claim(), make.party()
    make.figure(claim, 60, speaker=officer)
    make.figure(claim, 97, speaker=officer)

    assert not fresh(claim).disputes.exists()


def test_a_denial_opens_a_dispute_even_of_a_single_figure():
    claim = make.claim()
    row = make.figure(claim, 97)
    make.figure(claim, stance="denies", extent="part", ground="fabricated", target=row)

    assert fresh(claim).disputes.get().kind == "denial"
    assert fresh(claim).contention == Contention.DISPUTED


def test_answers_of_parties_that_share_nobody_open_a_dispute():
    claim = make.claim("party")
    make.figure(claim, parties=[make.party("AQIM")])
    make.figure(claim, parties=[make.party("MNLA")])

    assert fresh(claim).disputes.get().kind == "attribution"


def test_dates_that_cannot_both_hold_open_a_dispute():
    claim = make.claim("date")
    make.figure(claim, edtf="2012-01-17")
    make.figure(claim, edtf="2012-01-24")

    assert fresh(claim).disputes.get().kind == "date"


def test_a_dispute_turns_moot_when_its_conflict_vanishes():
    claim = disputed()
    row = claim.assertions.get(point=60)

    change_assertion(assertion=row, by=make.contributor(), reason="It says 97.", point="97")

    assert claim.disputes.get().state == DisputeState.MOOT
    assert fresh(claim).contention == Contention.CORROBORATED


def test_a_moot_dispute_opens_again_with_its_conflict():
    claim = disputed()
    row = claim.assertions.get(point=60)
    change_assertion(assertion=row, by=make.contributor(), reason="It says 97.", point="97")

    change_assertion(assertion=row, by=make.contributor(), reason="No: 60.", point="60")

    assert claim.disputes.get().state == DisputeState.OPEN


def test_a_resolution_covers_the_evidence_that_it_saw():
    claim = disputed()

    decided = resolve(claim.disputes.get())

    assert decided.state == DisputeState.RESOLVED
    assert decided.fingerprint == fresh(claim).fingerprint
    assert fresh(claim).contention == Contention.RESOLVED


def test_new_evidence_reopens_a_resolved_dispute_and_keeps_the_decision_in_its_history():
    claim = disputed()
    resolve(claim.disputes.get())

    make.figure(claim, 120)

    dispute = claim.disputes.get()
    assert (dispute.state, dispute.outcome, dispute.decided_by) == ("open", "", None)
    assert dispute.history.filter(rationale=RATIONALE, outcome="range_stands").exists()
    assert dispute.assertions.count() == 3
    assert fresh(claim).contention == Contention.DISPUTED


def test_an_unresolvable_dispute_stays_disputed():
    claim = disputed()

    resolve(claim.disputes.get(), "unresolvable")

    assert fresh(claim).contention == Contention.DISPUTED


def test_a_dismissed_dispute_does_not_hide_its_conflict():
    claim = disputed()

    dismiss_dispute(
        dispute=claim.disputes.get(), by=make.editor(), reason="No case.", rationale=RATIONALE
    )

    assert fresh(claim).contention == Contention.DISPUTED
