"""A server of the Durable Session Protocol in Python, with threads and the standard library; see README.md."""

import json
import os
import signal
import socket
import sys
import threading
import traceback

sys.dont_write_bytecode = True  # A run leaves nothing behind in the folder.

import limits
import routes
import stream
import web
import websocket
import ws_frames
from clock import Clock
from credentials import Tokens, bearer
from house import House
from registry import Refusal
from wire import Gone, TooLate, Wire


class Server:
    """Listens on loopback, one thread for each TCP connection."""

    def __init__(self, options):
        clock = Clock()
        clock.start()
        self.house = House({**limits.DEFAULTS, **options.get('limits', {})}, clock)
        self.tokens = Tokens(options.get('tokens', ()))
        self.routes = routes.Routes(self.house, self.tokens, options.get('origins', ()))
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # Not much waits in the kernel for a peer that does not read (FLOW-1).
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 262144)
        self.listener.bind(('127.0.0.1', options.get('port', 0)))
        self.listener.listen(256)

    @property
    def url(self):
        return f'http://127.0.0.1:{self.listener.getsockname()[1]}'

    def accept(self):
        while True:
            sock, _ = self.listener.accept()
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._serve, args=(sock,), daemon=True).start()

    def _serve(self, sock):
        wire = Wire(sock, 2 * self.house.limits['heartbeatMs'] / 1000)
        try:
            while self._one(wire):
                pass
        except (Gone, OSError, TooLate):
            pass
        except Exception:
            traceback.print_exc(file=sys.stderr)
        wire.end()

    def _one(self, wire):
        """Serve one request; whether another may follow on this connection."""
        head = wire.take_until(b'\r\n\r\n', 65536)
        try:
            request = web.Request(wire, head or b'')
        except ValueError:
            web.Answer(400).send(wire, False)
            return False
        extra = {}
        try:
            methods, session_id = routes.find(request.path)
            if not methods:
                raise Refusal('not_found', 'there is nothing at this path')
            name = methods.get(request.method)
            if name != 'discovery':
                extra = self.routes.check_origin(request)
            if request.method == 'OPTIONS' and ('origin' in request.headers or 'discovery' in methods.values()):
                answer = self._preflight(methods)
            elif not name:
                answer = web.Answer(405, Allow=', '.join(methods))
            elif name == 'socket':
                return self._upgrade(request, wire, extra)
            elif name == 'stream':
                answer = stream.serve(self.routes, request, session_id, extra)
                if answer is None:
                    return False
            else:
                answer = getattr(self.routes, name)(request, session_id)
        except Refusal as refusal:
            answer = web.refused(refusal)
        except OSError:
            raise
        except Exception:
            traceback.print_exc(file=sys.stderr)
            answer = web.refused(Refusal('unavailable'))
        for name, value in extra.items():
            answer.headers[name] = f'{answer.headers[name]}, {value}' if name in answer.headers else value
        unread = request.has_body and not request.body_read
        answer.send(wire, request.keeps_alive and not unread)
        if unread:
            web.drain(wire)
        return request.keeps_alive and not unread

    @staticmethod
    def _preflight(methods):
        return web.Answer(204, Access_Control_Allow_Methods=', '.join(methods),
                          Access_Control_Allow_Headers=routes.ALLOWED)

    def _upgrade(self, request, wire, extra):
        headers = request.headers
        offered = [each.strip() for each in headers.get('sec-websocket-protocol', '').split(',')]
        if headers.get('upgrade', '').lower() != 'websocket' or ws_frames.PROTOCOL not in offered or (
                'sec-websocket-key' not in headers or headers.get('sec-websocket-version') != '13'):
            raise Refusal('invalid_frame', 'a WebSocket with the subprotocol durable-session is served here')
        if self.house.draining:
            raise Refusal('unavailable')
        wire.write(b'HTTP/1.1 101 Switching Protocols\r\n' + web.head(200, {
            'Upgrade': 'websocket', 'Connection': 'Upgrade', 'Sec-WebSocket-Protocol': ws_frames.PROTOCOL,
            'Sec-WebSocket-Accept': ws_frames.accept(headers['sec-websocket-key']), **extra}).split(b'\r\n', 1)[1])
        websocket.Peer(wire, self.house, self.tokens, bearer(headers.get('authorization'))).serve()
        return False

    def drain(self):
        """Say bye to everybody, and give the words a moment to arrive."""
        ended = threading.Event()
        connections = self.house.drain()
        for _ in range(40):
            if all(each.dead for each in connections):
                return
            ended.wait(0.05)


def main():
    sys.setrecursionlimit(20_000)
    threading.stack_size(4 * 1024 * 1024)
    server = Server(json.loads(sys.stdin.readline()))
    done = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: done.set())

    def listen_to_stdin():
        while sys.stdin.readline():
            pass
        done.set()

    for target in (listen_to_stdin, server.accept):
        threading.Thread(target=target, daemon=True).start()
    print(json.dumps({'url': server.url}), flush=True)
    while not done.wait(3600):
        pass
    server.drain()
    sys.stdout.flush()
    os._exit(0)


if __name__ == '__main__':
    main()
