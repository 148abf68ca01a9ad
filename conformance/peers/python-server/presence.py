"""Who is attached, and what they say of themselves."""

from draft import given
from registry import Refusal
from strict_json import write

TOLD = ('status', 'typing', 'seenSeq', 'data')


def frame(session, replaced=None, told=None):
    """The whole list; with `told` in place of what the connection `replaced` has told."""
    people = []
    for connection in session.connections.values():
        said = told if connection.id == replaced else connection.told
        people.append({'connection': connection.id, 'actor': connection.credential.actor, **said})
    return write({'type': 'presence', 'participants': people}), people


def fitting(session):
    """The list as far as it fits into a frame, those first that attached first (PRESENCE-16)."""
    line, people = frame(session)
    while len(line) > session.longest_frame:
        people.pop()
        line = write({'type': 'presence', 'participants': people})
    return line


def presence_set(draft, command, credential):
    session = draft.session
    connection = session.connections.get(command['connection'])
    if not connection or connection.credential.principal != credential.principal:
        raise Refusal('unknown_connection', 'no connection of this principal')
    told = given(command, *TOLD)
    if len(frame(session, connection.id, told)[0]) > session.longest_frame:
        raise Refusal('limit_exceeded', 'the list would be too long', {'limit': 'maxFrameBytes'})
    connection.told = told
    session.presence_changed()
