"""The state that the server judges by: the fold of the log, without the texts that nothing is judged by."""

import fold_parts
import fold_work
import patches
from fold_parts import add_part, without_envelope

ACTIVE = ('running', 'suspended', 'cancelling')


def empty():
    return {'closed': False, 'leaf': None, 'active': None, 'queue': [], 'messages': {}, 'parts': {}, 'runs': {},
            'steps': {}, 'requests': {}, 'decisions': {}, 'shared': {}, 'stateSeq': 0,
            'used': {kind: {} for kind in ('message', 'run', 'part', 'request', 'step')}}


def fold(state, journal, event):
    """Take one event into the state."""
    effect = _EFFECTS.get(event['type'])
    if effect:
        effect(state, journal, event)


def root_of(state, run):
    """The root run above a run, or the run itself."""
    while run.get('parentRunId'):
        run = state['runs'][run['parentRunId']]
    return run


def placed(state, message):
    """Whether a message has its place in the tree (MESSAGE: place in the tree)."""
    if message['role'] == 'assistant' or message.get('delivery') == 'record' or message.get('applied'):
        return True
    run = state['runs'].get(message.get('runId'))
    return bool(run) and run.get('messageId') == message['messageId'] and run['term'] > 0


def open_requests(state, run):
    found = [each for each in state['requests'].values() if each['runId'] == run['runId']]
    return sorted(found, key=lambda each: each['seq'])


def children(state, run):
    """The child runs that have not ended, in the order in which they were queued."""
    return [each for each in map(state['runs'].get, run['children']) if each['status'] != 'ended']


def _session_updated(state, journal, event):
    if 'leafId' in event:
        journal.put(state, 'leaf', event['leafId'])


def _session_closed(state, journal, event):
    journal.put(state, 'closed', True)


def _message_created(state, journal, event):
    message = {**without_envelope(event), 'parts': [], 'ended': event.get('ended', False)}
    journal.put(state['messages'], message['messageId'], message)
    journal.put(state['used']['message'], message['messageId'], True)
    for part in event.get('parts', ()):
        add_part(state, journal, message, part, message['ended'])
    run = state['runs'].get(message.get('runId')) if message['role'] == 'assistant' else None
    active = state['runs'].get(state['active'])
    if run:
        journal.put(run, 'tail', message['messageId'])
        if not run.get('parentRunId'):
            journal.put(state, 'leaf', message['messageId'])
    elif message.get('delivery') == 'record':
        journal.put(state, 'leaf', message['messageId'])
        if active and active['tail'] and active['tail'] == message.get('parentId'):
            journal.put(active, 'tail', message['messageId'])
    elif message.get('delivery') == 'steer':
        steered = state['runs'][message['steeredRunId']]
        journal.put(steered, 'steers', steered['steers'] + [message['messageId']])
        if 'runId' in message:
            journal.put(state['used']['run'], message['runId'], True)


def _message_ended(state, journal, event):
    journal.put(state['messages'][event['messageId']], 'ended', True)


def _answered(state, journal, message):
    run = state['runs'][message['steeredRunId']]
    journal.put(run, 'steers', [each for each in run['steers'] if each != message['messageId']])
    return run


def _message_applied(state, journal, event):
    message = state['messages'][event['messageId']]
    run = _answered(state, journal, message)
    journal.put(message, 'applied', event['runId'])
    if run['tail']:
        journal.put(message, 'parentId', run['tail'])
    journal.put(run, 'tail', message['messageId'])
    if not run.get('parentRunId'):
        journal.put(state, 'leaf', message['messageId'])


def _message_missed(state, journal, event):
    message = state['messages'][event['messageId']]
    _answered(state, journal, message)
    journal.put(message, 'missed', event['reason'])


def _message_removed(state, journal, event):
    message = state['messages'][event['messageId']]
    journal.put(message, 'removed', True)
    for part_id in message['parts']:
        journal.drop(state['parts'], part_id)
    journal.put(message, 'parts', [])


def _state_replaced(state, journal, event):
    journal.put(state, 'shared', event['state'])
    journal.put(state, 'stateSeq', event['seq'])


def _state_patched(state, journal, event):
    journal.put(state, 'shared', patches.apply(state['shared'], event['patch']))
    journal.put(state, 'stateSeq', event['seq'])


_EFFECTS = {
    'session.updated': _session_updated, 'session.closed': _session_closed,
    'message.created': _message_created, 'message.ended': _message_ended, 'message.applied': _message_applied,
    'message.missed': _message_missed, 'message.removed': _message_removed,
    'state.replaced': _state_replaced, 'state.patched': _state_patched,
    **fold_parts.EFFECTS, **fold_work.EFFECTS,
}
