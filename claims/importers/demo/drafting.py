"""From records of the demo to draft claims with their assertions and links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import transaction

from claims.importers.demo.bundle import AssertionRecord, ClaimRecord
from claims.importers.demo.marks import MADE
from claims.importers.demo.vocabulary import Vocabulary
from claims.models import Assertion, Claim
from claims.workflow.assigning import prioritise_claim
from claims.workflow.bulk import draft_claims
from claims.workflow.claims import relate_claims
from claims.workflow.evidence import add_assertion
from claims.workflow.plans import AssertionPlan, ClaimPlan

LOCATOR: Final = "As the article relays it; the work itself has not been located"


@dataclass(frozen=True, slots=True)
class Stage:
    """What the demo has made so far, by key; `claims` grows as it goes on."""

    accounts: dict[str, User]
    words: Vocabulary
    claims: dict[str, Claim]


@transaction.atomic
def draft(records: Sequence[ClaimRecord], author: str, stage: Stage) -> None:
    """Draft the records of one author: all of them or none."""
    plans = [_plan(record, stage.words) for record in records]
    claims = draft_claims(plans=plans, by=stage.accounts[author], reason=MADE)
    stage.claims.update({one.key: claim for one, claim in zip(records, claims, strict=True)})
    for record in records:
        # A denial names what it denies, so that has to be stored before it.
        aimed = tuple(each for each in record.first_assertions if each.target)
        add_answers(record, aimed, author, stage)
        if record.priority:
            _prioritise(record, stage)


def add_answers(
    record: ClaimRecord, answers: Sequence[AssertionRecord], author: str, stage: Stage
) -> None:
    """Add answers to the record's claim one by one, as people do at the desk."""
    claim = stage.claims[record.key]
    for each in answers:
        plan = _answer_plan(each, stage.words)
        add_assertion(
            claim=claim,
            by=stage.accounts[author],
            reason=MADE,
            target=find_answer(claim, record.quote_of(each.target)) if each.target else None,
            attributions=plan.attributions,
            parties=plan.parties,
            anchors=[
                {"revision": plan.revision, "start": start, "end": end}
                for start, end in plan.places
            ],
            **plan.fields,
        )


def find_answer(claim: Claim, quote: str) -> Assertion:
    """Return the claim's oldest answer that was entered with these words."""
    births = Assertion.history.filter(claim_id=claim.pk, history_type="+", quote=quote)
    return Assertion.objects.get(pk=births.earliest("history_id").id)


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


def _prioritise(record: ClaimRecord, stage: Stage) -> None:
    prioritise_claim(
        claim=stage.claims[record.key],
        by=stage.accounts["chief"],
        reason="The article turns on this question",
        priority=record.priority,
    )


def _plan(record: ClaimRecord, words: Vocabulary) -> ClaimPlan:
    """Return the claim with the answers of its first draft that aim at no other answer."""
    return ClaimPlan(
        question=record.question,
        subject=words.subjects[record.subject],
        measure=words.measures[record.measure],
        fields={
            "unit": record.unit,
            "population": record.population,
            "aggregation": record.aggregation,
            "as_of": record.as_of,
            "cardinality": record.cardinality,
        },
        assertions=[
            _answer_plan(each, words) for each in record.first_assertions if not each.target
        ],
    )


def _answer_plan(record: AssertionRecord, words: Vocabulary) -> AssertionPlan:
    source = words.sources[record.source] if record.source else None
    return AssertionPlan(
        fields={
            "source": source,
            "citation_needed": source is None,
            "locator": LOCATOR if source else "",
            "quote": record.anchors[0].exact,
            "quote_language": words.revision.article.language,
            "asserted_on": record.asserted_on,
            "stance": record.stance,
            "extent": record.extent,
            "ground": record.ground,
            **_value(record),
        },
        attributions=[
            {"party": words.parties[link.party], "role": link.role, "mode": link.mode}
            for link in record.attributions
        ],
        parties=[words.parties[key] for key in record.value.get("parties", ())],
        revision=words.revision,
        places=[anchor.span(words.revision.text) for anchor in record.anchors],
    )


def _value(record: AssertionRecord) -> dict[str, Any]:
    """Return the value under the names that the desk uses, parties apart."""
    names = {"state": "value_state", "mode": "party_mode"}
    return {names.get(key, key): part for key, part in record.value.items() if key != "parties"}
