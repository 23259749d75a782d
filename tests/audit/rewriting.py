"""An insider who may write every table, and recomputes every hash that he can."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone

from claims.audit.acts import covered, state_models
from claims.audit.histories import tracked_models
from claims.domain.acts import state_digest
from claims.domain.documents import read_document, seal
from claims.domain.merkle import grow, leaf_hash, span_hash
from claims.domain.notes import Note, TreeHead
from claims.models import Act, ActRow, Checkpoint, ClaimVersion, LogTile, PublicationHead
from claims.models.history import digest_of
from claims.models.states import ordered_key, values_of
from claims.workflow.log_key import LogKey


def erase(model: type[models.Model], **where: Any) -> None:
    """Delete rows past every manager, signal and rule."""
    rows = models.QuerySet(model).filter(**where)
    assert rows.exists(), f"nothing to erase of {model.__name__}"
    rows._raw_delete("default")  # type: ignore[attr-defined]


def put(row: models.Model, **values: Any) -> None:
    """Change a row past every manager, signal and rule, and make sure that it is another now."""
    rows = models.QuerySet(type(row)).filter(pk=row.pk)
    before = rows.values().get()
    rows.update(**values)
    assert rows.values().get() != before


def put_all(row: models.Model, **values: Any) -> None:
    """Change a row and the newest line of its history alike."""
    put(row, **values)
    put(newest_of(row), **values)


def newest_of(row: Any) -> Any:
    """The newest line of a row's history."""
    return row.history.order_by("-history_id").first()


def histories() -> list[Any]:
    return [model.history.model for model in tracked_models()]


def recompute(act_too: bool = True) -> None:
    """Every hash: chains of histories, states, versions, head, acts."""
    for model in histories():
        _rechain(model)
    _reseal_versions()
    _restate()
    if act_too:
        recompute_acts()


def _rechain(history: Any) -> None:
    before: dict[int, str] = {}
    for row in history.objects.order_by("id", "history_id"):
        digest = digest_of(row, before.get(row.id, ""))
        if digest != row.history_digest:
            history.objects.filter(pk=row.pk).update(history_digest=digest)
        before[row.id] = digest


def _reseal_versions() -> None:
    previous = ""
    for version in ClaimVersion.objects.order_by("sequence"):
        document = {**read_document(version.payload), "previous_sha256": previous}
        text, digest = seal(document)
        models.QuerySet(ClaimVersion).filter(pk=version.pk).update(
            payload=text, sha256=digest, previous_sha256=previous
        )
        previous = digest
    newest = ClaimVersion.objects.order_by("-sequence").first()
    PublicationHead.objects.update(sequence=newest.sequence, sha256=previous)


def _restate() -> None:
    """The newest state of each row says what the row says now."""
    for model in state_models():
        for row in model._default_manager.all():
            key = ordered_key(row.pk)
            of_row = ActRow.objects.filter(table=model._meta.db_table, key=key)
            newest = of_row.order_by("-pk").first()
            if newest is not None:
                digest = state_digest(values_of(row), newest.previous)
                ActRow.objects.filter(pk=newest.pk).update(digest=digest)


def recompute_acts() -> None:
    """Each act covers what is there now; one that covers nothing is erased."""
    lines: dict[Any, list[Any]] = {}
    for stream in covered():
        for act, *line in stream:
            lines.setdefault(act, []).append(tuple(line))
    versions: dict[Any, list[Any]] = {}
    for row in ClaimVersion.objects.order_by("sequence"):
        named = {"ref": f"C{row.claim_id}", "version": row.number, "sha256": row.sha256}
        versions.setdefault(row.act, []).append(named)
    for act in Act.objects.all():
        mine = sorted(lines.get(act.pk, ()))
        if not mine:
            erase(Act, pk=act.pk)
            continue
        act.rows, act.published = len(mine), versions.get(act.pk, [])
        Act.objects.filter(pk=act.pk).update(
            rows=act.rows, published=act.published, digest=act.header.digest(mine)
        )


def regrow(key: LogKey | None = None) -> None:
    """Number the acts anew, store their tiles, and give every checkpoint the new root.

    Without a key the notes keep the signatures that they had.
    """
    acts = list(Act.objects.sequenced())
    Act.objects.update(index=None)
    for number, act in enumerate(acts):
        Act.objects.filter(pk=act.pk).update(index=number)
    LogTile.objects.all().delete()
    tiles = grow(0, [leaf_hash(act.entry) for act in acts], {})
    LogTile.objects.bulk_create(
        LogTile(level=level, number=number, hashes=hashes)
        for (level, number), hashes in tiles.items()
    )
    for checkpoint in Checkpoint.objects.order_by("size"):
        size = min(checkpoint.size, len(acts))
        root = span_hash((0, size), tiles)
        note = Note.parse(checkpoint.note)
        text = TreeHead(TreeHead.parse(note.text).origin, size, root).to_text()
        signed = key.sign(text) if key is not None else str(Note(text, note.signatures))
        Checkpoint.objects.filter(pk=checkpoint.pk).delete()
        Checkpoint.objects.update_or_create(
            size=size, defaults={"root": root.hex(), "note": signed, "at": timezone.now()}
        )
