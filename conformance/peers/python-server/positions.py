"""Positions: a pair in JSON, a string elsewhere."""

import re

_TEXT = re.compile(r'([A-Za-z0-9_-]{11,64})\.(0|[1-9][0-9]{0,15})')
_EPOCH = re.compile(r'[A-Za-z0-9_-]{11,64}')
MOST = 2 ** 53 - 1


def from_text(text):
    """The pair that a string names, or None."""
    found = _TEXT.fullmatch(text or '')
    return (found[1], int(found[2])) if found and int(found[2]) <= MOST else None


def from_json(value):
    """The pair that a JSON value names, or None."""
    if not isinstance(value, dict):
        return None
    epoch, seq = value.get('epoch'), value.get('seq')
    if not isinstance(epoch, str) or not _EPOCH.fullmatch(epoch):
        return None
    if isinstance(seq, bool) or not isinstance(seq, int) or not 0 <= seq <= MOST:
        return None
    return epoch, seq


def to_text(epoch, seq):
    return f'{epoch}.{seq}'
