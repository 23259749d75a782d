"""Following a changed article: each anchor is found again in the new text or listed as orphaned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Max

from claims.choices import AnchorStatus, ClaimState
from claims.domain.anchors import AnchorMatch, QuoteFinder, anchor_for
from claims.domain.revisions import Unchanged
from claims.models import Anchor, ArticleRevision
from claims.workflow.events import moment
from claims.workflow.history import bulk_create_signed, signed_save
from claims.workflow.verbs import verb


@dataclass(frozen=True, slots=True)
class MovedAnchor:
    """Where a statement stood in an earlier text and stands in this one.

    ``then`` is None where the text no longer says it.
    """

    anchor: Anchor
    then: AnchorMatch | None

    @property
    def status(self) -> AnchorStatus:
        return AnchorStatus.ORPHANED if self.then is None else AnchorStatus(self.then.status)


@dataclass(frozen=True, slots=True)
class Followed:
    """How many anchors stand as they stood, how many moved, and which live ones are lost."""

    exact: int
    moved: int
    orphaned: tuple[Anchor, ...]


def noted_at(revisions: Iterable[ArticleRevision], now: dt.datetime) -> dt.datetime:
    """When places in these texts are noted: after the approval of a text, if that came before.

    Who approved a text has seen the places noted before, as their times tell. A clock that is
    behind would say so of others, too. One query, or none without a text.
    """
    rows = ArticleRevision.objects.filter(pk__in={one.pk for one in revisions})
    approved: dt.datetime | None = rows.aggregate(newest=Max("approved_at"))["newest"]
    return now if approved is None else max(now, approved + dt.timedelta(microseconds=1))


def approved_after(revision: ArticleRevision, now: dt.datetime) -> dt.datetime:
    """When a text is approved: not before any of the places that its approver has seen."""
    added = Anchor.history.filter(revision=revision.pk, history_type="+")
    newest: dt.datetime | None = added.aggregate(newest=Max("history_date"))["newest"]
    return now if newest is None else max(now, newest)


@verb("edit_desk")
def follow_anchors(
    *, revision: ArticleRevision, by: User, reason: str, now: dt.datetime | None = None
) -> Followed:
    """Find the anchors of the article's earlier revisions again in this one.

    Exact quotes first, then changed words with every number equal: a changed number is another
    fact. What is not found is marked orphaned where it last stood; what was lost is found again
    in a text that says it again. Following twice adds nothing.
    """
    at = moment(now)
    found: list[Anchor] = []
    orphaned: list[Anchor] = []
    for place in foresee_anchors(revision):
        if place.then is None:
            if place.anchor.status != AnchorStatus.ORPHANED:  # known to be lost already
                orphaned.append(place.anchor)
        else:
            start, end = place.then.start, place.then.end
            found.append(new_anchor(place.anchor, revision, start, end, place.status))
    bulk_create_signed(found, by=by, reason=reason, now=noted_at([revision], at))
    for anchor in orphaned:
        anchor.status = AnchorStatus.ORPHANED
        signed_save(anchor, by=by, reason=reason, now=at)
    exact = sum(anchor.status == AnchorStatus.EXACT for anchor in found)
    lost = tuple(anchor for anchor in orphaned if is_open(anchor))
    return Followed(exact, len(found) - exact, lost)


def foresee_anchors(revision: ArticleRevision) -> list[MovedAnchor]:
    """What following the anchors would find; nothing is written, the text need not be stored."""
    return [MovedAnchor(*one) for one in _followed(revision, _to_follow(revision))]


def new_anchor(
    old: Anchor, revision: ArticleRevision, start: int, end: int, status: AnchorStatus
) -> Anchor:
    """The same statement's place in another revision, not yet stored."""
    exact, prefix, suffix = anchor_for(revision.text, start, end)
    return Anchor(
        assertion=old.assertion,
        revision=revision,
        exact=exact,
        prefix=prefix,
        suffix=suffix,
        start=start,
        end=end,
        status=status,
    )


def _followed(
    revision: ArticleRevision, anchors: list[Anchor]
) -> Iterator[tuple[Anchor, AnchorMatch | None]]:
    """Each anchor with its place in the revision; what stands unchanged comes first.

    What changed is looked for only in what is new, and no two places become one.
    """
    numbers = {anchor.revision_id for anchor in anchors}
    for older in ArticleRevision.objects.filter(pk__in=numbers).order_by("-number"):
        unchanged = Unchanged(older.text, revision.text)
        finder = QuoteFinder(revision.text, unchanged.taken)
        changed: list[Anchor] = []
        owner: dict[tuple[int, int], tuple[int, int]] = {}
        for anchor in (one for one in anchors if one.revision_id == older.pk):
            place = unchanged.place_of(anchor.start, anchor.end)
            if place is None:
                changed.append(anchor)
            else:
                yield anchor, AnchorMatch(*place, "exact")
        for anchor in changed:
            match = finder.find(anchor.exact, anchor.prefix, anchor.suffix, anchor.start)
            own = anchor.start, anchor.end
            if match and owner.setdefault((match.start, match.end), own) != own:
                match = None
            yield anchor, match


def _to_follow(revision: ArticleRevision) -> list[Anchor]:
    """The newest anchor of each statement that has none in this revision yet.

    Statements that were withdrawn or dropped are followed too: what was refused once is known
    in the new text and not proposed again. So are lost ones: a text may say again what an
    earlier one did.
    """
    anchors = Anchor.objects.filter(
        revision__article=revision.article_id, revision__number__lt=revision.number
    )
    if revision.pk is not None:
        anchors = anchors.exclude(assertion__anchors__revision=revision)
    rows = anchors.select_related("assertion__claim").order_by("revision__number", "start", "pk")
    newest: dict[int, int] = {row.assertion_id: row.revision_id for row in rows}
    return [row for row in rows if row.revision_id == newest[row.assertion_id]]


def is_open(anchor: Anchor) -> bool:
    """Whether somebody should look at the loss: the statement counts and its claim is in use."""
    return anchor.assertion.is_live and anchor.assertion.claim.state != ClaimState.RETIRED
