"""Test objects made the legal way: through workflow verbs, so that none is impossible."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import Group, User

from claims.models import (
    ArticleRevision,
    Assertion,
    Claim,
    ClaimVersion,
    Measure,
    Party,
    Source,
    SourceRelation,
    Subject,
)
from claims.workflow.acts import act
from claims.workflow.api_keys import make_key
from claims.workflow.articles import add_article
from claims.workflow.claims import draft_claim
from claims.workflow.evidence import add_assertion
from claims.workflow.measures import add_measure
from claims.workflow.parties import add_party
from claims.workflow.relations import confirm_relation, propose_relation
from claims.workflow.retiring import retire_claim
from claims.workflow.review import approve_claim, submit_claim
from claims.workflow.sources import add_source
from claims.workflow.subjects import add_subject
from claims.workflow.texts import approve_revision
from tests.accounts import as_stored

_numbers = itertools.count(1)
PASSWORD = "correct horse battery staple"


def account(group: str, username: str = "") -> User:
    """The account of this name in this group, made when it is not there yet; always as stored."""
    return as_stored(username or group, lambda name: _stored_account(name, group))


def _stored_account(name: str, group: str) -> User:
    user = User.objects.filter(username=name).first()
    if user is None:
        with act("add_account", by=None, reason="An account of the tests."):
            user = User.objects.create_user(name, password=PASSWORD, is_staff=True)
            user.groups.add(Group.objects.get(name=group))
        return User.objects.get(pk=user.pk)
    return user


def contributor() -> User:
    return account("contributor")


def editor() -> User:
    return account("editor")


def second_editor() -> User:
    return account("editor", "second_editor")


def chief() -> User:
    return account("chief")


def api_key(owner: User, scope: str = "read") -> str:
    """A new key of the account, itself."""
    return make_key(owner=owner, by=None, reason="A program of mine.", scope=scope)[1]


def party(name: str = "", kind: str = "person", **fields: Any) -> Party:
    name = name or f"Speaker {next(_numbers)}"
    return add_party(by=contributor(), reason="Needed.", name=name, kind=kind, **fields)


def source(title: str = "", **fields: Any) -> Source:
    title = title or f"Report {next(_numbers)}"
    fields = {"csl_type": "report", "url_status": "none", **fields}
    return add_source(by=contributor(), reason="Needed.", title=title, **fields)


def subject(title: str = "", **fields: Any) -> Subject:
    title = title or f"Event {next(_numbers)}"
    fields = {"kind": "event", **fields}
    return add_subject(by=contributor(), reason="Needed.", title=title, **fields)


def measure(value_kind: str = "quantity", slug: str = "", **fields: Any) -> Measure:
    slug = slug or f"{value_kind}-measured"
    found = Measure.objects.filter(slug=slug).first()
    if found is not None:
        return found
    fields = {"label": slug.replace("-", " "), "value_kind": value_kind, **fields}
    return add_measure(by=contributor(), reason="Needed.", slug=slug, **fields)


def claim(value_kind: str = "quantity", *, by: User | None = None, **fields: Any) -> Claim:
    """A draft without evidence."""
    number = next(_numbers)
    if value_kind == "money":
        fields = {"unit": "USD", **fields}
    fields = {
        "question": f"How many were there at event {number}?",
        "subject": fields.pop("subject", None) or subject(),
        "measure": fields.pop("measure", None) or measure(value_kind),
        **fields,
    }
    return draft_claim(by=by or contributor(), reason="A question.", **fields)


def figure(
    of: Claim, point: int | str | None = None, *, speaker: Party | None = None, **fields: Any
) -> Assertion:
    """One source's answer, by default from a speaker and a source of its own."""
    by = fields.pop("by", None) or contributor()
    if point is not None:
        fields["point"] = Decimal(point)
    if not fields.get("citation_needed") and "source" not in fields:
        fields["source"] = source()
    if "attributions" not in fields and not fields.get("citation_needed"):
        named = speaker or party()
        fields["attributions"] = [{"party": named, "role": "speaker", "mode": "said"}]
    return add_assertion(claim=of, by=by, reason="As reported.", **fields)


def submitted_claim(*points: int, **fields: Any) -> Claim:
    """A claim in review with one figure a point, each from an origin of its own."""
    draft = claim(**fields)
    for point in points or (97,):
        figure(draft, point)
    return submit_claim(claim=draft, by=contributor(), reason="Ready.")


def published_claim(*points: int, **fields: Any) -> ClaimVersion:
    """A claim that the editor approved."""
    return approve(submitted_claim(*points, **fields))


def relation(from_source: Source, to_source: Source | None, **fields: Any) -> SourceRelation:
    """A relation between two sources that the chief confirmed, unless told otherwise."""
    by, confirmed = fields.pop("by", None) or chief(), fields.pop("confirmed", True)
    fields = {"kind": "relays", "words": "It names it as its source.", **fields}
    proposed = propose_relation(
        from_source=from_source,
        to_source=to_source,
        by=contributor(),
        reason="Read in it.",
        **fields,
    )
    if not confirmed:
        return proposed
    return confirm_relation(relation=proposed, by=by, reason="It says so itself.")


def approve(claim: Claim, by: User | None = None) -> ClaimVersion:
    """Submit when needed, then approve what stands there now."""
    fresh = Claim.objects.get(pk=claim.pk)
    if fresh.state in ("draft", "changes_requested"):
        fresh = submit_claim(claim=fresh, by=contributor(), reason="Ready.")
    return approve_claim(claim=fresh, by=by or editor(), reason="Checked.")


def retire(claim: Claim, reason: str = "Asked twice.") -> ClaimVersion:
    """Take a published claim out of use: the chief proposes it, the second editor approves."""
    proposed = retire_claim(claim=Claim.objects.get(pk=claim.pk), by=chief(), reason=reason)
    return approve_claim(claim=proposed, by=second_editor(), reason="Indeed.")


def article(title: str = "", text: str = "", *, approved: bool = True) -> ArticleRevision:
    """An article revision, approved by the editor unless told otherwise."""
    title = title or f"Article {next(_numbers)}"
    text = text or f"= {title} =\n\nAbout 60 people were killed, others said 97.\n"
    revision = add_article(by=contributor(), reason="New text.", title=title, text=text)
    if not approved or revision.approved_at:
        return revision
    return approve_revision(revision=revision, by=editor(), reason="Read.")
