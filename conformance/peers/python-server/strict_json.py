"""I-JSON in, compact JSON out, and the canonical bytes by which two commands are the same."""

import json
import re

from registry import Refusal

TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}]', re.DOTALL)
SAFE = 2 ** 53


def _no(reason):
    raise Refusal('invalid_frame', 'not a legal frame: ' + reason)


def _members(pairs):
    made = dict(pairs)
    if len(made) != len(pairs):
        _no('a name stands twice in one object')
    return made


def _fraction(text):
    number = float(text)
    if number in (float('inf'), float('-inf')):
        _no('a number is beyond a double')
    # In JSON 1.0 and 1 are the same number.
    return int(number) if number.is_integer() and abs(number) < SAFE else number


def _whole(text):
    if len(text) > 309:
        _no('a number is beyond a double')
    number = int(text)
    if abs(number) >= SAFE:
        return _fraction(text)
    return number


def _constant(name):
    _no(name + ' is no JSON')


def _measure(text, most):
    depth = 0
    for found in TOKEN.finditer(text):
        mark = found.group()
        if mark in '[{':
            depth += 1
            if depth > most:
                raise Refusal('frame_too_large', f'nested deeper than {most}', {'limit': 'maxDepth'})
        elif mark in ']}':
            depth -= 1


def read(octets, most_depth):
    """The object that the bytes hold, or a Refusal with `invalid_frame` or `frame_too_large`."""
    try:
        text = octets.decode('utf-8')
    except UnicodeDecodeError:
        _no('no UTF-8')
    _measure(text, most_depth)
    try:
        value = json.loads(text, object_pairs_hook=_members, parse_float=_fraction, parse_int=_whole,
                           parse_constant=_constant)
        if '\\u' in text:
            json.dumps(value, ensure_ascii=False).encode('utf-8')
    except (ValueError, RecursionError):
        _no('no JSON of Unicode text')
    if not isinstance(value, dict):
        _no('no object')
    return value


def write(value):
    """The bytes that travel."""
    return json.dumps(value, ensure_ascii=False, separators=(',', ':')).encode('utf-8')


def _number(value):
    """A number as ECMAScript writes it (RFC 8785)."""
    if isinstance(value, int):
        return str(value)
    digits, _, power = repr(abs(value)).partition('e')
    whole, _, rest = digits.partition('.')
    rest = '' if rest == '0' else rest
    point = len(whole) + int(power or 0)
    figures = (whole + rest).lstrip('0')
    point -= len(whole + rest) - len(figures)
    figures = figures.rstrip('0') or '0'
    sign = '-' if value < 0 else ''
    if value == 0:
        return '0'
    if len(figures) <= point <= 21:
        text = figures + '0' * (point - len(figures))
    elif 0 < point <= 21:
        text = figures[:point] + '.' + figures[point:]
    elif -6 < point <= 0:
        text = '0.' + '0' * -point + figures
    else:
        e = point - 1
        text = figures[0] + ('.' + figures[1:] if len(figures) > 1 else '') + ('e+' if e > 0 else 'e-') + str(abs(e))
    return sign + text


def canonical(value):
    """The text that RFC 8785 gives for a value."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, (int, float)):
        return _number(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return '[' + ','.join(map(canonical, value)) + ']'
    names = sorted(value, key=lambda name: name.encode('utf-16-be'))
    return '{' + ','.join(canonical(name) + ':' + canonical(value[name]) for name in names) + '}'
