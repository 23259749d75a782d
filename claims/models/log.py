"""The log: every signed act, the tree over their leaves, and its signed checkpoints."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.domain.acts import ActHeader, leaf_entry
from claims.querysets.log import ActQuerySet, CheckpointQuerySet, LogTileQuerySet


class Act(models.Model):
    """One signed act: a call of a verb, an imported page, a change of an account.

    ``digest`` covers every row that it wrote. ``index`` is the number of its leaf, given by the
    sequencer; nothing else of the row ever changes. ``published`` names the versions it sealed.
    """

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="acts"
    )
    verb = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    nonce = models.CharField(max_length=32)
    published = models.JSONField(default=list)
    rows = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    index = models.PositiveBigIntegerField(null=True)

    objects = ActQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(name="act_waiting_idx", fields=["id"], condition=Q(index__isnull=True))
        ]
        constraints = [
            models.UniqueConstraint(name="act_has_one_leaf", fields=["index"]),
            models.CheckConstraint(name="act_has_verb", condition=~Q(verb="")),
        ]

    def __str__(self) -> str:
        return f"{self.verb}, {self.at:%Y-%m-%d %H:%M} UTC"

    @property
    def header(self) -> ActHeader:
        """What its digest covers besides the rows."""
        return ActHeader(
            id=self.id.hex,
            at=self.at,
            actor=self.actor_id,
            verb=self.verb,
            reason=self.reason,
            nonce=self.nonce,
            published=self.published,
            rows=self.rows,
        )

    @property
    def entry(self) -> bytes:
        """Its leaf, as everybody may read it."""
        return leaf_entry(self.digest, self.at, self.published)


class ActRow(models.Model):
    """The state that an act left a row in whose table has no history of ours.

    ``digest`` is chained to the one before of the same row; a row that is gone says so.
    """

    act = models.UUIDField()
    table = models.CharField(max_length=80)
    key = models.CharField(max_length=128)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    is_gone = models.BooleanField(default=False)

    objects = models.Manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(name="actrow_row_idx", fields=["table", "key", "id"])]
        constraints = [
            models.UniqueConstraint(
                name="actrow_once_per_act_and_row", fields=["act", "table", "key"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"


class LogTile(models.Model):
    """Up to 256 hashes of one level of the tree, 32 bytes each; a full tile never changes."""

    level = models.PositiveSmallIntegerField()
    number = models.PositiveBigIntegerField()
    hashes = models.BinaryField()

    objects = LogTileQuerySet.as_manager()

    class Meta:
        ordering = ["level", "number"]
        constraints = [
            models.UniqueConstraint(name="logtile_place_is_unique", fields=["level", "number"])
        ]

    def __str__(self) -> str:
        return f"tile {self.level}/{self.number}"


class Checkpoint(models.Model):
    """The tree when it had ``size`` leaves: its root (hex), and the signed note, '' without key."""

    size = models.PositiveBigIntegerField(primary_key=True)
    root = models.CharField(max_length=64)
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    objects = CheckpointQuerySet.as_manager()

    class Meta:
        ordering = ["size"]

    def __str__(self) -> str:
        return f"checkpoint of {self.size} leaves"
