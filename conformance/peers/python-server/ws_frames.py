"""RFC 6455 by hand: the handshake's answer, and frames in both directions."""

import base64
import hashlib
import struct

from registry import Refusal

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
