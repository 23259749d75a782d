"""Two people decide on one thing at the same moment: exactly one of them wins, each time."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle
from typing import Any, Final

from claims.audit.verification import verify_everything
from claims.models import Claim, ClaimVersion, Correction, Dispute, Merge
from claims.workflow.candidate import witness_of
from claims.workflow.correction_candidate import correction_witness
from claims.workflow.corrections import approve_correction, return_correction
from claims.workflow.disputes import dismiss_dispute, dispute_witness, resolve_dispute
from claims.workflow.merge_candidate import merge_witness
from claims.workflow.merging import approve_merge, propose_merge, return_merge
from claims.workflow.review import approve_claim, return_claim
from claims.workflow.sources import edit_source
from tests import factories as make
from tests.workflow.test_concurrency import cast, marked
from tests.workflow.writers import at_once, refused

# DECIDER_ROUNDS=200 plays so many rounds, seen with -s; else as many as fit into the seconds.
ROUNDS: Final = int(os.environ.get("DECIDER_ROUNDS", "0"))
SECONDS: Final = 5
SIGNED: Final = {"reason": "Read."}

type Jobs = tuple[Callable[[], Any], Callable[[], Any]]


def approvals() -> tuple[Jobs, Callable[[], bool]]:
    """Two approve one claim, each with the witness of what was shown."""
    claim = make.submitted_claim(97)
    approve = partial(approve_claim, claim=claim, witness=witness_of(claim), **SIGNED)
    jobs = (partial(approve, by=make.editor()), partial(approve, by=make.second_editor()))
    return jobs, lambda: ClaimVersion.objects.filter(claim=claim).count() == 1


def approval_and_return() -> tuple[Jobs, Callable[[], bool]]:
    """One approves a claim, the other gives it back."""
    claim = make.submitted_claim(97)
    seen = {"claim": claim, "witness": witness_of(claim), **SIGNED}
    jobs = (partial(approve_claim, by=make.editor(), **seen),
            partial(return_claim, by=make.second_editor(), **seen))  # fmt: skip

    def fits() -> bool:
        state = Claim.objects.get(pk=claim.pk).state
        published = ClaimVersion.objects.filter(claim=claim).exists()
        return state == ("published" if published else "changes_requested")

    return jobs, fits


def decisions() -> tuple[Jobs, Callable[[], bool]]:
    """One resolves a dispute, the other dismisses it."""
    case = make.published_claim(60, 97).claim.disputes.get()
    seen = {"dispute": case, "witness": dispute_witness(case), "rationale": "Both.", **SIGNED}
    jobs = (partial(resolve_dispute, by=make.editor(), outcome="range_stands", **seen),
            partial(dismiss_dispute, by=make.second_editor(), **seen))  # fmt: skip

    def fits() -> bool:
        row = Dispute.objects.get(pk=case.pk)
        return (row.state == "resolved") == bool(row.outcome) and row.decided_by is not None

    return jobs, fits


def merges() -> tuple[Jobs, Callable[[], bool]]:
    """One approves a merge of parties, the other leaves them two."""
    old, new = make.party(), make.party()
    claim = make.claim()
    figure = make.figure(claim, 97, speaker=old)
    make.approve(claim)
    item = propose_merge(noun="party", merged=old.pk, into=new.pk, by=make.contributor(), **SIGNED)
    seen = {"merge": item, "witness": merge_witness(item), **SIGNED}
    jobs = (partial(approve_merge, by=make.editor(), **seen),
            partial(return_merge, by=make.second_editor(), **seen))  # fmt: skip

    def fits() -> bool:
        named = figure.attributions.get().party
        return named == (new if Merge.objects.get(pk=item.pk).state == "done" else old)

    return jobs, fits


def corrections() -> tuple[Jobs, Callable[[], bool]]:
    """One approves the correction of a source, the other gives it back."""
    claim, source = make.claim(), make.source()
    make.figure(claim, 97, source=source)
    make.approve(claim)
    edit_source(source=source, by=make.contributor(), title=f"{source.title}, right", **SIGNED)
    item = Correction.objects.get(number=source.pk, noun="source")
    seen = {"correction": item, "witness": correction_witness(item), **SIGNED}
    jobs = (partial(approve_correction, by=make.editor(), **seen),
            partial(return_correction, by=make.second_editor(), **seen))  # fmt: skip

    def fits() -> bool:
        versions = ClaimVersion.objects.filter(claim=claim).count()
        state = Correction.objects.get(pk=item.pk).state
        return (versions, state) in ((2, "published"), (1, "returned"))

    return jobs, fits


KINDS: Final = (approvals, approval_and_return, decisions, merges, corrections)


def rounds() -> Iterator[Callable[[], tuple[Jobs, Callable[[], bool]]]]:
    """What is decided in each round: every kind once at least, then in turn."""
    until = time.monotonic() + SECONDS
    for number, kind in enumerate(cycle(KINDS)):
        enough = number >= ROUNDS if ROUNDS else time.monotonic() > until
        if number >= len(KINDS) and enough:
            return
        yield kind


@marked
def test_of_two_deciders_exactly_one_wins():
    cast()
    told = Counter[str]()
    for played in rounds():
        jobs, fits = played()
        results = at_once(jobs)
        lost = refused(results)
        assert len(lost) == 1, (played.__name__, results)
        assert fits(), played.__name__
        told[f"{played.__name__}: {'second' if results.index(lost[0]) == 0 else 'first'} wins"] += 1
    assert verify_everything().bad == []
    sys.stdout.write("".join(f"{words}: {count}\n" for words, count in sorted(told.items())))
