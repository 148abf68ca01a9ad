"""What the fold does to parts and tools."""

ENVELOPE = ('seq', 'type', 'at', 'cause', 'by')


def without_envelope(event):
    return {name: value for name, value in event.items() if name not in ENVELOPE}


def add_part(state, journal, message, fields, ended):
    part = {**fields, 'messageId': message['messageId'], 'ended': ended or fields.get('ended', False), 'request': None,
            'approval': None}
    if part['kind'] == 'tool':
        part['ended'] = part['ended'] or 'input' in part
        part['status'] = 'ready' if 'input' in part else 'input'
    journal.put(state['parts'], part['partId'], part)
    journal.put(state['used']['part'], part['partId'], True)
    journal.put(message, 'parts', message['parts'] + [part['partId']])


def _part_created(state, journal, event):
    fields = without_envelope(event)
    add_part(state, journal, state['messages'][fields.pop('messageId')], fields, False)


def merged(part, event):
    """The fields that a part has after `part.updated`."""
    made = dict(part)
    for name, value in without_envelope(event).items():
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


def dropped_by(state, step_id):
    """The parts that go when a step is superseded, children of its parts included (PART-15)."""
    gone = {each['partId'] for each in state['parts'].values() if each.get('stepId') == step_id}
    more = gone
    while more:
        more = {each['partId'] for each in state['parts'].values()
                if each.get('parentPartId') in gone and each['partId'] not in gone}
        gone = gone | more
    return gone


EFFECTS = {
    'part.created': _part_created, 'part.updated': _part_updated, 'part.ended': _part_ended,
    'tool.started': _tool_started, 'tool.ended': _tool_ended,
}
