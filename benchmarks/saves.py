"""B8 and B14: one statement saved, one claim published, with all that follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.db import transaction

from benchmarks.district import account, add_figure
from benchmarks.timing import seconds
from claims.models import Claim, Party, Source
from claims.models.acts import ActInProgress
from claims.workflow.claims import edit_claim
from claims.workflow.review import approve_claim, submit_claim

ROUNDS = 5  # of each claim, by turns with the log and without; the fastest counts


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


def publishing(count: int) -> dict[str, float]:
    """Publish ``count`` disputed claims, undone each time; return the seconds by way."""
    claims = list(Claim.objects.filter(contention="disputed").order_by("pk")[:count])
    spent = {"with": 0.0, "without": 0.0}
    _publish(claims[0])  # once, untimed
    for claim in claims:
        found: dict[str, list[float]] = {way: [] for way in spent}
        for turn in range(ROUNDS * 2):
            way = ("with", "without")[turn % 2]
            if way == "with":
                found[way].append(_publish(claim))
            else:
                with _no_log():
                    found[way].append(_publish(claim))
        for way, times in found.items():
            spent[way] += min(times)
    return spent


def _publish(claim: Claim) -> float:
    author, reviewer = account("contributor"), account("editor")
    reviewer.has_perm("claims.review_claim")
    with transaction.atomic():
        edited = edit_claim(claim=claim, by=author, reason="Narrower.", population="soldiers")
        ready = submit_claim(claim=edited, by=author, reason="Ready.")
        spent = seconds(lambda: approve_claim(claim=ready, by=reviewer, reason="Checked."))
        transaction.set_rollback(True)
    return spent


@contextmanager
def _no_log() -> Iterator[None]:
    """No act is opened, so that nothing is noted, digested or written for the log."""

    @contextmanager
    def nothing(verb: str, **signed: object) -> Iterator[ActInProgress]:
        yield ActInProgress(verb, None, "")

    with (
        patch("claims.workflow.verbs.act", nothing),
        patch("claims.workflow.history.act", nothing),
    ):
        yield
