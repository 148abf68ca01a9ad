"""Named deadlines of one actor."""

import time


class Timers:
    """Each name has at most one deadline; setting it again replaces the former."""

    def __init__(self, clock=time.monotonic):
        self._clock = clock
        self._due = {}

    def set(self, name, seconds, action):
        self._due[name] = (self._clock() + seconds, action)

    def has(self, name):
        return name in self._due

    def drop(self, *names):
        for name in names:
            self._due.pop(name, None)

    def clear(self):
        self._due.clear()

    def wait(self):
        """Seconds until the first deadline, None without one."""
        if not self._due:
            return None
        return max(0.0, min(at for at, _ in self._due.values()) - self._clock())

    def run(self):
        """Runs, in their order, the actions whose deadline has passed."""
        while True:
            now = self._clock()
            due = sorted((at, name) for name, (at, _) in self._due.items() if at <= now)
            if not due:
                return
            _, action = self._due.pop(due[0][1])
            action()
