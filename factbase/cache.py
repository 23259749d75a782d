"""A Redis cache that is forgotten, not fatal, while Redis is away."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

logger = logging.getLogger(__name__)


class LenientRedisCache(RedisCache):
    """RedisCache whose reads miss and whose writes are dropped when Redis does not answer."""

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """Return the value, or the default on a miss and when Redis is away."""
        return self._attempt(
            lambda: super(LenientRedisCache, self).get(key, default, version), default
        )

    def set(self, *args: Any, **kwargs: Any) -> None:
        """Store the value; drop it when Redis is away."""
        self._attempt(lambda: super(LenientRedisCache, self).set(*args, **kwargs), None)

    def add(self, *args: Any, **kwargs: Any) -> bool:
        """Store the value of a new key; True also when Redis is away, as nobody else holds it."""
        return bool(
            self._attempt(lambda: super(LenientRedisCache, self).add(*args, **kwargs), True)
        )

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        """Forget the key; False when it was not there or Redis is away."""
        return bool(
            self._attempt(lambda: super(LenientRedisCache, self).delete(*args, **kwargs), False)
        )

    def get_many(self, *args: Any, **kwargs: Any) -> dict[Any, Any]:
        """Return the keys found; none when Redis is away."""
        found: dict[Any, Any] = self._attempt(
            lambda: super(LenientRedisCache, self).get_many(*args, **kwargs), {}
        )
        return found

    def _attempt(self, work: Callable[[], Any], otherwise: Any) -> Any:
        try:
            return work()
        except (RedisConnectionError, RedisTimeoutError, OSError) as error:
            logger.warning("Redis is away, going on without a cache: %s", type(error).__name__)
            return otherwise
