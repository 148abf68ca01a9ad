"""Server-Sent Events: a request that becomes a connection, and its transport."""

import threading

import attached
import positions
import web
from credentials import bearer
from registry import Refusal
from routes import versions


class Outgoing:
    """The transport of an attached stream; its body ends with the TCP connection."""

    ping_every = None

    def __init__(self, wire, longest_ms):
        self.wire = wire
        self.longest_life = longest_ms / 1000

    def encode(self, line, position):
        return b'data:%b\n\n' % line if position is None else b'id:%b\ndata:%b\n\n' % (position.encode(), line)

    def write(self, octets):
        self.wire.write(octets)

    def finish(self, code):
        """Nothing is behind `bye` but the end of the body."""

    def end(self):
        self.wire.end()


def serve(routes, request, session_id, headers):
    """Attach and send until the end; an Answer if there is nothing to stream."""
    house = routes.house
    versions(request)
    credential = routes.tokens.authenticate(bearer(request.headers.get('authorization')))
    if house.draining:
        raise Refusal('unavailable')
    session = house.find(session_id, credential)
    place = request.headers.get('last-event-id') or request.parameter('position')
    features = (request.parameter('features') or '').split(',')
    connection = attached.Connection(session, credential, features, positions.from_text(place))
    if connection.at_final_head:
        with session.lock:
            session.connections.pop(connection.id, None)
        return web.Answer(204)
    wire = request.wire
    wire.sock.settimeout(2 * house.limits['heartbeatMs'] / 1000)
    out = Outgoing(wire, house.limits['sseStreamMs'])

    def watch():
        wire.watch()
        connection.hang_up()

    try:
        wire.write(web.head(200, {
            'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store, no-transform', 'X-Accel-Buffering': 'no',
            'Connection': 'close', **headers}))
    except OSError:
        connection.hang_up()
    threading.Thread(target=watch, daemon=True).start()
    connection.run(out)
    return None
