"""What changed on the desk since a claim was last published, for a page of the queue at once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from claims.admin.change_flags import flags_of
from claims.admin.change_lines import PublicDocument, lines_between, one_line
from claims.admin.oddities import odd_flags
from claims.choices import ClaimState
from claims.domain.document_format import read_version
from claims.models import Anchor, Assertion, Claim, ClaimVersion, Comment
from claims.workflow.desk import unit_of
from claims.workflow.document_parts import words_of
from claims.workflow.proposed import LogStanding, Proposed, read_proposed, standings_of

SHOWN: Final = 4


@dataclass(slots=True)
class QueueRow:
    """What the queue tells of one claim besides its question.

    ``changes`` are all lines, ``shown`` how many of them a row has room for; ``since`` is when
    the claim came before the reviewers, or was changed last; ``witness`` is of what is told.
    """

    since: dt.datetime
    changes: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    says: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    mine: bool = False
    returned: str = ""
    witness: str = ""

    def told(self, shown: int = SHOWN) -> list[str]:
        """The first lines, and how many more there are."""
        return _first(self.changes, shown)


def queue_rows(
    claims: Iterable[Claim], user: Any, *, together: bool = False
) -> dict[int, QueueRow]:
    """The rows by claim number, in a fixed number of queries whatever the page's length.

    Rows to approve ``together`` come in the order in which to approve them, parts before their
    totals; what somebody changed is never approved by the same person, so nothing rests on it.
    """
    page = list(claims)
    numbers = [claim.pk for claim in page]
    standings = standings_of(numbers)
    mine = {one.pk for one in page if user.pk in _writers(one, standings[one.pk])}
    proposed = read_proposed(page, standings, together=set(numbers) - mine if together else ())
    figures = {number: one.assertions for number, one in proposed.items()}
    published = _published(numbers)
    notes = _notes(numbers)
    since = Claim.objects.filter(pk__in=numbers).times_since()
    odd = odd_flags(page, figures)
    flags = flags_of(proposed.values(), published, figures)
    lost = lost_places(numbers)
    return {
        number: QueueRow(
            changes=_changes(one, published.get(number)),
            flags=flags[number] + odd[number] + _lost_flags(number, lost),
            says=_says(figures[number], unit_of(one.claim)),
            notes=notes[number],
            mine=number in mine,
            returned=_returned(one.claim, standings[number]),
            since=since[number],
            witness=one.witness,
        )
        for number, one in proposed.items()
    }


def _writers(claim: Claim, standing: LogStanding) -> set[int]:
    """Who may not approve the claim, as far as the log of decisions tells."""
    return {*standing.authors, claim.last_edited_by_id}


def _returned(claim: Claim, standing: LogStanding) -> str:
    return standing.returned if claim.state == ClaimState.CHANGES_REQUESTED else ""


def _changes(one: Proposed, public: PublicDocument | None) -> list[str]:
    """What readers would find changed; nothing where desk and readers have it retired."""
    if one.claim.state == ClaimState.RETIRED:
        return []
    return lines_between(public, one.document)


def lost_places(numbers: list[int]) -> list[Anchor]:
    """Where statements of these claims last stood that the article no longer holds."""
    lost = Anchor.objects.lost().filter(assertion__claim__in=numbers)
    return list(lost.select_related("assertion", "revision").order_by("pk"))


def _lost_flags(number: int, lost: Collection[Anchor]) -> list[str]:
    return [
        _("%(ref)s “%(words)s” lost in the text")
        % {"ref": anchor.assertion.ref, "words": one_line(anchor.exact)}
        for anchor in lost
        if anchor.assertion.claim_id == number
    ]


def _first(lines: list[str], shown: int) -> list[str]:
    """The first lines, and how many more there are."""
    more = len(lines) - shown
    return [*lines[:shown], _("and %d more") % more] if more > 0 else lines


def _says(figures: list[Assertion], unit: str) -> list[str]:
    """The live answers in words, the first few."""
    words = [words_of(one, unit) or one.get_stance_display() for one in figures if one.is_live]
    return _first(words, SHOWN)


def _notes(numbers: list[int]) -> dict[int, list[str]]:
    """The messages that nobody has dealt with yet."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Comment.objects.filter(claim__in=numbers, resolved_at=None).order_by("pk")
    for claim, body in rows.values_list("claim", "body"):
        found[claim].append(body)
    return found


def _published(numbers: list[int]) -> dict[int, PublicDocument]:
    versions = ClaimVersion.objects.current().filter(claim__in=numbers)
    return {number: read_version(text) for number, text in versions.values_list("claim", "payload")}
