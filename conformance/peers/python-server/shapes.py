"""The shapes of frames, read from the published JSON Schema."""

import json
import pathlib
import re

from registry import Refusal

_HERE = pathlib.Path(__file__).resolve()
_DEFS = json.loads((_HERE.parents[3] / 'schemas/json/v1/schema.json').read_text('utf-8'))['$defs']
_PATTERNS = {}
ID = re.compile(r'[A-Za-z0-9_-]{1,64}')
VENDOR = re.compile(r'x\.[A-Za-z0-9_-]{1,64}\.[A-Za-z0-9_.-]{1,64}')
OWN_FIELDS = ('seq', 'from', 'at', 'by', 'cause')

_KINDS = {
    'object': lambda v: isinstance(v, dict),
    'array': lambda v: isinstance(v, list),
    'string': lambda v: isinstance(v, str),
    'boolean': lambda v: isinstance(v, bool),
    'null': lambda v: v is None,
    'integer': lambda v: isinstance(v, int) and not isinstance(v, bool) or isinstance(v, float) and v.is_integer(),
    'number': lambda v: isinstance(v, (int, float)) and not isinstance(v, bool),
}


def is_id(value):
    return isinstance(value, str) and ID.fullmatch(value) is not None


def _by_name(union, field):
    """The members of a union with a discriminator, by its value."""
    found = {}
    for member in _DEFS[union]['oneOf']:
        shape = _DEFS[member['$ref'].rsplit('/', 1)[1]]
        found[shape['properties'][field]['const']] = shape
    return found


COMMANDS = _by_name('Command', 'type')
APPENDED = _by_name('KnownAppendedEvent', 'type')
EVENTS = {value: shape for value, shape in _by_name('KnownEvent', 'type').items()}
PARTS = _by_name('Part', 'kind')
CONTROL = set(_by_name('Control', 'type'))


def _token(name):
    return name.replace('~', '~0').replace('/', '~1')


def _matches(pattern, text):
    if pattern not in _PATTERNS:
        _PATTERNS[pattern] = re.compile(re.sub(r'\$$', r'\\Z', pattern))
    return _PATTERNS[pattern].search(text) is not None


def _same(a, b):
    return a == b and isinstance(a, bool) == isinstance(b, bool)


def wrong(shape, value, path=''):
    """The JSON Pointer of a place of `value` that does not fit, or None."""
    if shape is True:
        return None
    if shape is False:
        return path
    if '$ref' in shape:
        return wrong(_DEFS[shape['$ref'].rsplit('/', 1)[1]], value, path)
    if 'type' in shape and not _KINDS[shape['type']](value):
        return path
    if 'const' in shape and not _same(shape['const'], value):
        return path
    if 'enum' in shape and not any(_same(each, value) for each in shape['enum']):
        return path
    if isinstance(value, str):
        if not shape.get('minLength', 0) <= len(value) <= shape.get('maxLength', len(value)):
            return path
        if 'pattern' in shape and not _matches(shape['pattern'], value):
            return path
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        if value < shape.get('minimum', value) or value > shape.get('maximum', value):
            return path
    elif isinstance(value, list):
        if len(value) < shape.get('minItems', 0):
            return path
        for place, item in enumerate(value):
            found = wrong(shape.get('items', True), item, f'{path}/{place}')
            if found is not None:
                return found
    elif isinstance(value, dict):
        for name in shape.get('required', ()):
            if name not in value:
                return f'{path}/{_token(name)}' if 'properties' in shape else path
        for name, inner in shape.get('properties', {}).items():
            if name in value:
                found = wrong(inner, value[name], f'{path}/{_token(name)}')
                if found is not None:
                    return found
    return _unions(shape, value, path)


def _unions(shape, value, path):
    if 'discriminator' in shape:
        field = shape['discriminator']['propertyName']
        for member in shape['oneOf']:
            member = _DEFS[member['$ref'].rsplit('/', 1)[1]] if '$ref' in member else member
            if wrong(member['properties'][field], value.get(field)) is None:
                return wrong(member, value, path)
        return f'{path}/{field}'
    for name, least_most in (('anyOf', lambda n: n > 0), ('oneOf', lambda n: n == 1)):
        if name in shape and not least_most(sum(wrong(each, value, path) is None for each in shape[name])):
            return path
    if 'not' in shape and wrong(shape['not'], value, path) is None:
        return path
    return None


def fits(name, value):
    return wrong(_DEFS[name], value) is None


def _bad(path, index=None):
    details = {'path': path} if index is None else {'index': index, 'path': path}
    raise Refusal('invalid_command', f'wrong or missing at {path or "the top"}', details)


def check_command(frame, served):
    """Let a command pass that has the shape of its type; `served` are the types that this place takes."""
    kind = frame.get('type')
    if not isinstance(kind, str):
        _bad('/type')
    if kind not in served:
        raise Refusal('unsupported_command', f'{kind} is not served here')
    if kind == 'events.append':
        _check_append(frame)
    found = wrong(COMMANDS[kind], frame) if kind in COMMANDS else wrong(_DEFS['Auth'], frame)
    if found is not None:
        _bad(found)
    _EXTRA.get(kind, lambda _: None)(frame)


def _check_append(frame):
    shape = dict(COMMANDS['events.append'])
    shape['properties'] = {**shape['properties'], 'events': {'type': 'array', 'minItems': 1}}
    found = wrong(shape, frame)
    if found is not None:
        _bad(found)
    for index, event in enumerate(frame['events']):
        here = f'/events/{index}'
        if not isinstance(event, dict):
            _bad(here, index)
        if not isinstance(event.get('type'), str):
            _bad(here + '/type', index)
        for name in OWN_FIELDS:
            if name in event:
                _bad(f'{here}/{name}', index)
        found = wrong(APPENDED[event['type']], event, here) if event['type'] in APPENDED else None
        if found is not None:
            _bad(found, index)


def _session_update(frame):
    if not any(name in frame for name in ('title', 'leafId', 'metadata')):
        _bad('')


def _message_send(frame):
    for index, part in enumerate(frame['parts']):
        if part['kind'] in ('tool', 'reasoning'):
            _bad(f'/parts/{index}/kind')
        for name in ('stepId', 'parentPartId'):
            if name in part:
                _bad(f'/parts/{index}/{name}')
    if 'runId' not in frame and frame.get('ifBusy') in ('interrupt', 'reject'):
        _bad('/runId')


def _run_start(frame):
    if 'parentRunId' in frame:
        for name in ('agent', 'term'):
            if name not in frame:
                _bad('/' + name)
        if 'ifBusy' in frame:
            _bad('/ifBusy')
    elif 'partId' in frame:
        _bad('/parentRunId')


_EXTRA = {'session.update': _session_update, 'message.send': _message_send, 'run.start': _run_start}
# events.append has been checked event by event, so that an unknown type is left to be forbidden.
COMMANDS['events.append'] = {**COMMANDS['events.append'],
                             'properties': {**COMMANDS['events.append']['properties'], 'events': {'type': 'array'}}}
