"""The entries of the public document: figures, sources, relations, sums, disputes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Mapping

from claims.choices import AttributionRole, Stance, ValueState
from claims.domain.dates import date_words
from claims.domain.documents import moment_text
from claims.domain.figures import words_of_figure
from claims.domain.published import (
    ArithmeticEntry,
    CaseEvent,
    DisputeEntry,
    RelationEntry,
)
from claims.domain.published_figures import (
    AttributionEntry,
    FigureEntry,
    PartyName,
    SourceEntry,
    Speaker,
)
from claims.domain.quantity import kind
from claims.domain.refs import CLAIM, FIGURE, format_ref
from claims.domain.words import party_words
from claims.models import (
    Assertion,
    Attribution,
    Dispute,
    Party,
    ReviewEvent,
    Source,
)
from claims.workflow.anchor_entries import anchor_entries
from claims.workflow.desk import Desk, chain_of, figure_of, has_value, interval_of
from claims.workflow.linked import Linked, sum_of_parts


def figure_entry(
    row: Assertion, unit: str, belligerents: Container[int], approved: Mapping[int, int]
) -> FigureEntry:
    """One assertion, prefetched: value, words, standing, chain, anchors.

    ``unit`` is that of the claim where it is a part of the value.
    """
    chain, tested = chain_of(row), interval_of(row)
    return {
        "ref": row.ref,
        "stance": row.stance,
        "status": row.status,
        "status_reason": row.status_reason,
        "kind": drawn_kind(row),
        "words": words_of(row, unit),
        "value_state": row.value_state,
        "point": row.point,
        "low": row.low,
        "high": row.high,
        "low_strict": row.low_strict,
        "high_strict": row.high_strict,
        "high_open": row.high_open,
        "approximate": row.approximate,
        "vague_term": row.vague_term,
        "test_low": tested.low,
        "test_high": tested.high,
        "edtf": row.edtf,
        "earliest": _day_or_none(row.earliest),
        "latest": _day_or_none(row.latest),
        "parties": [_party_name(link.party) for link in row.party_links.all()],
        "party_mode": row.party_mode,
        "boolean": row.boolean,
        "text": row.text,
        "target": _ref_or_none(row.target_id),
        "supersedes": _ref_or_none(row.supersedes_id),
        "extent": row.extent,
        "ground": row.ground,
        "credibility": row.credibility,
        "quote": row.quote,
        "quote_language": row.quote_language,
        "locator": row.locator,
        "asserted_on": row.asserted_on,
        "said_on": row.asserted_on or (row.source.issued if row.source else ""),
        "citation_needed": row.citation_needed,
        "origin": row.origin,
        "source": row.source.ref if row.source else None,
        "speaker": _speaker(chain, belligerents),
        "attribution": [_link_entry(link, belligerents) for link in chain],
        "anchors": anchor_entries(row, approved),
    }


def drawn_kind(row: Assertion) -> str:
    """How the answer is drawn: a figure's kind, or denial, date, party, boolean, text, none."""
    if not has_value(row):
        if row.stance == Stance.DENIES:
            return "denial"
        return "unknown" if row.value_state == ValueState.UNKNOWN else "none"
    figure = figure_of(row)
    return kind(figure) if figure is not None else row.value_kind


def words_of(row: Assertion, unit: str) -> str:
    """The answer as people say it, with the unit that is a part of it; '' when there is none."""
    if not has_value(row):
        return "unknown" if row.value_state == ValueState.UNKNOWN else ""
    figure = figure_of(row)
    if figure is not None:
        return words_of_figure(figure, unit)
    if row.edtf:
        return date_words(row.edtf)
    if row.party_mode:
        return party_words((link.party.name for link in row.party_links.all()), row.party_mode)
    if row.boolean is not None:
        return "yes" if row.boolean else "no"
    return row.text


def source_entries(desk: Desk) -> list[SourceEntry]:
    """Each source that the assertions cite or that one of these rests on, once, by number."""
    return [source_entry(one) for one in sorted(desk.sources, key=lambda one: one.pk)]


def source_entry(source: Source) -> SourceEntry:
    """One work, with its publisher joined."""
    return {
        "ref": source.ref,
        "csl_type": source.csl_type,
        "title": source.title,
        "publisher": _party_name(source.publisher) if source.publisher else None,
        "authors": source.authors,
        "issued": source.issued,
        "url": source.url,
        "archive_url": source.archive_url,
        "archived_on": _day_or_none(source.archived_on),
        "accessed_on": _day_or_none(source.accessed_on),
        "url_status": source.url_status,
        "language": source.language,
        "doi": source.doi,
        "isbn": source.isbn,
        "work_licence": source.work_licence,
        "reliability": source.reliability,
        "reliability_note": source.reliability_note,
        "withdrawn_on": _day_or_none(source.withdrawn_on),
        "withdrawal_note": source.withdrawal_note,
    }


def relation_entries(linked: Linked) -> list[RelationEntry]:
    """Links to claims that readers may know of: those with a current public version."""
    return [
        {
            "kind": link.relation.kind,
            "direction": link.direction,
            "claim": format_ref(CLAIM, link.other),
            "question": linked.published[link.other]["question"],
            "exhaustive": link.relation.exhaustive,
            "scope_exact": link.relation.scope_exact,
        }
        for link in linked.links
        if link.other in linked.published
    ]


def arithmetic_entries(desk: Desk, linked: Linked) -> list[ArithmeticEntry]:
    """The sum of the published parts against this total; nothing unpublished enters it."""
    result = sum_of_parts(desk, linked)
    if result is None:
        return []
    return [
        {
            "total": desk.claim.ref,
            "hard": result.hard,
            "messages": list(result.soft),
            "sum_low": result.sum_low,
            "sum_high": result.sum_high,
            "parts": [format_ref(CLAIM, link.from_claim_id) for link in linked.parts],
        }
    ]


def dispute_entry(dispute: Dispute) -> DisputeEntry:
    """A case file without its private note, with what happened to it."""
    return {
        "ref": dispute.ref,
        "kind": dispute.kind,
        "state": dispute.state,
        "reason": dispute.reason,
        "opened_at": moment_text(dispute.opened_at),
        "opened_by": dispute.opened_by.username if dispute.opened_by else "",
        "figures": [format_ref(FIGURE, link.assertion_id) for link in dispute.members.all()],
        "outcome": dispute.outcome,
        "preferred": _ref_or_none(dispute.preferred_id),
        "rationale": dispute.rationale,
        "decided_by": dispute.decided_by.username if dispute.decided_by else "",
        "decided_at": _moment_or_none(dispute.decided_at),
        "events": [_event_entry(event) for event in dispute.events.all()],
    }


def _event_entry(event: ReviewEvent) -> CaseEvent:
    return {
        "action": event.action,
        "at": moment_text(event.at),
        "by": event.actor.username if event.actor else "",
        "comment": event.comment,
    }


def _speaker(chain: list[Attribution], belligerents: Container[int]) -> Speaker | None:
    speaker = next((link for link in chain if link.role == AttributionRole.SPEAKER), None)
    if speaker is None:
        return None
    return {
        "ref": speaker.party.ref,
        "name": speaker.party.name,
        "kind": speaker.party.kind,
        "description": speaker.party.description,
        "belligerent": speaker.party_id in belligerents,
    }


def _link_entry(link: Attribution, belligerents: Container[int]) -> AttributionEntry:
    return {
        "party": link.party.ref,
        "name": link.party.name,
        "kind": link.party.kind,
        "role": link.role,
        "mode": link.mode,
        "belligerent": link.party_id in belligerents,
    }


def _party_name(party: Party) -> PartyName:
    return {"ref": party.ref, "name": party.name}


def _day_or_none(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _ref_or_none(number: int | None) -> str | None:
    return None if number is None else format_ref(FIGURE, number)


def _moment_or_none(moment: dt.datetime | None) -> str | None:
    return None if moment is None else moment_text(moment)
