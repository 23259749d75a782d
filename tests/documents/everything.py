"""A life whose documents hold every kind of member: what is frozen of each format."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from claims.choices import RelationKind
from claims.models import Assertion, Claim, Correction, Party
from claims.workflow.claims import relate_claims
from claims.workflow.corrections import approve_correction
from claims.workflow.disputes import dismiss_dispute, open_dispute, resolve_dispute
from claims.workflow.evidence import (
    reject_assertion,
    supersede_assertion,
    withdraw_assertion,
)
from claims.workflow.retiring import take_down_claim
from claims.workflow.sources import edit_source, rate_source, withdraw_source
from tests import factories as make

TEXT = """= Fire at the Dockside Mill =

About 40 people died in the fire, said the mill's owner; the union counted 52.
The mill burned for at least 9 hours. Nobody knows who set the fire.
"""


def build() -> None:
    """Publish claims of each kind of value, stance, standing and decision; retire two."""
    revision = make.article("Fire at the Dockside Mill", TEXT)
    owner = make.party("The mill's owner", kind="organisation")
    union = make.party("Dockers' Union", kind="organisation", description="of the quay")
    town = make.subject(
        "Dockside",
        kind="place",
        place="Dockside",
        country="GB",
        latitude=Decimal("53.45"),
        longitude=Decimal("-3.01"),
        wikidata_id="Q999999",
    )
    fire = make.subject(
        "Fire at the Dockside Mill",
        parent=town,
        place="Dockside",
        when="1903-05-11/1903-05-12",
        belligerents=[(owner, "owner"), (union, "workers")],
    )
    dead = _dead(fire, revision, owner, union)
    _parts(fire, dead)
    _hours(fire, revision)
    _other_kinds(fire, owner, union)
    _decided(fire)
    _relayed(fire)
    make.retire(make.published_claim(7, 9, subject=fire, unit="boats").claim)
    gone = make.published_claim(3, subject=fire, unit="letters")
    take_down_claim(
        claim=Claim.objects.get(pk=gone.claim_id),
        by=make.chief(),
        reason="It names a child.",
        cause="privacy",
    )
    _correct(dead)


def _dead(fire: Any, revision: Any, owner: Party, union: Party) -> Claim:
    """A disputed count: about, exact, a range, a denial, a doubt, the article's own voice."""
    paper = make.party("The Quay Post", kind="outlet")
    report = make.source(
        "Ruin on the quay",
        csl_type="article-newspaper",
        publisher=paper,
        authors="J. Harper",
        issued="1903-05-13",
        url="https://post.example.org/1903/ruin",
        url_status="live",
        language="en",
        isbn="",
    )
    claim = make.claim(
        question="How many people died in the fire at the Dockside Mill?",
        subject=fire,
        measure=make.measure(slug="killed", label="killed"),
        unit="people",
        population="mill hands",
        as_of="1903-05-12",
        tolerance_pct=Decimal("2.5"),
        best_policy="most_reliable",
    )
    start = TEXT.index("About 40")
    place = {"revision": revision, "start": start, "end": start + len("About 40 people died")}
    first = make.figure(
        claim,
        40,
        approximate=True,
        source=report,
        quote="some forty souls",
        quote_language="en",
        locator="p. 1",
        asserted_on="1903-05-13",
        credibility="3",
        anchors=[place],
        attributions=[
            {"party": owner, "role": "speaker", "mode": "claimed"},
            {"party": paper, "role": "publisher", "mode": "reported"},
        ],
    )
    make.figure(claim, 52, speaker=union, asserted_on="1903-05-20")
    make.figure(claim, None, low=Decimal(45), high=Decimal(60), high_open=True)
    make.figure(claim, None, vague_term="dozens")
    make.figure(
        claim,
        None,
        stance="denies",
        target=first,
        extent="part",
        ground="understated",
        speaker=union,
    )
    make.figure(claim, None, value_state="unknown")
    make.figure(claim, 44, citation_needed=True, source=None)
    make.approve(claim)
    return Claim.objects.get(pk=claim.pk)


def _parts(fire: Any, dead: Claim) -> None:
    """Two parts of the total, with a sum, and a claim that is the same as another."""
    for name, count in (("men", 30), ("women", 21)):
        part = make.claim(subject=fire, measure=dead.measure, unit="people", population=name)
        make.figure(part, count)
        make.approve(part)
        relate_claims(
            from_claim=part,
            to_claim=dead,
            kind=RelationKind.PART_OF_TOTAL,
            exhaustive=True,
            by=make.contributor(),
            reason="A part of it.",
        )
    make.approve(dead, by=make.second_editor())


def _hours(fire: Any, revision: Any) -> None:
    """One-ended figures, one of them withdrawn, one rejected, one superseded."""
    claim = make.claim(
        question="How long did the mill burn?",
        subject=fire,
        measure=make.measure(slug="duration", label="duration", is_count=False),
        unit="hours",
    )
    start = TEXT.index("at least 9 hours")
    place = {"revision": revision, "start": start, "end": start + len("at least 9 hours")}
    make.figure(claim, None, low=Decimal(9), anchors=[place])
    late: Assertion = make.figure(claim, None, high=Decimal("12.5"), high_strict=True)
    wrong = make.figure(claim, 90)
    bad = make.figure(claim, 900)
    signed: dict[str, Any] = {"by": make.contributor(), "reason": "A slip of the pen."}
    withdraw_assertion(assertion=wrong, **signed)
    reject_assertion(assertion=bad, **signed)
    supersede_assertion(
        assertion=late, low=Decimal(10), high=Decimal(11), source=late.source, **signed
    )
    source = make.source("A recalled leaflet")
    make.figure(claim, 2, source=source)
    rate_source(source=source, by=make.chief(), reason="Known.", reliability="D", note="Gossip.")
    withdraw_source(source=source, by=make.chief(), reason="Recalled.")
    make.approve(claim)


def _other_kinds(fire: Any, owner: Party, union: Party) -> None:
    """Dates, parties, yes and no, words."""
    day = make.claim("date", question="When did the fire begin?", subject=fire)
    make.figure(day, edtf="1903-05-11")
    make.figure(day, edtf="1903-05~")
    make.approve(day)
    who = make.claim("party", question="Who set the fire?", subject=fire)
    make.figure(who, parties=[owner])
    make.figure(who, parties=[union, owner], party_mode="either")
    make.approve(who)
    insured = make.claim("boolean", question="Was the mill insured?", subject=fire)
    make.figure(insured, boolean=True)
    make.figure(insured, boolean=False)
    make.approve(insured)
    cause = make.claim("text", question="What did the owner say?", subject=fire)
    make.figure(cause, text="Nothing at all.")
    make.approve(cause)


def _decided(fire: Any) -> None:
    """A dispute that was resolved for one figure, and one that an editor raised, dismissed."""
    claim = make.claim(subject=fire, measure=make.measure(slug="injured"), unit="people")
    chosen = make.figure(claim, 110)
    make.figure(claim, 300)
    make.approve(claim)
    resolve_dispute(
        dispute=claim.disputes.get(),
        by=make.editor(),
        reason="The register is at hand.",
        outcome="prefer",
        preferred=chosen,
        rationale="The hospital's register lists 110 names.",
    )
    raised = open_dispute(claim=claim, by=make.second_editor(), reason="Were burns counted?")
    dismiss_dispute(
        dispute=raised, by=make.editor(), reason="They were.", rationale="The register says so."
    )
    make.approve(claim, by=make.chief())


def _relayed(fire: Any) -> None:
    """An amount of money that one source has from another."""
    loss = make.claim("money", subject=fire, question="What did the fire cost?", unit="GBP")
    first, second = make.source("Report of the owners"), make.source("A letter to the editor")
    make.relation(second, first)
    for source in (first, second):
        make.figure(loss, "12500.50", source=source)
    make.approve(loss)


def _correct(dead: Claim) -> None:
    """A correction of a source that a published claim cites."""
    cited = dead.assertions.order_by("pk").first()
    assert cited is not None
    edit_source(
        source=cited.source, by=make.contributor(), reason="As printed.", title="Ruin on the Quay"
    )
    approve_correction(correction=Correction.objects.get(), by=make.editor(), reason="So it is.")
