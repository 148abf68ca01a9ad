"""What the fold does to runs, their steps and their requests."""

from fold_parts import dropped_by, without_envelope


def _run_queued(state, journal, event):
    run = {**without_envelope(event), 'status': 'queued', 'term': 0, 'tail': None, 'agents': [], 'children': [],
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


def _step_ended(state, journal, event):
    journal.put(state['steps'][event['stepId']], 'open', False)
    if event['outcome'] == 'superseded':
        for part_id in dropped_by(state, event['stepId']):
            part = state['parts'][part_id]
            message = state['messages'][part['messageId']]
            journal.put(message, 'parts', [each for each in message['parts'] if each != part_id])
            journal.drop(state['parts'], part_id)


def _request_opened(state, journal, event):
    request = {**without_envelope(event), 'seq': event['seq'], 'claim': None}
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


EFFECTS = {
    'run.queued': _run_queued, 'run.started': _run_started, 'run.suspended': _run_suspended,
    'run.cancelling': _run_cancelling, 'run.ended': _run_ended,
    'step.started': _step_started, 'step.ended': _step_ended,
    'request.opened': _request_opened, 'request.claimed': _request_claimed,
    'request.released': _request_released, 'request.resolved': _request_resolved,
}
