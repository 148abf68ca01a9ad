"""events.append: numbered, whole, and each event judged against what the ones before it leave."""

import append_rules
import endings
import questions
from holders import is_holder, require_holder
from lookups import Noop, known
from registry import Refusal
from shapes import EVENTS
from strict_json import canonical

CLOSING = ('part.ended', 'message.ended', 'step.ended', 'tool.ended', 'message.missed', 'usage.updated')


class Repeat(Exception):
    """The last append once more: its stored answer."""

    def __init__(self, ack):
        super().__init__()
        self.ack = ack


def check_number(session, command, credential):
    """Step 6 for an append: the last one again, or an older one (APPEND-9)."""
    run = session.state['runs'].get(command['runId'])
    last = session.appends.get(command['runId'])
    if not run or not last or not is_holder(run, command, credential) or last['term'] != run['term']:
        return
    if command['n'] < last['n']:
        raise Noop()
    if command['n'] == last['n']:
        if canonical(command['events']) != last['events']:
            raise Refusal('idempotency_conflict', 'this n is stored with other events',
                          {'n': last['n'], **last['ack']['result']})
        if run['status'] in ('running', 'cancelling'):
            session.renew_run(run['runId'])
        raise Repeat(last['ack'])


def _expected(session, run):
    last = session.appends.get(run['runId'])
    return last['n'] + 1 if last and last['term'] == run['term'] else 1


def events_append(draft, command, credential):
    run = known(draft.state, 'run', command['runId'])
    require_holder(run, command, credential)
    events = command['events']
    if run['status'] == 'cancelling':
        for event in events:
            if event['type'] not in CLOSING and not (
                    event['type'] == 'run.ended' and event.get('outcome') == 'cancelled'):
                raise Refusal('run_cancelling', 'the run is being cancelled, and takes closing events only')
    if command['n'] != _expected(draft.session, run):
        raise Refusal('out_of_order', 'not the next n', {'next': _expected(draft.session, run)})
    first = draft.next_seq
    scope = append_rules.Scope(draft, run, events)
    for index, event in enumerate(events):
        try:
            scope.judge(index, event)
            _take(draft, run, event)
        except Refusal as refusal:
            refusal.details = {**(refusal.details or {}), 'index': index}
            raise
    draft.session.renew_run(run['runId'])
    return {'from': first, 'seq': draft.events[-1]['seq']}


def _take(draft, run, event):
    kind = event['type']
    fields = {name: value for name, value in event.items() if name != 'type'}
    if kind in EVENTS and 'runId' in EVENTS[kind]['properties']:
        fields['runId'] = run['runId']
    if kind == 'part.delta':
        fields = {'partId': event['partId'], 'delta': event['delta']}  # DELTA-1
    if kind == 'message.created':
        place = run['tail'] or draft.state['leaf']
        fields.update({'parentId': place} if place else {})
    if kind == 'message.missed':
        message = draft.state['messages'][event['messageId']]
        endings.miss(draft, run, message, run['status'] == 'running', lambda made: draft.hand_over(kind, made), fields)
        return
    if kind == 'run.ended':
        endings.before_end(draft, run, event['outcome'])
        if run['status'] == 'cancelling':
            fields['reason'] = run['reason']  # RUN-30
    request = draft.state['requests'].get(event['requestId']) if kind == 'request.resolved' else None
    draft.hand_over(kind, fields)
    if request:
        questions.finish_tool(draft, request, event)
