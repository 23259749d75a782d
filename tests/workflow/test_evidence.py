"""Adding, changing, superseding, withdrawing and rejecting assertions."""

from __future__ import annotations

import pytest

from claims.choices import AssertionStatus, ClaimState, Contention
from claims.errors import (
    DuplicateError,
    EvidenceError,
    InvalidValueError,
    PermissionMissingError,
    ReasonRequiredError,
    RefusalError,
    TransitionError,
)
from claims.models import Assertion, Claim
from claims.workflow.evidence import (
    add_assertion,
    change_assertion,
    reject_assertion,
    supersede_assertion,
    withdraw_assertion,
)
from tests import factories as make

pytestmark = pytest.mark.django_db


def add(claim: Claim | None = None, **fields):
    fields = {"by": make.contributor(), "reason": "As reported.", "point": "97", **fields}
    if "source" not in fields and not fields.get("citation_needed"):
        fields["source"] = make.source()
    return add_assertion(claim=claim or make.claim(), **fields)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def link(role: str = "speaker", **fields):
    return {"party": make.party(), "role": role, "mode": "said", **fields}


@pytest.mark.parametrize(
    "fields",
    [
        {"point": "97", "low": "98"},
        {"point": "97", "high": "96"},
        {"point": None, "low": "5", "high": "4"},
        {"low_strict": True},
        {"high_strict": True},
        {"high_open": True, "point": None},
        {"point": None, "vague_term": "dozens", "approximate": True},
        {"vague_term": "dozens"},
        {"point": "1234567890123456"},
        {"point": "0.1234567890123456"},
        {"point": "-1"},
        {"point": "NaN"},
        {"point": "Infinity"},
        {"point": "1e3000000"},
        {"point": "97 people"},
        {"point": 97.5},
        {"point": True},
        {"point": None},
        {"value_state": "unknown"},
        {"value_state": "lost", "point": None},
        {"boolean": True},
        {"text": "97"},
        {"edtf": "2012"},
        {"point": None, "edtf": "2012"},
        {"asserted_on": "yesterday"},
        {"stance": "shouts"},
        {"stance": "denies"},
        {"extent": "whole"},
        {"ground": "fabricated"},
        {"stance": "denies", "extent": "some"},
        {"credibility": "9"},
        {"quote": "a\x00b"},
        {"quote": "\ud800"},
        {"quote": "x" * 2001},
        {"locator": "x" * 201},
        {"vague_term": "x" * 61, "point": None},
        {"no_such_field": 1},
        {"source": None},
    ],
    ids=str,
)
def test_add_assertion_refuses(fields):
    with pytest.raises((InvalidValueError, EvidenceError)) as refusal:
        add(**fields)

    assert refusal.value.message
    assert not Assertion.objects.exists()


def test_add_assertion_refuses_a_citation_needed_that_has_a_source():
    with pytest.raises(EvidenceError):
        add(citation_needed=True, source=make.source())


def test_add_assertion_refuses_two_speakers_and_a_speaker_that_is_not_first():
    for chain in ([link(), link()], [link("publisher"), link()]):
        with pytest.raises(EvidenceError):
            add(attributions=chain)


@pytest.mark.parametrize("fields", [{"role": "ghost"}, {"mode": "sung"}])
def test_add_assertion_refuses_unknown_words_in_the_chain(fields):
    with pytest.raises(InvalidValueError):
        add(attributions=[link(**fields)])


def test_add_assertion_refuses_parties_for_a_number():
    with pytest.raises(EvidenceError):
        add(parties=[make.party()])


def test_add_assertion_refuses_an_answer_without_parties_to_who():
    with pytest.raises(EvidenceError):
        add(make.claim("party"), point=None)


def test_add_assertion_refuses_the_same_party_twice_only_once_kept():
    row = add(make.claim("party"), point=None, parties=[make.party("MNLA")] * 2)

    assert row.party_links.count() == 1


def test_add_assertion_refuses_a_target_of_another_claim():
    foreign = add()

    with pytest.raises(EvidenceError):
        add(stance="denies", extent="whole", point=None, target=foreign)


def test_add_assertion_refuses_an_anchor_outside_its_text():
    revision = make.article()

    for start, end in ((5, 5), (-1, 4), (0, len(revision.text) + 1)):
        with pytest.raises(InvalidValueError):
            add(anchors=[{"revision": revision, "start": start, "end": end}])


def test_add_assertion_refuses_those_who_may_not_and_those_who_say_no_reason():
    reader = make.account("contributor", "reader")
    reader.groups.clear()

    with pytest.raises(PermissionMissingError):
        add(by=reader)
    with pytest.raises(ReasonRequiredError):
        add(reason=" ")
    with pytest.raises(InvalidValueError):
        add(reason="x" * 2001)


def test_a_refused_assertion_leaves_nothing_behind():
    claim = make.claim()
    revision = claim.revision

    with pytest.raises(EvidenceError):
        add(claim, attributions=[link(), link()])

    assert not Assertion.objects.exists()
    assert not Assertion.history.exists()
    assert fresh(claim).revision == revision


def test_change_assertion_keeps_what_stood_there_in_the_history():
    row = add()

    change_assertion(assertion=row, by=make.contributor(), reason="Typo.", point="79")

    assert fresh(row).point == 79
    assert list(row.history.order_by("history_id").values_list("point", flat=True)).count(97) >= 1


def test_change_assertion_replaces_the_chain():
    row = add(attributions=[link(), link("publisher")])
    other = make.party()

    change_assertion(
        assertion=row,
        by=make.contributor(),
        reason="Somebody else said it.",
        attributions=[{"party": other, "role": "speaker", "mode": "said"}],
    )

    assert [one.party for one in row.attributions.all()] == [other]
    assert fresh(row).origin == other.ref


def test_add_assertion_refuses_an_unknown_status():
    with pytest.raises(InvalidValueError, match="status: 'gone' is not one of live"):
        add(status="gone")
    assert not Assertion.objects.exists()


@pytest.mark.parametrize("verb", [withdraw_assertion, reject_assertion])
def test_what_is_taken_out_no_longer_counts(verb):
    claim = make.claim()
    make.figure(claim, 60)
    row = make.figure(claim, 97)
    assert fresh(claim).contention == Contention.DISPUTED

    verb(assertion=row, by=make.contributor(), reason="It does not hold up.")

    assert fresh(row).status_reason == "It does not hold up."
    assert fresh(claim).contention == Contention.SINGLE_ORIGIN


def test_supersede_assertion_keeps_the_old_answer_readable():
    claim, officer = make.claim(), make.party()
    row = make.figure(claim, 60, speaker=officer)

    newer = supersede_assertion(
        assertion=row,
        by=make.contributor(),
        reason="Counted again.",
        point="97",
        source=make.source(),
        attributions=[{"party": officer, "role": "speaker", "mode": "said"}],
    )

    assert newer.supersedes == row
    assert fresh(row).status == AssertionStatus.SUPERSEDED
    assert not fresh(claim).disputes.exists()


@pytest.mark.parametrize(
    "verb", [change_assertion, supersede_assertion, withdraw_assertion, reject_assertion]
)
def test_only_a_live_assertion_can_be_changed(verb):
    row = add()
    withdraw_assertion(assertion=row, by=make.contributor(), reason="Misread.")

    with pytest.raises(TransitionError):
        verb(assertion=row, by=make.contributor(), reason="Again.")


def test_a_refused_supersession_leaves_the_old_answer_live():
    row = add()

    with pytest.raises(RefusalError):
        supersede_assertion(
            assertion=row, by=make.contributor(), reason="Newer.", point="x", source=make.source()
        )

    assert fresh(row).status == AssertionStatus.LIVE


def test_each_accepted_change_is_one_revision_of_the_claim():
    claim = make.claim()
    row = make.figure(claim, 60)
    change_assertion(assertion=row, by=make.contributor(), reason="Typo.", point="61")
    withdraw_assertion(assertion=row, by=make.contributor(), reason="Misread.")

    assert fresh(claim).revision == claim.revision + 3


def test_an_edit_puts_a_published_claim_back_on_the_desk():
    version = make.published_claim(97)

    make.figure(version.claim, 60)

    assert fresh(version.claim).state == ClaimState.DRAFT


def test_a_claim_of_the_same_scope_is_refused_with_the_one_that_asks_it():
    claim = make.claim()

    with pytest.raises(DuplicateError) as refusal:
        make.claim(subject=claim.subject)

    assert claim.ref in refusal.value.message
