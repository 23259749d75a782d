"""Reading the log."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

from claims.domain.merkle import TILE_WIDTH, TilePlace

if TYPE_CHECKING:
    from claims.models import Act, Checkpoint, LogTile


# What accounts, groups, keys and the admin's own log write by their signals.
FOREIGN_VERBS = tuple(
    f"{what}_{noun}"
    for what in ("add", "change", "delete")
    for noun in ("user", "group", "logentry", "apikey")
)


class ActQuerySet(QuerySet["Act"]):
    def of_workflow(self, actor: int) -> ActQuerySet:
        """What an account did by verbs, comments and imports."""
        return self.filter(actor=actor).exclude(verb__in=FOREIGN_VERBS)

    """Acts of the log."""

    def waiting(self) -> Self:
        """Those that have no leaf yet, oldest first."""
        return self.filter(index__isnull=True).order_by("pk")

    def sequenced(self) -> Self:
        """Those that have one, in its order."""
        return self.filter(index__isnull=False).order_by("index")

    def leaves(self, start: int, count: int) -> Self:
        """The acts of so many leaves from this one on."""
        return self.filter(index__gte=start, index__lt=start + count).order_by("index")


class LogTileQuerySet(QuerySet["LogTile"]):
    """Tiles of the tree."""

    def at(self, places: Iterable[TilePlace]) -> dict[TilePlace, bytes]:
        """The hashes of these tiles, in one query."""
        wanted = Q()
        for level, number in places:
            wanted |= Q(level=level, number=number)
        if not wanted:
            return {}
        rows = self.filter(wanted).values_list("level", "number", "hashes")
        return {(level, number): bytes(hashes) for level, number, hashes in rows}

    def prefix(self, level: int, number: int, width: int = TILE_WIDTH) -> bytes | None:
        """The first so many hashes of a tile; None when it has fewer."""
        held = self.at([(level, number)]).get((level, number), b"")
        return held[: width * 32] if len(held) >= width * 32 else None


class CheckpointQuerySet(QuerySet["Checkpoint"]):
    """Checkpoints of the tree."""

    def newest(self) -> Checkpoint | None:
        """The one of the tree as it is."""
        return self.order_by("-size").first()

    def newest_signed(self) -> Checkpoint | None:
        """The newest one with a signature."""
        return self.exclude(note="").order_by("-size").first()
