"""Who may ask how often: counted exactly over threads, and over workers where there is Redis."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any, Final

from django.conf import settings
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter
from redis.backoff import NoBackoff
from redis.retry import Retry

from claims.outages import REDIS, REDIS_SECONDS

# A subscriber of IPv6 has at least so many bits of addresses to himself.
_PREFIX: Final = 64


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands with one limit after a request: ``limit`` requests in ``window`` s.

    ``reset`` is in how many seconds the next of them is forgotten.
    """

    scope: str
    limit: int
    window: int
    left: int
    reset: float
    is_allowed: bool


class Counter:
    """Moving windows in one store: at no moment more than the limit in the window before it."""

    def __init__(self, store: MemoryStorage | RedisStorage) -> None:
        self.store = store
        self._windows = MovingWindowRateLimiter(store)
        # Redis counts in one script; in this process the store forgets its locks with its keys.
        self._lock = Lock()

    def hit(self, rate: RateLimitItem, scope: str, who: str) -> Standing:
        """Count one request. Raises RedisError."""
        if isinstance(self.store, RedisStorage):
            is_allowed = self._windows.hit(rate, scope, who)
        else:
            with self._lock:
                is_allowed = self._windows.hit(rate, scope, who)
        until, left = self._windows.get_window_stats(rate, scope, who)
        window, now = rate.get_expiry(), time.time()
        reset = min(max(until - now, 0), window)
        return Standing(scope, rate.amount, window, left, reset, is_allowed)


def count_request(scope: str, who: str) -> Standing | None:
    """Count one request of somebody under a scope's rate; None where there is no limit.

    Without Redis, and while it is away, each process counts for itself: the limit then holds
    once a process.
    """
    rate = rate_of(scope)
    if rate is None:
        return None
    local = local_counter()
    if not settings.REDIS_URL:
        return local.hit(rate, scope, who)
    shared = shared_counter(settings.REDIS_URL)
    return REDIS.attempt(lambda: shared.hit(rate, scope, who), lambda: local.hit(rate, scope, who))


def rate_of(scope: str) -> RateLimitItem | None:
    """Return the rate of a scope, such as 600 a minute."""
    text = settings.FACTBASE_LIMITS["rates"].get(scope) if settings.RATE_LIMITS else None
    return _parsed(text) if text else None


_parsed = cache(parse)


@cache
def local_counter() -> Counter:
    """The counter of this process."""
    return Counter(MemoryStorage())


@cache
def shared_counter(url: str) -> Counter:
    """The counter of all processes."""
    options: dict[str, Any] = {
        "socket_timeout": REDIS_SECONDS,
        "socket_connect_timeout": REDIS_SECONDS,
        "retry": Retry(NoBackoff(), 0),  # the next request is the next try
    }
    return Counter(RedisStorage(url, key_prefix="factbase:limits", **options))


def client_address(meta: Mapping[str, Any]) -> str:
    """Return the address of a request's client: as the last of our own proxies saw it.

    ``meta`` are the request's variables, as WSGI names them.
    """
    direct = str(meta.get("REMOTE_ADDR") or "")
    hops = [hop.strip() for hop in str(meta.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
    proxies: int = settings.NUM_PROXIES
    if not proxies or hops == [""]:
        return direct
    return hops[-min(proxies, len(hops))]


def client_of(meta: Mapping[str, Any]) -> str:
    """Return whom the limits count: an address, or the network that one subscriber has of IPv6."""
    address = client_address(meta)
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 6 and parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    if parsed.version == 6:
        return str(ipaddress.ip_network((int(parsed), _PREFIX), strict=False))
    return address
