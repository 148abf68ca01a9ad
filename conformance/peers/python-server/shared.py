"""The shared state, as people patch it."""

import patches
from lookups import condition
from registry import Refusal
from strict_json import write


def check_size(draft, value, **details):
    if len(write(value)) > draft.session.limits['maxFrameBytes']:
        raise Refusal('limit_exceeded', 'the shared state would be too large', {**details, 'limit': 'maxFrameBytes'})


def state_patch(draft, command, credential):
    state = draft.state
    if command.get('ifStateSeq', state['stateSeq']) != state['stateSeq']:
        raise condition(stateSeq=state['stateSeq'])
    try:
        after = patches.apply(state['shared'], command['patch'])
    except patches.DoesNotApply as error:
        raise Refusal('patch_failed', 'an operation does not apply', {'index': error.index}) from None
    check_size(draft, after)
    return {'stateSeq': draft.add('state.patched', patch=command['patch'])['seq']}
