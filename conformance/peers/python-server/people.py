"""What people ask of a session: messages, runs, cancels, its title and its end."""

import endings
import fold
from draft import given
from lookups import Noop, condition, fresh, in_use, known, room_in_queue
from registry import Refusal


def session_update(draft, command, credential):
    if 'leafId' in command:
        message = known(draft.state, 'message', command['leafId'])
        if not fold.placed(draft.state, message):
            raise condition(field='leafId')
    draft.add('session.updated', **given(command, 'title', 'leafId', 'metadata'))


def session_close(draft, command, credential):
    state = draft.state
    for run_id in ([state['active']] if state['active'] else []) + list(state['queue']):
        endings.end(draft, state['runs'][run_id], 'cancelled', 'session_closed')
    draft.add('session.closed', **given(command, 'text'))


def _delivery(command, active):
    wish = command.get('ifBusy', 'queue')
    if 'runId' not in command:
        return 'steer' if wish == 'steer' and active and active['status'] != 'cancelling' else 'record'
    if not active:
        return 'start'
    if wish == 'reject':
        raise Refusal('session_busy', 'a run is active', {'runId': active['runId']})
    if wish == 'steer' and active['status'] == 'cancelling':
        return 'queue'
    return wish


def message_send(draft, command, credential):
    state = draft.state
    active = state['runs'].get(state['active'])
    if 'parentId' in command:
        known(state, 'message', command['parentId'])
    fresh(state, 'message', command['messageId'])
    part_ids = [part['partId'] for part in command['parts']]
    for place, part_id in enumerate(part_ids):
        if part_id in state['used']['part'] or part_id in part_ids[:place]:
            raise in_use('part', part_id)
    if 'runId' in command:
        fresh(state, 'run', command['runId'])
    delivery = _delivery(command, active)
    if 'ifLastMessageId' in command and command['ifLastMessageId'] != state['leaf']:
        raise condition(lastMessageId=state['leaf'])
    if 'parentId' in command and command['parentId'] != state['leaf']:
        raise condition(leafId=state['leaf'])
    steer = {'steeredRunId': active['runId']} if delivery == 'steer' else {}
    wishes = given(command, 'agentName', 'config')
    draft.add('message.created', messageId=command['messageId'], role=command.get('role', 'user'),
              **({'parentId': state['leaf']} if state['leaf'] else {}), **given(command, 'runId'), **steer,
              delivery=delivery, **(wishes if steer and 'runId' in command else {}), parts=command['parts'], ended=True,
              **given(command, 'metadata'))
    if delivery in ('start', 'queue', 'interrupt'):
        draft.add('run.queued', runId=command['runId'], **({'front': True} if delivery == 'interrupt' else {}),
                  messageId=command['messageId'], **wishes)
        if delivery == 'interrupt':
            endings.cancel(draft, active, 'interrupted')
        room_in_queue(draft)
    return {'messageId': command['messageId'], 'delivery': delivery, **given(command, 'runId'), **steer}


def _busy_with(state, message):
    """The run that keeps a message from being removed, or None."""
    steered = state['runs'].get(message.get('steeredRunId'))
    if steered and message['messageId'] in steered['steers']:
        return steered
    run = state['runs'].get(message.get('runId'))
    writes = run and (message['role'] == 'assistant' or run.get('messageId') == message['messageId'])
    for each in (run if writes else None, state['runs'].get(message.get('applied'))):
        if each and fold.root_of(state, each)['status'] in fold.ACTIVE:
            return fold.root_of(state, each)
    return None


def message_remove(draft, command, credential):
    state = draft.state
    message = known(state, 'message', command['messageId'])
    if message.get('removed'):
        raise Noop()
    busy = _busy_with(state, message)
    if busy:
        raise Refusal('session_busy', 'a run still needs this message', {'runId': busy['runId']})
    draft.add('message.removed', messageId=command['messageId'], **given(command, 'text'))
    run = state['runs'].get(message.get('runId'))
    if run and run['status'] == 'queued' and run.get('messageId') == message['messageId']:
        endings.end(draft, run, 'cancelled', 'user')


def run_cancel(draft, command, credential):
    run = known(draft.state, 'run', command['runId'])
    if run['status'] == 'ended':
        raise Noop({'outcome': run['outcome']})
    if run['status'] == 'cancelling':
        raise Noop()
    endings.cancel(draft, run, 'user', command.get('text'))
