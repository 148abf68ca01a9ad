"""A commit in the making: events that are folded as they are added, and taken back together if one is refused."""

import time

import fold
from journal import Journal
from registry import Refusal
from strict_json import write

SERVER = {'principal': 'server', 'role': 'server'}
UNSTAMPED = ('part.delta', 'tool.progress')


def now_ms():
    return time.time_ns() // 1_000_000


class Draft:
    """The events of one commit, with whom they come from."""

    def __init__(self, session, cause=None, by=SERVER):
        self.session = session
        self.state = session.state
        self.journal = Journal()
        self.at = now_ms()
        self.cause = cause
        self.by = by
        self.events = []
        self.lines = []

    @property
    def next_seq(self):
        return self.session.head + len(self.events) + 1

    def add(self, kind, **fields):
        """An event of the server's own, with cause and author."""
        event = {'seq': self.next_seq, 'type': kind, 'at': self.at}
        if self.cause is not None:
            event['cause'] = self.cause
        event['by'] = self.by
        event.update(fields)
        return self._take(event)

    def hand_over(self, kind, fields):
        """An event as an agent handed it over, without cause and author (COMMAND-62)."""
        event = {'seq': self.next_seq, 'type': kind}
        if kind not in UNSTAMPED:
            event['at'] = self.at
        event.update(fields)
        return self._take(event)

    def _take(self, event):
        line = write(event)
        if len(line) > self.session.longest_event:
            raise Refusal('limit_exceeded', 'an event would be too long', {'limit': 'maxFrameBytes'})
        fold.fold(self.state, self.journal, event)
        self.events.append(event)
        self.lines.append(line)
        return event

    def roll_back(self):
        self.journal.roll_back()
        self.events.clear()
        self.lines.clear()


def given(fields, *names):
    """Those of the named fields that are there, for `add`."""
    return {name: fields[name] for name in names if name in fields}
