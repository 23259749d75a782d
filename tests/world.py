"""One of everything, made through the workflow."""

from __future__ import annotations

from typing import Any

from claims.choices import RelationKind
from claims.models import Claim, Correction, Party
from claims.workflow.claims import relate_claims
from claims.workflow.comments import write_comment
from claims.workflow.corrections import approve_correction
from claims.workflow.disputes import resolve_dispute, take_dispute
from claims.workflow.merging import propose_merge, return_merge
from claims.workflow.queue_views import save_view
from claims.workflow.sameness import answer_sameness, ask_sameness
from claims.workflow.sources import edit_source
from claims.workflow.watching import choose_mail, set_watch
from tests import factories as make


def ask_and_answer(army: Party) -> None:
    """Whether the army has two rows: it has not; its staff had."""
    other = make.party("Army staff", kind="armed_group")
    signed: dict[str, Any] = {"by": make.contributor(), "reason": "Written twice."}
    double = make.party("The army's staff", kind="armed_group")
    propose_merge(noun="party", merged=double.pk, into=other.pk, **signed)
    proposed = propose_merge(noun="party", merged=army.pk, into=other.pk, **signed)
    return_merge(merge=proposed, by=make.editor(), reason="Two of them.")
    question = ask_sameness(
        noun="party",
        one=army.pk,
        other=other.pk,
        why="called alike",
        by=make.contributor(),
        reason="An import met both.",
    )
    answer_sameness(question=question, answer="no", by=make.editor(), reason="Two of them.")


def build_world() -> Claim:
    """Rows in every table: a disputed, decided, twice published claim with an anchor and a part,
    parties as an answer, a belligerent, corrections of a source, sources of which one
    may rest on the other, a comment and a retired claim. Returns the first.
    """
    revision = make.article()
    army = make.party("Army", kind="armed_group")
    where = make.subject("Battle", when="2012-01-24", belligerents=[(army, "government")])
    total = make.claim(subject=where, measure=make.measure(slug="killed"))
    chain = [
        {"party": make.party(), "role": "speaker", "mode": "said"},
        {"party": make.party("Agency", kind="outlet"), "role": "publisher", "mode": "reported"},
    ]
    place = {"revision": revision, "start": 20, "end": 28}
    make.figure(total, 60, anchors=[place], attributions=chain)
    make.figure(total, 97)
    part = make.claim(measure=make.measure(slug="killed"))
    make.figure(part, 30)
    relate_claims(
        from_claim=part,
        to_claim=total,
        kind=RelationKind.PART_OF_TOTAL,
        by=make.contributor(),
        reason="A part of it.",
    )
    blame = make.claim("party", subject=where)
    make.figure(blame, parties=[army])
    make.approve(total)
    cited = total.assertions.order_by("pk").first().source
    edit_source(source=cited, by=make.contributor(), reason="A slip.", title="Another title")
    approve_correction(correction=Correction.objects.get(), by=make.editor(), reason="So it is.")
    dispute = take_dispute(dispute=total.disputes.get(), by=make.editor(), reason="I look into it.")
    resolve_dispute(
        dispute=dispute,
        by=make.editor(),
        reason="Both counted.",
        outcome="range_stands",
        rationale="Nobody can tell which of them is right.",
    )
    make.approve(total, by=make.second_editor())
    make.approve(part)
    make.approve(blame)
    edit_source(source=cited, by=make.contributor(), reason="A typo.", title="A third title")
    make.relation(make.source(), make.source(), confirmed=False)
    save_view(name="Old ones", query="queue=review&days=30", by=make.editor())
    write_comment(claim=total, by=make.contributor(), body="See page 7.")
    ask_and_answer(army)
    gone = make.published_claim(5)
    make.retire(gone.claim)
    make.api_key(make.contributor())
    set_watch(account=make.editor(), noun="claim", number=total.pk, is_on=True)
    choose_mail(account=make.editor(), pace="never")
    return Claim.objects.get(pk=total.pk)
