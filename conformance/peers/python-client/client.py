"""One logical client: an actor that attaches, follows the session and reconnects."""

import json
import queue
import threading
import time

from addresses import Addresses, NotFound
from attachment import Attachment, Drop, View
from backoff import Backoff
from endings import Ending, lost, of_bye
from frames import BadFrame, is_event, read
from outbox import new_id
from sender import Sender
from sse import SseLink
from timers import Timers
from tokens import Tokens
from websocket import WebSocketLink

LINKS = {"websocket": WebSocketLink, "sse": SseLink}


class Client:
    """Everything happens in the thread of `_run`; other threads put calls into `inbox`."""

    patience = 10.0  # LIVENESS-8

    def __init__(self, url, session, token, transport, position=None, backoff=None, connect_ms=None):
        self.inbox = queue.SimpleQueue()
        self.session, self.tokens = session, Tokens(token)
        self._connect_patience = connect_ms / 1000 if connect_ms else self.patience
        self.addresses = Addresses(url, self._connect_patience)
        self._make_link = LINKS[transport]
        self.posts = not self._make_link.takes_commands
        self.backoff = Backoff(**backoff) if backoff else Backoff()
        self.view, self.timers = View(position), Timers()
        self.phase, self.stop_code, self.problem = "waiting", None, None
        self.welcome, self.caps, self.principal = None, (), None
        self.link = self.attachment = None
        self.participants, self.claimant = [], new_id()  # REQUEST-41
        self.sender = Sender(self)
        self.watchers = []         # called after whatever moved
        self._anew = self._wants_token = self._closed = False
        self._auth_id = self._broken = None
        self._synced_at, self._last_frame, self._not_before = None, time.monotonic(), 0.0
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self):
        self._schedule(0)
        while not self._closed:
            try:
                self.inbox.get(timeout=self.timers.wait())()
            except queue.Empty:
                pass
            self.timers.run()
            for watcher in list(self.watchers):
                watcher()

    # Attempts

    @property
    def synced(self):
        return self.attachment is not None and self.attachment.synced

    def _schedule(self, after_ms):
        """Waits, jittered and at least as long as the server asked for. RECONNECT-1, RECONNECT-4"""
        self.phase = "waiting"
        self._not_before = time.monotonic() + after_ms / 1000
        self.timers.set("attempt", after_ms / 1000 + self.backoff.next(), self._attempt)

    def _attempt(self):
        self.phase = "connecting"
        self._renewed()  # whatever the application has by now is the better one
        hello = {"type": "hello", "versions": [1], "features": ["compact"], "session": self.session, "token": self.tokens.current}
        if self.view.position and not self._anew:
            hello["position"] = self.view.position  # RESUME-17
        self.attachment = Attachment(self.view, hello)
        link = self.link = self._make_link(self.addresses, hello, self._connect_patience)
        self.timers.set("silence", self._connect_patience, self._abandon)
        threading.Thread(target=self._follow, args=(link,), daemon=True).start()

    def _follow(self, link):  # in the link's own thread
        try:
            ending = link.run(lambda data: self.inbox.put(lambda: self._received(link, data)))
        except NotFound as error:
            ending = error.ending
        self.inbox.put(lambda: self._ended(ending) if link is self.link else None)

    def _abandon(self):
        self._ended(lost("silent"), abandoned=True)  # LIVENESS-5, LIVENESS-6

    def _ended(self, ending, abandoned=False):
        """The one place where a connection is left, for whatever reason."""
        link, self.link = self.link, None
        if link:
            link.close()
        if not (self.attachment and self.attachment.welcome):
            self.addresses.forget()  # they may have changed
        if self._synced_at is not None:
            end = self._last_frame if abandoned else time.monotonic()
            self.backoff.lived(end - self._synced_at)
        self.attachment = self._synced_at = None
        self.participants = []  # PRESENCE-13
        self.timers.drop("attempt", "silence", "behind", "renew")
        self.sender.detached()
        if ending.action == "stop":
            self._stop(ending.code)
        elif ending.action == "reauth" and not self._renewed():
            self.phase, self._wants_token = "waiting", True  # BYE-6
        else:
            self._schedule(ending.after_ms)

    def _stop(self, code):
        self.phase, self.stop_code = "stopped", code  # BYE-7, BYE-11
        self.timers.clear()
        self.sender.stopped()

    # Frames

    def _received(self, link, data):
        if link is not self.link:
            return None  # ATTACH-19
        before = self.view.position
        try:
            frame = read(data)
            if frame["type"] == "bye":
                return self._ended(of_bye(frame))
            events = self.attachment.take(frame)
        except BadFrame as error:
            self._report(error)
            return self._ended(lost("bad_frame"))  # FRAME-10, FRAME-11
        except Drop as drop:
            self._anew = self._anew or drop.anew
            return self._ended(Ending("stop", drop.stop) if drop.stop else lost("dropped"))
        self._last_frame = time.monotonic()
        if is_event(frame):
            self.timers.drop("behind")
        elif handler := getattr(self, "_on_" + frame["type"], None):
            handler(frame)
        if self.link is link:
            self.timers.set("silence", 2 * self._heartbeat(), self._abandon)
        if self.view.position is not before:
            self._broken = self.problem = None
            self.sender.moved(events)

    def _report(self, error):
        """The same broken event on two connections in a row is told. FRAME-14"""
        place = (self.view.position, error.seq)
        if place == self._broken:
            self.problem = {"code": "invalid_frame", "message": str(error)}
        self._broken = place

    def _heartbeat(self):
        return (self.welcome["heartbeatMs"] if self.welcome else 15_000) / 1000

    def _on_welcome(self, frame):
        self.welcome, self.caps = frame, frame["caps"]
        self.principal = frame["participant"]["principal"]
        self._expires(frame)

    def _on_synced(self, frame):
        self.phase, self._synced_at, self._anew = "live", time.monotonic(), False
        if not self.posts:
            self.sender.trusted()
        self.sender.moved([])

    def _on_heartbeat(self, frame):
        behind = self.synced and frame["head"] > self.view.position["seq"]
        if behind and not self.timers.has("behind"):
            self.timers.set("behind", self._heartbeat(), self._abandon)  # LIVENESS-7

    def _on_presence(self, frame):
        self.participants = frame["participants"]  # PRESENCE-12

    def _on_ack(self, frame):
        if frame["id"] != self._auth_id:
            self.sender.acknowledged(frame)
        elif frame["status"] == "accepted":
            self._auth_id = None
            result = frame.get("result", {})
            self.caps = result.get("caps", self.caps)
            self._expires(result)
            self.sender.trusted()
        else:
            self._auth_id, self._wants_token = None, True

    # The credential

    def _expires(self, result):
        self.timers.drop("renew")
        if "authExpiresInMs" in result:
            self.timers.set("renew", result["authExpiresInMs"] * 0.8 / 1000, self.renew)

    def renew(self):
        """Takes another token, if the application has one, and uses it from here on."""
        if not self._renewed():
            self._wants_token = True
            return False
        if not self.posts and self.link and self.welcome:
            self._auth_id = new_id()
            self.link.send(json.dumps({"type": "auth", "id": self._auth_id, "token": self.tokens.current}))
        return True

    def _renewed(self):
        """Asks the application; tells whether it had another token. POSTs bring it from here on."""
        if not self.tokens.renew():
            return False
        self._wants_token = False
        if self.posts:
            self.inbox.put(self.sender.trusted)
        return True

    # What the application asks for, from any thread

    def token(self, token):
        self.inbox.put(lambda: self._offered(token))

    def _offered(self, token):
        self.tokens.offer(token)
        if self._wants_token and not self.stop_code:
            if self.renew() and not (self.link or self.timers.has("attempt")):
                self._schedule(0)

    def online(self, online):
        self.inbox.put(lambda: self._came_back() if online else None)

    def _came_back(self):
        """The network is back: a connection that was silent for too long is not waited for. LIVENESS-10"""
        now = time.monotonic()
        if self.stop_code or now - self._last_frame <= self._heartbeat() or now < self._not_before:
            return
        if self.link and self.attachment.welcome:
            self._ended(lost("silent"), abandoned=True)
        if self.link is None and self.timers.has("attempt"):
            self.timers.set("attempt", 0, self._attempt)

    def submit(self, command):
        self.inbox.put(lambda: self.sender.submit(command))

    def close(self):
        self.inbox.put(self._let_go)

    def _let_go(self):
        if self.link:
            link, self.link = self.link, None
            link.leave()
        if not self.stop_code:
            self._stop("closed")
        self.sender.stopped(for_good=True)
        self._closed = True
