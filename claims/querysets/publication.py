"""Reading what is published: the only rows that public doors may touch."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NoReturn

from django.db.models import QuerySet

from claims.choices import UNRESOLVED, Contention, VersionOp
from claims.errors import AppendOnlyError

if TYPE_CHECKING:
    from claims.models import (
        ClaimVersion,
        PublishedDispute,
        PublishedFigure,
        PublishedSource,
    )


class ClaimVersionQuerySet(QuerySet["ClaimVersion"]):
    def delete(self) -> NoReturn:
        raise AppendOnlyError("Versions are never deleted.")

    def current(self) -> ClaimVersionQuerySet:
        """The newest version of each claim, tombstones included."""
        return self.filter(is_current=True)

    def public(self) -> ClaimVersionQuerySet:
        """What lists, counts, search and exports may show: current and not retired."""
        return self.current().filter(op=VersionOp.PUBLISH)

    def disputed(self) -> ClaimVersionQuerySet:
        return self.filter(contention=Contention.DISPUTED)

    def as_known_on(self, moment: dt.datetime) -> ClaimVersionQuerySet:
        """Versions published at or before the moment, newest first."""
        return self.filter(published_at__lte=moment).order_by("-sequence")


class PublishedFigureQuerySet(QuerySet["PublishedFigure"]):
    def disputed(self) -> PublishedFigureQuerySet:
        return self.filter(contention=Contention.DISPUTED)


class PublishedDisputeQuerySet(QuerySet["PublishedDispute"]):
    def unresolved(self) -> PublishedDisputeQuerySet:
        return self.filter(state__in=UNRESOLVED)


class PublishedSourceQuerySet(QuerySet["PublishedSource"]):
    def cited(self) -> PublishedSourceQuerySet:
        """Sources that a current version cites."""
        return self.filter(source__published_figures__isnull=False).distinct()
