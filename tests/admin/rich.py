"""A claim in which nearly every member of the document says something of its own."""

from __future__ import annotations

import datetime as dt
from typing import Any

from claims.models import Claim
from claims.workflow.claims import edit_claim, relate_claims
from claims.workflow.comments import write_comment
from claims.workflow.disputes import open_dispute, resolve_dispute, take_dispute
from claims.workflow.evidence import withdraw_assertion
from claims.workflow.measures import edit_measure
from claims.workflow.parties import edit_party
from claims.workflow.review import submit_claim
from claims.workflow.sources import edit_source, rate_source, withdraw_source
from claims.workflow.subjects import edit_subject
from tests import factories as make

TEXT = "= Mill =\n\nThe mill burned. The mayor said that 47 men died there. Nobody was tried.\n"
SAID = "47 men died"


def rich_claim() -> Claim:
    """In review, never published: all of source, party, subject, dispute, link and anchor."""
    by: dict[str, Any] = {"by": make.contributor(), "reason": "A word of the author."}
    other = make.published_claim(40, question="How many died in the yard of the mill?").claim
    claim = make.claim(
        question="How many men died in the mill of Arden?",
        subject=_subject(),
        unit="grown men",
        population="millers and sailors",
        aggregation="cumulative",
        as_of="2013-05-09",
        tolerance_pct="2.5",
        best_policy="most_reliable",
    )
    _figures(claim)
    relate_claims(from_claim=other, to_claim=claim, kind="part_of_total", scope_exact=True, **by)
    withdraw_assertion(assertion=claim.assertions.get(point=13), by=by["by"], reason="A slip here.")
    _decided(open_dispute(claim=claim, by=make.editor(), reason="Is it the same mill?"), claim)
    write_comment(claim=claim, by=make.contributor(), body="Ask the parish for its list.")
    return submit_claim(claim=Claim.objects.get(pk=claim.pk), **by)


def change_registers(claim: Claim) -> Claim:
    """Change every field of a source, the parties, the subject and the measure; submit anew."""
    by: dict[str, Any] = {"by": make.contributor(), "reason": "Told better now."}
    source = claim.assertions.get(point=47).source
    assert source is not None
    fields = {name: f"{value} changed" for name, value in _SOURCE.items() if name in _TEXTS}
    new = {**_SOURCE, **fields, **_CHANGED, "publisher": make.party("Evening Post", kind="outlet")}
    edit_source(source=source, **new, **by)
    for link in claim.assertions.get(point=47).attributions.select_related("party"):
        name, words = f"{link.party.name} the younger", f"{link.party.description} no more"
        edit_party(party=link.party, name=name, kind="organisation", description=words, **by)
    foe = make.party("Town watch", kind="armed_group")
    subject = claim.subject
    assert subject.parent is not None
    edit_subject(subject=subject.parent, title="Long war of the upper valley", **by)
    fresh = {"title": "Blaze of the mill", "kind": "other", "place": "Upper Arden"}
    edit_subject(subject=subject, when="2013-05-08", belligerents=[(foe, "left")], **fresh, **by)
    edit_measure(measure=claim.measure, label="men lost", **by)
    edit_claim(claim=Claim.objects.get(pk=claim.pk), population="millers", **by)
    return submit_claim(claim=Claim.objects.get(pk=claim.pk), **by)


_SOURCE: dict[str, Any] = {
    "title": "Report of the fire",
    "csl_type": "report",
    "authors": "Writer, Anna",
    "issued": "2013-05-11",
    "url": "https://post.example/mill?page=1&part=2",
    "archive_url": "https://archive.example/mill",
    "archived_on": dt.date(2014, 1, 2),
    "accessed_on": dt.date(2014, 1, 3),
    "url_status": "live",
    "language": "de-AT",
    "doi": "10.1234/mill",
    "isbn": "9780306406157",
}
_TEXTS = ("title", "authors")
_CHANGED: dict[str, Any] = {
    "csl_type": "book",
    "issued": "2013-06",
    "url": "https://post.example/fire",
    "archive_url": "https://archive.example/fire",
    "archived_on": dt.date(2015, 1, 2),
    "accessed_on": dt.date(2015, 1, 3),
    "url_status": "dead",
    "language": "fr-CH",
    "doi": "10.1234/fire",
    "isbn": "9780131103627",
}


def _subject() -> Any:
    army = make.party("Army of the valley", kind="armed_group")
    war = make.subject("War of the valley", kind="conflict", belligerents=[(army, "right side")])
    return make.subject("Fire of the mill", parent=war, place="Lower Arden", when="2013-05-07")


def _figures(claim: Claim) -> None:
    paper = make.party("Morning Post", kind="outlet", description="a daily of the valley")
    mayor = make.party("Mayor of Arden", description="in office since 2009")
    source = make.source(publisher=paper, **_SOURCE)
    rate_source(
        source=source, by=make.chief(), reason="Known.", reliability="B", note="careful so far"
    )
    start = TEXT.index(SAID)
    place = {"revision": make.article("Mill", TEXT), "start": start, "end": start + len(SAID)}
    make.figure(
        claim,
        47,
        source=source,
        quote="siebenundvierzig Mann",
        quote_language="de",
        locator="page 7, line 3",
        asserted_on="2013-05-10",
        credibility="2",
        approximate=True,
        attributions=[
            {"party": mayor, "role": "speaker", "mode": "estimated"},
            {"party": paper, "role": "publisher", "mode": "reported"},
        ],
        anchors=[place],
    )
    make.figure(claim, 13)
    gone = make.source("Leaflet of the watch")
    make.figure(claim, 90, source=gone)
    withdraw_source(source=gone, by=make.chief(), reason="Taken back by its printer.")
    target = claim.assertions.get(point=47)
    make.figure(claim, stance="denies", target=target, extent="part", ground="exaggerated")


def _decided(dispute: Any, claim: Claim) -> None:
    taken = take_dispute(dispute=dispute, by=make.second_editor(), reason="I write to the parish.")
    resolve_dispute(
        dispute=taken,
        by=make.second_editor(),
        reason="The parish answered.",
        outcome="prefer",
        preferred=claim.assertions.get(point=47),
        rationale="The list of the parish names them.",
    )
