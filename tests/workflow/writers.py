"""Several people writing at once, each on a connection of their own."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Sequence

from django.db import connection

from claims.choices import UNRESOLVED
from claims.errors import RefusalError
from claims.models import Claim, Dispute


def at_once(jobs: Sequence[Callable[[], object]]) -> list[object]:
    """Start the jobs together; return each one's result or the exception it raised."""
    gate = threading.Barrier(len(jobs))
    results: list[object] = [None] * len(jobs)

    def run(index: int, job: Callable[[], object]) -> None:
        try:
            gate.wait(30)
            results[index] = job()
        except Exception as error:  # noqa: BLE001  the test looks at it
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return results


def refused(results: list[object]) -> list[RefusalError]:
    """The readable refusals among the results; anything else that was raised is an error."""
    for one in results:
        if isinstance(one, Exception) and not isinstance(one, RefusalError):
            raise one
    return [one for one in results if isinstance(one, RefusalError)]


def is_consistent(claim: Claim) -> bool:
    """No edit was lost, and the claim's disputes fit its contention."""
    fresh = Claim.objects.get(pk=claim.pk)
    revisions = list(fresh.history.order_by("history_id").values_list("revision", flat=True))
    steps_fit = all(0 <= b - a <= 1 for a, b in itertools.pairwise(revisions))
    unresolved = Dispute.objects.filter(claim=fresh, state__in=UNRESOLVED)
    kinds = list(unresolved.values_list("kind", flat=True))
    return steps_fit and len(kinds) == len(set(kinds)) and revisions[-1] == fresh.revision
