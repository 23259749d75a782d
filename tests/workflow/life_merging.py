"""What people say of rows that may be one in a random life."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from claims.models import Merge, SamenessQuestion
from claims.workflow.merge_candidate import merge_witness
from claims.workflow.merging import approve_merge, propose_merge, return_merge, unmerge
from claims.workflow.sameness import MODELS, answer_sameness, ask_sameness, ask_together
from tests.workflow.life import World, people, picked, which, witnesses
from tests.workflow.life_claims import reviewers, witness

nouns = st.sampled_from(tuple(MODELS))


class LifeOfMerging(World):
    """Rules for questions, merges and their undoing."""

    @rule(by=people, noun=nouns, one=which, other=which, why=st.sampled_from(("alike", "told")))
    def ask(self, by, noun, one, other, why) -> None:
        two = [picked(MODELS[noun], number).pk for number in (one, other)]
        self.attempt(ask_sameness, by, noun=noun, one=two[0], other=two[1], why=why)

    @rule(by=people, noun=nouns, one=which, other=which, why=st.sampled_from(("alike", "told")))
    def ask_many(self, by, noun, one, other, why) -> None:
        two = picked(MODELS[noun], one).pk, picked(MODELS[noun], other).pk
        self.attempt(ask_together, by, noun=noun, pairs={two: why})

    @rule(by=people, number=which, answer=st.sampled_from(("yes", "no", "never")))
    def answer_question(self, by, number, answer) -> None:
        if (question := picked(SamenessQuestion, number)) is not None:
            self.attempt(answer_sameness, by, question=question, answer=answer)

    @rule(by=people, noun=nouns, one=which, other=which)
    def merge(self, by, noun, one, other) -> None:
        two = [picked(MODELS[noun], number).pk for number in (one, other)]
        self.attempt(propose_merge, by, noun=noun, merged=two[0], into=two[1])

    @rule(by=reviewers, number=which, seen=witnesses, verb=st.sampled_from((True, False)))
    def decide_merge(self, by, number, seen, verb) -> None:
        if (item := merge_among(number, waiting=True)) is not None:
            right: Any = witness(seen, merge_witness(item))
            decision = approve_merge if verb else return_merge
            self.attempt(decision, by, merge=item, witness=right)

    @rule(by=people, number=which)
    def undo_merge(self, by, number) -> None:
        if (item := merge_among(number, waiting=False)) is not None:
            self.attempt(unmerge, by, merge=item)


def merge_among(number: int, *, waiting: bool) -> Merge | None:
    """One of the merges that wait, or that are done; else any that there was."""
    wanted = Merge.objects.waiting() if waiting else Merge.objects.done()
    rows = wanted.order_by("pk") or Merge.objects.order_by("pk")
    return rows[number % len(rows)] if rows else None
