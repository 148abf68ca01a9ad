"""What must hold for requests that an agent opens, and for those that it decides in the same breath."""

from lookups import in_use
from questions import OUTCOMES, unsuited
from registry import Refusal


def _impossible(reason):
    return Refusal('invalid_transition', reason)


def _opened_ids(scope, event):
    if event['requestId'] in scope.state['used']['request']:
        raise in_use('request', event['requestId'])
    names = [each['optionId'] for each in event.get('options', ())]
    if len(set(names)) != len(names):
        raise in_use('request', event['requestId'])


def _opened(scope, event):
    kind = event['kind']
    part = scope.own_part(event['partId']) if 'partId' in event else None
    if part and (part['kind'] != 'tool' or part['request']):
        raise _impossible('a request is about a tool, and one at a time')
    if part and kind != 'input' and part['status'] != 'ready':
        raise _impossible('the tool is not ready')
    if part and kind == 'input' and part['status'] == 'ended':
        raise _impossible('the tool has ended')
    if kind == 'client_tool' and (not part or part.get('executor') != 'client'):
        raise _impossible('no tool of clients')
    if 'options' in event and kind != 'approval':
        raise _impossible('options are for approvals')
    if event.get('automatic'):
        later = scope.events[scope.index + 1:]
        decided = any(each.get('type') == 'request.resolved' and each.get('requestId') == event['requestId']
                      for each in later)
        if kind == 'client_tool' or 'expiresAt' in event or not decided:
            raise _impossible('an automatic decision comes in the same append')
        scope.automatic.add(event['requestId'])


def _resolved_forbidden(scope, event):
    if event['requestId'] not in scope.automatic:
        raise Refusal('forbidden_event', 'only an automatic request is resolved by an append')


def _resolved(scope, event):
    request = scope.state['requests'].get(event['requestId'])
    if not request:
        raise _impossible('the request is resolved')
    outcome, kind = event['outcome'], request['kind']
    suits = outcome in OUTCOMES[kind] and not unsuited(request, event)
    if kind == 'input':
        suits = suits and (outcome == 'cancelled' or outcome == 'answered' and 'url' in request)
    if not suits:
        raise _impossible('no such answer to this request')


FORBIDDEN = {'request.resolved': _resolved_forbidden}
IDS = {'request.opened': _opened_ids}
MAY = {'request.opened': _opened, 'request.resolved': _resolved}
