"""A Redis cache that is forgotten, not fatal, while Redis is away, full, loading or hanging."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.retry import Retry

from claims.outages import REDIS, REDIS_SECONDS

# What each call answers when Redis does not, from its arguments: reads miss, writes are dropped.
MISSES: Final[dict[str, Callable[..., Any]]] = {
    "add": lambda *_: True,  # nobody else holds the key
    "get": lambda *args: args[1],  # the default
    "get_many": lambda *_: {},
    "has_key": lambda *_: False,
    "touch": lambda *_: False,
    "delete": lambda *_: False,
    "clear": lambda *_: False,
    "incr": lambda *args: _no_key(args[0]),
    "set": lambda *_: None,
    "set_many": lambda *_: None,
    "delete_many": lambda *_: None,
}


def _no_key(key: str) -> None:
    raise ValueError(f"Key {key!r} not found.")  # as for any key that is not there


class LenientClient(RedisCacheClient):
    """RedisCacheClient that never fails and never waits long; MISSES says what it does instead."""

    def __init__(self, servers: Any, **options: Any) -> None:
        bounds = {
            "socket_timeout": REDIS_SECONDS,
            "socket_connect_timeout": REDIS_SECONDS,
            "retry": Retry(NoBackoff(), 0),  # a miss is cheaper than a second try
        }
        super().__init__(servers, **{**bounds, **options})


def _lenient(name: str, miss: Callable[..., Any]) -> Callable[..., Any]:
    ask = getattr(RedisCacheClient, name)

    def call(self: LenientClient, *args: Any) -> Any:
        return REDIS.attempt(lambda: ask(self, *args), lambda: miss(*args))

    return call


for _name, _miss in MISSES.items():
    setattr(LenientClient, _name, _lenient(_name, _miss))


class LenientRedisCache(RedisCache):
    """Django's Redis cache with the lenient client."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = LenientClient
