"""Checks that many commands share: is it there, is it new, is there room."""

from registry import Refusal


class Noop(Exception):
    """The purpose of a command is fulfilled already."""

    def __init__(self, result=None):
        super().__init__()
        self.result = result


def known(state, kind, thing_id):
    """A message, run or part that the command names, or `unknown_target`."""
    table = state['messages' if kind == 'message' else 'runs' if kind == 'run' else 'parts']
    if thing_id not in table and (kind != 'part' or thing_id not in state['used']['part']):
        raise unknown(kind, thing_id)
    return table.get(thing_id)


def unknown(kind, thing_id):
    return Refusal('unknown_target', f'no such {kind}: {thing_id}', {'kind': kind, 'id': thing_id})


def fresh(state, kind, thing_id):
    """Refuse an id that a thing of this kind has, had, or has reserved."""
    if thing_id in state['used'][kind]:
        raise in_use(kind, thing_id)


def in_use(kind, thing_id):
    return Refusal('id_in_use', f'this id of a {kind} has been used: {thing_id}', {'kind': kind, 'id': thing_id})


def condition(**details):
    return Refusal('precondition_failed', 'a condition does not hold', details)


def ended(run):
    return Refusal('run_not_active', 'the run has ended', {'outcome': run['outcome']})


def room_in_queue(draft):
    """Refuse a commit that leaves a run of its own queued among more than there may be (RUN-12)."""
    most = draft.session.limits['maxQueuedRuns']
    if sum(run['status'] == 'queued' for run in draft.state['runs'].values()) > most:
        raise Refusal('limit_exceeded', 'too many runs are queued', {'limit': 'maxQueuedRuns'})
