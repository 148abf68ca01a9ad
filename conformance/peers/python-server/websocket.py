"""One peer on a WebSocket: what is sent to it, and what it says."""

import struct
import threading
import time

import attached
import positions
import shapes
import welcomes
from commands import caps
from registry import Refusal, bye, close_code
from strict_json import read, write
from wire import Gone, TooLate
from ws_frames import CLOSE, PING, PONG, TEXT, Close, Incoming, PeerCloses, frame


class Outgoing:
    """The transport of an attached connection."""

    longest_life = None

    def __init__(self, wire, heartbeat):
        self.wire = wire
        self.ping_every = heartbeat * 0.9
        self.patience = heartbeat
        self.unanswered = 0
        self.reader_done = threading.Event()

    def encode(self, line, position):
        return frame(TEXT, line)

    def write(self, octets):
        self.wire.write(octets)

    def ping(self):
        """Ask for a sign of life; False if two in a row were unanswered."""
        if self.unanswered >= 2:
            return False
        self.unanswered += 1
        self.wire.write(frame(PING))
        return True

    def finish(self, code):
        number = code if isinstance(code, int) else close_code(code)
        self.wire.write(frame(CLOSE, struct.pack('!H', number)))
        self.reader_done.wait(min(self.patience, 2) * 0.8)

    def end(self):
        self.wire.end()


class Peer:
    """One WebSocket after its upgrade: it says hello, and then sends commands."""

    def __init__(self, wire, house, tokens, header_token):
        self.wire, self.house, self.tokens, self.header_token = wire, house, tokens, header_token
        self.heartbeat = house.limits['heartbeatMs'] / 1000
        self.incoming = Incoming(wire, house.limits['maxFrameBytes'])
        self.out = Outgoing(wire, self.heartbeat)
        self.connection = None

    def serve(self):
        """Blocks until the end."""
        try:
            self._attach()
        except TooLate:
            self._refuse(Refusal('hello_timeout'))
        except Refusal as refusal:
            self._refuse(refusal)
        except Close as close:
            self._refuse(close.refusal, close.number)
        except (PeerCloses, Gone, OSError):
            self.wire.end()
        else:
            threading.Thread(target=self.connection.run, args=(self.out,), daemon=True).start()
            self._read_on()

    def _refuse(self, refusal, number=None):
        try:
            if refusal:
                self.wire.write(frame(TEXT, write(bye(refusal.code, refusal.message))))
            self.wire.write(frame(CLOSE, struct.pack('!H', number or close_code(refusal.code))))
            self._drain()
        except OSError:
            pass
        self.wire.end()

    def _drain(self):
        """Read what the peer still sends, so that our last words are not lost with it."""
        until = time.monotonic() + min(self.heartbeat, 2) * 0.8
        try:
            while True:
                self.wire.skip(1, until)
                if len(self.wire.buffer) == 0 and time.monotonic() > until:
                    return
        except (TooLate, OSError):
            return

    def _attach(self):
        deadline = time.monotonic() + self.house.limits['helloTimeoutMs'] / 1000
        text = self.incoming.message(self._early_control, deadline)
        # The time for writing: a peer that takes nothing for so long is cut (FLOW-9).
        self.wire.sock.settimeout(2 * self.heartbeat)
        hello = read(text, self.house.limits['maxDepth'])
        if hello.get('type') != 'hello' or not shapes.fits('Hello', hello):
            raise Refusal('invalid_frame', 'the first frame is a hello')
        welcomes.negotiate(hello['versions'])
        named = self.tokens.find(self.header_token) if self.header_token else None
        credential = self.tokens.authenticate(hello['token'] if 'token' in hello else self.header_token)
        if named and named.principal != credential.principal:
            raise Refusal('unauthenticated', 'the token and the header name two principals')
        if self.house.draining:
            raise Refusal('unavailable')
        session = self.house.find(hello['session'], credential)
        self.connection = attached.Connection(session, credential, hello.get('features', ()),
                                              positions.from_json(hello.get('position')))

    def _early_control(self, opcode, payload):
        if opcode == CLOSE:
            self.wire.write(frame(CLOSE, payload[:2]))
            raise PeerCloses
        if opcode == PING:
            self.wire.write(frame(PONG, payload))

    def _control(self, opcode, payload):
        if opcode == CLOSE:
            raise PeerCloses
        if opcode == PING:
            self.connection.raw(frame(PONG, payload))
        else:
            self.out.unanswered = 0

    def _read_on(self):
        connection = self.connection
        try:
            while True:
                connection.wait_for_room()
                text = self.incoming.message(self._control)
                if not connection.ending:
                    self._take(text)
        except Refusal as refusal:
            connection.say_bye(refusal.code, refusal.message)
            self._drain_ended()
        except Close as close:
            if close.refusal:
                connection.say_bye(close.refusal.code, close.refusal.message)
            else:
                connection.stop(close.number)
            self._drain_ended()
        except PeerCloses:
            connection.stop(1000)
            self.out.reader_done.set()
        except (Gone, OSError, ValueError):
            self.out.reader_done.set()
            connection.hang_up()

    def _drain_ended(self):
        try:
            while True:
                self.wire.skip(1, None)
        except (OSError, ValueError):
            self.out.reader_done.set()

    def _take(self, text):
        connection, session = self.connection, self.connection.session
        command = read(text, self.house.limits['maxDepth'])
        if not shapes.is_id(command.get('id')) or command.get('type') == 'hello':
            raise Refusal('invalid_frame', 'a second hello, or no valid id')
        if command.get('type') == 'auth':
            with session.lock:
                if not connection.ending:
                    connection.answer({'type': 'ack', 'id': command['id'], **self._renew(command)})
            return
        most = session.limits['maxInFlight']
        if connection.unsent_acks >= most:
            refusal = Refusal('rate_limited', 'too many commands wait', {'limit': 'maxInFlight'}, 100)
            connection.answer({'type': 'ack', 'id': command['id'], 'status': 'rejected', 'error': refusal.error()})
            return
        session.execute(command, connection.credential, connection.answer, connection)

    def _renew(self, command):
        try:
            shapes.check_command(command, ('auth',))
            credential = self.tokens.authenticate(command['token'])
            if credential.principal != self.connection.credential.principal or (
                    not credential.sees(self.connection.session.id)):
                raise Refusal('unauthenticated', 'a token for somebody or something else')
        except Refusal as refusal:
            return {'status': 'rejected', 'error': refusal.error()}
        self.connection.renew(credential)
        left = credential.left_ms
        return {'status': 'accepted', 'result': {'role': credential.role, 'caps': caps(credential.role),
                                                 **({} if left is None else {'authExpiresInMs': left})}}
