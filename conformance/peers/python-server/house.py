"""All sessions of this server: how they are made, found and deleted."""

import secrets
import threading
import time

from limits import Rate
from lookups import in_use
from registry import Refusal
from session import Session
from shapes import check_command, is_id
from strict_json import canonical


class House:
    """The sessions by id; a deleted one stays as a name."""

    def __init__(self, limits, clock):
        self.limits = limits
        self.draining = False
        self._clock = clock
        self._lock = threading.Lock()
        self._sessions = {}
        self._records = {}
        self._rates = {}

    def admit(self, credential):
        """Count a `session.create` of this principal, apart from the commands of sessions (LIMIT-17)."""
        with self._lock:
            if credential.principal not in self._rates:
                self._rates[credential.principal] = Rate(self.limits['commandsPerSecond'])
            self._rates[credential.principal].admit()

    def find(self, session_id, credential):
        """A session that the credential may see, or `not_found`, or `gone`."""
        session = self._sessions.get(session_id) if is_id(session_id) else None
        if not session or not credential.sees(session_id):
            raise Refusal('not_found')
        if session.deleted:
            raise Refusal('gone')
        return session

    def create(self, command, credential):
        """The ack of a `session.create`."""
        try:
            with self._lock:
                body = self._create(command, credential)
        except Refusal as refusal:
            body = {'status': 'rejected', 'error': refusal.error()}
        return {'type': 'ack', 'id': command['id'], **body}

    def _create(self, command, credential):
        check_command(command, ('session.create',))
        key, content = (credential.principal, command['id']), canonical(command)
        record = self._records.get(key)
        if record and record['until'] >= time.monotonic():
            if record['content'] != content:
                raise Refusal('idempotency_conflict', 'this id was used for another session')
            return record['ack']
        wanted = command.get('sessionId')
        if credential.role not in ('controller', 'agent') or credential.sessions is not None and (
                wanted not in credential.sessions):
            raise Refusal('forbidden', 'this credential creates no such session')
        if wanted in self._sessions:
            raise in_use('session', wanted)
        session = Session(wanted or 'py-' + secrets.token_hex(12), self.limits, self._clock)
        ack = session.begin(command, credential)
        self._sessions[session.id] = session
        self._records[key] = {'content': content, 'ack': ack,
                              'until': time.monotonic() + self.limits['dedupeMs'] / 1000}
        return ack

    def delete(self, session):
        """From here on nobody is told anything of the session but that it is gone."""
        with session.lock:
            if session.deleted:
                raise Refusal('gone')
            session.deleted = True
            self._say_bye(session, 'gone')

    def drain(self):
        """Tell every connection that the server ends (BYE-10)."""
        self.draining = True
        for session in list(self._sessions.values()):
            with session.lock:
                self._say_bye(session, 'unavailable')
        return [connection for session in self._sessions.values() for connection in session.connections.values()]

    @staticmethod
    def _say_bye(session, code):
        for connection in session.connections.values():
            connection.say_bye(code)
