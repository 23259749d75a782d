"""Limits hold exactly, over threads and workers, whatever Redis does."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from limits import parse
from limits.storage import MemoryStorage, RedisStorage

from claims import limiter
from claims.limiter import Counter, client_address, client_of, count_request
from claims.outages import REDIS
from tests.redis_server import Redis

RATE = parse("60/minute")


@pytest.fixture(autouse=True)
def fresh(settings: Any) -> Iterator[None]:
    """Limits that are on, and count from nothing."""
    settings.RATE_LIMITS = True
    settings.REDIS_URL = ""
    limiter.local_counter.cache_clear()
    REDIS.reset()
    yield
    REDIS.reset()


def allowed(hits: list[Callable[[], bool]], each: int) -> int:
    """How many hits of 20 threads pass that share these counters and start at once."""
    passed, gate = [0] * 20, threading.Barrier(20)

    def ask(number: int) -> None:
        gate.wait()
        passed[number] = sum(hits[number % len(hits)]() for _ in range(each))

    threads = [threading.Thread(target=ask, args=[number]) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(passed)


def test_twenty_threads_pass_the_limit_and_not_one_more() -> None:
    counter = Counter(MemoryStorage())
    assert allowed([lambda: counter.hit(RATE, "anon", "a").is_allowed], each=9) == 60


@pytest.mark.redis
def test_three_workers_with_twenty_threads_pass_the_limit_and_not_one_more(redis: Redis) -> None:
    workers = [Counter(RedisStorage(redis.url)) for _ in range(3)]
    hits = [lambda one=one: one.hit(RATE, "anon", "a").is_allowed for one in workers]
    assert allowed(hits, each=9) == 60


def test_a_window_moves_with_the_clock() -> None:
    """A fixed window would take 60 in its last second and 60 more in the next one."""
    counter = Counter(MemoryStorage())
    with time_machine.travel(1_000_000, tick=False) as clock:
        for _ in range(30):
            assert counter.hit(RATE, "anon", "a").is_allowed
        clock.shift(50)
        hits = [counter.hit(RATE, "anon", "a") for _ in range(31)]
        assert [one.is_allowed for one in hits] == [True] * 30 + [False]
        assert (hits[0].left, hits[-1].left, round(hits[-1].reset)) == (29, 0, 10)
        clock.shift(11)
        passed = sum(counter.hit(RATE, "anon", "a").is_allowed for _ in range(60))
        assert passed == 30


def test_scopes_and_clients_are_counted_apart(settings: Any) -> None:
    settings.FACTBASE_LIMITS = {"rates": {"page": "1/minute", "search": "1/minute"}}
    found = [count_request(*one) for one in [("page", "a"), ("search", "a"), ("page", "b")]]
    assert [one.is_allowed for one in found if one] == [True, True, True]
    again = count_request("page", "a")
    assert again is not None
    assert not again.is_allowed


def test_what_has_no_rate_has_no_limit(settings: Any) -> None:
    assert count_request("nothing", "a") is None
    settings.RATE_LIMITS = False
    assert count_request("page", "a") is None


def test_every_rate_of_the_settings_can_be_read(settings: Any) -> None:
    for scope in settings.FACTBASE_LIMITS["rates"]:
        assert limiter.rate_of(scope) is not None


def test_without_redis_that_is_named_the_process_counts_on(settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"  # nothing listens on port 1
    settings.FACTBASE_LIMITS = {"rates": {"page": "3/minute"}}
    found = [count_request("page", "a") for _ in range(4)]
    assert [one.is_allowed for one in found if one] == [True, True, True, False]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.3", "192.0.2.7"),
        (1, "10.9.9.9, 198.51.100.3", "198.51.100.3"),
        (2, "10.9.9.9, 198.51.100.3, 203.0.113.9", "198.51.100.3"),
        (3, "198.51.100.3", "198.51.100.3"),
        (1, "", "192.0.2.7"),
    ],
)
def test_an_address_is_the_one_that_our_own_proxies_saw(
    settings: Any, proxies: int, forwarded: str, address: str
) -> None:
    settings.NUM_PROXIES = proxies
    meta = {"REMOTE_ADDR": "192.0.2.7", "HTTP_X_FORWARDED_FOR": forwarded}
    assert client_address(meta) == address


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("unknown", "unknown"),
    ],
)
def test_a_subscriber_of_ipv6_is_one_client(address: str, client: str) -> None:
    assert client_of({"REMOTE_ADDR": address}) == client
