"""What is away for a moment, the database or Redis, and how nobody waits for it twice."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Final

from django.db import InterfaceError, OperationalError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

RETRY_SECONDS: Final = 5  # what Retry-After says while the database does not answer


def is_outage(error: BaseException | None) -> bool:
    """Say whether the database was away, too slow or locked, and the same may work soon."""
    # InterfaceError: the connection was lost before this statement, not by it.
    return isinstance(error, OperationalError | InterfaceError)


class Breaker:
    """Leaves a service alone for some seconds after it failed, and answers in its place.

    Without it each of a request's calls would wait anew for a server that hangs.
    """

    def __init__(self, name: str, seconds: float) -> None:
        self.name = name
        self.seconds = seconds
        self._closed_at = 0.0  # on the monotonic clock

    @property
    def is_open(self) -> bool:
        """Whether the service is left alone at this moment."""
        return time.monotonic() < self._closed_at

    def reset(self) -> None:
        """Ask the service again at once."""
        self._closed_at = 0.0

    def attempt[Answer](self, ask: Callable[[], Answer], otherwise: Callable[[], Answer]) -> Answer:
        """Return what ``ask`` returns, or what ``otherwise`` does when Redis fails or just did."""
        if self.is_open:
            return otherwise()
        try:
            return ask()
        except (RedisError, OSError) as error:
            self._closed_at = time.monotonic() + self.seconds
            kind = type(error).__name__
            logger.warning(
                "%s is away, going on without it for %g s: %s", self.name, self.seconds, kind
            )
            return otherwise()


# One for all: what one caller learnt spares the others the wait.
REDIS: Final = Breaker("Redis", seconds=5)
# How long Redis may take for one answer, in seconds; it takes a thousandth when it is well.
REDIS_SECONDS: Final = 0.1
