"""B8: one statement saved, with all that follows from it."""

from __future__ import annotations

from benchmarks.district import account, add_figure
from benchmarks.timing import seconds
from claims.models import Claim, Party, Source


def saves(count: int, turn: int) -> list[float]:
    """Add a figure to each of ``count`` claims; return the seconds of each.

    ``turn`` grows from call to call, so that no claim is used twice. A disputed claim gets a
    fifth figure: contention, dispute and history are derived and written in the same save.
    """
    by = account("contributor")
    by.has_perm("claims.edit_desk")  # read permissions once, as a session does
    disputed = Claim.objects.filter(contention="disputed").order_by("-pk")
    claims = list(disputed[turn * count : (turn + 1) * count])
    speaker, source = Party.objects.filter(kind="person").latest("pk"), Source.objects.latest("pk")
    return [
        seconds(lambda claim=claim: add_figure(claim, 61, by=by, speaker=speaker, source=source))
        for claim in claims
    ]
