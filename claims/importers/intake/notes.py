"""What an import leaves to people: conflicts that a reading proposes, questions, relations."""

# The machine opens a dispute only where the desk's own rows show it: what they do not show, its
# next comparison of the figures would set aside. The rest takes a person, who opens the case.

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from django.contrib.auth.models import User

from claims.choices import DisputeKind
from claims.models import Anchor, ArticleRevision, Claim, Dispute
from claims.reading.proposals import ProposedConflict, Reading, Span
from claims.workflow.alike_claims import ask_about_claims
from claims.workflow.relation_proposals import propose_relations

TO_CONFIRM: Final = "To confirm: "
KINDS: Final = {
    "figures disagree": DisputeKind.VALUE,
    "arithmetic": DisputeKind.ARITHMETIC,
    "dates disagree": DisputeKind.DATE,
    "attribution disagrees": DisputeKind.ATTRIBUTION,
    "denied": DisputeKind.DENIAL,
}
Place = tuple[int, int, int]  # start, end, claim
MOST_QUOTED, QUOTED_CHARACTERS = 4, 160


def conflict_notes(
    reading: Reading, revision: ArticleRevision, drafted: Iterable[Claim]
) -> tuple[list[tuple[Claim, str]], list[str]]:
    """Return a note for each proposed conflict that no dispute of a drafted claim holds.

    A conflict goes to the claim of the first of its members that led to one, of an answer to
    its own question before a figure within; second are the notes that no claim is about.
    """
    if not reading.conflicts:
        return [], []
    claims = {claim.pk: claim for claim in drafted}
    places = _places(revision)
    held = set(Dispute.objects.filter(claim__in=claims).values_list("claim_id", "kind"))
    notes, without_claim = [], []
    for conflict in reading.conflicts:
        number, note = _claim_of(conflict, places), note_on(conflict, reading.text)
        if number is None:
            without_claim.append(note)
        elif number in claims and (number, KINDS[conflict.kind]) not in held:
            notes.append((claims[number], note))
    return list(dict.fromkeys(notes)), without_claim


def ask_people(drafted: list[Claim], extended: list[Claim], *, by: User) -> None:
    """Propose which sources rest on others, and ask whether new claims are ones that were there.

    Every door through which articles come in ends with it: a text, an upload, a page of a dump.
    """
    propose_relations([*drafted, *extended])
    ask_about_claims(drafted, by=by, reason="Proposed by the import of an article.")


def note_on(conflict: ProposedConflict, text: str) -> str:
    """What disagrees, why the reading thinks so, and the words of the article."""
    quotes = [
        f"“{_shortened(text[member.char_start : member.char_end])}”"
        for member in conflict.members[:MOST_QUOTED]
    ]
    return f"{TO_CONFIRM}{conflict.kind}; {conflict.why}. {'; '.join(quotes)}"[:2000]


def dispute_kind_of(note: str) -> str:
    """The kind of dispute that a note proposes, '' for any other comment."""
    kind = note.removeprefix(TO_CONFIRM).split(";", maxsplit=1)[0]
    return str(KINDS.get(kind, "")) if note.startswith(TO_CONFIRM) else ""


def _places(revision: ArticleRevision) -> list[Place]:
    """Where each statement of the text begins and ends, in order, with its claim."""
    anchors = Anchor.objects.filter(revision=revision)
    return sorted(anchors.values_list("start", "end", "assertion__claim"))


def _claim_of(conflict: ProposedConflict, places: list[Place]) -> int | None:
    inside = [place for member in conflict.members for place in _inside(member, places)]
    members = {(member.char_start, member.char_end) for member in conflict.members}
    own = (place for place in inside if place[:2] in members)
    return next((place[2] for place in chain(own, inside)), None)


def _inside(member: Span, places: list[Place]) -> Iterator[Place]:
    """The places that begin within a member."""
    at = bisect_left(places, (member.char_start, 0, 0))
    while at < len(places) and places[at][0] < member.char_end:
        yield places[at]
        at += 1


def _shortened(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= QUOTED_CHARACTERS else f"{line[: QUOTED_CHARACTERS - 1]}…"
