"""RFC 6902, on copies: a patch that does not apply leaves nothing behind."""

import copy
import re

_INDEX = re.compile(r'0|[1-9][0-9]*')


class DoesNotApply(Exception):
    """The operation `index` of a patch does not apply."""

    def __init__(self, index):
        super().__init__(index)
        self.index = index


def apply(document, patch):
    """The document after the patch, or DoesNotApply."""
    document = copy.deepcopy(document)
    for index, operation in enumerate(patch):
        try:
            document = _one(document, operation)
        except (KeyError, IndexError, TypeError, ValueError):
            raise DoesNotApply(index) from None
    return document


def same(a, b):
    """Equality of JSON: numbers by value, a boolean is no number."""
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[name], b[name]) for name in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    return type(a) is type(b) and a == b or isinstance(a, (int, float)) and isinstance(b, (int, float)) and a == b


def _steps(pointer):
    return [each.replace('~1', '/').replace('~0', '~') for each in pointer.split('/')[1:]]


def _place(holder, step, most):
    if isinstance(holder, dict):
        return step
    if not isinstance(holder, list) or not _INDEX.fullmatch(step) or int(step) > most:
        raise KeyError(step)
    return int(step)


def _read(document, steps):
    for step in steps:
        if not isinstance(document, (dict, list)):
            raise KeyError(step)
        document = document[_place(document, step, len(document) - 1)]
    return document


def _write(document, steps, value, replace):
    if not steps:
        return value
    holder, last = _read(document, steps[:-1]), steps[-1]
    if isinstance(holder, list) and not replace:
        holder.insert(len(holder) if last == '-' else _place(holder, last, len(holder)), value)
    elif isinstance(holder, (dict, list)):
        place = _place(holder, last, len(holder) - 1)
        if replace:
            _ = holder[place]
        holder[place] = value
    else:
        raise KeyError(last)
    return document


def _take(document, steps):
    if not steps:
        raise KeyError('there is always a document')
    holder = _read(document, steps[:-1])
    if not isinstance(holder, (dict, list)):
        raise KeyError(steps[-1])
    return holder.pop(_place(holder, steps[-1], len(holder) - 1))


def _one(document, operation):
    name, steps = operation['op'], _steps(operation['path'])
    if name == 'test':
        if not same(_read(document, steps), operation['value']):
            raise ValueError('test')
        return document
    if name == 'remove':
        _take(document, steps)
        return document
    if name in ('add', 'replace'):
        return _write(document, steps, copy.deepcopy(operation['value']), name == 'replace')
    source = _steps(operation['from'])
    value = _read(document, source)
    if name == 'copy':
        return _write(document, steps, copy.deepcopy(value), False)
    if steps == source:
        return document
    if steps[:len(source)] == source:
        raise ValueError('into itself')
    _take(document, source)
    return _write(document, steps, value, False)
