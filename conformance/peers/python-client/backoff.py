"""How long to wait before an attempt: full jitter under a cap."""

import random


class Backoff:
    """Counts attempts and draws their delays, in seconds.

    `uniform` is the source of chance, so that a test can take its own.
    """

    def __init__(self, base_ms=500, cap_ms=30_000, health_ms=10_000, uniform=random.uniform):
        self.base = base_ms / 1000
        self.cap = cap_ms / 1000
        self.health = health_ms / 1000
        self.attempts = 0
        self._uniform = uniform

    def delay(self, attempt):
        """A time drawn from [0, min(cap, base * 2^attempt)]. RECONNECT-1, RECONNECT-2"""
        ceiling = min(self.cap, self.base * 2 ** min(attempt, 40))
        return self._uniform(0, ceiling)

    def next(self):
        """The delay of the next attempt, which counts from here on."""
        delay = self.delay(self.attempts)
        self.attempts += 1
        return delay

    def lived(self, seconds):
        """Tells how long a caught-up connection lived; a healthy one sets the count back. RECONNECT-3"""
        if seconds >= self.health:
            self.attempts = 0
