"""How runs are cancelled and end, and what ends with them, in the order that the specification gives."""

import fold
from draft import given

_MISSED = {'completed': 'finished', 'failed': 'failed', 'cancelled': 'cancelled'}


def cancel(draft, run, reason, text=None):
    """The events of a cancel."""
    if run['status'] in ('queued', 'suspended'):
        end(draft, run, 'cancelled', reason, text)
    if run['status'] != 'running':
        return
    for child in fold.children(draft.state, run):
        cancel(draft, child, 'parent')
    cancel_requests(draft, run)
    draft.add('run.cancelling', runId=run['runId'], reason=reason, **_text(text))


def cancel_requests(draft, run):
    """The cancelled requests of a run."""
    for request in fold.open_requests(draft.state, run):
        draft.add('request.resolved', requestId=request['requestId'], outcome='cancelled')
        if request['kind'] != 'input':
            end_tool(draft, request, 'cancelled')


def end_tool(draft, request, outcome, **fields):
    """`tool.ended` of the tool that a request names, if it has not ended."""
    part = draft.state['parts'].get(request.get('partId'))
    if part and part['kind'] == 'tool' and part['status'] != 'ended':
        draft.add('tool.ended', partId=part['partId'], outcome=outcome, **fields)


def before_end(draft, run, outcome):
    """The ending of a run without its last event."""
    for child in fold.children(draft.state, run):
        end(draft, child, 'cancelled', 'parent')
    cancel_requests(draft, run)
    for message_id in reversed(run['steers']):
        message = draft.state['messages'][message_id]
        miss(draft, run, message, outcome != 'cancelled', lambda fields: draft.add('message.missed', **fields),
             {'messageId': message_id, 'runId': run['runId'], 'reason': _MISSED[outcome]})


def miss(draft, run, message, may_queue, add, fields):
    """`message.missed`, and the run that the steer has reserved, where it is queued (STEER-7)."""
    queues = may_queue and 'runId' in message
    add({**fields, **({'queuedRunId': message['runId']} if queues else {})})
    if queues:
        draft.add('run.queued', runId=message['runId'], front=True, messageId=message['messageId'],
                  **given(message, 'agentName', 'config'))


def end(draft, run, outcome, reason, text=None):
    """The whole ending of a run that the server ends."""
    if run['status'] == 'cancelling':
        reason = run['reason']  # RUN-30
    before_end(draft, run, outcome)
    draft.add('run.ended', runId=run['runId'], outcome=outcome, reason=reason, **_text(text))


def _text(text):
    return {} if text is None else {'text': text}
