"""What a forger with access to the database does, step by step, past the workflow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Group, User
from django.db import connection, models

from claims.domain.documents import read_document, seal
from claims.models import (
    ApiKey,
    ArticleRevision,
    Assertion,
    Claim,
    ClaimVersion,
    PublicationHead,
    PublishedAnchor,
    PublishedDispute,
    PublishedFigure,
    PublishedSource,
    PublishedSubject,
    ReviewEvent,
)
from tests.audit.forgers_world import World
from tests.audit.rewriting import (
    erase,
    newest_of,
    put,
    put_all,
    recompute,
)

LONG_AGO = dt.datetime(2001, 1, 1, tzinfo=dt.UTC)


type Forgery = Callable[[World], None]


def of_payload(version: ClaimVersion, /, **members: Any) -> dict[str, Any]:
    text, digest = seal({**read_document(version.payload), **members})
    return {"payload": text, "sha256": digest}


def swap_payloads(world: World) -> None:
    one, other = world.version, ClaimVersion.objects.exclude(claim=world.claim)[0]
    put(one, payload=other.payload, sha256=other.sha256)
    put(other, payload=one.payload, sha256=one.sha256)


def remove_newest_version(world: World, *, with_traces: bool) -> None:
    gone = world.newest
    if with_traces:
        at = {"at": gone.published_at, "claim": gone.claim_id}
        erase(ReviewEvent, **at)
        erase(Claim.history.model, id=gone.claim_id, history_date=gone.published_at)
        rows = Claim.history.filter(id=gone.claim_id).order_by("-history_id")
        put(gone.claim, state=rows[0].state, revision=rows[0].revision)
    for model in (PublishedFigure, PublishedSource, PublishedSubject, PublishedDispute):
        if model._default_manager.filter(version=gone).exists():
            erase(model, version=gone)
    erase(ClaimVersion, pk=gone.pk)
    before = ClaimVersion.objects.order_by("-sequence")[0]
    put(PublicationHead.objects.get(), sequence=before.sequence, sha256=before.sha256)


def add_assertion_row(world: World, *, with_history: bool) -> None:
    row, number = world.figure, Assertion.objects.latest("pk").pk + 1
    columns = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    columns |= {"id": number, "point": 1}
    models.QuerySet(Assertion).bulk_create([Assertion(**columns)])
    if with_history:
        first = row.history.order_by("history_id")[0]
        lines = {field.attname: getattr(first, field.attname) for field in first._meta.fields}
        del lines["history_id"]
        type(first).objects.bulk_create([type(first)(**lines | {"id": number, "point": 1})])
        recompute(act_too=False)


def erase_with_history(row: Any) -> None:
    erase(type(row).history.model, id=row.pk)
    erase(type(row), pk=row.pk)


def erase_figure(world: World, *, with_history: bool) -> None:
    row = world.figure
    for link in [*row.attributions.all(), *row.anchors.all()]:
        erase_with_history(link)
    if with_history:
        erase(Assertion.history.model, id=row.pk)
    erase(Assertion, pk=row.pk)


def erase_draft(world: World) -> None:
    for figure in world.draft.assertions.all():
        for link in figure.attributions.all():
            erase_with_history(link)
        erase_with_history(figure)
    erase(ReviewEvent, claim=world.draft)
    erase_with_history(world.draft)


def undo_last_edit(row: Any) -> None:
    erase(type(newest_of(row)), pk=newest_of(row).pk)
    put(row, title=newest_of(row).title)


def swap_events(world: World) -> None:
    one, other = ReviewEvent.objects.filter(claim=world.claim, action="edited").order_by("pk")[:2]
    free = ReviewEvent.objects.latest("pk").pk + 1
    for number, becomes in ((one.pk, free), (other.pk, one.pk), (free, other.pk)):
        models.QuerySet(ReviewEvent).filter(pk=number).update(id=becomes)


def event(world: World, action: str) -> ReviewEvent:
    return ReviewEvent.objects.filter(claim=world.claim, action=action).order_by("pk")[0]


def reset_counter(world: World) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Not setval, which no end of the test would take back.
            cursor.execute("ALTER SEQUENCE claims_claim_id_seq RESTART WITH 1")
        else:
            cursor.execute("UPDATE sqlite_sequence SET seq = 1 WHERE name = 'claims_claim'")


def forge_version(world: World, *, whole: bool) -> None:
    """A publication that never was, approved by a chief who knows nothing of it."""
    claim, was, newest = world.claim, world.version, world.newest
    number = was.number + 1
    fields = {field.attname: getattr(was, field.attname) for field in was._meta.concrete_fields}
    del fields["id"]
    at = newest.published_at + dt.timedelta(seconds=1)
    text = {
        "version": number,
        "sequence": newest.sequence + 1,
        "previous_sha256": newest.sha256,
        "summary": "A lie.",
        "review": {
            "edited_by": was.edited_by.username,
            "approved_by": "chief",
            "published_at": at.isoformat().replace("+00:00", "Z"),
            "reason": "Checked.",
        },
    }
    fields |= {
        "number": number,
        "sequence": newest.sequence + 1,
        "previous_sha256": newest.sha256,
        "published_at": at,
        "summary": "Checked.",
        "approved_by_id": world.other.pk,
        **of_payload(was, **text),
    }
    put(was, is_current=False)
    models.QuerySet(ClaimVersion).bulk_create([ClaimVersion(**fields)])
    made = ClaimVersion.objects.get(sequence=newest.sequence + 1)
    put(PublicationHead.objects.get(), sequence=made.sequence, sha256=made.sha256)
    if not whole:
        return
    for model in (PublishedFigure, PublishedSource, PublishedSubject, PublishedDispute):
        model._default_manager.filter(version=was).update(version=made)
    PublishedAnchor.objects.filter(version=was).update(version=made)
    line = newest_of(claim)
    lines = {field.attname: getattr(line, field.attname) for field in line._meta.fields}
    del lines["history_id"]
    signed = {"history_date": at, "history_user_id": world.other.pk}
    signed["history_change_reason"] = "Checked."
    type(line).objects.bulk_create([type(line)(**lines | signed | {"history_type": "~"})])
    approved = event(world, "approved")
    lines = {field.attname: getattr(approved, field.attname) for field in approved._meta.fields}
    del lines["id"]
    lines |= {"at": at, "actor_id": world.other.pk, "comment": "Checked."}
    lines |= {"revision": claim.revision, "fingerprint": claim.fingerprint}
    models.QuerySet(ReviewEvent).bulk_create([ReviewEvent(**lines)])
    recompute(act_too=False)


def sign_with(history: Any, user: User) -> None:
    put(history, history_user_id=user.pk)
    recompute(act_too=False)


def change_approver(world: World, *, everywhere: bool) -> None:
    version = world.version
    if everywhere:
        at = {"claim": world.claim, "at": version.published_at}
        put(ReviewEvent.objects.get(**at), actor_id=world.other.pk)
        line = Claim.history.get(id=world.claim.pk, history_date=version.published_at)
        put(line, history_user_id=world.other.pk)
        put(version, approved_by_id=world.other.pk)
    review = {**read_document(version.payload)["review"], "approved_by": "chief"}
    put(version, **of_payload(version, review=review))
    recompute(act_too=False)


def change_article_text(world: World, *, hash_too: bool) -> None:
    row = ArticleRevision.objects.get()
    new = {"text": row.text.replace("60", "66")}
    if hash_too:
        new["sha256"] = "0" * 64
    put_all(row, **new)
    recompute(act_too=False)


def move_rationale(world: World) -> None:
    put_all(world.dispute, rationale="Another reason.")
    recompute(act_too=False)


def hide_self_approval(world: World) -> None:
    """The editor who approved had edited, too; now another name stands there."""
    edited = event(world, "edited")
    line = Claim.history.filter(id=world.claim.pk, history_date=edited.at)[0]
    put(edited, actor_id=world.other.pk)
    put(line, history_user_id=world.other.pk, last_edited_by_id=world.other.pk)
    recompute(act_too=False)


def swap_attributions(world: World) -> None:
    _, one, other = world.draft.assertions.get().attributions.order_by("position")
    for link, position in ((one, 9), (other, 1), (one, 2)):
        put_all(link, position=position)
    recompute(act_too=False)


def put_both(row: Any, **values: Any) -> None:
    put_all(row, **values)
    recompute(act_too=False)


def rename(world: World) -> None:
    put(User.objects.get(username="editor"), username="somebody")


def add_key(world: World) -> None:
    key = ApiKey(digest="f" * 128, token_key="f" * 8, user=world.other, reason="Forged.")
    models.QuerySet(ApiKey).bulk_create([key])


def reseal_newest(world: World) -> None:
    put(world.newest, **of_payload(world.newest, licence="forged"))
    put(PublicationHead.objects.get(), sha256=world.newest.sha256)


def reseal_first(world: World) -> None:
    first = ClaimVersion.objects.order_by("sequence")[0]
    put(first, **of_payload(first, licence="forged"))
    recompute(act_too=False)


def group() -> Group:
    return Group.objects.get(name="contributor")
