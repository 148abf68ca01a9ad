"""Adjacent deltas of one part as one frame, for a peer that likes that (COMPACT-3 to COMPACT-6)."""

from strict_json import write

LONGEST = 3000


def lines(session, place, end, compact):
    """(seq, frame) of the events behind `place`, up to `end`; the caller holds the lock."""
    while place < end:
        last, text = _run_of_deltas(session.log, place, end) if compact else (place + 1, None)
        if last > place + 1:
            yield last, write({'seq': last, 'from': place + 1, 'type': 'part.delta',
                               'partId': session.log[place]['partId'], 'delta': text})
        else:
            yield last, session.lines[place]
        place = last


def _run_of_deltas(log, place, end):
    """Up to where the deltas of one part go, and their text; short, so that it fits into any frame."""
    first, last = log[place], place + 1
    if first['type'] != 'part.delta':
        return last, None
    text = first['delta']
    while last < end and log[last]['type'] == 'part.delta' and log[last]['partId'] == first['partId']:
        # A character takes six bytes at most, and the shortest frame limit is 4096.
        if 6 * len(text + log[last]['delta']) > LONGEST:
            break
        text, last = text + log[last]['delta'], last + 1
    return last, text
