"""The state that the server judges by: the fold of the log, without the texts that nothing is judged by."""

import patches

ENVELOPE = ('seq', 'type', 'at', 'cause', 'by')
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


def _without_envelope(event):
    return {name: value for name, value in event.items() if name not in ENVELOPE}


def _session_updated(state, journal, event):
    if 'leafId' in event:
        journal.put(state, 'leaf', event['leafId'])


def _session_closed(state, journal, event):
    journal.put(state, 'closed', True)


def _message_created(state, journal, event):
    message = {**_without_envelope(event), 'parts': [], 'ended': event.get('ended', False)}
    journal.put(state['messages'], message['messageId'], message)
    journal.put(state['used']['message'], message['messageId'], True)
    for part in event.get('parts', ()):
        _add_part(state, journal, message, part, message['ended'])
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


def _add_part(state, journal, message, fields, ended):
    part = {**fields, 'messageId': message['messageId'], 'ended': ended or fields.get('ended', False), 'request': None,
            'approval': None}
    if part['kind'] == 'tool':
        part['ended'] = part['ended'] or 'input' in part
        part['status'] = 'ready' if 'input' in part else 'input'
    journal.put(state['parts'], part['partId'], part)
    journal.put(state['used']['part'], part['partId'], True)
    journal.put(message, 'parts', message['parts'] + [part['partId']])


def _part_created(state, journal, event):
    fields = _without_envelope(event)
    _add_part(state, journal, state['messages'][fields.pop('messageId')], fields, False)


def merged(part, event):
    """The fields that a part has after `part.updated`."""
    made = dict(part)
    for name, value in _without_envelope(event).items():
        if name == 'metadata':
            made['metadata'] = {k: v for k, v in {**part.get('metadata', {}), **value}.items() if v is not None}
        elif value is None and not (name == 'data' and part['kind'] == 'data'):
            made.pop(name, None)
        else:
            made[name] = value
    return made


def _part_updated(state, journal, event):
    part = state['parts'][event['partId']]
    after = merged(part, event)
    for name in set(part) | set(after):
        if name not in after:
            journal.drop(part, name)
        elif name not in part or part[name] is not after[name]:
            journal.put(part, name, after[name])
    if part['kind'] == 'tool' and part['status'] in ('input', 'ready'):
        journal.put(part, 'status', 'ready' if 'input' in part and part['ended'] else 'input')


def _part_ended(state, journal, event):
    part = state['parts'][event['partId']]
    journal.put(part, 'ended', True)
    if part['kind'] == 'tool':
        if 'input' in event:
            journal.put(part, 'input', event['input'])
        if part['status'] == 'input' and 'input' in part:
            journal.put(part, 'status', 'ready')


def _tool_started(state, journal, event):
    part = state['parts'][event['partId']]
    run = state['runs'][state['messages'][part['messageId']]['runId']]
    journal.put(part, 'status', 'running')
    journal.put(part, 'startedTerm', run['term'])
    if 'input' in event:
        journal.put(part, 'input', event['input'])


def _tool_ended(state, journal, event):
    part = state['parts'][event['partId']]
    journal.put(part, 'status', 'ended')
    journal.put(part, 'ended', True)


def _run_queued(state, journal, event):
    run = {**_without_envelope(event), 'status': 'queued', 'term': 0, 'tail': None, 'agents': [], 'children': [],
           'steers': []}
    journal.put(state['runs'], run['runId'], run)
    journal.put(state['used']['run'], run['runId'], True)
    parent = state['runs'].get(run.get('parentRunId'))
    if parent:
        journal.put(parent, 'children', parent['children'] + [run['runId']])
    else:
        others = state['queue']
        journal.put(state, 'queue', [run['runId']] + others if run.get('front') else others + [run['runId']])


def _unqueue(state, journal, run):
    if run['runId'] in state['queue']:
        journal.put(state, 'queue', [each for each in state['queue'] if each != run['runId']])


def _run_started(state, journal, event):
    run = state['runs'][event['runId']]
    root = not run.get('parentRunId')
    if run['term'] == 0:
        message = state['messages'].get(run.get('messageId'))
        if message:
            if state['leaf'] and state['leaf'] != message['messageId']:
                journal.put(message, 'parentId', state['leaf'])
            if root:
                journal.put(state, 'leaf', message['messageId'])
        journal.put(run, 'tail', run.get('parentId') or run.get('messageId'))
    _unqueue(state, journal, run)
    if root:
        journal.put(state, 'active', run['runId'])
    for name, value in (('status', 'running'), ('agent', event['agent']), ('term', event['term']),
                        ('principal', event['by']['principal']), ('agents', run['agents'] + [event['agent']])):
        journal.put(run, name, value)


def _run_suspended(state, journal, event):
    journal.put(state['runs'][event['runId']], 'status', 'suspended')


def _run_cancelling(state, journal, event):
    run = state['runs'][event['runId']]
    journal.put(run, 'status', 'cancelling')
    journal.put(run, 'reason', event['reason'])


def _run_ended(state, journal, event):
    run = state['runs'][event['runId']]
    _unqueue(state, journal, run)
    journal.put(run, 'status', 'ended')
    journal.put(run, 'outcome', event['outcome'])
    if state['active'] == run['runId']:
        journal.put(state, 'active', None)


def _step_started(state, journal, event):
    journal.put(state['steps'], event['stepId'], {'runId': event['runId'], 'open': True})
    journal.put(state['used']['step'], event['stepId'], True)


def dropped_by(state, step_id):
    """The parts that go when a step is superseded, children of its parts included (PART-15)."""
    gone = {each['partId'] for each in state['parts'].values() if each.get('stepId') == step_id}
    more = gone
    while more:
        more = {each['partId'] for each in state['parts'].values()
                if each.get('parentPartId') in gone and each['partId'] not in gone}
        gone = gone | more
    return gone


def _step_ended(state, journal, event):
    journal.put(state['steps'][event['stepId']], 'open', False)
    if event['outcome'] == 'superseded':
        for part_id in dropped_by(state, event['stepId']):
            part = state['parts'][part_id]
            message = state['messages'][part['messageId']]
            journal.put(message, 'parts', [each for each in message['parts'] if each != part_id])
            journal.drop(state['parts'], part_id)


def _request_opened(state, journal, event):
    request = {**_without_envelope(event), 'seq': event['seq'], 'claim': None}
    journal.put(state['requests'], request['requestId'], request)
    journal.put(state['used']['request'], request['requestId'], True)
    part = state['parts'].get(request.get('partId'))
    if part:
        journal.put(part, 'request', request['requestId'])
        if request['kind'] == 'approval':
            journal.put(part, 'approval', request['requestId'])


def _request_claimed(state, journal, event):
    request = state['requests'][event['requestId']]
    journal.put(request, 'claim', {'by': event['by'], 'claimant': event['claimant']})
    journal.put(state['parts'][request['partId']], 'status', 'running')


def _request_released(state, journal, event):
    request = state['requests'][event['requestId']]
    journal.put(request, 'claim', None)
    journal.put(state['parts'][request['partId']], 'status', 'ready')


def _request_resolved(state, journal, event):
    request = state['requests'][event['requestId']]
    journal.put(state['decisions'], request['requestId'], {
        **{name: event[name] for name in ('seq', 'outcome', 'by', 'editedInput') if name in event},
        'requestId': request['requestId']})
    journal.drop(state['requests'], request['requestId'])
    part = state['parts'].get(request.get('partId'))
    if part:
        journal.put(part, 'request', None)


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
    'part.created': _part_created, 'part.updated': _part_updated, 'part.ended': _part_ended,
    'tool.started': _tool_started, 'tool.ended': _tool_ended,
    'run.queued': _run_queued, 'run.started': _run_started, 'run.suspended': _run_suspended,
    'run.cancelling': _run_cancelling, 'run.ended': _run_ended,
    'step.started': _step_started, 'step.ended': _step_ended,
    'request.opened': _request_opened, 'request.claimed': _request_claimed,
    'request.released': _request_released, 'request.resolved': _request_resolved,
    'state.replaced': _state_replaced, 'state.patched': _state_patched,
}
