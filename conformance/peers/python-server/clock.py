"""One thread that wakes sessions when the time of something has come."""

import heapq
import itertools
import threading
import time


class Clock(threading.Thread):
    """Calls functions at moments of the monotonic clock, never before them."""

    def __init__(self):
        super().__init__(daemon=True, name='clock')
        self._due = []
        self._numbers = itertools.count()
        self._changed = threading.Condition()

    def at(self, moment, call):
        with self._changed:
            heapq.heappush(self._due, (moment, next(self._numbers), call))
            self._changed.notify()

    def run(self):
        while True:
            with self._changed:
                while not self._due or self._due[0][0] > time.monotonic():
                    self._changed.wait(self._due[0][0] - time.monotonic() if self._due else None)
                _, _, call = heapq.heappop(self._due)
            call()
