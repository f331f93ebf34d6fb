"""A shared cache that may die: nothing is lost but speed."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache

logger = logging.getLogger(__name__)
# after a failure the server is left alone that long, so that a frozen one is paid for once
REST_SECONDS = 5


class PatientCache(RedisCache):
    """Redis that answers "not there" when it does not answer."""

    _resting_until = 0.0

    def _try(self, operation: Callable[[], Any], otherwise: Any) -> Any:
        if time.monotonic() < PatientCache._resting_until:
            return otherwise
        try:
            return operation()
        except (OSError, TimeoutError, self._redis_error()) as error:
            PatientCache._resting_until = time.monotonic() + REST_SECONDS
            logger.warning("the cache does not answer: %s", type(error).__name__)
            return otherwise

    @staticmethod
    def _redis_error() -> type[Exception]:
        from redis.exceptions import RedisError

        return RedisError

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._try(lambda: super(PatientCache, self).get(key, default, version), default)

    def set(self, *args: Any, **kwargs: Any) -> Any:
        return self._try(lambda: super(PatientCache, self).set(*args, **kwargs), None)

    def add(self, *args: Any, **kwargs: Any) -> Any:
        return self._try(lambda: super(PatientCache, self).add(*args, **kwargs), True)

    def incr(self, *args: Any, **kwargs: Any) -> Any:
        return self._try(lambda: super(PatientCache, self).incr(*args, **kwargs), None)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        return self._try(lambda: super(PatientCache, self).delete(*args, **kwargs), False)

    def get_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._try(lambda: super(PatientCache, self).get_many(*args, **kwargs), {})

    def set_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._try(lambda: super(PatientCache, self).set_many(*args, **kwargs), [])

    def has_key(self, *args: Any, **kwargs: Any) -> Any:
        return self._try(lambda: super(PatientCache, self).has_key(*args, **kwargs), False)

    def touch(self, *args: Any, **kwargs: Any) -> Any:
        return self._try(lambda: super(PatientCache, self).touch(*args, **kwargs), False)
