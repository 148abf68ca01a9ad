"""Which path does what: discovery, sessions, log pages, commands by POST."""

import re

import commands
import positions
import shapes
import snapshots
import web
import welcomes
from credentials import bearer
from registry import Refusal
from strict_json import read, write

DISCOVERY = '/.well-known/durable-session'
SOCKET = '/peer/socket'
API, STREAM = '/peer/api', '/peer/stream'
_PATHS = [
    (re.compile(re.escape(DISCOVERY)), {'GET': 'discovery'}),
    (re.compile(re.escape(SOCKET)), {'GET': 'socket'}),
    (re.compile(API + r'/sessions'), {'POST': 'create'}),
    (re.compile(API + r'/sessions/([^/]*)'), {'GET': 'snapshot', 'DELETE': 'delete'}),
    (re.compile(API + r'/sessions/([^/]*)/log'), {'GET': 'pages'}),
    (re.compile(STREAM + r'/sessions/([^/]*)/events'), {'GET': 'stream'}),
    (re.compile(STREAM + r'/sessions/([^/]*)/commands'), {'POST': 'command'}),
]
ALLOWED = 'Authorization, Content-Type, Last-Event-ID, If-None-Match'
_VERSIONS = re.compile(r'[0-9]{1,9}(,[0-9]{1,9})*')


def find(path):
    """The methods of a path and the session id in it; no methods, no such path."""
    for pattern, methods in _PATHS:
        found = pattern.fullmatch(path)
        if found:
            return methods, found.group(1) if pattern.groups else None
    return None, None


def versions(request):
    """The query's versions, once one of them is spoken."""
    text = request.parameter('versions') or ''
    if not _VERSIONS.fullmatch(text):
        raise Refusal('invalid_frame', 'versions are decimal integers, joined by commas')
    named = [int(each) for each in text.split(',')]
    if 0 in named:
        raise Refusal('invalid_frame', 'versions begin with 1')
    welcomes.negotiate(named)


class Routes:
    """What each route answers; `stream` and `socket` take the connection over."""

    def __init__(self, house, tokens, origins):
        self.house, self.tokens, self.origins = house, tokens, origins

    def check_origin(self, request):
        """Headers for an allowed origin, or `forbidden_origin`."""
        origin = request.headers.get('origin')
        if origin is None:
            return {}
        if origin not in self.origins:
            raise Refusal('forbidden_origin')
        return {'Access-Control-Allow-Origin': origin, 'Vary': 'Origin',
                'Access-Control-Expose-Headers': 'ETag, Retry-After'}

    def authenticate(self, request):
        return self.tokens.authenticate(bearer(request.headers.get('authorization')))

    def _session(self, request, session_id):
        return self.house.find(session_id, self.authenticate(request))

    def discovery(self, request, _):
        return web.Answer(200, {
            'implementation': {'name': 'python-server', 'version': '1'}, 'durability': 'memory',
            'protocol': 'durable-session', 'versions': [1], 'features': list(welcomes.FEATURES),
            'profiles': commands.PROFILES, 'limits': self.house.limits,
            'transports': {'http': {'url': '..' + API}, 'sse': {'url': '..' + STREAM + '/'},
                           'websocket': {'url': '..' + SOCKET}},
        }, Cache_Control='no-store', Access_Control_Allow_Origin='*')

    def _body(self, request):
        limits = self.house.limits
        body = read(request.body(limits['maxFrameBytes']), limits['maxDepth'])
        if not shapes.is_id(body.get('id')):
            raise Refusal('invalid_frame', 'no valid id')
        versions(request)
        return body

    def create(self, request, _):
        body = self._body(request)
        credential = self.authenticate(request)
        self.house.admit(credential)
        if self.house.draining:
            raise Refusal('unavailable')
        return web.Answer(200, self.house.create(body, credential), Cache_Control='no-store')

    def command(self, request, session_id):
        body = self._body(request)
        credential = self.authenticate(request)
        if self.house.draining:
            raise Refusal('unavailable')
        session = self.house.find(session_id, credential)
        session.admit(credential)
        acks = []
        session.execute(body, credential, acks.append)
        return web.Answer(200, acks[0], Cache_Control='no-store')

    def snapshot(self, request, session_id):
        session = self._session(request, session_id)
        with session.lock:
            head = session.head
        tag = f'"{positions.to_text(session.epoch, head)}"'
        headers = {'ETag': tag, 'Cache_Control': 'private, no-cache', 'Vary': 'Authorization'}
        named = [each.strip().removeprefix('W/') for each in request.headers.get('if-none-match', '').split(',')]
        if tag in named or '*' in named:
            return web.Answer(304, **headers)
        lines = b','.join(line for _, line in snapshots.events(session, head))
        body = b'{"events":[' + lines + b'],"position":' + write(session.position(head)) + b'}'
        return web.Answer(200, body, **headers)

    def delete(self, request, session_id):
        credential = self.authenticate(request)
        session = self.house.find(session_id, credential)
        if credential.role != 'controller':
            raise Refusal('forbidden', 'only controllers delete')
        self.house.delete(session)
        return web.Answer(204)

    def pages(self, request, session_id):
        session = self._session(request, session_id)
        most, after, limit = session.limits['logPage'], request.parameter('after'), request.parameter('limit')
        if limit is not None:
            if not re.fullmatch(r'0*[1-9][0-9]*', limit) or len(limit) > 300:
                raise Refusal('invalid_frame', 'a limit is an integer from 1 on')
            most = min(most, int(limit))
        start = 0
        if after is not None:
            held = positions.from_text(after)
            if not held:
                raise Refusal('invalid_frame', 'after is no position')
            if held[0] != session.epoch:
                raise Refusal('gone', 'a position of another epoch')
            start = held[1]
        with session.lock:
            lines = session.lines[start:start + most]
        keep = after is not None and len(lines) == most
        return web.Answer(200, b'{"events":[' + b','.join(lines) + b']}', Vary='Authorization',
                          Cache_Control='private, max-age=31536000, immutable' if keep else 'no-store')
