"""Which source rests on which: proposed by anybody, decided by a person, counted from then on."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q

from claims.choices import (
    AttributionRole,
    RelationSignal,
    ReviewAction,
    SourceRelationKind,
    SourceRelationState,
)
from claims.domain.documents import dump_document
from claims.domain.refs import SOURCE, format_ref
from claims.domain.resting import reaches
from claims.errors import DuplicateError, InvalidValueError, StaleRevisionError
from claims.models import (
    Article,
    ArticleRevision,
    Assertion,
    Attribution,
    Claim,
    Party,
    Source,
    SourceRelation,
)
from claims.workflow.changes import record_decision
from claims.workflow.desk import rests_of
from claims.workflow.events import moment
from claims.workflow.history import signed_save
from claims.workflow.importing import lock_names
from claims.workflow.locking import lock_with_totals
from claims.workflow.text import refuse_unstorable
from claims.workflow.transitions import relation_state_after
from claims.workflow.verbs import verb


@verb("edit_desk")
def propose_relation(
    *,
    from_source: Source,
    kind: str,
    words: str,
    by: User,
    reason: str,
    to_source: Source | None = None,
    to_article: Article | None = None,
    claim: Claim | None = None,
    now: dt.datetime | None = None,
) -> SourceRelation:
    """Say that a source has what it says from another source, or from an article.

    ``words`` say what speaks for it; they become public when it is confirmed. Without ``claim``
    it is about the whole source. It counts once somebody confirms it.
    """
    text = refuse_unstorable(words.strip(), "words")
    if not text:
        raise InvalidValueError("words: say what speaks for it; it is published.", field="words")
    row = SourceRelation(
        from_source=from_source,
        to_source=to_source,
        to_article=to_article,
        claim=claim,
        kind=kind,
        evidence=[{"signal": str(RelationSignal.SEEN), "words": text}],
        proposed_by=by,
    )
    return store_proposal(row, by=by, reason=reason, now=moment(now))


def store_proposal(
    row: SourceRelation, *, by: User | None, reason: str, now: dt.datetime
) -> SourceRelation:
    """Check and store a new proposal; ``by`` is None for the machine."""
    _check_ends(row)
    _refuse_second(row)
    row.proposed_at = now
    return signed_save(row, by=by, reason=reason, now=now)


@verb("review_claim")
def confirm_relation(
    *,
    relation: SourceRelation,
    by: User,
    reason: str,
    witness: str | None = None,
    now: dt.datetime | None = None,
) -> SourceRelation:
    """Let origins be counted along a relation; the reason becomes public with it.

    Published claims that it concerns go before the reviewers, and readers keep the count that
    they have until somebody else approves.
    """
    claims, row = _locked(relation)
    _refuse_unseen(row, witness)
    state = relation_state_after("confirm", row.state)
    _refuse_circle(row)
    _refuse_unseen_article(row)
    at = moment(now)
    _decide(row, state, by=by, reason=reason, now=at)
    action = ReviewAction.RELATION_CONFIRMED
    record_decision(claims.values(), action, by=by, reason=reason, now=at)
    return row


@verb("review_claim")
def reject_relation(
    *,
    relation: SourceRelation,
    by: User,
    reason: str,
    final: bool = False,
    witness: str | None = None,
    now: dt.datetime | None = None,
) -> SourceRelation:
    """Turn a proposal down; ``final``: the machine never proposes these two again, in no claim."""
    row = SourceRelation.objects.select_for_update().get(pk=relation.pk)
    _refuse_unseen(row, witness)
    state = relation_state_after("reject", row.state)
    row.final = final
    return _decide(row, state, by=by, reason=reason, now=moment(now))


@verb("review_claim")
def withdraw_relation(
    *,
    relation: SourceRelation,
    by: User,
    reason: str,
    witness: str | None = None,
    now: dt.datetime | None = None,
) -> SourceRelation:
    """Take a confirmed relation out of the reckoning; published claims go back to review."""
    claims, row = _locked(relation)
    _refuse_unseen(row, witness)
    state = relation_state_after("withdraw", row.state)
    at = moment(now)
    _decide(row, state, by=by, reason=reason, now=at)
    action = ReviewAction.RELATION_WITHDRAWN
    record_decision(claims.values(), action, by=by, reason=reason, now=at)
    return row


def relation_witness(relation: SourceRelation) -> str:
    """SHA-256 (hex) of a relation as it is stored now: what a decision on it names."""
    row = SourceRelation.objects.get(pk=relation.pk)
    named = {
        "ref": row.ref,
        "kind": row.kind,
        "from": row.from_source_id,
        "to": row.to_ref,
        "claim": row.claim_id,
        "state": row.state,
        "evidence": row.evidence,
    }
    return hashlib.sha256(dump_document(named).encode()).hexdigest()


def claims_concerned(relation: SourceRelation) -> Any:
    """The active claims that show the relation once it is confirmed."""
    sources = SourceRelation.objects.confirmed().below(relation.from_source_id)
    claims = Claim.objects.active().filter(assertions__source__in=sources)
    return claims if relation.claim_id is None else claims.filter(pk=relation.claim_id)


def claims_told_by(party: Party) -> Any:
    """The active claims in which it matters to a relation whether the party has a name."""
    confirmed = SourceRelation.objects.confirmed()
    sources = Q(source__in=confirmed.values("from_source"))
    sources |= Q(source__in=confirmed.filter(to_source__isnull=False).values("to_source"))
    said = Attribution.objects.filter(party=party, role=AttributionRole.SPEAKER)
    rows = Assertion.objects.filter(sources, pk__in=said.order_by().values("assertion"))
    return Claim.objects.active().filter(pk__in=rows.order_by().values("claim"))


def _refuse_unseen(row: SourceRelation, witness: str | None) -> None:
    if witness is not None and witness != relation_witness(row):
        raise StaleRevisionError(f"{row.ref} changed since you read it; read it again.")


def _check_ends(row: SourceRelation) -> None:
    if (row.to_source is None) == (row.to_article is None):
        raise InvalidValueError(
            "to_source: name the source that it rests on, or the article.", field="to_source"
        )
    if row.to_source_id == row.from_source_id:
        raise InvalidValueError("to_source: a source cannot rest on itself.", field="to_source")
    if row.kind not in SourceRelationKind.values:
        known = ", ".join(SourceRelationKind.values)
        raise InvalidValueError(f"kind: choose one of {known}.", field="kind")
    if row.claim is not None and not claims_concerned(row).exists():
        raise InvalidValueError(
            f"claim: nothing in {row.claim.ref} cites {row.from_source.ref}.", field="claim"
        )


def _refuse_second(row: SourceRelation) -> None:
    """One relation a pair and scope; what was turned down or withdrawn may be proposed again."""
    states = [SourceRelationState.PROPOSED, SourceRelationState.CONFIRMED]
    found = SourceRelation.objects.filter(
        from_source=row.from_source,
        to_source=row.to_source,
        to_article=row.to_article,
        claim=row.claim,
        state__in=states,
    ).first()
    if found is not None:
        raise DuplicateError(
            f"{found.ref} says so already; it is {found.get_state_display()}.", field="to_source"
        )


def _locked(relation: SourceRelation) -> tuple[dict[int, Claim], SourceRelation]:
    """One decision on relations at a time; the claims concerned before the sources."""
    lock_names("relation", ["decided"])
    claims = lock_with_totals(claims_concerned(relation).values_list("pk", flat=True))
    ends = [relation.from_source_id, relation.to_source_id or 0]
    list(Source.objects.filter(pk__in=ends).order_by("pk").select_for_update())
    return claims, SourceRelation.objects.select_for_update().get(pk=relation.pk)


def _refuse_circle(row: SourceRelation) -> None:
    """Nothing rests on itself, however long the chain: in no claim, with all that counts there."""
    if row.to_source_id is None or not row.merges:
        return
    start, goal = row.to_ref, format_ref(SOURCE, row.from_source_id)
    for confirmed in _by_scope(row):
        if reaches(start, goal, rests_of(confirmed)):
            raise InvalidValueError(
                f"{start} rests on {goal} itself, as far as was confirmed; they would rest on "
                "each other.",
                field="to_source",
            )


def _by_scope(row: SourceRelation) -> Iterator[Sequence[SourceRelation]]:
    """What its end rests on, by the claim in which all of it counts beside this relation."""
    above = SourceRelation.objects.confirmed().above([row.to_source_id or 0])
    claims = {one.claim_id for one in above} if row.claim_id is None else {row.claim_id}
    for claim in {*claims, row.claim_id}:
        yield [one for one in above if one.claim_id in (None, claim)]


def _refuse_unseen_article(row: SourceRelation) -> None:
    """Readers are told which article it is, so that they must know of it."""
    if row.to_article is None:
        return
    if not ArticleRevision.objects.approved().filter(article=row.to_article).exists():
        raise InvalidValueError(
            f"to_article: no text of {row.to_article.ref} is approved; readers would learn of it.",
            field="to_article",
        )


def _decide(
    row: SourceRelation, state: str, *, by: User, reason: str, now: dt.datetime
) -> SourceRelation:
    row.state, row.decision_reason = state, reason
    row.decided_by, row.decided_at = by, now
    return signed_save(row, by=by, reason=reason, now=now)
