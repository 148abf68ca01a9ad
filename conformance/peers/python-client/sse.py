"""A stream of Server-Sent Events: every legal form of it, and the request that opens it."""

import http.client
import re
import socket
import urllib.parse

import plain_http
from endings import lost, of_status
from position import render

_LINE_END = re.compile(rb"\r\n|\r|\n")


class EventStream:
    """Cuts the bytes of a body into the data of its events. SSE-13

    The fields `event`, `id` and `retry` are read over: a frame holds its own type and position,
    and this client has its own backoff. An event that the end of the body cuts off is none.
    """

    def __init__(self):
        self._rest = bytearray()
        self._data = []
        self._after_cr = False
        self._first = True

    def feed(self, chunk):
        """The data of each event that this chunk completes."""
        if self._after_cr and chunk[:1] == b"\n":
            chunk = chunk[1:]  # the second half of a CRLF that two chunks share
        if not chunk:
            return
        self._after_cr = chunk[-1:] == b"\r"
        *lines, rest = _LINE_END.split(chunk)
        for line in lines:
            data = self._end_line(bytes(self._rest) + line)
            self._rest = bytearray()
            if data is not None:
                yield data
        self._rest += rest

    def _end_line(self, line):
        if self._first:
            self._first, line = False, line.removeprefix(b"\xef\xbb\xbf")
        if not line:
            data, self._data = self._data, []
            return b"\n".join(data) if data else None
        field, _, value = line.partition(b":")
        if field == b"data":
            self._data.append(value.removeprefix(b" "))
        return None


class SseLink:
    """One stream. `run` reads it in a thread of its own; `close` ends it from any other."""

    takes_commands = False

    def __init__(self, addresses, hello, timeout):
        self._addresses, self._hello, self._timeout = addresses, hello, timeout
        self._socket = None
        self._closed = False

    def run(self, on_text):
        """Gives every frame's text to `on_text`, and gives back how the stream ended."""
        url = self._addresses.of("sse")
        connection = plain_http.connect(url, self._timeout)
        try:
            connection.request("GET", self._target(url), headers={
                "Accept": "text/event-stream", "Authorization": f"Bearer {self._hello['token']}"})
            self._socket = connection.sock
            self._socket.settimeout(None)
            if self._closed:
                return lost("stream_ended")
            answer = connection.getresponse()
            if answer.status != 200:
                problem = plain_http.problem_of(answer.read()) if answer.status != 204 else None
                return of_status(answer.status, problem, answer.headers.get("Retry-After"))
            if answer.headers.get_content_type() != "text/event-stream":
                return lost("no_event_stream")
            stream = EventStream()
            while chunk := answer.read1(65_536):
                for data in stream.feed(chunk):
                    on_text(data)
        except (OSError, http.client.HTTPException, ValueError):
            pass  # SSE-18: a body that breaks is a lost connection
        finally:
            self.close()
            connection.close()
        return lost("stream_ended")

    def _target(self, url):
        query = {"versions": ",".join(map(str, self._hello["versions"])), "features": ",".join(self._hello["features"])}
        if "position" in self._hello:
            query["position"] = render(self._hello["position"])
        return plain_http.path_of(url, "sessions", self._hello["session"], "events") + "?" + urllib.parse.urlencode(query)

    def close(self):
        """Leaves the stream without waiting for anything. LIVENESS-6"""
        self._closed = True
        if self._socket:
            try:
                self._socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def leave(self):
        self.close()
