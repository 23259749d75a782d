"""What people do to claims, figures and disputes in a random life."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from claims.choices import RelationKind
from claims.models import Claim, ClaimRelation, ClaimVersion, Comment, Dispute, Measure, Subject
from claims.workflow.assigning import (
    assign_claim,
    prioritise_claim,
    release_claim,
    take_claim,
)
from claims.workflow.candidate import witness_of
from claims.workflow.claims import (
    draft_claim,
    edit_claim,
    relate_claims,
    unrelate_claims,
)
from claims.workflow.comments import resolve_comment, write_comment, write_comments
from claims.workflow.disputes import (
    dismiss_dispute,
    dispute_witness,
    note_dispute,
    open_dispute,
    reopen_dispute,
    resolve_dispute,
    take_dispute,
)
from claims.workflow.evidence import (
    add_assertion,
    change_assertion,
    reject_assertion,
    restore_assertion,
    supersede_assertion,
    withdraw_assertion,
)
from claims.workflow.proposals import drop_claim, restore_claim
from claims.workflow.refreshing import outdated_claims, refresh_claim
from claims.workflow.retiring import (
    confirm_takedown,
    retire_claim,
    reverse_takedown,
    take_down_claim,
)
from claims.workflow.revert import revert_claim, rewind_claim
from claims.workflow.review import approve_claim, return_claim, submit_claim
from claims.workflow.undoing import undo_decision, undo_return
from tests.earlier import format_one
from tests.workflow.life import World, dates, people, picked, points, which, witnesses

OUTCOMES = ("range_stands", "unresolvable", "superseded", "prefer")
WORDS = "Told to readers."
FIGURE_VERBS = (withdraw_assertion, reject_assertion, restore_assertion)
reviewers = st.sampled_from(("editor", "second_editor", "chief"))


def witness(kind: str, found: Any) -> str | None:
    return {"none": None, "right": found, "wrong": "0" * 64}[kind]


class LifeOfClaims(World):
    """Rules for everything that hangs on a claim."""

    @rule(by=people, subject=which, measure=which, when=dates)
    def draft(self, by, subject, measure, when) -> None:
        rows = {"subject": picked(Subject, subject), "measure": picked(Measure, measure)}
        question = f"What of {subject % 3}?"
        self.attempt(draft_claim, by, question=question, as_of=when, unit="people", **rows)

    @rule(by=people, number=which, point=points, when=dates, who=which)
    def add(self, by, number, point, when, who) -> None:
        claim = self.claim(number)
        self.attempt(add_assertion, by, claim=claim, **self.answer(claim, point, when, who))

    @rule(by=people, number=which, who=which)
    def add_unsourced(self, by, number, who) -> None:
        claim = self.claim(number)
        fields = self.answer(claim, "7", "1993", who) | {"source": None, "citation_needed": True}
        self.attempt(add_assertion, by, claim=claim, **fields)

    @rule(by=people, number=which, who=which, denied=which, aimed=st.booleans())
    def deny(self, by, number, who, denied, aimed) -> None:
        claim = self.claim(number)
        shared = self.answer(claim, "1", "1992", who)
        fields = {name: shared[name] for name in ("source", "attributions")}
        aim = self.figure(denied) if aimed else None
        fields |= {"stance": "denies", "extent": "whole", "target": aim}
        self.attempt(add_assertion, by, claim=claim, **fields)

    @rule(by=people, number=which, point=points, when=dates, who=which)
    def change(self, by, number, point, when, who) -> None:
        row = self.figure(number)
        if row is not None and row.stance == "asserts":
            fields = self.answer(row.claim, point, when, who)
            self.attempt(change_assertion, by, assertion=row, **fields)

    @rule(by=people, number=which, point=points, when=dates, who=which)
    def supersede(self, by, number, point, when, who) -> None:
        if (row := self.figure(number)) is not None:
            fields = self.answer(row.claim, point, when, who)
            self.attempt(supersede_assertion, by, assertion=row, **fields)

    @rule(by=people, number=which, verb=st.sampled_from(FIGURE_VERBS))
    def take_out(self, by, number, verb) -> None:
        if (row := self.figure(number)) is not None:
            self.attempt(verb, by, assertion=row)

    @rule(
        by=people,
        number=which,
        tolerance=st.sampled_from(("0", "-0", "5.0", "60", "1e1")),
        policy=st.sampled_from(("none", "majority", "lowest", "most_reliable")),
    )
    def edit(self, by, number, tolerance, policy) -> None:
        fields = {"tolerance_pct": tolerance, "best_policy": policy}
        self.attempt(edit_claim, by, claim=self.claim(number), **fields)

    @rule(by=people, number=which, subject=which)
    def ask_of_another(self, by, number, subject) -> None:
        row = picked(Subject, subject)
        self.attempt(edit_claim, by, claim=self.claim(number), subject=row, unit=" people ")

    @rule(by=people, number=which, measure=which)
    def ask_otherwise(self, by, number, measure) -> None:
        row = picked(Measure, measure)
        self.attempt(edit_claim, by, claim=self.claim(number), measure=row)

    @rule(by=people, number=which, to=people)
    def assign(self, by, number, to) -> None:
        self.attempt(assign_claim, by, claim=self.claim(number), assignee=self.person(to))

    @rule(by=people, number=which)
    def prioritise(self, by, number) -> None:
        self.attempt(prioritise_claim, by, claim=self.claim(number), priority="3_high")

    @rule(by=people, number=which, verb=st.sampled_from((take_claim, release_claim)))
    def look_after(self, by, number, verb) -> None:
        self.attempt(verb, by, claim=self.claim(number))

    @rule(
        by=people,
        part=which,
        total=which,
        kind=st.sampled_from([RelationKind.PART_OF_TOTAL] * 3 + list(RelationKind)),
        exact=st.booleans(),
    )
    def relate(self, by, part, total, kind, exact) -> None:
        flags = {"exhaustive": exact, "scope_exact": exact}
        pair = {"from_claim": self.claim(part), "to_claim": self.claim(total)}
        self.attempt(relate_claims, by, kind=str(kind), **pair, **flags)

    @rule(by=people, number=which)
    def unrelate(self, by, number) -> None:
        if (row := picked(ClaimRelation, number)) is not None:
            self.attempt(unrelate_claims, by, relation=row)

    @rule(by=people, number=which)
    def submit(self, by, number) -> None:
        self.attempt(submit_claim, by, claim=self.claim(number))

    @rule(
        by=reviewers,
        number=which,
        seen=witnesses,
        verb=st.sampled_from((approve_claim, return_claim)),
    )
    def decide(self, by, number, seen, verb) -> None:
        claim = self.claim(number)
        self.attempt(verb, by, claim=claim, witness=witness(seen, witness_of(claim)))

    @rule(by=reviewers, number=which, point=points, who=which)
    def publish(self, by, number, point, who) -> None:
        """Bring a claim to its readers as people mostly do."""
        claim = self.claim(number)
        if not claim.assertions.live().exists():
            answer = self.answer(claim, point, "1992", who)
            self.attempt(add_assertion, "contributor", claim=claim, **answer)
        self.attempt(submit_claim, "contributor", claim=self.claim(number))
        self.attempt(approve_claim, by, claim=self.claim(number))

    @rule(by=reviewers, number=which, point=points, who=which)
    def publish_under_earlier_rules(self, by, number, point, who) -> None:
        """Bring a claim that readers never had to them with a headline that is outdated today."""
        if not self.claim(number).versions.exists():
            with format_one():
                self.publish(by, number, point, who)

    @rule(by=people, number=which)
    def refresh(self, by, number) -> None:
        """One of the claims that today's rules give otherwise, or any while there is none."""
        found = [one.number for one in outdated_claims()]
        number = found[number % len(found)] if found else self.claim(number).pk
        self.attempt(refresh_claim, by, claim=Claim.objects.get(pk=number))

    @rule(number=which, seen=witnesses)
    def retire(self, number, seen) -> None:
        claim = self.claim(number)
        self.attempt(retire_claim, "chief", claim=claim, witness=witness(seen, witness_of(claim)))

    @rule(number=which, cause=st.sampled_from(("privacy", "legal", "nonsense")))
    def take_down(self, number, cause) -> None:
        current = ClaimVersion.objects.public().order_by("claim_id")
        claim = current[number % len(current)].claim if current else self.claim(number)
        self.attempt(take_down_claim, "chief", claim=claim, cause=cause)

    @rule(by=people, number=which, verb=st.sampled_from((confirm_takedown, reverse_takedown)))
    def decide_takedown(self, by, number, verb) -> None:
        taken = Claim.objects.filter(versions__is_takedown=True).distinct().order_by("pk")
        claim = taken[number % len(taken)] if taken else self.claim(number)
        self.attempt(verb, by, claim=claim)

    @rule(by=people, number=which)
    def drop(self, by, number) -> None:
        if number > 4 or self.claim(number).versions.exists():
            self.attempt(drop_claim, by, claim=self.claim(number))

    @rule(by=people, number=which)
    def take_back_a_drop(self, by, number) -> None:
        """One of the drafts that were dropped, or any claim while there is none."""
        rows = Claim.objects.filter(state="retired", versions=None).order_by("pk")
        claim = rows[number % len(rows)] if rows else self.claim(number)
        self.attempt(restore_claim, by, claim=claim)

    @rule(by=people, number=which, back=which)
    def revert(self, by, number, back) -> None:
        rows = ClaimVersion.objects.order_by("sequence")
        if rows:
            version = rows[back % len(rows)]
            claim = version.claim if number else self.claim(number)
            self.attempt(revert_claim, by, claim=claim, version=version)

    @rule(by=people, number=which, back=which)
    def rewind(self, by, number, back) -> None:
        """To a moment of the claim's own history, now and then of another claim's."""
        claim = self.claim(number)
        rows = (claim if back else self.claim(number + 1)).history.order_by("-history_id")
        self.attempt(rewind_claim, by, claim=claim, record=rows[back % len(rows)])

    @rule(by=people, number=which, kind=st.sampled_from(("editor", "editor", "value")))
    def doubt(self, by, number, kind) -> None:
        self.attempt(open_dispute, by, claim=self.claim(number), kind=kind)

    @rule(by=people, number=which, outcome=st.sampled_from(OUTCOMES), seen=witnesses)
    def resolve(self, by, number, outcome, seen) -> None:
        if (case := self.dispute(number)) is not None:
            preferred = case.assertions.first() if outcome == "prefer" else None
            fields = {"outcome": outcome, "rationale": WORDS, "preferred": preferred}
            fields["witness"] = witness(seen, dispute_witness(case))
            self.attempt(resolve_dispute, by, dispute=case, **fields)

    @rule(by=people, number=which)
    def dismiss(self, by, number) -> None:
        if (case := self.dispute(number)) is not None:
            self.attempt(dismiss_dispute, by, dispute=case, rationale=WORDS)

    @rule(by=people, number=which, verb=st.sampled_from((take_dispute, reopen_dispute)))
    def take_up(self, by, number, verb) -> None:
        if (case := self.dispute(number)) is not None:
            self.attempt(verb, by, dispute=case)

    @rule(by=reviewers, number=which)
    def undo_return(self, by, number) -> None:
        """Of one of the claims that were given back, or of any while there is none."""
        rows = Claim.objects.filter(state="changes_requested").order_by("pk")
        claim = rows[number % len(rows)] if rows else self.claim(number)
        self.attempt(undo_return, by, claim=claim, witness=witness_of(claim))

    @rule(by=reviewers, number=which)
    def undo_decision(self, by, number) -> None:
        """On one of the disputes that are decided, or on any while there is none."""
        rows = Dispute.objects.filter(state__in=("resolved", "dismissed")).order_by("pk")
        if (case := rows[number % len(rows)] if rows else self.dispute(number)) is not None:
            self.attempt(undo_decision, by, dispute=case)

    @rule(by=people, number=which)
    def note(self, by, number) -> None:
        if (case := self.dispute(number)) is not None:
            self.attempt(note_dispute, by, dispute=case, note=" Ask her. ")

    @rule(by=people, number=which, many=st.booleans())
    def comment(self, by, number, many) -> None:
        if many:
            notes = [(self.claim(number), "Two"), (self.claim(number + 1), "claims")]
            self.attempt(write_comments, by, notes=notes)
        else:
            self.attempt(write_comment, by, claim=self.claim(number), body=" Sure? ")

    @rule(by=people, number=which)
    def settle_comment(self, by, number) -> None:
        if (row := picked(Comment, number)) is not None:
            self.attempt(resolve_comment, by, comment=row)
