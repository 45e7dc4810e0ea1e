"""Redis as a cache that may go away: nobody waits for it twice, and no page fails with it.

Everything kept here can be done without: counts of limits, a worker's sign of life. While Redis does not
answer each process counts for itself, so limits still hold, per process.
"""

import logging
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)
# A healthy Redis answers in a millisecond. One call may need a connection and an answer, so a second at most.
CONNECT_SECONDS = 0.5
ANSWER_SECONDS = 0.5
# After a failure Redis is left alone this long; then one call tries it while the others go on without.
PAUSE_SECONDS = 5.0
MOST_ENTRIES = 100_000


class Breaker:
    """Says whether Redis may be asked. One for all threads; `clock` gives monotonic seconds."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._is_open = False
        self._next_try = 0.0

    def lets_through(self) -> bool:
        """Whether this call may ask: every one while Redis works, one after each pause while it does not."""
        if not self._is_open:
            return True
        with self._lock:
            now = self._clock()
            if now < self._next_try:
                return False
            self._next_try = now + PAUSE_SECONDS
            return True

    def failed(self) -> bool:
        """Note a failure; True for the first of an outage."""
        with self._lock:
            is_news, self._is_open = not self._is_open, True
            self._next_try = self._clock() + PAUSE_SECONDS
        return is_news

    def worked(self) -> None:
        """Note an answer: everybody may ask again."""
        self._is_open = False


class Guarded:
    """The methods of Redis' cache client, answered by this process's memory while Redis is away."""

    def __init__(self, redis: RedisCacheClient, memory: LocMemCache) -> None:
        self._redis, self._memory = redis, memory
        self._breaker = Breaker()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return partial(self._ask, name)

    def _ask(self, name: str, *args: Any) -> Any:
        if self._breaker.lets_through():
            try:
                found = getattr(self._redis, name)(*args)
            except (RedisError, OSError) as error:
                if self._breaker.failed():
                    logger.warning("The cache is away: %s", type(error).__name__)
            else:
                self._breaker.worked()
                return found
        return getattr(self._memory, name)(*args)


class GuardedRedisCache(RedisCache):
    """Django's Redis cache that answers within a second, whatever Redis does."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        bounds: dict[str, Any] = {
            "socket_connect_timeout": CONNECT_SECONDS,
            "socket_timeout": ANSWER_SECONDS,
            # redis-py would try three times more, with growing pauses, inside somebody's request.
            "retry": Retry(NoBackoff(), 0),
        }
        memory = LocMemCache(f"beside {server}", {"OPTIONS": {"MAX_ENTRIES": MOST_ENTRIES}})
        self._guarded = Guarded(RedisCacheClient([server], **bounds), memory)

    @property
    def _cache(self) -> Any:
        return self._guarded
