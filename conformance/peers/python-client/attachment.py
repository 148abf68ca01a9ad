"""What the frames of one connection do to the view, from welcome on. Pure: no sockets, no clocks."""

import fold_parts  # noqa: F401  registers its effects
import patch
from fold import Fold
from frames import is_event


class Drop(Exception):
    """The connection cannot be used any further; `anew` asks for a snapshot on the next one, `stop` for none."""

    def __init__(self, why, anew=False, stop=None):
        super().__init__(why)
        self.anew, self.stop = anew, stop


class View:
    """The state that the application sees, and the position that it belongs to. RESUME-18"""

    def __init__(self, position=None):
        self.position = position
        self.fold = Fold()

    def holds(self, position):
        mine = self.position
        return mine is not None and mine["epoch"] == position["epoch"] and mine["seq"] >= position["seq"]


class Attachment:
    """Takes the frames of one connection in their order and moves the view along."""

    def __init__(self, view, hello):
        self._view, self._hello = view, hello
        self.welcome = None
        self.synced = False
        self._building = None
        self._last_seq = 0
        self._collected = []

    def take(self, frame):
        """Takes a frame that fits its schema; gives back the events that are in the view since, or raises Drop."""
        kind = frame["type"]
        if self.welcome is None:
            self._take_welcome(frame)
        elif is_event(frame):
            return self._take_event(frame)
        elif kind == "snapshot":
            return self._take_snapshot(frame)
        elif kind == "synced":
            if self._building is not None or frame["position"] != self._view.position:
                raise Drop("synced names another position than the events before it")
            self.synced = True
        elif kind == "welcome":
            raise Drop("a second welcome")
        return []

    def _take_welcome(self, frame):
        if frame["type"] != "welcome":
            raise Drop("a frame before welcome")
        if frame["version"] not in self._hello["versions"]:
            raise Drop("a version that was not offered", stop="unsupported_version")  # VERSION-7
        if frame["resume"] == "snapshot":
            self._building = Fold()  # SNAPSHOT-14
        elif frame["position"] != self._hello.get("position"):
            raise Drop("resumed from another position", anew=True)  # RESUME-22
        self.welcome = frame

    def _take_snapshot(self, frame):
        if self._building is None or frame["position"] != self.welcome["position"]:
            raise Drop("a snapshot that was not announced")
        for event in frame["events"]:
            if not self._last_seq < event["seq"] <= frame["position"]["seq"]:
                raise Drop("a snapshot out of order")
            self._last_seq = event["seq"]
            self._apply(self._building, event)
            self._collected.append(event)
        if not frame["last"]:
            return []
        # SNAPSHOT-16, SNAPSHOT-17, EPOCH-12: only now is anything of it shown or held.
        self._view.fold, self._building = self._building, None
        self._view.position = frame["position"]
        events, self._collected = self._collected, []
        return events

    def _take_event(self, event):
        if self._building is not None:
            raise Drop("an event inside a snapshot")
        held = self._view.position["seq"]
        if event["seq"] <= held:
            return []  # RESUME-20
        start = event.get("from", event["seq"]) if event["type"] == "part.delta" else event["seq"]
        if start != held + 1:
            raise Drop("a hole, or an event that starts inside what is there")  # RESUME-21
        self._apply(self._view.fold, event)
        self._view.position = {"epoch": self._view.position["epoch"], "seq": event["seq"]}
        return [event]

    def _apply(self, fold, event):
        try:
            fold.apply(event)
        except patch.PatchFailed:
            raise Drop("a patch that does not apply", anew=True) from None  # STATE-18
