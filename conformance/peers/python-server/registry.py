"""Every code by which this server refuses, and what the registry of the specification says of it."""

# code: (retryable, action of bye or None, close code, HTTP status)
CODES = {
    'unavailable': (True, 'retry', 4000, 503),
    'epoch_changed': (True, 'retry', 4001, None),
    'slow_consumer': (True, 'retry', 4002, None),
    'stream_expired': (True, 'retry', 4003, None),
    'too_many_connections': (True, 'retry', 4004, 429),
    'hello_timeout': (True, 'retry', 4005, None),
    'unauthenticated': (False, 'reauth', 4500, 401),
    'auth_expired': (False, 'reauth', 4501, 401),
    'invalid_frame': (False, 'stop', 4510, 400),
    'frame_too_large': (False, 'stop', 4511, 413),
    'unsupported_version': (False, 'stop', 4512, 400),
    'forbidden_origin': (False, 'stop', 4513, 403),
    'not_found': (False, 'stop', 4514, 404),
    'gone': (False, 'stop', 4515, 410),
    'session_closed': (False, 'stop', 4516, None),
    'rate_limited': (True, None, None, 429),
    'limit_exceeded': (False, None, None, 429),  # see Refusal.retryable
    'forbidden': (False, None, None, 403),
    'session_busy': (True, None, None, None),
    'already_claimed': (True, None, None, None),
}

WORDS = {
    'unavailable': 'the server can not serve this now',
    'stream_expired': 'the stream has lived as long as streams may',
    'too_many_connections': 'this principal holds as many connections as it may',
    'hello_timeout': 'no hello came in time',
    'unauthenticated': 'a valid credential is needed',
    'auth_expired': 'the credential has expired',
    'not_found': 'there is no such session, or none to be seen with this credential',
    'gone': 'this is not kept any more',
    'session_closed': 'the session is closed',
    'forbidden_origin': 'pages of this origin may not connect',
}


class Refusal(Exception):
    """Something is refused: a code, and what there is to say about it."""

    def __init__(self, code, message=None, details=None, retry_after=None):
        super().__init__(code)
        self.code = code
        self.message = message or WORDS.get(code) or code.replace('_', ' ')
        self.details = details
        self.retry_after = retry_after

    @property
    def status(self):
        return CODES[self.code][3] or 500

    @property
    def retryable(self):
        """Whether the same command may succeed later: a queue gets shorter, and what is too large stays too large (ERROR-3)."""
        if self.code == 'limit_exceeded':
            return (self.details or {}).get('limit') == 'maxQueuedRuns'
        return CODES.get(self.code, (False,))[0]

    def error(self):
        """The error object, as an ack and a problem document hold it."""
        made = {'code': self.code, 'message': self.message, 'retryable': self.retryable}
        if self.retry_after is not None:
            made['retryAfterMs'] = self.retry_after
        if self.details is not None:
            made['details'] = self.details
        return made

    def problem(self):
        """The problem document of RFC 9457."""
        return {'title': self.code.replace('_', ' ').capitalize(), 'status': self.status, **self.error()}


def bye(code, message=None, after=None):
    """The last frame of a connection."""
    frame = {'type': 'bye', 'code': code, 'action': CODES[code][1]}
    if after is not None:
        frame['afterMs'] = after
    if message or code in WORDS:
        frame['message'] = message or WORDS[code]
    return frame


def close_code(code):
    return CODES[code][2]
