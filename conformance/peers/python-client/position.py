"""A position, {epoch, seq}, as a string."""

import re

_FORM = re.compile(r"([A-Za-z0-9_-]{11,64})\.(0|[1-9][0-9]{0,15})\Z", re.ASCII)


def render(position):
    return f"{position['epoch']}.{position['seq']}"


def parse(text):
    """The position that a string names, None if it does not parse."""
    match = _FORM.match(text)
    if not match or int(match[2]) > 2**53 - 1:
        return None
    return {"epoch": match[1], "seq": int(match[2])}
