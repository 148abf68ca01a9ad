"""A snapshot: the log up to a position, without what leaves no trace, and with deltas joined."""

from strict_json import write

CHUNK = 65536


def events(session, head):
    """The events of the snapshot at `head`, each as (event, bytes), in the order of `seq`."""
    with session.lock:
        kept_head, kept = session.snapshot
        log, lines = session.log[:head], session.lines[:head]
    if kept_head == head:
        return kept
    made, waiting = [], {}
    for event, line in zip(log, lines):
        kind = event['type']
        if kind == 'notice' or kind.startswith('x.'):
            continue
        if kind == 'part.delta':
            _join(made, waiting, event, session.limits['maxFrameBytes'])
            continue
        waiting.pop(event.get('partId'), None)
        if kind == 'run.ended':
            waiting.clear()
        made.append((event, line))
    # A joined delta stands at the place of its last one, which may be behind other events.
    made = sorted(((each, line or write(each)) for each, line in made), key=lambda pair: pair[0]['seq'])
    with session.lock:
        if head >= session.snapshot[0]:
            session.snapshot = (head, made)
    return made


def _join(made, waiting, event, most):
    part_id = event['partId']
    place = waiting.get(part_id)
    before = made[place][0] if place is not None else None
    # A character takes six bytes at most.
    if before and 6 * len(before['delta'] + event['delta']) < min(CHUNK, most):
        made[place] = ({**before, 'seq': event['seq'], 'delta': before['delta'] + event['delta']}, None)
        return
    waiting[part_id] = len(made)
    made.append((dict(event), None))


def frames(session, head):
    """The `snapshot` frames at `head`, as bytes, none longer than a frame may be."""
    start = b'{"type":"snapshot","position":' + write(session.position(head)) + b',"events":['
    most, batch, size = session.limits['maxFrameBytes'] // 2, [], 0
    for _, line in events(session, head):
        if batch and size + len(line) > most:
            yield start + b','.join(batch) + b'],"last":false}'
            batch, size = [], 0
        batch.append(line)
        size += len(line) + 1
    yield start + b','.join(batch) + b'],"last":true}'
