"""The limits, and the rate at which one principal is served."""

import collections
import math
import time

from registry import Refusal

DEFAULTS = {
    'maxFrameBytes': 262144, 'maxDepth': 64, 'maxInFlight': 64, 'commandsPerSecond': 200, 'maxQueuedBytes': 1048576,
    'maxQueuedRuns': 32, 'maxConnections': 64, 'replayMaxEvents': 1000, 'retainEvents': 1000, 'logPage': 1000,
    'dedupeMs': 86400000, 'heartbeatMs': 15000, 'helloTimeoutMs': 10000, 'leaseMs': 30000, 'cancelMs': 10000,
    'authGraceMs': 25000, 'revokeMs': 5000, 'sseStreamMs': 600000,
}
WINDOW = 10


class Rate:
    """Commands of one principal within the last ten seconds."""

    def __init__(self, per_second):
        self._most = per_second * WINDOW
        self._hits = collections.deque()

    def admit(self):
        """Count one command, or refuse it with the time until there is room."""
        now = time.monotonic()
        while self._hits and self._hits[0] <= now - WINDOW:
            self._hits.popleft()
        if len(self._hits) >= self._most:
            wait = math.ceil((self._hits[0] + WINDOW - now) * 1000) + 1
            raise Refusal('rate_limited', 'too many commands', {'limit': 'commandsPerSecond'}, max(wait, 1))
        self._hits.append(now)
