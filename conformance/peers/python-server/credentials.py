"""Tokens, and whom they stand for."""

import time

from registry import Refusal


class Credential:
    """A principal with a role, for some sessions or all, until some time or for ever."""

    def __init__(self, entry):
        self.principal = entry['principal']
        self.role = entry['role']
        self.name = entry.get('name')
        self.sessions = entry.get('sessions')
        self.expires = entry.get('expiresAt')

    @property
    def actor(self):
        return {'principal': self.principal, 'role': self.role, **({'name': self.name} if self.name else {})}

    @property
    def left_ms(self):
        """Milliseconds for which it is still valid, or None."""
        return None if self.expires is None else max(0, int(self.expires - time.time() * 1000))

    @property
    def expired(self):
        return self.expires is not None and time.time() * 1000 >= self.expires

    def sees(self, session_id):
        return self.sessions is None or session_id in self.sessions

    def require_unexpired(self):
        if self.expired:
            raise Refusal('auth_expired')


class Tokens:
    """The tokens that the configuration names."""

    def __init__(self, entries):
        self._known = {entry['token']: Credential(entry) for entry in entries}

    def find(self, token):
        return self._known.get(token)

    def authenticate(self, token):
        """The credential of a token, or `unauthenticated`, or `auth_expired`."""
        credential = self.find(token) if token else None
        if not credential:
            raise Refusal('unauthenticated')
        credential.require_unexpired()
        return credential


def bearer(header):
    """The token of an Authorization header, or None."""
    scheme, _, token = (header or '').strip().partition(' ')
    return token.strip() or None if scheme.lower() == 'bearer' else None
