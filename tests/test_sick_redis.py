"""A Redis that is away, full, frozen or shut costs a request a moment, and never an error."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache.backends.redis import RedisCacheClient

from claims import limiter
from claims.limiter import count_request
from claims.outages import REDIS, Breaker
from factbase.cache import MISSES, LenientRedisCache
from tests.redis_server import Redis

SICK: dict[str, Callable[[Redis], None]] = {
    "full": lambda redis: redis.tell("CONFIG", "SET", "maxmemory", "1"),
    "without replicas": lambda redis: redis.tell("CONFIG", "SET", "min-replicas-to-write", "1"),
    "read only": lambda redis: redis.tell("REPLICAOF", "127.0.0.1", "1"),
    "frozen": lambda redis: redis.freeze(),
    "stopped": lambda redis: redis.stop(),
    "locked": lambda redis: redis.tell("CONFIG", "SET", "requirepass", "another password"),
}


@pytest.fixture(autouse=True)
def asked_anew() -> Iterator[None]:
    REDIS.reset()
    yield
    REDIS.reset()


def used(cache: LenientRedisCache) -> list[Any]:
    """What a cache answers to each call."""
    cache.set("key", "value")
    cache.set_many({"key": "value"})
    cache.delete_many(["key"])
    with pytest.raises(ValueError, match="not found"):
        cache.incr("number")
    return [
        cache.get("key", "nothing"),
        cache.get_many(["key"]),
        cache.add("key", "value"),
        cache.has_key("key"),
        cache.touch("key"),
        cache.delete("key"),
        cache.clear(),
    ]


def test_every_call_has_an_answer_for_a_redis_that_is_away() -> None:
    calls = {name for name in vars(RedisCacheClient) if not name.startswith("_")}
    assert calls - {"get_client"} == set(MISSES)
    away = LenientRedisCache("redis://127.0.0.1:1/0", {})  # nothing listens on port 1
    assert used(away) == ["nothing", {}, True, False, False, False, False]


@pytest.mark.redis
def test_a_redis_that_is_well_is_used(redis: Redis) -> None:
    cache = LenientRedisCache(redis.url, {})
    assert used(cache) == ["nothing", {}, True, True, True, True, True]
    cache.set("key", "value")
    assert cache.get("key") == "value"


@pytest.mark.redis
@pytest.mark.parametrize("sickness", SICK)
def test_a_sick_redis_costs_a_moment_and_no_error(
    redis: Redis, settings: Any, client: Any, db: None, sickness: str
) -> None:
    """A first request has met it when it was well, a second one meets it sick."""
    settings.RATE_LIMITS = True
    settings.REDIS_URL = redis.url
    settings.FACTBASE_LIMITS = {**settings.FACTBASE_LIMITS, "rates": {"page": "3/minute"}}
    settings.CACHES = {
        "default": {"BACKEND": "factbase.cache.LenientRedisCache", "LOCATION": redis.url}
    }
    limiter.local_counter.cache_clear()
    address = "/api/v1/exports/claims.csv/manifest/"  # it is kept in the cache
    assert client.get(address).status_code == 200
    SICK[sickness](redis)
    started = time.monotonic()
    assert client.get(address).status_code == 200
    found = [count_request("page", "a") for _ in range(4)]
    assert time.monotonic() - started < 1  # 0.3 on a quiet machine; a frozen one took 20
    assert [one.is_allowed for one in found if one] == [True, True, True, False]
    redis.stop()


def test_a_breaker_asks_once_and_then_not_for_a_while() -> None:
    asked: list[int] = []

    def fail() -> str:
        asked.append(1)
        raise OSError("gone")

    breaker = Breaker("Something", seconds=0.05)
    assert {breaker.attempt(fail, lambda: "miss") for _ in range(5)} == {"miss"}
    assert (len(asked), breaker.is_open) == (1, True)
    time.sleep(0.06)
    assert breaker.attempt(lambda: "well", lambda: "miss") == "well"


def test_a_breaker_hides_no_fault_of_our_own() -> None:
    def wrong() -> str:
        raise TypeError("a mistake")

    breaker = Breaker("Something", seconds=5)
    with pytest.raises(TypeError):
        breaker.attempt(wrong, lambda: "miss")
    assert not breaker.is_open
