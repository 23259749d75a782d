"""What must hold after every step of a random life."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import connection
from hypothesis.stateful import invariant

from claims.audit.verification import verify_everything
from claims.choices import UNRESOLVED
from claims.domain.agreement import contention
from claims.domain.document_format import read_claim
from claims.domain.documents import read_document, verify_seal
from claims.domain.earlier_rules import is_earlier
from claims.domain.recheck import misstatements
from claims.domain.recompute import recompute_from_document
from claims.domain.refs import parse_ref
from claims.models import (
    Act,
    ArticleRevision,
    Assertion,
    AssertionParty,
    Attribution,
    Checkpoint,
    Claim,
    ClaimRelation,
    ClaimVersion,
    Dispute,
    DisputeAssertion,
    Measure,
    Party,
    PartyName,
    PublishedArticle,
    QueueEntry,
    ReviewEvent,
    Source,
    SourceRelation,
    SourceTitle,
    Subject,
    SubjectBelligerent,
    SubjectTitle,
)
from claims.workflow.desk import read_desk
from tests.workflow.life import CALLS, World

type Fact = tuple[Any, int, str, Any]  # model, number, column, what readers are told

# Links: their history keeps them when they are removed. Found names and marks are drawn anew.
PASSING = {Attribution, AssertionParty, ClaimRelation, DisputeAssertion, SubjectBelligerent}
PASSING |= {PartyName, SourceTitle, SubjectTitle, QueueEntry}
COLUMNS: dict[Any, tuple[str, ...]] = {
    Claim: ("question", "unit", "population", "as_of", "aggregation", "best_policy"),
    Assertion: ("stance", "point", "low", "high", "edtf", "text", "quote", "locator"),
    Source: ("title", "authors", "url", "reliability", "reliability_note", "withdrawal_note"),
    Subject: ("title", "kind", "place", "when"),
    SourceRelation: ("kind", "evidence", "decision_reason"),
}
DERIVED = (
    *(
        "contention",
        "severity",
        "denied_by",
        "fingerprint",
        "inputs",
        "excluded",
        "range",
        "origins",
    ),
)


class Promises(World):
    """Invariants; each looks at versions once, and at everything else after every step."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Counter[str] = Counter()
        self.told: set[Fact] = set()
        self.looked_at = 0
        self.seen = (0, 0)

    @invariant()
    def every_promise_holds(self) -> None:
        """After each step that wrote something; every writing leaves an act or a checkpoint."""
        CALLS["step", "done"] += 1
        now = (Act.objects.count(), Checkpoint.objects.count())
        if now != self.seen:
            self.seen = now
            self.nobody_publishes_alone()
            self.nobody_approves_an_own_text()
            self.contention_follows_from_the_evidence()
            self.one_unresolved_dispute_of_a_kind()
            self.nothing_is_deleted()
            self.readers_see_approved_versions_only()
            self.readers_see_approved_texts_only()
            connection.check_constraints()
            assert verify_everything().bad == []

    def fresh_versions(self) -> list[ClaimVersion]:
        return list(ClaimVersion.objects.filter(sequence__gt=self.looked_at).order_by("sequence"))

    def nobody_publishes_alone(self) -> None:
        """Every version: sealed, its sums right, and no word of it its approver's own."""
        for version in self.fresh_versions():
            assert verify_seal(version.payload)
            document = read_document(version.payload)
            review = document["review"]
            assert version.is_takedown or review["approved_by"] != review["edited_by"]
            if version.op == "publish":
                self.sums_are_right(version)
                self.words_are_of_others(version, document)
            if version.correction_id is None and not version.is_takedown:
                assert version.approved_by_id not in self.editors_since(version)
            self.looked_at = version.sequence

    @staticmethod
    def sums_are_right(version: ClaimVersion) -> None:
        """All that is derived follows by the rules that the version was sealed under."""
        document = read_claim(version.payload)
        assert list(misstatements(document)) == []
        if not is_earlier(document):
            again = recompute_from_document(document)
            assert {name: document[name] for name in DERIVED} == {
                name: again[name] for name in DERIVED
            }

    def words_are_of_others(self, version: ClaimVersion, document: dict[str, Any]) -> None:
        facts = set(facts_of(document))
        for model, number, name, value in facts - self.told:
            writer = writer_of(model, number, name, value)
            words = f"{model.__name__} {number}: {name} = {value!r} was approved by its writer"
            assert writer != version.approved_by_id, words
        self.told |= facts

    @staticmethod
    def editors_since(version: ClaimVersion) -> set[int | None]:
        """Who edited the claim since the version before, by the log of decisions alone."""
        events = ReviewEvent.objects.filter(claim=version.claim_id, at__lt=version.published_at)
        before = ClaimVersion.objects.filter(claim=version.claim_id, sequence__lt=version.sequence)
        before = before.filter(correction=None).order_by("-sequence")
        if before:
            events = events.filter(at__gt=before[0].published_at)
        return set(events.authoring().values_list("actor_id", flat=True))

    def nobody_approves_an_own_text(self) -> None:
        for row in ArticleRevision.objects.approved():
            assert row.approved_by_id != row.added_by_id

    def contention_follows_from_the_evidence(self) -> None:
        for claim in Claim.objects.active():
            desk = read_desk(claim)
            assert claim.contention == contention(desk.evidence, desk.terms, desk.cases)

    def one_unresolved_dispute_of_a_kind(self) -> None:
        rows = Dispute.objects.filter(state__in=UNRESOLVED).values_list("claim_id", "kind")
        assert len(rows) == len(set(rows))

    def nothing_is_deleted(self) -> None:
        models = [
            model
            for model in apps.get_app_config("claims").get_models()
            if model not in PASSING
            and not model.__name__.startswith("Published")
            and model.__name__ != "BorrowedRow"
        ]
        now = Counter({model.__name__: model._base_manager.count() for model in models})
        assert all(now[name] >= count for name, count in self.rows.items())
        self.rows = now

    def readers_see_approved_versions_only(self) -> None:
        for claim in Claim.objects.filter(state="published"):
            document = read_document(ClaimVersion.objects.public().get(claim=claim).payload)
            assert document["fingerprint"] == claim.fingerprint
            assert document["contention"] == claim.contention

    def readers_see_approved_texts_only(self) -> None:
        """No word of a text, or of an article's data, that nobody approved is public."""
        approved = " ".join(ArticleRevision.objects.approved().values_list("text", flat=True))
        seen = set(re.findall(r"Zq\d+x", approved))
        hidden = {
            word
            for text in ArticleRevision.objects.waiting().values_list("text", flat=True)
            for word in re.findall(r"Zq\d+x", text)
        } - seen
        public = list(ClaimVersion.objects.values_list("payload", flat=True))
        public += [repr(row) for row in PublishedArticle.objects.values_list()]
        assert not [word for word in hidden if any(word in text for text in public)]


def facts_of(document: dict[str, Any]) -> list[Fact]:
    """What the document tells of rows that people wrote."""
    entries = [(Claim, document), (Subject, document["subject"])]
    entries += [(Assertion, one) for one in document["figures"]]
    entries += [(Source, one) for one in document["sources"]]
    entries += [
        (
            SourceRelation,
            {**one, "decision_reason": one["reason"], "evidence": str(one["evidence"])},
        )
        for one in document["source_relations"]
    ]
    facts: list[Fact] = [
        (model, number_of(entry["ref"]), name, entry[name])
        for model, entry in entries
        for name in COLUMNS[model]
    ]
    facts += [(Party, number_of(one["ref"]), "name", one["name"]) for one in parties_of(document)]
    path = document["subject"]["path"]
    facts += [(Subject, number_of(one["ref"]), "title", one["title"]) for one in path]
    measure = document["measure"]
    number = Measure.objects.filter(slug=measure["slug"]).values_list("pk", flat=True).first()
    facts.append((Measure, number or 0, "label", measure["label"]))
    return [fact for fact in facts if fact[3] not in (None, "")]


def parties_of(document: dict[str, Any]) -> list[dict[str, str]]:
    found = list(document["subject"]["belligerents"])
    found += [one["publisher"] for one in document["sources"] if one["publisher"]]
    for figure in document["figures"]:
        found += figure["parties"]
        found += [{"ref": one["party"], "name": one["name"]} for one in figure["attribution"]]
    return found


def number_of(ref: str) -> int:
    return parse_ref(ref, ref[0]) or 0


def writer_of(model: Any, number: int, name: str, value: Any) -> int | None:
    """Who last gave a row this value, by its history; None for the machine or a value of old."""
    writer, before = None, object()
    rows = model.history.filter(id=number).order_by("history_id")
    for now, who in rows.values_list(name, "history_user_id"):
        if now != before and plain(now) == plain(value):
            writer = who
        before = now
    return writer


def plain(value: Any) -> str:
    return str(Decimal(value).normalize()) if isinstance(value, int | Decimal) else str(value)
