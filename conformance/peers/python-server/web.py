"""HTTP/1.1 by hand: requests in, answers out."""

import time
import urllib.parse

from registry import Refusal
from strict_json import write
from wire import TooLate

REASONS = {200: 'OK', 204: 'No Content', 304: 'Not Modified', 400: 'Bad Request', 401: 'Unauthorized',
           403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed', 410: 'Gone', 413: 'Content Too Large',
           429: 'Too Many Requests', 500: 'Internal Server Error', 503: 'Service Unavailable'}


class Request:
    """A request whose head has been read, and whose body has not."""

    def __init__(self, wire, head):
        self.wire = wire
        first, *lines = head.decode('latin-1').split('\r\n')
        self.method, target, self.version = first.split(' ')
        url = urllib.parse.urlsplit(target)
        self.path = urllib.parse.unquote(url.path)
        self.query = urllib.parse.parse_qsl(url.query, keep_blank_values=True)
        self.headers = {}
        for line in lines:
            name, _, value = line.partition(':')
            name, value = name.strip().lower(), value.strip()
            self.headers[name] = f'{self.headers[name]}, {value}' if name in self.headers else value
        self.body_read = False

    def parameter(self, name):
        """The first value of a query parameter; absent and empty are None."""
        return next((value for key, value in self.query if key == name), None) or None

    @property
    def has_body(self):
        return 'chunked' in self.headers.get('transfer-encoding', '').lower() or (
            self.headers.get('content-length', '0') != '0')

    @property
    def keeps_alive(self):
        return self.version == 'HTTP/1.1' and 'close' not in self.headers.get('connection', '').lower()

    def body(self, most):
        """The body, or `frame_too_large`, or `invalid_frame` for a coding that is not served."""
        too_large = Refusal('frame_too_large', f'longer than {most} bytes')
        if self.headers.get('content-encoding', 'identity') != 'identity':
            raise Refusal('invalid_frame', 'no content coding is served')
        if 'chunked' not in self.headers.get('transfer-encoding', '').lower():
            length = self.headers.get('content-length', '0')
            if not length.isdecimal():
                raise Refusal('invalid_frame', 'no length')
            if int(length) > most:
                raise too_large
            self._go_on()
            octets = self.wire.take(int(length))
            self.body_read = True
            return octets
        self._go_on()
        octets = b''
        while True:
            line = self.wire.take_until(b'\r\n', 1024)
            try:
                size = int((line or b'x').split(b';')[0], 16)
            except ValueError:
                raise Refusal('invalid_frame', 'no chunk') from None
            if len(octets) + size > most:
                raise too_large
            if size == 0:
                while self.wire.take_until(b'\r\n', 8192):
                    pass
                self.body_read = True
                return octets
            octets += self.wire.take(size)
            self.wire.take(2)

    def _go_on(self):
        if self.headers.get('expect', '').lower() == '100-continue':
            self.wire.write(b'HTTP/1.1 100 Continue\r\n\r\n')


class Answer:
    """A status, headers and a body; sent once."""

    def __init__(self, status, body=None, kind='application/json', **headers):
        self.status = status
        self.octets = b'' if body is None else body if isinstance(body, bytes) else write(body)
        self.headers = {name.replace('_', '-'): value for name, value in headers.items()}
        if body is not None:
            self.headers['Content-Type'] = kind

    def send(self, wire, keeps_alive):
        self.headers['Connection'] = 'keep-alive' if keeps_alive else 'close'
        if self.status not in (204, 304):
            self.headers['Content-Length'] = str(len(self.octets))
        wire.write(head(self.status, self.headers) + self.octets)


def head(status, headers):
    """The bytes before a body."""
    lines = [f'HTTP/1.1 {status} {REASONS.get(status, "Switching Protocols")}']
    return '\r\n'.join(lines + [f'{name}: {value}' for name, value in headers.items()] + ['', '']).encode('latin-1')


def refused(refusal):
    """The problem document of a refusal."""
    answer = Answer(refusal.status, refusal.problem(), 'application/problem+json', Cache_Control='no-store')
    if refusal.status == 401:
        answer.headers['WWW-Authenticate'] = 'Bearer'
    if refusal.retry_after is not None:
        answer.headers['Retry-After'] = str(-(-refusal.retry_after // 1000))
    return answer


def drain(wire, seconds=1.0):
    """Read what is still on its way, so that an answer is not lost with the connection."""
    until = time.monotonic() + seconds
    try:
        while True:
            wire.skip(1, until)
    except (TooLate, OSError):
        return
