"""Requests: who may answer what, and what an answer brings with it."""

import endings
from draft import given
from holders import require_holder
from lookups import condition, unknown
from registry import Refusal

OUTCOMES = {'approval': ('approved', 'denied', 'cancelled'), 'input': ('answered', 'denied', 'cancelled'),
            'client_tool': ('answered', 'failed', 'cancelled')}


def open_request(state, request_id):
    """An open request, or the word that there is none or that it is decided."""
    if request_id in state['decisions']:
        decision = state['decisions'][request_id]
        raise Refusal('already_resolved', 'the request has its decision', given(decision, 'outcome', 'by', 'seq'))
    if request_id not in state['requests']:
        raise unknown('request', request_id)
    return state['requests'][request_id]


def _holds(request, command, credential):
    claim = request['claim']
    return bool(claim) and claim['by']['principal'] == credential.principal and (
        claim['claimant'] == command.get('claimant'))


def _status(request):
    return {'status': 'claimed' if request['claim'] else 'open'}


def _fenced(request):
    return Refusal('fenced', 'only its holder may do this', dict(request['claim'] or {}))


def request_claim(draft, command, credential):
    request = open_request(draft.state, command['requestId'])
    lease = draft.session.limits['leaseMs']
    if _holds(request, command, credential):
        draft.session.renew_claim(request['requestId'])
        return {'leaseMs': lease}
    if request['claim']:
        raise Refusal('already_claimed', 'another device has it', dict(request['claim']))
    if request['kind'] != 'client_tool':
        raise Refusal('invalid_transition', 'only client tools are claimed', _status(request))
    draft.add('request.claimed', requestId=request['requestId'], claimant=command['claimant'], leaseMs=lease)
    return {'leaseMs': lease}


def request_release(draft, command, credential):
    request = open_request(draft.state, command['requestId'])
    if not _holds(request, command, credential):
        raise _fenced(request)
    draft.add('request.released', requestId=request['requestId'], reason='released')


def request_resolve(draft, command, credential):
    request, outcome = open_request(draft.state, command['requestId']), command['outcome']
    if credential.role == 'agent':
        require_holder(draft.state['runs'][request['runId']], command, credential)
    if request['kind'] == 'client_tool' and outcome != 'cancelled' and not _holds(request, command, credential):
        raise _fenced(request)
    if outcome not in OUTCOMES[request['kind']] or (
            credential.role == 'agent' and outcome == 'answered' and 'url' not in request):
        raise Refusal('invalid_transition', f'{outcome} is no answer to this', _status(request))
    field = unsuited(request, command)
    if field:
        raise condition(field=field)
    draft.add('request.resolved',
              **given(command, 'requestId', 'outcome', 'optionId', 'value', 'editedInput', 'text', 'error'))
    finish_tool(draft, request, command)


def unsuited(request, answer):
    """The field of an answer that does not suit its request, or None (REQUEST-14 to REQUEST-16)."""
    outcome, options = answer['outcome'], request.get('options')
    if not options and 'optionId' in answer:
        return 'optionId'
    if options and outcome in ('approved', 'denied'):
        chosen = [each for each in options if each['optionId'] == answer.get('optionId')]
        if not chosen or chosen[0]['outcome'] != outcome:
            return 'optionId'
    if 'editedInput' in answer and not (
            request['kind'] == 'approval' and request.get('editable') and outcome == 'approved'):
        return 'editedInput'
    return None


def finish_tool(draft, request, answer):
    """What the table of requests adds to the commit of a resolution."""
    kind, outcome = request['kind'], answer['outcome']
    if kind == 'input':
        return
    if outcome in ('cancelled', 'expired'):
        endings.end_tool(draft, request, 'cancelled')
    elif outcome == 'denied':
        endings.end_tool(draft, request, 'denied')
    elif outcome == 'answered':
        fields = {'output': answer['value']} if 'value' in answer else {}
        endings.end_tool(draft, request, 'completed', **fields)
    elif outcome == 'failed':
        endings.end_tool(draft, request, 'failed', **given(answer, 'error'))


def expire(draft, request):
    """The server's own answer when the time is up."""
    draft.add('request.resolved', requestId=request['requestId'], outcome='expired')
    finish_tool(draft, request, {'outcome': 'expired'})
