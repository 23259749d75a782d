"""Reading what is published: the only rows that public doors may touch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, NoReturn

from django.apps import apps
from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from claims.choices import UNRESOLVED, AssertionStatus, Contention, VersionKeyName, VersionOp
from claims.errors import AppendOnlyError
from claims.querysets.claim import UNFINISHED
from claims.querysets.full_text import FindableQuerySet

if TYPE_CHECKING:
    from claims.models import (
        ClaimVersion,
        PublishedAnchor,
        PublishedDispute,
        VersionKey,
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

    def of_claim(self, number: int) -> ClaimVersionQuerySet:
        return self.filter(claim_id=number)

    def of_claims(self, numbers: Collection[int]) -> ClaimVersionQuerySet:
        return self.filter(claim__in=numbers)

    def numbered(self, *numbers: int) -> ClaimVersionQuerySet:
        return self.filter(number__in=numbers)

    def published_by(self, moment: dt.datetime) -> ClaimVersionQuerySet:
        """Those that were there at a moment, old ones too."""
        return self.filter(published_at__lte=moment)

    def about(self, subject: int) -> ClaimVersionQuerySet:
        return self.filter(subject_id=subject)

    def since(self, sequence: int) -> ClaimVersionQuerySet:
        """Versions published after the one with this sequence, oldest first."""
        return self.filter(sequence__gt=sequence).order_by("sequence")

    def citing(self, source: int) -> ClaimVersionQuerySet:
        return self.filter(figures__source_id=source).distinct()

    def stated_by(self, revision: int) -> ClaimVersionQuerySet:
        """Versions that hold what this article revision says."""
        return self.filter(anchors__revision_id=revision).distinct()

    def with_desk_state(self) -> ClaimVersionQuerySet:
        """With the one thing that readers may know of the desk: whether changes wait there."""
        return self.annotate(is_under_review=Q(claim__state__in=UNFINISHED))

    def with_splits(self) -> ClaimVersionQuerySet:
        """With whether a claim was split off from theirs at any time."""
        keys: Any = apps.get_model("claims", "VersionKey")._default_manager
        number = Cast(OuterRef("claim_id"), CharField())
        found = keys.filter(name=VersionKeyName.SPLIT, value=number)
        return self.annotate(was_split=Exists(found))

    def split_off_from(self, number: int) -> ClaimVersionQuerySet:
        """What readers have of the claims that were split off from this one, oldest first."""
        keys: Any = apps.get_model("claims", "VersionKey")._default_manager
        split = keys.versions_of(VersionKeyName.SPLIT, [str(number)])
        return self.public().filter(pk__in=split).order_by("claim_id")

    def disputed(self) -> ClaimVersionQuerySet:
        return self.filter(contention=Contention.DISPUTED)

    def widest_first(self) -> ClaimVersionQuerySet:
        """Claims with two figures above zero by the ratio of the highest to the lowest."""
        return self.filter(spread__isnull=False).order_by("-spread", "-claim")

    def without_gap(self) -> ClaimVersionQuerySet:
        """Claims whose answers have no ratio (parties, dates, yes or no), newest first."""
        return self.filter(spread__isnull=True).order_by("-claim")

    def corrections(self) -> ClaimVersionQuerySet:
        """Versions that changed what readers had seen before."""
        return self.filter(number__gt=1)

    def for_changes(self) -> ClaimVersionQuerySet:
        """What the list of changes shows of each version; not its document."""
        return self.select_related("approved_by", "edited_by").defer("payload")

    def for_feeds(self) -> ClaimVersionQuerySet:
        """What a feed shows of each version: who approved it and what it says."""
        return self.select_related("approved_by")

    def as_recorded(self, moment: dt.datetime) -> ClaimVersionQuerySet:
        """The version of each claim that was current at the moment, tombstones included."""
        then = self.filter(published_at__lte=moment)
        later = then.filter(claim=OuterRef("claim"), number__gt=OuterRef("number"))
        return then.filter(~Exists(later))


class VersionKeyQuerySet(QuerySet["VersionKey"]):
    def versions_of(self, name: str, values: Iterable[str]) -> Any:
        """The ids of the versions that are found by one of the values, as a subquery."""
        found = self.filter(name=name, value__in=tuple(values))
        return found.order_by().values("version_id")

    def countries(self, versions: ClaimVersionQuerySet) -> Any:
        """Rows of country, ``claims`` and ``subjects`` of these versions, in the order of codes."""
        found = self.filter(name=VersionKeyName.COUNTRY, version__in=versions.order_by())
        counted = found.order_by("value").values("value")
        return counted.annotate(
            claims=Count("version"), subjects=Count("version__subject", distinct=True)
        )


class PublishedClaimQuerySet(FindableQuerySet):
    def in_contention(self, states: Iterable[str]) -> PublishedClaimQuerySet:
        return self.filter(version__contention__in=tuple(states))


class PublishedFigureQuerySet(FindableQuerySet):
    def live(self) -> PublishedFigureQuerySet:
        """Statements that stand: none superseded, withdrawn or rejected."""
        return self.filter(status=AssertionStatus.LIVE)

    def disputed(self) -> PublishedFigureQuerySet:
        return self.filter(contention=Contention.DISPUTED)

    def numbered(self, assertion: int) -> PublishedFigureQuerySet:
        return self.filter(assertion_id=assertion)

    def of_source(self, source: int) -> PublishedFigureQuerySet:
        return self.filter(source_id=source)


class PublishedAnchorQuerySet(QuerySet["PublishedAnchor"]):
    def shown_in(self, revision: int) -> PublishedAnchorQuerySet:
        """Where this article revision says what current versions hold."""
        return self.filter(revision_id=revision, version__is_current=True)


class PublishedDisputeQuerySet(QuerySet["PublishedDispute"]):
    def unresolved(self) -> PublishedDisputeQuerySet:
        return self.filter(state__in=UNRESOLVED)

    def numbered(self, dispute: int) -> PublishedDisputeQuerySet:
        return self.filter(dispute_id=dispute)

    def decided(self) -> PublishedDisputeQuerySet:
        """Disputes that somebody decided, with a public rationale."""
        return self.filter(decided_at__isnull=False)


class PublishedSourceQuerySet(FindableQuerySet):
    def cited(self) -> PublishedSourceQuerySet:
        """Sources that a current version cites."""
        return self.filter(Exists(_figures_of(self).filter(source=OuterRef("source"))))

    def numbered(self, source: int) -> PublishedSourceQuerySet:
        return self.filter(source_id=source)

    def with_figure_counts(self) -> PublishedSourceQuerySet:
        """``figure_count``: how many published statements come from the source."""
        return self.annotate(figure_count=Count("source__published_figures"))


class PublishedSubjectQuerySet(FindableQuerySet):
    def about_public_claims(self) -> PublishedSubjectQuerySet:
        """Subjects of a current version."""
        return self.filter(Exists(_figures_of(self).filter(subject=OuterRef("subject"))))

    def numbered(self, subject: int) -> PublishedSubjectQuerySet:
        return self.filter(subject_id=subject)

    def located(self) -> PublishedSubjectQuerySet:
        """Subjects with coordinates of their own."""
        return self.filter(record__contains='"coordinates":{')

    def below(self, ref: str) -> PublishedSubjectQuerySet:
        """Subjects whose line of parents, as published, holds this one."""
        return self.filter(record__contains=f'{{"ref":"{ref}","title"').exclude(
            record__startswith=f'{{"ref":"{ref}",'
        )


def _figures_of(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The published figures, reached from another index table."""
    version = rows.model._meta.get_field("version").related_model
    figures = version._meta.get_field("figures").related_model
    found: QuerySet[Any] = figures._default_manager.all()
    return found
