"""How often somebody may call: a bucket of calls for each key, which fills again with time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

MOST_KEYS = 10_000  # beyond these, full buckets are forgotten


class Limiter:
    """Lets ``burst`` calls of one key through at once and ``per_minute`` in the long run, in this process."""

    def __init__(self, per_minute: float, burst: int, now: Callable[[], float] = time.monotonic) -> None:
        self._rate = per_minute / 60  # calls a second
        self._burst = burst
        self._now = now
        self._buckets: dict[str, tuple[float, float]] = {}  # calls left, when
        self._guard = threading.Lock()

    def wait(self, key: str) -> int:
        """Take one call of ``key``: 0 when it may go through, else the whole seconds until one may."""
        with self._guard:
            now = self._now()
            left = self._left(key, now)
            if left < 1:
                return max(1, int(-(-(1 - left) // self._rate)))
            self._buckets[key] = (left - 1, now)
            if len(self._buckets) > MOST_KEYS:
                self._forget(now)
            return 0

    def _left(self, key: str, now: float) -> float:
        left, then = self._buckets.get(key, (float(self._burst), now))
        return min(float(self._burst), left + (now - then) * self._rate)

    def _forget(self, now: float) -> None:
        self._buckets = {key: kept for key, kept in self._buckets.items() if self._left(key, now) < self._burst}
