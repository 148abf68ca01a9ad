"""How an attach is judged and welcomed."""

import commands
from draft import now_ms
from registry import Refusal

FEATURES = ('compact',)


def negotiate(versions):
    """The version that is spoken, or `unsupported_version`."""
    if 1 not in versions:
        raise Refusal('unsupported_version', f'versions must hold one of [1]: got {list(versions)[:9]}')


def resume(session, held):
    """Whether a position is resumed, or else the reason of the snapshot."""
    if held is None:
        return False, 'no_position'
    epoch, seq = held
    if epoch != session.epoch:
        return False, 'epoch_changed'
    if seq > session.head:
        return False, 'ahead'
    # Nothing is ever trimmed here.
    return (False, 'too_far_behind') if session.head - seq > session.limits['replayMaxEvents'] else (True, None)


def welcome(connection):
    """The first frame of a connection."""
    session, credential = connection.session, connection.credential
    left = credential.left_ms
    return {
        'type': 'welcome', 'version': 1, 'features': connection.features, 'connection': connection.id,
        'participant': credential.actor, 'role': credential.role, 'caps': commands.caps(credential.role),
        'resume': 'resumed' if connection.resumed else 'snapshot',
        **({} if connection.resumed else {'reason': connection.reason}),
        'position': session.position(connection.start), 'head': connection.head, 'now': now_ms(),
        'heartbeatMs': session.limits['heartbeatMs'], 'durability': 'memory', 'limits': session.limits,
        **({} if left is None else {'authExpiresInMs': left})}
