"""One session: its log, the lock under which everything is judged, its records, leases and timers."""

import collections
import secrets
import sys
import threading
import time
import traceback

import append
import commands
import endings
import fold
import questions
from draft import Draft, now_ms
from limits import Rate
from lookups import Noop
from registry import Refusal
from strict_json import canonical

_SNAPSHOT = '{"type":"snapshot","position":{"epoch":"%s","seq":9007199254740991},"events":[],"last":false}'


class Session:
    """A log in memory. `lock` guards everything, and is told of every change."""

    def __init__(self, session_id, limits, clock):
        self.id = session_id
        self.limits = limits
        self.epoch = secrets.token_urlsafe(15)
        self.lock = threading.Condition(threading.RLock())
        self.state = fold.empty()
        self.log, self.lines = [], []
        self.connections = {}
        self.presence_version = 0
        self.deleted = False
        self.appends = {}
        self.snapshot = (0, [])
        self.longest_frame = limits['maxFrameBytes'] + 1024
        # Any event has to fit into a snapshot frame too.
        self.longest_event = self.longest_frame - len(_SNAPSHOT % self.epoch)
        self._records = {}
        self._rates = collections.defaultdict(lambda: Rate(limits['commandsPerSecond']))
        self._clock = clock
        self._timers = {}
        self._wake = float('inf')

    @property
    def head(self):
        return len(self.log)

    def position(self, seq):
        return {'epoch': self.epoch, 'seq': seq}

    def presence_changed(self):
        self.presence_version += 1
        self.lock.notify_all()

    # Commands

    def admit(self, credential):
        """Count a command of this principal, or refuse it (step 3)."""
        with self.lock:
            self._rates[credential.principal].admit()

    def execute(self, command, credential, reply, connection=None):
        """Judge one command; `reply` gets its ack before anybody else learns of it."""
        with self.lock:
            if connection and connection.ending:
                return  # BYE-4
            if self.deleted:
                raise Refusal('gone')
            reply({'type': 'ack', 'id': command['id'], **self._answer(command, credential, connection)})
            self.lock.notify_all()

    def _answer(self, command, credential, connection):
        draft = Draft(self, command['id'], credential.actor)
        try:
            if connection:
                credential.require_unexpired()
                self.admit(credential)
            return self._judge(draft, command, credential)
        except Noop as noop:
            return {'status': 'noop', **({'result': noop.result} if noop.result is not None else {})}
        except append.Repeat as repeat:
            return repeat.ack
        except Refusal as refusal:
            draft.roll_back()
            return {'status': 'rejected', 'error': refusal.error()}
        except Exception:  # The peer learns only that this is not its fault.
            traceback.print_exc(file=sys.stderr)
            draft.roll_back()
            return {'status': 'rejected', 'error': Refusal('unavailable').error()}

    def _judge(self, draft, command, credential):
        kind = command['type'] if isinstance(command.get('type'), str) else None
        commands.check_shape(command, credential)
        stored = self._repeat(command, credential)
        if stored:
            return stored
        commands.check_role(command, credential)
        if self.state['closed'] and kind != 'presence.set':
            raise Refusal('session_closed')
        result = commands.TABLE[kind][1](draft, command, credential)
        ack = {'status': 'accepted'}
        if draft.events:
            ack['position'] = self.position(draft.events[-1]['seq'])
        if result is not None:
            ack['result'] = result
        self._record(draft, command, credential, ack)
        self._commit(draft)
        return ack

    def _repeat(self, command, credential):
        if command['type'] == 'events.append':
            append.check_number(self, command, credential)
            return None
        record = self._records.get((credential.principal, command['id']))
        if not record or record['until'] < time.monotonic():
            return None
        if record['content'] != canonical(command):
            raise Refusal('idempotency_conflict', 'this id was used for another command')
        return record['ack']

    def _record(self, draft, command, credential, ack):
        if command['type'] == 'events.append':
            self.appends[command['runId']] = {'n': command['n'], 'term': command['term'], 'ack': ack,
                                              'events': canonical(command['events'])}
        elif draft.events or command['type'] == 'request.claim':
            self._records[credential.principal, command['id']] = {
                'content': canonical(command), 'ack': ack,
                'until': time.monotonic() + self.limits['dedupeMs'] / 1000}

    # The log

    def begin(self, command, credential):
        """The first event of the log, and the ack of `session.create`."""
        with self.lock:
            return self._begin(Draft(self, command['id'], credential.actor), command)

    def _begin(self, draft, command):
        draft.add('session.created', **{name: command[name] for name in ('title', 'metadata') if name in command})
        self._commit(draft)
        return {'status': 'accepted', 'position': self.position(1),
                'result': {'sessionId': self.id, 'position': self.position(1)}}

    def _commit(self, draft):
        self.log.extend(draft.events)
        self.lines.extend(draft.lines)
        for event in draft.events:
            self._set_timers(event)
        self._schedule()
        if draft.events:
            self.lock.notify_all()

    # Timers

    def renew_run(self, run_id):
        self._timers['lease', run_id] = time.monotonic() + self.limits['leaseMs'] / 1000

    def renew_claim(self, request_id):
        self._timers['claim', request_id] = time.monotonic() + self.limits['leaseMs'] / 1000

    def _set_timers(self, event):
        kind = event['type']
        if kind == 'run.started':
            self.renew_run(event['runId'])
        elif kind == 'run.cancelling':
            self._timers['cancel', event['runId']] = time.monotonic() + self.limits['cancelMs'] / 1000
        elif kind in ('run.suspended', 'run.ended'):
            self._timers.pop(('lease', event['runId']), None)
            self._timers.pop(('cancel', event['runId']), None)
        elif kind == 'request.opened' and 'expiresAt' in event:
            wait = max(0, event['expiresAt'] - now_ms() + 1) / 1000
            self._timers['expiry', event['requestId']] = time.monotonic() + wait
        elif kind == 'request.claimed':
            self.renew_claim(event['requestId'])
        elif kind in ('request.released', 'request.resolved'):
            self._timers.pop(('claim', event['requestId']), None)
            if kind == 'request.resolved':
                self._timers.pop(('expiry', event['requestId']), None)

    def _schedule(self):
        first = min(self._timers.values(), default=float('inf'))
        if first < self._wake:
            self._wake = first
            self._clock.at(first, self._tick)

    def _tick(self):
        with self.lock:
            self._wake = float('inf')
            if self.deleted:
                return
            now = time.monotonic()
            for key in [each for each, moment in self._timers.items() if moment <= now]:
                if key in self._timers:  # An earlier one may have ended what this one is for.
                    self._fire(*key)
            self._schedule()

    def _fire(self, kind, thing_id):
        del self._timers[kind, thing_id]
        draft = Draft(self)
        if kind in ('lease', 'cancel'):
            run = self.state['runs'][thing_id]
            if run['status'] == 'cancelling':
                endings.end(draft, run, 'cancelled', run['reason'])
            elif run['status'] == 'running':
                draft.add('run.suspended', runId=thing_id, term=run['term'], reason='lease_expired')
        elif kind == 'claim':
            draft.add('request.released', requestId=thing_id, reason='lease_expired')
        elif self.state['requests'][thing_id]['expiresAt'] > now_ms():
            self._set_timers({'type': 'request.opened', **self.state['requests'][thing_id]})
        else:
            questions.expire(draft, self.state['requests'][thing_id])
        self._commit(draft)
