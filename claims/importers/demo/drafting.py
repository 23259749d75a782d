"""From a record of the demo to a draft claim with its assertions and links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import transaction

from claims.importers.demo.bundle import AssertionRecord, ClaimRecord
from claims.importers.demo.marks import made_for
from claims.importers.demo.vocabulary import Vocabulary
from claims.models import Assertion, Claim
from claims.workflow.claims import assign_claim, draft_claim, relate_claims
from claims.workflow.evidence import add_assertion

LOCATOR: Final = "As the article relays it; the work itself has not been located"


@dataclass(frozen=True, slots=True)
class Stage:
    """What the demo has made so far, by key; `claims` and `answers` grow as it goes on."""

    accounts: dict[str, User]
    words: Vocabulary
    claims: dict[str, Claim]
    answers: dict[str, Assertion]


@transaction.atomic
def draft(record: ClaimRecord, stage: Stage) -> None:
    """Ask the record's question and enter the answers that its first draft holds."""
    by = stage.accounts[record.life.drafted_by]
    claim = draft_claim(
        by=by,
        reason=made_for("claim", record.key),
        question=record.question,
        subject=stage.words.subjects[record.subject],
        measure=stage.words.measures[record.measure],
        unit=record.unit,
        population=record.population,
        aggregation=record.aggregation,
        as_of=record.as_of,
        cardinality=record.cardinality,
    )
    add_answers(claim, record.first_assertions, stage, by)
    if record.priority:
        _prioritise(claim, record.priority, stage)
    stage.claims[record.key] = claim


def add_answers(claim: Claim, records: tuple[AssertionRecord, ...], stage: Stage, by: User) -> None:
    """Enter the answers in their order, so that a denial can name what it denies."""
    for record in records:
        stage.answers[record.key] = add_assertion(
            claim=claim,
            by=by,
            reason=made_for("answer", record.key),
            **_fields(record, stage),
        )


@transaction.atomic
def relate(record: ClaimRecord, stage: Stage) -> None:
    """Link a draft to the claims that it belongs to, where the link is missing."""
    claim = stage.claims[record.key]
    have = set(claim.relations_from.values_list("to_claim", "kind"))
    for link in record.relations:
        other = stage.claims[link.to]
        if (other.pk, link.kind) in have:
            continue
        relate_claims(
            from_claim=claim,
            to_claim=other,
            kind=link.kind,
            exhaustive=link.exhaustive,
            scope_exact=link.scope_exact,
            by=stage.accounts[record.life.drafted_by],
            reason="The article gives both, and they belong together",
        )


def _prioritise(claim: Claim, priority: str, stage: Stage) -> None:
    assign_claim(
        claim=claim,
        by=stage.accounts["chief"],
        reason="The article turns on this question",
        assignee=None,
        priority=priority,
    )


def _fields(record: AssertionRecord, stage: Stage) -> dict[str, Any]:
    """Return what add_assertion takes, rows in place of keys."""
    words = stage.words
    source = words.sources[record.source] if record.source else None
    return {
        "source": source,
        "citation_needed": source is None,
        "locator": LOCATOR if source else "",
        "quote": record.anchors[0].exact,
        "quote_language": words.revision.article.language,
        "asserted_on": record.asserted_on,
        "stance": record.stance,
        "target": stage.answers[record.target] if record.target else None,
        "extent": record.extent,
        "ground": record.ground,
        "attributions": [
            {"party": words.parties[link.party], "role": link.role, "mode": link.mode}
            for link in record.attributions
        ],
        "anchors": _places(record, words),
        **_value(record, words),
    }


def _value(record: AssertionRecord, words: Vocabulary) -> dict[str, Any]:
    """Return the value's fields under the names that the desk uses."""
    fields = dict(record.value)
    if "state" in fields:
        fields["value_state"] = fields.pop("state")
    if "parties" in fields:
        fields["parties"] = [words.parties[key] for key in fields["parties"]]
        fields["party_mode"] = fields.pop("mode")
    return fields


def _places(record: AssertionRecord, words: Vocabulary) -> list[dict[str, Any]]:
    spans = [anchor.span(words.revision.text) for anchor in record.anchors]
    return [{"revision": words.revision, "start": start, "end": end} for start, end in spans]
