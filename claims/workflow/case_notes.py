"""What the desk noted on the statements of a case, and what was decided about it before."""

from __future__ import annotations

import re
from typing import Any, Final

from claims.models import Comment, Dispute

# A comment on the claim that begins so is a note on one statement of the case.
_NOTE: Final = re.compile(r"(D[0-9]+) (for|against) (F[0-9]+): (.*)", re.DOTALL)
NOTES: Final = 100  # comments of one case that are read


def notes_on(dispute: Dispute) -> list[tuple[str, str, str, Comment]]:
    """The notes on a case as ("for" or "against", reference of a figure, words, comment)."""
    rows = Comment.objects.filter(claim=dispute.claim_id, body__startswith=f"{dispute.ref} ")
    read = rows.select_related("author").order_by("pk")[:NOTES]
    found = ((_NOTE.fullmatch(one.body), one) for one in read)
    return [(note[2], note[3], note[4], one) for note, one in found if note is not None]


def beginning_of_note(dispute: Dispute, side: str, figure: str) -> str:
    """How a comment begins that notes what speaks "for" a figure, or "against" it."""
    return f"{dispute.ref} {side} {figure}: "


def earlier_decisions(dispute: Dispute) -> list[Any]:
    """The decisions that the case had before and has no longer, newest first."""
    decided = dispute.history.exclude(decided_at=None).select_related("decided_by")
    found: dict[Any, Any] = {}
    for row in decided.order_by("-history_id"):
        if row.decided_at != dispute.decided_at:
            found.setdefault(row.decided_at, row)
    return list(found.values())
