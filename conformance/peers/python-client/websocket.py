"""A WebSocket (RFC 6455) of a client, over sockets and threads."""

import base64
import hashlib
import json
import os
import queue
import socket
import ssl
import struct
import threading

from endings import lost, of_close, of_status
from plain_http import problem_of

SUBPROTOCOL = "durable-session"
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class Refused(Exception):
    """The upgrade got another answer than 101."""

    def __init__(self, ending):
        super().__init__(ending.code)
        self.ending = ending


def frame(opcode, payload):
    """One masked, unfragmented frame."""
    length = len(payload)
    if length < 126:
        head = struct.pack("!BB", 0x80 | opcode, 0x80 | length)
    elif length < 65_536:
        head = struct.pack("!BBH", 0x80 | opcode, 0x80 | 126, length)
    else:
        head = struct.pack("!BBQ", 0x80 | opcode, 0x80 | 127, length)
    key = os.urandom(4)
    mask = int.from_bytes((key * (length // 4 + 1))[:length], "big")
    masked = (int.from_bytes(payload, "big") ^ mask).to_bytes(length, "big")
    return head + key + masked


class WebSocketLink:
    """One WebSocket. `run` reads it in a thread of its own, a second thread writes."""

    takes_commands = True

    def __init__(self, addresses, hello, timeout):
        self._addresses, self._hello, self._timeout = addresses, hello, timeout
        self._socket = None
        self._file = None
        self._closed = False
        self._outgoing = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._write, daemon=True)

    def send(self, text):
        self._outgoing.put(frame(TEXT, text.encode("utf-8")))

    def close(self):
        """Leaves the socket without waiting for the other side. LIVENESS-6"""
        self._closed = True
        self._outgoing.put(None)
        if self._socket:
            try:
                self._socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def leave(self):
        """Says that this side has gone, and goes."""
        self._outgoing.put(frame(CLOSE, (1000).to_bytes(2, "big")))
        self._outgoing.put(None)
        if self._writer.is_alive():
            self._writer.join(0.5)
        self.close()

    def run(self, on_text):
        """Gives every message to `on_text`, and gives back how the socket ended."""
        url = self._addresses.of("websocket")
        try:
            self._open(url)
            self._writer.start()
            self.send(json.dumps(self._hello, ensure_ascii=False))
            return self._read(on_text)
        except Refused as refused:
            return refused.ending
        except (OSError, EOFError, ValueError):
            return lost("websocket_1006")
        finally:
            self.close()
            if self._socket:
                self._socket.close()

    def _open(self, url):
        port = url.port or (443 if url.scheme == "https" else 80)
        plain = socket.create_connection((url.hostname, port), self._timeout)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if url.scheme == "https":
            plain = ssl.create_default_context().wrap_socket(plain, server_hostname=url.hostname)
        plain.settimeout(None)
        self._socket, self._file = plain, plain.makefile("rb")
        if self._closed:
            raise EOFError("closed while it was opened")
        key = base64.b64encode(os.urandom(16)).decode()
        target = (url.path or "/") + (f"?{url.query}" if url.query else "")
        plain.sendall((f"GET {target} HTTP/1.1\r\nHost: {url.netloc}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                       f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n"
                       f"Sec-WebSocket-Protocol: {SUBPROTOCOL}\r\n\r\n").encode("ascii"))
        status, headers = self._answer()
        if status != 101:
            body = self._file.read(int(headers.get("content-length", "0"))) if status >= 400 else b""
            raise Refused(of_status(status, problem_of(body), headers.get("retry-after")))
        expected = base64.b64encode(hashlib.sha1((key + _GUID).encode()).digest()).decode()
        if headers.get("sec-websocket-accept") != expected or headers.get("sec-websocket-protocol") != SUBPROTOCOL:
            raise EOFError("not the answer to this upgrade")

    def _answer(self):
        words = self._file.readline(65_536).split()
        if len(words) < 2 or not words[1].isdigit():
            raise EOFError("no HTTP")
        status, headers = int(words[1]), {}
        while (line := self._file.readline(65_536)) not in (b"\r\n", b"\n", b""):
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.strip().lower()] = value.strip()
        return status, headers

    def _write(self):
        try:
            while (data := self._outgoing.get()) is not None:
                self._socket.sendall(data)
        except OSError:
            pass  # the reader notices, and says how it ended

    def _read(self, on_text):
        opcode, message = None, bytearray()
        while True:
            first, second = self._exactly(2)
            length = second & 127
            if length > 125:
                length = int.from_bytes(self._exactly(2 if length == 126 else 8), "big")
            if first & 0x70 or second & 0x80:
                raise EOFError("a frame that nobody agreed on")
            kind, payload = first & 15, self._exactly(length)
            if kind == CLOSE:
                self._outgoing.put(frame(CLOSE, payload[:2]))
                self._outgoing.put(None)
                self._writer.join(1)
                return of_close(int.from_bytes(payload[:2], "big") if len(payload) >= 2 else 1005)
            if kind == PING:
                self._outgoing.put(frame(PONG, payload))  # WS-13
            elif kind != PONG:
                opcode = opcode if kind == 0 else kind
                message += payload
                if first & 0x80:
                    on_text(bytes(message) if opcode == TEXT else None)
                    opcode, message = None, bytearray()

    def _exactly(self, count):
        data = self._file.read(count)
        if len(data) < count:
            raise EOFError("the socket ended")
        return data
