"""One attached peer: what it is owed, and the loop that sends it, acks and heartbeats first."""

import collections
import secrets
import time

import joining
import positions
import presence
import snapshots
import welcomes
from draft import now_ms
from registry import Refusal, bye
from strict_json import write

BATCH = 24_000
PRESENCE_GAP = 1.2


class Connection:
    """Made by an attach that is judged; `run` sends until the end."""

    def __init__(self, session, credential, features, held):
        with session.lock:
            if session.deleted:
                raise Refusal('gone')
            mine = sum(each.credential.principal == credential.principal for each in session.connections.values())
            if mine >= session.limits['maxConnections']:
                raise Refusal('too_many_connections', details={'limit': 'maxConnections'})
            self.session = session
            self.credential = credential
            self.features = [each for each in welcomes.FEATURES if each in features]
            self.id = 'py-' + secrets.token_hex(6)
            self.head = session.head
            self.resumed, self.reason = welcomes.resume(session, held)
            self.cursor = held[1] if self.resumed else session.head
            self.start = self.cursor
            self.told = {}
            self.ending = None
            self.dead = False
            self.synced = self._late = False
            self.queued_bytes = self.unsent_acks = 0
            self._queue = collections.deque()
            self._last = self._next_presence = 0.0
            self._presence = -1
            self._next_ping = None
            self._expires = None
            session.connections[self.id] = self
            session.presence_changed()

    @property
    def at_final_head(self):
        return self.session.state['closed'] and self.resumed and self.cursor == self.head

    # What the reader of the connection hands over

    def answer(self, ack):
        """Queue an ack."""
        self._put(write(ack), True)

    def raw(self, octets):
        """Queue bytes of the transport's own."""
        self._put(octets, None)

    def _put(self, octets, is_ack):
        with self.session.lock:
            self._queue.append((octets, is_ack))
            self.queued_bytes += len(octets)
            self.unsent_acks += 1 if is_ack else 0
            self.session.lock.notify_all()

    def wait_for_room(self):
        """Hold the reader back while the peer does not take what it is owed (FLOW-1)."""
        with self.session.lock:
            while self.queued_bytes > self.session.limits['maxQueuedBytes'] // 2 and not self.dead:
                self.session.lock.wait(1)

    def say_bye(self, code, message=None):
        """End the connection on purpose; nothing that is read from here on takes effect."""
        self.stop(code, bye(code, message))

    def stop(self, code, frame=None):
        with self.session.lock:
            if not self.ending:
                self.ending = (code, frame)
            self.session.lock.notify_all()

    def hang_up(self):
        """The peer has gone."""
        with self.session.lock:
            self.dead = True
            self.session.lock.notify_all()

    def renew(self, credential):
        with self.session.lock:
            self.credential = credential
            self.session.presence_changed()

    # The loop

    def run(self, transport):
        """Send until the end; blocks."""
        try:
            self._set_out(transport)
            while self._step(transport):
                pass
        except OSError:
            pass  # The peer has gone, or does not read (FLOW-9).
        finally:
            with self.session.lock:
                self.dead = True
                self.session.connections.pop(self.id, None)
                self.session.presence_changed()
            transport.end()

    def _set_out(self, transport):
        now, session = time.monotonic(), self.session
        if transport.ping_every:
            self._next_ping = now + transport.ping_every
        self._expires = now + transport.longest_life if transport.longest_life else None
        self._send(transport, write(welcomes.welcome(self)))
        self._bulk = iter(()) if self.resumed else snapshots.frames(session, self.head)

    def _send(self, transport, line, seq=None):
        self._write(transport, transport.encode(
            line, None if seq is None else positions.to_text(self.session.epoch, seq)))

    def _write(self, transport, octets):
        transport.write(octets)
        now = time.monotonic()
        # A heartbeat that became due while the peer did not read goes before the rest (FLOW-5).
        self._late = self._late or bool(self._last) and now - self._last >= self.session.limits['heartbeatMs'] / 1000
        self._last = now

    def _step(self, transport):
        """Do the most urgent thing; False after the end."""
        with self.session.lock:
            todo = None
            while todo is None:
                if self.dead:
                    return False
                todo = self._urgent() or self._owed()
                if todo is None:
                    self.session.lock.wait(max(0.001, self._next_moment() - time.monotonic()))
        return todo(transport) is not False

    def _urgent(self):
        now = time.monotonic()
        grace = self.session.limits['authGraceMs'] / 1000
        expires = self.credential.expires
        if self._queue:
            return self._send_queue
        if not self.ending:
            if expires is not None and time.time() >= expires / 1000 + grace:
                self.say_bye('auth_expired')
            elif self._expires and now >= self._expires:
                self.say_bye('stream_expired')
        if self.ending:
            return self._finish
        if self._next_ping and now >= self._next_ping:
            return self._ping
        if self._late or now >= self._last + self.session.limits['heartbeatMs'] / 1000:
            return self._heartbeat
        return None

    def _owed(self):
        session = self.session
        if not self.synced or self.cursor < session.head:
            return self._go_on
        if session.state['closed']:
            self.say_bye('session_closed')
            return self._finish
        if self._presence != session.presence_version and time.monotonic() >= self._next_presence:
            return self._tell_presence
        return None

    def _next_moment(self):
        moments = [self._last + self.session.limits['heartbeatMs'] / 1000]
        if self._next_ping:
            moments.append(self._next_ping)
        if self._expires:
            moments.append(self._expires)
        if self._presence != self.session.presence_version:
            moments.append(self._next_presence)
        if self.credential.expires is not None:
            left = self.credential.expires / 1000 + self.session.limits['authGraceMs'] / 1000 - time.time()
            moments.append(time.monotonic() + left)
        return min(moments)

    def _send_queue(self, transport):
        with self.session.lock:
            octets, is_ack = self._queue.popleft()
        if is_ack is None:
            transport.write(octets)
        else:
            self._send(transport, octets)
        with self.session.lock:
            self.queued_bytes -= len(octets)
            self.unsent_acks -= 1 if is_ack else 0
            self.session.lock.notify_all()

    def _finish(self, transport):
        code, frame = self.ending
        if frame:
            self._send(transport, write(frame))
        transport.finish(code)
        return False

    def _ping(self, transport):
        self._next_ping = time.monotonic() + transport.ping_every
        if not transport.ping():
            self.say_bye('unavailable', 'two pings are unanswered')

    def _heartbeat(self, transport):
        self._send(transport, write({'type': 'heartbeat', 'head': self.session.head, 'now': now_ms()}))
        self._late = False

    def _tell_presence(self, transport):
        with self.session.lock:
            self._presence = self.session.presence_version
            line = presence.fitting(self.session)
        self._send(transport, line)
        self._next_presence = time.monotonic() + PRESENCE_GAP

    def _go_on(self, transport):
        frame = next(self._bulk, None)
        if frame is not None:
            self._send(transport, frame, self.head if frame.endswith(b'"last":true}') else None)
        elif self.cursor < self.head or self.synced:
            self._send_events(transport)
        else:
            self._send(transport, write({'type': 'synced', 'position': self.session.position(self.head)}), self.head)
            self.synced = True

    def _send_events(self, transport):
        session = self.session
        pieces, size, epoch = [], 0, session.epoch
        with session.lock:
            end = session.head if self.synced else self.head
            for seq, line in joining.lines(session, self.cursor, end, 'compact' in self.features):
                if pieces and size + len(line) > BATCH:
                    break
                pieces.append(transport.encode(line, positions.to_text(epoch, seq)))
                size += len(line)
                self.cursor = seq
        self._write(transport, b''.join(pieces))
