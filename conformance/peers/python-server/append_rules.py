"""What must hold for each event that an agent appends (APPEND-20 to APPEND-50)."""

import patches
import question_rules
import shared
from fold_parts import dropped_by, merged
from lookups import in_use
from registry import Refusal
from shapes import APPENDED, EVENTS, PARTS, VENDOR, wrong
from strict_json import canonical

PART_FIELDS = {kind: set(shape['properties']) for kind, shape in PARTS.items()}
OPEN_ENDED = ('data', 'file', 'tool')


def impossible(reason):
    return Refusal('invalid_transition', reason)


def forbidden(reason):
    return Refusal('forbidden_event', reason)


class Scope:
    """One append under judgement: its run, all its events, and how far it is."""

    def __init__(self, draft, run, events):
        self.draft, self.run, self.events = draft, run, events
        self.state = draft.state
        self.index = 0
        self.automatic = set()

    def judge(self, index, event):
        """Raise the Refusal of one event, in the order of APPEND-17."""
        self.index = index
        kind = event['type']
        if kind not in APPENDED and not VENDOR.fullmatch(kind):
            raise forbidden(f'agents do not append {kind}')
        for rules in (_FORBIDDEN, question_rules.FORBIDDEN):
            if kind in rules:
                rules[kind](self, event)
        for rules in (_IDS, question_rules.IDS):
            if kind in rules:
                rules[kind](self, event)
        if kind == 'tool.started':
            self.approval(event)
        if self.run['status'] == 'ended':
            raise impossible('the run has ended')
        if kind in APPENDED:
            if event.get('runId', self.run['runId']) != self.run['runId'] and 'runId' in EVENTS[kind]['properties']:
                raise impossible('another run')
        for rules in (_MAY, question_rules.MAY):
            if kind in rules:
                rules[kind](self, event)

    # What an event names

    def own_message(self, message_id):
        message = self.state['messages'].get(message_id)
        if not message or message['role'] != 'assistant' or message.get('runId') != self.run['runId']:
            raise impossible('no message of this run')
        return message

    def own_part(self, part_id):
        part = self.state['parts'].get(part_id)
        if not part:
            raise impossible('no such part')
        self.own_message(part['messageId'])
        return part

    def own_tool(self, part_id):
        part = self.own_part(part_id)
        if part['kind'] != 'tool' or part['request']:
            raise impossible('no tool, or there is an open request on it')
        return part

    def open_step(self, step_id):
        step = self.state['steps'].get(step_id)
        if not step or not step['open'] or step['runId'] != self.run['runId']:
            raise impossible('no open step of this run')

    def approval(self, event):
        """APPEND-35 and APPEND-49."""
        part = self.state['parts'].get(event['partId'])
        approval = part and part['approval']
        if not approval:
            return
        decision = self.state['decisions'].get(approval)
        if not decision or decision['outcome'] != 'approved':
            raise Refusal('approval_required', 'the last approval is open or was not given')
        runs = event.get('input', part.get('input'))
        if canonical(runs) != canonical(decision.get('editedInput', part.get('input'))):
            raise Refusal('approval_required', 'this is not the input that was approved')


def _message_created_forbidden(scope, event):
    if event['role'] != 'assistant' or any(name in event for name in ('parentId', 'delivery', 'steeredRunId')):
        raise forbidden('an agent writes for itself, and the server places it')


def _message_missed_forbidden(scope, event):
    if 'queuedRunId' in event:
        raise forbidden('the server queues runs')


def _message_created_ids(scope, event):
    if event['messageId'] in scope.state['used']['message']:
        raise in_use('message', event['messageId'])
    seen = set()
    for part in event.get('parts', ()):
        if part['partId'] in scope.state['used']['part'] or part['partId'] in seen:
            raise in_use('part', part['partId'])
        seen.add(part['partId'])


def _part_created_ids(scope, event):
    if event['partId'] in scope.state['used']['part']:
        raise in_use('part', event['partId'])


def _step_started_ids(scope, event):
    if event['stepId'] in scope.state['used']['step']:
        raise in_use('step', event['stepId'])


def _part_links(scope, part, before):
    if 'stepId' in part:
        scope.open_step(part['stepId'])
    if 'parentPartId' in part:
        parent = part['parentPartId']
        kind = before[parent] if parent in before else scope.own_part(parent)['kind']
        if kind not in ('tool', 'reasoning'):
            raise impossible('parts stand under tools and reasoning only')


def _message_created(scope, event):
    before = {}
    for part in event.get('parts', ()):
        _part_links(scope, part, before)
        before[part['partId']] = part['kind']


def _message_updated(scope, event):
    if scope.own_message(event['messageId']).get('removed'):
        raise impossible('the message is removed')


def _message_ended(scope, event):
    message = scope.own_message(event['messageId'])
    if message['ended'] or not all(scope.state['parts'][each]['ended'] for each in message['parts']):
        raise impossible('the message has ended, or one of its parts has not')


def _steer(scope, event):
    if event['messageId'] not in scope.run['steers']:
        raise impossible('no unanswered steer of this run')
    if event['type'] == 'message.applied' and 'stepId' in event:
        scope.open_step(event['stepId'])


def _part_created(scope, event):
    if scope.own_message(event['messageId'])['ended']:
        raise impossible('the message has ended')
    _part_links(scope, event, {})


def _part_delta(scope, event):
    part = scope.own_part(event['partId'])
    if part['kind'] not in ('text', 'reasoning', 'tool') or part['ended'] or 'input' in part or part['request']:
        raise impossible('nothing is added to this part')


def _part_updated(scope, event):
    part = scope.own_part(event['partId'])
    changed = set(event) & set(EVENTS['part.updated']['properties']) - {'type', 'partId', 'runId'}
    if scope.own_message(part['messageId'])['ended'] or part['request']:
        raise impossible('the message has ended, or there is an open request')
    if part['ended'] and part['kind'] not in OPEN_ENDED and changed - {'metadata'}:
        raise impossible('the part has ended')
    if changed - PART_FIELDS[part['kind']]:
        raise impossible('the part has no such field')
    if 'input' in changed:
        decision = scope.state['decisions'].get(part['approval'])
        if part['status'] in ('running', 'ended') or decision and decision['outcome'] == 'approved':
            raise impossible('the input stands')
    after = merged(part, {name: event[name] for name in changed})
    bare = {name: after[name] for name in PART_FIELDS[part['kind']] & set(after) if name != 'ended'}
    if wrong(PARTS[part['kind']], bare) is not None:
        raise impossible('what is left is no such part')


def _part_ended(scope, event):
    part = scope.own_part(event['partId'])
    if part['ended'] or part['request'] or ('input' in event and part['kind'] != 'tool') or (
            'citations' in event and part['kind'] != 'text'):
        raise impossible('the part has ended, is asked about, or has no such field')


def _tool_started(scope, event):
    part = scope.own_tool(event['partId'])
    again = part['status'] == 'running' and part.get('idempotent') and part['startedTerm'] < scope.run['term']
    if part.get('executor') == 'client' or not (part['status'] == 'ready' or again):
        raise impossible('the tool is not ready for this agent')


def _tool_progress(scope, event):
    if scope.own_tool(event['partId'])['status'] != 'running':
        raise impossible('the tool is not running')


def _tool_ended(scope, event):
    if scope.own_tool(event['partId'])['status'] == 'ended':
        raise impossible('the tool has ended')


def _step_ended(scope, event):
    scope.open_step(event['stepId'])
    if event['outcome'] == 'superseded':
        for part_id in dropped_by(scope.state, event['stepId']):
            part = scope.state['parts'][part_id]
            if part['request'] or part.get('status') == 'running':
                raise impossible('a part of it is asked about or running')


def _run_ended(scope, event):
    if event['outcome'] == 'cancelled' and scope.run['status'] == 'running':
        raise impossible('nobody has cancelled this run')


def _state_replaced(scope, event):
    shared.check_size(scope.draft, event['state'])


def _state_patched(scope, event):
    try:
        after = patches.apply(scope.state['shared'], event['patch'])
    except patches.DoesNotApply as error:
        raise Refusal('patch_failed', 'an operation does not apply', {'operation': error.index}) from None
    shared.check_size(scope.draft, after)


_FORBIDDEN = {'message.created': _message_created_forbidden, 'message.missed': _message_missed_forbidden}
_IDS = {'message.created': _message_created_ids, 'part.created': _part_created_ids, 'step.started': _step_started_ids}
_MAY = {
    'message.created': _message_created, 'message.updated': _message_updated, 'message.ended': _message_ended,
    'message.applied': _steer, 'message.missed': _steer, 'part.created': _part_created, 'part.delta': _part_delta,
    'part.updated': _part_updated, 'part.ended': _part_ended, 'tool.started': _tool_started,
    'tool.progress': _tool_progress, 'tool.ended': _tool_ended, 'step.ended': _step_ended, 'run.ended': _run_ended,
    'state.replaced': _state_replaced, 'state.patched': _state_patched,
}
