"""Who may write a run: claims, leases, releases, and starts that claim at once."""

import endings
import fold
from draft import given
from lookups import condition, ended, fresh, in_use, known, room_in_queue
from registry import Refusal


def fenced(run):
    return Refusal('fenced', 'another agent or term holds the run, or none', {'term': run['term']})


def is_holder(run, command, credential):
    """Whether the command names the run's last claim."""
    return run['term'] > 0 and (run['principal'], run['agent'], run['term']) == (
        credential.principal, command['agent'], command['term'])


def require_holder(run, command, credential):
    """Let only the holder of a running or cancelling run pass (AGENT-13 to AGENT-15)."""
    if run['status'] == 'ended':
        raise ended(run)
    if run['status'] not in ('running', 'cancelling') or not is_holder(run, command, credential):
        raise fenced(run)


def _cancelling():
    return Refusal('run_cancelling', 'the run is being cancelled')


def _first_in_line(state, run_id):
    if state['active'] and state['active'] != run_id:
        raise condition(activeRunId=state['active'])
    ahead = next((each for each in state['queue']), run_id)
    if ahead != run_id:
        raise condition(firstRunId=ahead)


def _for_agent(wanted, credential):
    if wanted is not None and wanted != credential.name:
        raise condition(agentName=wanted)


def run_claim(draft, command, credential):
    run = known(draft.state, 'run', command['runId'])
    if run['status'] == 'ended':
        raise ended(run)
    if run['status'] == 'running':
        raise Refusal('already_claimed', 'the run is held', {'agent': run['agent'], 'term': run['term']})
    if run['status'] == 'cancelling':
        raise _cancelling()
    if command['agent'] in run['agents']:
        raise in_use('agent', command['agent'])
    if run['status'] == 'queued' and not run.get('parentRunId'):
        _first_in_line(draft.state, run['runId'])
    _for_agent(run.get('agentName'), credential)
    return _start(draft, run, command['agent'])


def _start(draft, run, agent):
    draft.add('run.started', runId=run['runId'], agent=agent, term=run['term'] + 1)
    return {'term': run['term'], 'leaseMs': draft.session.limits['leaseMs']}


def run_renew(draft, command, credential):
    run = known(draft.state, 'run', command['runId'])
    require_holder(run, command, credential)
    draft.session.renew_run(run['runId'])
    return {'leaseMs': draft.session.limits['leaseMs']}


def run_release(draft, command, credential):
    run = known(draft.state, 'run', command['runId'])
    require_holder(run, command, credential)
    if run['status'] == 'cancelling':
        raise _cancelling()
    if command['reason'] == 'waiting' and not fold.open_requests(draft.state, run):
        raise condition(field='reason')
    draft.add('run.suspended', runId=run['runId'], term=run['term'], reason=command['reason'])


def run_start(draft, command, credential):
    state = draft.state
    child = 'parentRunId' in command
    message = known(state, 'message', command['parentId']) if 'parentId' in command else None
    parent = known(state, 'run', command['parentRunId']) if child else None
    part = known(state, 'part', command['partId']) if 'partId' in command else None
    if child:
        require_holder(parent, command, credential)
        if parent['status'] == 'cancelling':
            raise _cancelling()
    if part and part.get('status') == 'ended':
        raise Refusal('invalid_transition', 'the tool has ended', {'status': 'ended'})
    fresh(state, 'run', command['runId'])
    active = None if child else state['runs'].get(state['active'])
    delivery = command.get('ifBusy', 'queue') if active else 'start'
    if delivery == 'reject':
        raise Refusal('session_busy', 'a run is active', {'runId': active['runId']})
    claim = command.get('claim')
    if claim and not child:
        _first_in_line(state, command['runId'])
    if claim:
        _for_agent(command.get('agentName'), credential)
    if message and not fold.placed(state, message):
        raise condition(field='parentId')
    if 'partId' in command:
        writer = part and state['messages'][part['messageId']]
        if not part or part['kind'] != 'tool' or (writer['role'], writer.get('runId')) != ('assistant', parent['runId']):
            raise condition(field='partId')
    fields = given(command, 'runId', 'parentId', 'parentRunId', 'partId', 'name', 'agentName', 'config')
    draft.add('run.queued', **fields, **({'front': True} if delivery == 'interrupt' else {}))
    result = {'runId': command['runId'], 'delivery': delivery}
    if delivery == 'interrupt':
        endings.cancel(draft, active, 'interrupted')
    if claim:
        result.update(_start(draft, state['runs'][command['runId']], claim['agent']))
    else:
        room_in_queue(draft)
    return result
