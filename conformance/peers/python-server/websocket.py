"""RFC 6455 by hand: the handshake's answer, frames, and the two directions of a connection."""

import base64
import hashlib
import struct
import threading
import time

import attached
import positions
import shapes
from commands import caps
from registry import Refusal, bye, close_code
from strict_json import read, write
from wire import Gone, TooLate

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
PROTOCOL = 'durable-session'


def accept(key):
    """What Sec-WebSocket-Accept answers to a key."""
    return base64.b64encode(hashlib.sha1(key.encode() + b'258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest()).decode()


def frame(opcode, payload=b''):
    size = len(payload)
    if size < 126:
        head = bytes((0x80 | opcode, size))
    elif size < 65536:
        head = struct.pack('!BBH', 0x80 | opcode, 126, size)
    else:
        head = struct.pack('!BBQ', 0x80 | opcode, 127, size)
    return head + payload


class Close(Exception):
    """The WebSocket ends, by a close code alone or by a code of the registry."""

    def __init__(self, number=None, refusal=None):
        super().__init__()
        self.number, self.refusal = number, refusal


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


class Incoming:
    """Whole messages of a peer."""

    def __init__(self, wire, most):
        self.wire, self.most = wire, most

    def message(self, control, deadline=None):
        """The next text message; `control` is told of pings, pongs and closes."""
        parts, size, kind = [], 0, None
        while True:
            first, second = self.wire.take(2, deadline)
            opcode, length = first & 15, second & 127
            if first & 0x70 or not second & 0x80 or opcode not in (0, 1, 2, 8, 9, 10):
                raise Close(1002)
            if length == 126:
                length, = struct.unpack('!H', self.wire.take(2, deadline))
            elif length == 127:
                length, = struct.unpack('!Q', self.wire.take(8, deadline))
            if opcode >= CLOSE and (length > 125 or not first & 0x80):
                raise Close(1002)
            if opcode == BINARY:
                raise Close(1003)
            if opcode < CLOSE and size + length > self.most:
                raise Close(refusal=Refusal('frame_too_large', f'longer than {self.most} bytes'))
            payload = self._unmask(self.wire.take(4, deadline), self.wire.take(length, deadline))
            if opcode >= CLOSE:
                control(opcode, payload)
                continue
            if (opcode == CONTINUATION) != (kind is not None):
                raise Close(1002)
            kind = TEXT
            parts.append(payload)
            size += length
            if first & 0x80:
                return b''.join(parts)

    @staticmethod
    def _unmask(mask, payload):
        if not payload:
            return payload
        key = (mask * (len(payload) // 4 + 1))[:len(payload)]
        return (int.from_bytes(payload, 'big') ^ int.from_bytes(key, 'big')).to_bytes(len(payload), 'big')


class PeerCloses(Exception):
    """A close frame came."""


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
        attached.negotiate(hello['versions'])
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
