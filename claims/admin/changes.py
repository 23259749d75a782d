"""What changed on the desk since a claim was last published, for a page of the queue at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from claims.admin.oddities import odd_flags
from claims.choices import AUTHORING_ACTIONS, Contention, ReviewAction, Stance
from claims.domain.document_format import read_version
from claims.domain.published import ClaimDocument, Tombstone
from claims.domain.published_figures import FigureEntry
from claims.models import Anchor, Assertion, Claim, ClaimVersion, Comment, ReviewEvent
from claims.workflow.document_parts import words_of

type Published = ClaimDocument | Tombstone
SHOWN = 4
LONGEST = 40  # characters of a quote


@dataclass(slots=True)
class QueueRow:
    """What the queue tells of one claim besides its question."""

    changes: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    says: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    mine: bool = False


def queue_rows(claims: Iterable[Claim], user: Any) -> dict[int, QueueRow]:
    """The rows by claim number, in a fixed number of queries whatever the page's length."""
    page = list(claims)
    numbers = [claim.pk for claim in page]
    figures = _figures(numbers)
    papers = _papers(numbers)
    authors = _authors(numbers)
    notes = _notes(numbers)
    rows = {
        claim.pk: _row(claim, figures[claim.pk], papers.get(claim.pk), authors[claim.pk], user)
        for claim in page
    }
    odd = odd_flags(page, figures)
    for number, row in rows.items():
        row.notes = notes[number]
        row.flags += odd[number]
    for anchor in lost_places(numbers):
        rows[anchor.assertion.claim_id].flags.append(
            f"{anchor.assertion.ref} “{shortened(anchor.exact)}” lost in the text"
        )
    return rows


def lost_places(numbers: list[int]) -> list[Anchor]:
    """Where statements of these claims last stood that the article no longer holds."""
    lost = Anchor.objects.lost().filter(assertion__claim__in=numbers)
    return list(lost.select_related("assertion", "revision").order_by("pk"))


def shortened(words: str) -> str:
    """The words in one line, at most LONGEST characters."""
    line = " ".join(words.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _row(
    claim: Claim,
    figures: list[Assertion],
    paper: Published | None,
    authors: set[int],
    user: Any,
) -> QueueRow:
    changes = _changes(claim, figures, paper)
    shown, more = changes[:SHOWN], len(changes) - SHOWN
    return QueueRow(
        changes=[*shown, f"and {more} more"] if more > 0 else shown,
        flags=_flags(claim, figures, paper),
        says=_says(figures),
        mine=user.pk in {*authors, claim.last_edited_by_id},
    )


def _changes(claim: Claim, figures: list[Assertion], paper: Published | None) -> list[str]:
    """Lines such as "F2 97 → 82"."""
    if paper is None:
        live = sum(figure.is_live for figure in figures)
        return [f"never published; {live} statement{'' if live == 1 else 's'}"]
    before = _entries(paper)
    lines = [] if paper["question"] == claim.question else ["question reworded"]
    for figure in figures:
        line = _change(figure, before.get(figure.ref))
        if line:
            lines.append(line)
    return lines


def _entries(paper: Published) -> dict[str, FigureEntry]:
    """What readers have of each statement; nothing of a retired claim."""
    if paper["status"] == "retired":
        return {}
    return {entry["ref"]: entry for entry in paper["figures"]}


def _change(figure: Assertion, was: FigureEntry | None) -> str:
    words = words_of(figure) or figure.get_stance_display()
    if was is None:
        return f"{figure.ref} new: {words}" if figure.is_live else ""
    old = was["words"] or was["stance"]
    if was["status"] != figure.status:
        return f"{figure.ref} {old}: {figure.get_status_display()}"
    if old != words or was["stance"] != figure.stance:
        return f"{figure.ref} {old} → {words}"
    return "" if was["quote"] == figure.quote else f"{figure.ref} quote changed"


def _flags(claim: Claim, figures: list[Assertion], paper: Published | None) -> list[str]:
    """What makes a claim worth a second look."""
    live = [figure for figure in figures if figure.is_live]
    flags = {
        f"disputed, {claim.severity}".rstrip(", "): claim.contention == Contention.DISPUTED,
        "denied": any(figure.stance == Stance.DENIES for figure in live),
        "citation needed": any(figure.citation_needed for figure in live),
        "no quote": any(figure.source_id and not figure.quote for figure in live),
        "was disputed": paper is not None
        and paper["status"] == "published"
        and paper["contention"] == Contention.DISPUTED != claim.contention,
    }
    return [words for words, holds in flags.items() if holds]


def _says(figures: list[Assertion]) -> list[str]:
    """The live answers in words, the first few."""
    words = [words_of(one) or one.get_stance_display() for one in figures if one.is_live]
    more = [f"and {len(words) - SHOWN} more"] if len(words) > SHOWN else []
    return [*words[:SHOWN], *more]


def _notes(numbers: list[int]) -> dict[int, list[str]]:
    """The messages that nobody has dealt with yet."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Comment.objects.filter(claim__in=numbers, resolved_at=None).order_by("pk")
    for claim, body in rows.values_list("claim", "body"):
        found[claim].append(body)
    return found


def _figures(numbers: list[int]) -> dict[int, list[Assertion]]:
    found: dict[int, list[Assertion]] = defaultdict(list)
    rows = Assertion.objects.filter(claim__in=numbers).prefetch_related("party_links__party")
    for row in rows.order_by("pk"):
        found[row.claim_id].append(row)
    return found


def _papers(numbers: list[int]) -> dict[int, Published]:
    versions = ClaimVersion.objects.current().filter(claim__in=numbers)
    return {number: read_version(text) for number, text in versions.values_list("claim", "payload")}


def _authors(numbers: list[int]) -> dict[int, set[int]]:
    """Who edited or decided something that no approval has covered yet."""
    found: dict[int, set[int]] = defaultdict(set)
    actions = (*AUTHORING_ACTIONS, ReviewAction.APPROVED)
    events = ReviewEvent.objects.filter(claim__in=numbers, action__in=actions).order_by("pk")
    for claim, action, actor in events.values_list("claim", "action", "actor"):
        if action == ReviewAction.APPROVED:
            found[claim].clear()
        elif actor is not None:
            found[claim].add(actor)
    return found
