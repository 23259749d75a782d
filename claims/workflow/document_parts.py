"""The entries of the public document: figures, sources, relations, sums, disputes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable
from typing import Any

from claims.choices import AttributionRole, RelationKind, Stance
from claims.domain.agreement import arithmetic_check
from claims.domain.dates import date_words
from claims.domain.documents import moment_text, read_document
from claims.domain.entries import read_figure
from claims.domain.figures import words
from claims.domain.quantity import Figure, kind
from claims.domain.refs import FIGURE, format_ref
from claims.models import (
    Anchor,
    Assertion,
    Attribution,
    Claim,
    ClaimRelation,
    ClaimVersion,
    Dispute,
    Party,
    Source,
)
from claims.workflow.desk import Desk, chain_of, figure_of, has_value, leading_figures

_COPIED = (
    *("point", "low", "high", "low_strict", "high_strict", "high_open", "approximate"),
    *("vague_term", "test_low", "test_high", "edtf", "earliest", "latest"),
)
_STANDING = (
    *("extent", "ground", "credibility", "quote", "quote_language", "locator"),
    *("asserted_on", "citation_needed", "origin"),
)
_SOURCE_TEXTS = (
    *("url", "archive_url", "archived_on", "accessed_on", "url_status", "language", "doi"),
    *("isbn", "reliability", "reliability_note", "withdrawn_on", "withdrawal_note"),
)


def figure_entry(row: Assertion, belligerents: Container[int]) -> dict[str, Any]:
    """One assertion, prefetched: value, words, standing, chain, anchors."""
    chain = chain_of(row)
    return {
        "ref": row.ref,
        "stance": row.stance,
        "status": row.status,
        "status_reason": row.status_reason,
        "kind": kind_of(row),
        "words": words_of(row),
        "value_state": row.value_state,
        **{name: getattr(row, name) for name in _COPIED},
        "parties": [_party_name(link.party) for link in row.party_links.all()],
        "party_mode": row.party_mode,
        "boolean": row.boolean,
        "text": row.text,
        "target": _ref_or_none(row.target_id),
        "supersedes": _ref_or_none(row.supersedes_id),
        **{name: getattr(row, name) for name in _STANDING},
        "source": row.source.ref if row.source else None,
        "speaker": _speaker(chain, belligerents),
        "attribution": [_link_entry(link, belligerents) for link in chain],
        "anchors": [_anchor_entry(anchor) for anchor in _newest(row.anchors.all())],
    }


def kind_of(row: Assertion) -> str:
    """How the answer is drawn: a figure's kind, or denial, date, party, boolean, text, none."""
    if not has_value(row):
        if row.stance == Stance.DENIES:
            return "denial"
        return "unknown" if row.value_state == "unknown" else "none"
    figure = figure_of(row)
    return kind(figure) if figure is not None else row.value_kind


def words_of(row: Assertion) -> str:
    """The answer as people say it; '' when there is none."""
    if not has_value(row):
        return "unknown" if row.value_state == "unknown" else ""
    figure = figure_of(row)
    if figure is not None:
        return words(figure)
    if row.edtf:
        return date_words(row.edtf)
    if row.party_mode:
        joint = " and " if row.party_mode == "joint" else " or "
        glue = ", " if row.party_mode == "unspecified" else joint
        return glue.join(link.party.name for link in row.party_links.all())
    if row.boolean is not None:
        return "yes" if row.boolean else "no"
    return row.text


def source_entries(rows: list[Assertion]) -> list[dict[str, Any]]:
    """Each source that the assertions cite, once, in the order of its number."""
    sources = {row.source.pk: row.source for row in rows if row.source}
    return [source_entry(sources[number]) for number in sorted(sources)]


def source_entry(source: Source) -> dict[str, Any]:
    return {
        "ref": source.ref,
        "csl_type": source.csl_type,
        "title": source.title,
        "publisher": _party_name(source.publisher) if source.publisher else None,
        "authors": source.authors,
        "issued": source.issued,
        **{name: getattr(source, name) for name in _SOURCE_TEXTS},
    }


def relation_entries(claim: Claim) -> list[dict[str, Any]]:
    """Links to claims that readers may know of: those with a current public version."""
    links = [
        *((link, "to", link.to_claim) for link in _links(claim, "from_claim", "to_claim")),
        *((link, "from", link.from_claim) for link in _links(claim, "to_claim", "from_claim")),
    ]
    shown = _public_questions([other.pk for _, _, other in links])
    return [
        {
            "kind": link.kind,
            "direction": direction,
            "claim": other.ref,
            "question": shown[other.pk],
            "exhaustive": link.exhaustive,
            "scope_exact": link.scope_exact,
        }
        for link, direction, other in links
        if other.pk in shown
    ]


def arithmetic_entries(claim: Claim, desk: Desk) -> list[dict[str, Any]]:
    """The sum of the published parts against this total; nothing unpublished enters it."""
    parts = [
        link for link in _links(claim, "to_claim", "from_claim")
        if link.kind == RelationKind.PART_OF_TOTAL
    ]  # fmt: skip
    figures = _published_figures([link.from_claim_id for link in parts])
    total = leading_figures([claim.pk]).get(claim.pk)
    if not parts or total is None or len(figures) < len(parts):
        return []
    result = arithmetic_check(
        [figures[link.from_claim_id] for link in parts],
        total,
        exhaustive=all(link.exhaustive for link in parts),
        scope_exact=all(link.scope_exact for link in parts),
        count=desk.terms.count,
    )
    return [
        {
            "total": claim.ref,
            "hard": result.hard,
            "messages": list(result.soft),
            "sum_low": result.sum_low,
            "sum_high": result.sum_high,
            "parts": [link.from_claim.ref for link in parts],
        }
    ]


def dispute_entry(dispute: Dispute) -> dict[str, Any]:
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
        "events": [
            {
                "action": event.action,
                "at": moment_text(event.at),
                "by": event.actor.username if event.actor else "",
                "comment": event.comment,
            }
            for event in dispute.events.all()
        ],
    }


def _links(claim: Claim, mine: str, other: str) -> list[ClaimRelation]:
    links = ClaimRelation.objects.filter(**{mine: claim}).select_related(other)
    return list(links.order_by("pk"))


def _public_questions(numbers: list[int]) -> dict[int, str]:
    versions = ClaimVersion.objects.public().filter(claim__in=numbers)
    return dict(versions.values_list("claim_id", "question"))


def _published_figures(numbers: list[int]) -> dict[int, Figure]:
    """Each published claim's only asserted figure, read from its current version."""
    found: dict[int, Figure] = {}
    versions = ClaimVersion.objects.public().filter(claim__in=numbers)
    for number, payload in versions.values_list("claim_id", "payload"):
        document = read_document(payload)
        inputs = [entry for entry in document["figures"] if entry["ref"] in document["inputs"]]
        figures = {read_figure(entry) for entry in inputs}
        if len(figures) == 1:
            found[number] = figures.pop()
    return found


def _speaker(chain: list[Attribution], belligerents: Container[int]) -> dict[str, Any] | None:
    speaker = next((link for link in chain if link.role == AttributionRole.SPEAKER), None)
    if speaker is None:
        return None
    return {
        **_party_name(speaker.party),
        "kind": speaker.party.kind,
        "description": speaker.party.description,
        "belligerent": speaker.party_id in belligerents,
    }


def _link_entry(link: Attribution, belligerents: Container[int]) -> dict[str, Any]:
    return {
        "party": link.party.ref,
        "name": link.party.name,
        "kind": link.party.kind,
        "role": link.role,
        "mode": link.mode,
        "belligerent": link.party_id in belligerents,
    }


def _newest(anchors: Iterable[Anchor]) -> list[Anchor]:
    """The anchors in the newest revision of each article that has any."""
    rows = list(anchors)
    newest: dict[int, int] = {}
    for row in rows:
        article = row.revision.article_id
        newest[article] = max(newest.get(article, 0), row.revision.number)
    return [row for row in rows if row.revision.number == newest[row.revision.article_id]]


def _anchor_entry(anchor: Anchor) -> dict[str, Any]:
    revision = anchor.revision
    return {
        "article": revision.article.ref,
        "slug": revision.article.slug,
        "title": revision.title,
        "revision": revision.number,
        "sha256": revision.sha256,
        "exact": anchor.exact,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
        "start": anchor.start,
        "end": anchor.end,
        "status": anchor.status,
    }


def _party_name(party: Party) -> dict[str, str]:
    return {"ref": party.ref, "name": party.name}


def _ref_or_none(number: int | None) -> str | None:
    return None if number is None else format_ref(FIGURE, number)


def _moment_or_none(moment: dt.datetime | None) -> str | None:
    return None if moment is None else moment_text(moment)
