"""Bytes in and out of one TCP connection."""

import socket
import time


class Gone(OSError):
    """The peer has ended the connection."""


class TooLate(Exception):
    """What was waited for has not come in time."""


class Wire:
    """A socket with a buffer for what is read ahead."""

    def __init__(self, sock, patience):
        self.sock = sock
        self.buffer = bytearray()
        sock.settimeout(patience)

    def _more(self, deadline):
        while True:
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left <= 0:
                raise TooLate
            try:
                if left is not None:
                    self.sock.settimeout(left)
                octets = self.sock.recv(65536)
            except TimeoutError:
                continue
            if not octets:
                raise Gone
            self.buffer += octets
            return

    def take(self, count, deadline=None):
        """Exactly `count` bytes."""
        while len(self.buffer) < count:
            self._more(deadline)
        taken = bytes(self.buffer[:count])
        del self.buffer[:count]
        return taken

    def skip(self, count, deadline=None):
        """Read and forget."""
        while count:
            if not self.buffer:
                self._more(deadline)
            step = min(count, len(self.buffer))
            del self.buffer[:step]
            count -= step

    def take_until(self, mark, most, deadline=None):
        """Everything up to the mark, without it, or None if it does not come within `most` bytes."""
        while mark not in self.buffer:
            if len(self.buffer) > most:
                return None
            self._more(deadline)
        taken, _, rest = bytes(self.buffer).partition(mark)
        self.buffer = bytearray(rest)
        return taken

    def watch(self):
        """Read and forget until the peer has gone."""
        try:
            while True:
                self._more(None)
                self.buffer.clear()
        except (OSError, ValueError):
            return

    def write(self, octets):
        """All of the bytes; a peer that takes none of them for the socket's patience is given up."""
        view = memoryview(octets)
        while view:
            view = view[self.sock.send(view):]

    def end(self):
        for step in (lambda: self.sock.shutdown(socket.SHUT_RDWR), self.sock.close):
            try:
                step()
            except OSError:
                pass
