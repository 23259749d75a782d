"""Random lives of claims: whatever people do, in whatever order, the promises hold."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from claims.audit.verification import verify_everything
from claims.choices import UNRESOLVED
from claims.domain.agreement import contention
from claims.domain.documents import read_document, verify_seal
from claims.errors import RefusalError
from claims.models import Assertion, Claim, ClaimVersion, Dispute, ReviewEvent, Source
from claims.workflow.claims import edit_claim
from claims.workflow.desk import read_desk
from claims.workflow.disputes import (
    dismiss_dispute,
    open_dispute,
    reopen_dispute,
    resolve_dispute,
    take_dispute,
)
from claims.workflow.evidence import (
    add_assertion,
    change_assertion,
    reject_assertion,
    supersede_assertion,
    withdraw_assertion,
)
from claims.workflow.retiring import retire_claim
from claims.workflow.revert import revert_claim
from claims.workflow.review import approve_claim, return_claim, submit_claim
from claims.workflow.sources import withdraw_source
from tests import factories as make

PEOPLE = ("contributor", "editor", "second_editor", "chief")
OUTCOMES = ("range_stands", "unresolvable", "superseded", "prefer")
people = st.sampled_from(PEOPLE)
points = st.sampled_from((50, 60, 97, 100))
which = st.integers(0, 5)
WORDS = "Because."


class Life(RuleBasedStateMachine):
    """Four people work on two claims; refusals are part of life, broken promises are not."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.people = {
            "contributor": make.contributor(),
            "editor": make.editor(),
            "second_editor": make.second_editor(),
            "chief": make.chief(),
        }
        self.speakers = [make.party() for _ in range(3)]
        self.sources = [make.source() for _ in range(3)]
        self.claims = [make.claim(), make.claim()]
        self.rows: Counter[str] = Counter()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def attempt(self, verb, by: str, **fields) -> None:
        """Call the verb; a readable refusal must leave everything as it was."""
        before = self.content()
        try:
            verb(by=self.people[by], reason=WORDS, **fields)
        except RefusalError:
            assert self.content() == before

    @staticmethod
    def content() -> list[object]:
        return [
            list(model.objects.order_by("pk").values_list())
            for model in (Claim, Assertion, Dispute, ClaimVersion, ReviewEvent)
        ]

    def claim(self, number: int) -> Claim:
        return Claim.objects.get(pk=self.claims[number % 2].pk)

    def figure(self, number: int) -> Assertion | None:
        rows = list(Assertion.objects.order_by("pk"))
        return rows[number % len(rows)] if rows else None

    def dispute(self, number: int) -> Dispute | None:
        rows = list(Dispute.objects.order_by("pk"))
        return rows[number % len(rows)] if rows else None

    def answer(self, point: int, number: int) -> dict[str, object]:
        speaker, source = self.speakers[number % 3], self.sources[number % 3]
        chain = [{"party": speaker, "role": "speaker", "mode": "said"}]
        return {"point": str(point), "source": source, "attributions": chain}

    @rule(by=people, number=which, point=points, who=which)
    def add(self, by, number, point, who) -> None:
        self.attempt(add_assertion, by, claim=self.claim(number), **self.answer(point, who))

    @rule(by=people, number=which, who=which)
    def deny(self, by, number, who) -> None:
        fields = {**self.answer(0, who), "point": None, "stance": "denies", "extent": "whole"}
        self.attempt(add_assertion, by, claim=self.claim(number), **fields)

    @precondition(lambda self: Assertion.objects.exists())
    @rule(by=people, number=which, point=points)
    def change(self, by, number, point) -> None:
        row = self.figure(number)
        if row is not None and row.stance == "asserts":
            self.attempt(change_assertion, by, assertion=row, point=str(point))

    @precondition(lambda self: Assertion.objects.exists())
    @rule(by=people, number=which, point=points, who=which)
    def supersede(self, by, number, point, who) -> None:
        row = self.figure(number)
        self.attempt(supersede_assertion, by, assertion=row, **self.answer(point, who))

    @precondition(lambda self: Assertion.objects.exists())
    @rule(by=people, number=which, verb=st.sampled_from((withdraw_assertion, reject_assertion)))
    def take_out(self, by, number, verb) -> None:
        self.attempt(verb, by, assertion=self.figure(number))

    @rule(by=people, number=which, tolerance=st.sampled_from(("0", "5", "60")))
    def edit(self, by, number, tolerance) -> None:
        self.attempt(edit_claim, by, claim=self.claim(number), tolerance_pct=tolerance)

    @rule(by=people, number=which, verb=st.sampled_from((submit_claim, return_claim)))
    def move(self, by, number, verb) -> None:
        self.attempt(verb, by, claim=self.claim(number))

    @rule(by=people, number=which)
    def submit_and_approve(self, by, number) -> None:
        self.attempt(submit_claim, "contributor", claim=self.claim(number))
        self.attempt(approve_claim, by, claim=self.claim(number))

    @precondition(lambda self: ClaimVersion.objects.count() > 2)
    @rule(number=which)
    def retire(self, number) -> None:
        self.attempt(retire_claim, "chief", claim=self.claim(number))

    @precondition(lambda self: ClaimVersion.objects.exists())
    @rule(by=people, number=which)
    def revert(self, by, number) -> None:
        version = ClaimVersion.objects.order_by("sequence").first()
        self.attempt(revert_claim, by, claim=self.claim(number), version=version)

    @rule(by=people, number=which)
    def doubt(self, by, number) -> None:
        self.attempt(open_dispute, by, claim=self.claim(number))

    @precondition(lambda self: Dispute.objects.exists())
    @rule(by=people, number=which, outcome=st.sampled_from(OUTCOMES))
    def resolve(self, by, number, outcome) -> None:
        case = self.dispute(number)
        preferred = case.assertions.first() if case and outcome == "prefer" else None
        self.attempt(
            resolve_dispute,
            by,
            dispute=case,
            outcome=outcome,
            rationale=WORDS,
            preferred=preferred,
        )

    @precondition(lambda self: Dispute.objects.exists())
    @rule(by=people, number=which)
    def dismiss(self, by, number) -> None:
        self.attempt(dismiss_dispute, by, dispute=self.dispute(number), rationale=WORDS)

    @precondition(lambda self: Dispute.objects.exists())
    @rule(by=people, number=which, verb=st.sampled_from((take_dispute, reopen_dispute)))
    def take_up(self, by, number, verb) -> None:
        self.attempt(verb, by, dispute=self.dispute(number))

    @rule(number=which)
    def withdraw(self, number) -> None:
        source = Source.objects.get(pk=self.sources[number % 3].pk)
        self.attempt(withdraw_source, "chief", source=source)

    @invariant()
    def authors_never_approve(self) -> None:
        for version in ClaimVersion.objects.all():
            assert verify_seal(version.payload)
            review = read_document(version.payload)["review"]
            assert review["approved_by"] != review["edited_by"]
            events = ReviewEvent.objects.filter(claim=version.claim_id).order_by("pk")
            approvals = [one for one in events if one.action in ("approved", "retired")]
            mine = approvals[version.number - 1]
            start = approvals[version.number - 2].pk if version.number > 1 else 0
            since = events.filter(pk__gt=start, pk__lt=mine.pk).authoring()
            assert version.approved_by_id not in set(since.values_list("actor_id", flat=True))

    @invariant()
    def contention_follows_from_the_evidence(self) -> None:
        for number in range(2):
            claim = self.claim(number)
            desk = read_desk(claim)
            if claim.state != "retired":
                assert claim.contention == contention(desk.evidence, desk.terms, desk.cases)

    @invariant()
    def one_unresolved_dispute_of_a_kind(self) -> None:
        rows = Dispute.objects.filter(state__in=UNRESOLVED).values_list("claim_id", "kind")
        assert len(rows) == len(set(rows))

    @invariant()
    def nothing_is_deleted(self) -> None:
        now = Counter(
            {
                model.__name__: model.objects.count()
                for model in (Assertion, Claim, ClaimVersion, Dispute, ReviewEvent)
            }
        )
        assert all(now[name] >= count for name, count in self.rows.items())
        self.rows = now

    @invariant()
    def readers_see_approved_versions_only(self) -> None:
        for claim in Claim.objects.filter(state="published"):
            current = ClaimVersion.objects.public().get(claim=claim)
            document = read_document(current.payload)
            assert document["fingerprint"] == claim.fingerprint
            assert document["contention"] == claim.contention

    @invariant()
    def the_audit_is_clean(self) -> None:
        assert verify_everything().bad == []


@pytest.mark.django_db
def test_a_life_keeps_every_promise():
    runner = Life.TestCase
    runner.settings = settings(
        max_examples=8,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    runner("runTest").runTest()
