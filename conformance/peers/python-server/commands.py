"""The commands that are served: to whom, under which profile, and by what."""

import append
import holders
import people
import presence
import questions
import shared
from registry import Refusal
from shapes import check_command

PROFILES = ['core', 'agents', 'requests', 'steering', 'state', 'presence', 'compaction', 'history']

ALL = ('observer', 'approver', 'controller', 'agent')
DECIDE = ('controller', 'approver')

TABLE = {
    'session.update': (('controller', 'agent'), people.session_update),
    'session.close': (('controller',), people.session_close),
    'message.send': (('controller',), people.message_send),
    'message.remove': (('controller',), people.message_remove),
    'run.start': (('controller', 'agent'), holders.run_start),
    'run.cancel': (('controller',), people.run_cancel),
    'request.claim': (DECIDE, questions.request_claim),
    'request.release': (DECIDE, questions.request_release),
    'request.resolve': ((*DECIDE, 'agent'), questions.request_resolve),
    'state.patch': (('controller',), shared.state_patch),
    'presence.set': (ALL, presence.presence_set),
    'run.claim': (('agent',), holders.run_claim),
    'run.renew': (('agent',), holders.run_renew),
    'run.release': (('agent',), holders.run_release),
    'events.append': (('agent',), append.events_append),
}


def caps(role):
    """The commands that a role may send, the last in the alphabet first."""
    return sorted((kind for kind, (roles, _) in TABLE.items() if role in roles), reverse=True)


def check_shape(command, credential):
    """Step 5 of the precedence."""
    check_command(command, TABLE)
    if command['type'] == 'request.resolve' and credential.role == 'agent':
        for name in ('agent', 'term'):
            if name not in command:
                raise Refusal('invalid_command', f'an agent names its {name}', {'path': '/' + name})


def check_role(command, credential):
    """Step 7 of the precedence."""
    kind, role = command['type'], credential.role
    allowed = role in TABLE[kind][0]
    if kind == 'run.start' and role == 'controller':
        allowed = 'claim' not in command and 'parentRunId' not in command
    if kind == 'request.resolve' and role == 'agent':
        allowed = command['outcome'] in ('cancelled', 'answered')
    if not allowed:
        raise Refusal('forbidden', f'{kind} is not for a credential like this ({role})')
