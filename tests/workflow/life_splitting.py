"""Claims that are split, and joined again, in a random life."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule

from claims.models import ClaimRelation, Dispute
from claims.workflow.candidate import witness_of
from claims.workflow.disputes import dispute_witness, release_dispute
from claims.workflow.splitting import resolve_by_split, split_claim, undo_split
from tests.workflow.life import World, people, which, witnesses
from tests.workflow.life_claims import WORDS, witness

populations = st.sampled_from(("porters", "nurses"))


class LifeOfSplits(World):
    """Rules for statements that answer another question, and for cases that are released."""

    @rule(by=people, number=which, of=which, who=populations, seen=witnesses)
    def split(self, by, number, of, who, seen) -> None:
        claim = self.claim(number)
        rows = claim.assertions.live().order_by("pk")
        fields = {"statements": [rows[of % len(rows)]] if rows else [], "population": who}
        fields["witness"] = witness(seen, witness_of(claim))
        self.attempt(split_claim, by, claim=claim, question=f"What of the {who}?", **fields)

    @rule(by=people, number=which, of=which, who=populations)
    def split_by_a_case(self, by, number, of, who) -> None:
        """One of the cases that wait, or any while there is none."""
        found = Dispute.objects.unresolved().order_by("pk")
        case = found[number % len(found)] if found else self.dispute(number)
        if case is not None:
            rows = case.assertions.order_by("pk")
            fields = {"statements": [rows[of % len(rows)]] if rows else [], "population": who}
            fields["witness"] = dispute_witness(case)
            self.attempt(resolve_by_split, by, dispute=case, question=f"What of the {who}?",
                         rationale=WORDS, **fields)  # fmt: skip

    @rule(by=people, number=which)
    def join(self, by, number) -> None:
        """One of the claims that were split off, or any while there is none."""
        links = ClaimRelation.objects.filter(kind="split_off").order_by("-pk")
        claim = links[number % len(links)].from_claim if links else self.claim(number)
        self.attempt(undo_split, by, claim=claim)

    @rule(by=people, number=which)
    def release_a_case(self, by, number) -> None:
        """One of the cases that are taken, or any while there is none."""
        taken = Dispute.objects.filter(state="under_review").order_by("pk")
        case = taken[number % len(taken)] if taken else self.dispute(number)
        if case is not None:
            self.attempt(release_dispute, by, dispute=case)
