"""Reading claims on the desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.db.models import (
    Case,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce

from claims.choices import UNRESOLVED, ClaimState, Contention, VersionOp
from claims.querysets.literal import literal
from claims.querysets.queue_order import next_in_queue

if TYPE_CHECKING:
    from claims.models import Anchor, Article, Claim


TO_DECIDE = (ClaimState.IN_REVIEW, ClaimState.RETIRING)
UNFINISHED = (ClaimState.DRAFT, ClaimState.CHANGES_REQUESTED, *TO_DECIDE)


class ClaimQuerySet(QuerySet["Claim"]):
    def active(self) -> ClaimQuerySet:
        return self.exclude(state=ClaimState.RETIRED)

    def in_review(self) -> ClaimQuerySet:
        """Claims that wait for somebody to approve them, or their retirement."""
        return self.filter(state__in=TO_DECIDE)

    def oldest(self, most: int) -> ClaimQuerySet:
        """As many of those that were edited longest ago."""
        return self.filter(
            pk__in=list(self.order_by("edited_at").values_list("pk", flat=True)[:most])
        )

    def reviewable_by(self, user: User) -> ClaimQuerySet:
        """Claims in review of which this person wrote nothing since the last approval."""
        mine = self._entries().filter(claim=OuterRef("pk"), account=user)
        return self.in_review().exclude(last_edited_by=user).filter(~Exists(mine))

    def next_after(self, number: int) -> int | None:
        """The number of the one that follows this one in the order of the queue."""
        return next_in_queue(self, number)

    def returned_to(self, user: User) -> ClaimQuerySet:
        """Returned claims of which this person wrote something, whoever edited them last.

        What nobody wrote, such as a total of which a part was published, is its last editor's.
        """
        return self.filter(
            queue_entries__account=user, queue_entries__state=ClaimState.CHANGES_REQUESTED
        )

    def assigned_to(self, user: User) -> ClaimQuerySet:
        """Claims that this person looks after, published ones too."""
        return self.active().filter(assignee=user)

    def authored_by(self, user: User) -> ClaimQuerySet:
        """Claims of which this person wrote or decided something, ever."""
        return self.filter(pk__in=self._events().authoring().filter(actor=user).values("claim"))

    def published(self) -> ClaimQuerySet:
        """Claims that readers have a version of."""
        return self.filter(versions__is_current=True, versions__op=VersionOp.PUBLISH)

    def found_in(self, article: Article) -> ClaimQuerySet:
        """Claims with a statement that has a place in a text of this article."""
        there = self._anchors().filter(revision__article=article)
        return self.filter(pk__in=there.order_by().values("assertion__claim"))

    def citing_source(self, number: int) -> ClaimQuerySet:
        """Those with a statement that counts and cites this source."""
        return self._with_figure(source=number)

    def naming_party(self, number: int) -> ClaimQuerySet:
        """Those where a statement that counts is said by this party, or answers with it."""
        return self.filter(
            Exists(self._figures(attributions__party=number))
            | Exists(self._figures(party_links__party=number))
            | Exists(self._figures(source__publisher=number))
        )

    def about_subject(self, number: int) -> ClaimQuerySet:
        """Those about this subject itself."""
        return self.filter(subject=number)

    def asking_measure(self, number: int) -> ClaimQuerySet:
        """Those that ask for this measure."""
        return self.filter(measure=number)

    def _with_figure(self, **wanted: int) -> ClaimQuerySet:
        return self.filter(Exists(self._figures(**wanted)))

    def _figures(self, **wanted: int) -> Any:
        figures: Any = self.model._meta.get_field("assertions").related_model
        return figures.objects.live().filter(claim=OuterRef("pk"), **wanted)

    def anchored_by(self, anchors: QuerySet[Anchor]) -> ClaimQuerySet:
        """Those with a statement at one of these places."""
        return self.filter(pk__in=anchors.order_by().values("assertion__claim"))

    def written_by_others(self, user: User) -> ClaimQuerySet:
        """Unfinished claims of which this person wrote nothing since the last approval."""
        return self.unfinished().order_by("-pk")._unwritten_by(user)

    def _unwritten_by(self, user: User) -> ClaimQuerySet:
        """As the log of decisions tells; the last editor counts even where it tells of nobody."""
        rows = self.exclude(last_edited_by=user).alias(by_me=self._first_unapproved(user))
        return rows.filter(by_me=None)

    def _first_unapproved(self, user: User) -> Subquery:
        """Some event in which this person wrote of a claim since its last approval."""
        return _first(self._events().unapproved().filter(claim=OuterRef("pk"), actor=user))

    def _anchors(self) -> Any:
        """Places of statements in texts."""
        figures: Any = self.model._meta.get_field("assertions").related_model
        return figures._meta.get_field("anchors").related_model.objects.all()

    def _entries(self) -> Any:
        """What the queue knows of claims that wait."""
        entries: Any = self.model._meta.get_field("queue_entries").related_model
        return entries._default_manager.order_by()

    def _events(self) -> Any:
        events: Any = self.model._meta.get_field("events").related_model
        return events.objects.order_by()

    def with_open_dispute(self) -> ClaimQuerySet:
        disputes: Any = self.model._meta.get_field("disputes").related_model
        unresolved = disputes.objects.filter(claim=OuterRef("pk"), state__in=UNRESOLVED)
        return self.active().filter(Exists(unresolved.order_by()))

    def waiting_since(self, moment: dt.datetime) -> ClaimQuerySet:
        """Claims in review, or returned, whose ``since`` is before the moment."""
        states = (*TO_DECIDE, ClaimState.CHANGES_REQUESTED)
        old = self._entries().filter(state__in=states, since__lt=moment)
        return self.filter(pk__in=old.values("claim"))

    def times_since(self) -> dict[int, dt.datetime]:
        """The ``since`` of each claim by number: when it was submitted last.

        Of one that was not submitted, or that is not in review, it is the time of its last change.
        """
        rows = self.annotate(since=self._since()).order_by()
        return dict(rows.values_list("pk", "since"))

    def _since(self) -> Case:
        brought = self._events().bringing_before_reviewers().filter(claim=OuterRef("pk"))
        submitted = Subquery(brought.order_by("-pk").values("at")[:1])
        waits = When(state__in=TO_DECIDE, then=Coalesce(submitted, F("edited_at")))
        return Case(waits, default=F("edited_at"))

    def imported(self) -> ClaimQuerySet:
        """Drafts found in an article that were never published."""
        drafts = self.filter(state=ClaimState.DRAFT)
        versions: Any = self.model._meta.get_field("versions").related_model
        published = versions.objects.filter(claim=OuterRef("pk")).order_by()
        found = self._anchors().filter(assertion__claim=OuterRef("pk")).order_by()
        rows = drafts.alias(published=_first(published), found=_first(found)).order_by("-pk")
        return rows.filter(published=None, found__isnull=False)

    def found_by(self, which: Q) -> ClaimQuerySet:
        """The active claims that a condition over their statements finds, each once."""
        return self.active().filter(which).distinct()

    def unfinished(self) -> ClaimQuerySet:
        """Those that readers have not as they stand: drafts, returned ones, those in review.

        An index has them by number, so that who wants some walks from the newest on.
        """
        return self.filter(state__in=[*map(literal, UNFINISHED)])

    def held_by(self, own: Collection[int], which: Q) -> ClaimQuerySet:
        """Those of the claims that have these numbers or that the condition finds, each once."""
        more = self.filter(which).order_by().values("pk")
        return self.filter(Q(pk__in=own) | Q(pk__in=more))

    def with_takedown_to_confirm(self) -> ClaimQuerySet:
        """Claims that one person took from readers and nobody confirmed yet."""
        retired = self.filter(state=ClaimState.RETIRED)
        return retired.filter(versions__is_current=True, versions__is_takedown=True)

    def disputed(self) -> ClaimQuerySet:
        return self.filter(contention=Contention.DISPUTED)

    def for_evidence(self) -> ClaimQuerySet:
        """Claims with everything that contention and the public document are built from."""
        return self.select_related("subject", "measure", "last_edited_by")


def _first(rows: Any) -> Subquery:
    """Some of these rows, asked of claim by claim.

    Of what exists, or is among others, PostgreSQL may read all that there is.
    """
    return Subquery(rows.values("pk")[:1])
