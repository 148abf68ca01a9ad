"""JSON Patch (RFC 6902) on a value that stays as it was."""

import copy


class PatchFailed(Exception):
    """An operation does not apply; `index` says which."""

    def __init__(self, index):
        super().__init__(f"operation {index} does not apply")
        self.index = index


def equal(one, other):
    """Whether two JSON values are equal: numbers by value, and true is not 1."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(equal(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(equal, one, other))
    return one == other


def apply(document, patch):
    """The document after all operations of the patch; raises PatchFailed."""
    document = copy.deepcopy(document)
    for index, operation in enumerate(patch):
        try:
            document = _operate(document, operation)
        except (KeyError, IndexError, ValueError, TypeError):
            raise PatchFailed(index) from None
    return document


def _operate(document, operation):
    kind, path = operation["op"], _tokens(operation["path"])
    if kind == "test":
        if not equal(_get(document, path), operation["value"]):
            raise ValueError("the test fails")
        return document
    if kind == "add":
        return _add(document, path, copy.deepcopy(operation["value"]))
    if kind == "remove":
        return _remove(document, path)[0]
    if kind == "replace":
        value = copy.deepcopy(operation["value"])
        _get(document, path)
        return value if not path else _set(document, path, value)
    source = _tokens(operation["from"])
    if kind == "copy":
        return _add(document, path, copy.deepcopy(_get(document, source)))
    if kind == "move":
        if source == path:
            _get(document, source)
            return document
        if path[:len(source)] == source:
            raise ValueError("into itself")
        document, value = _remove(document, source)
        return _add(document, path, value)
    raise ValueError(kind)


def _tokens(pointer):
    if pointer == "":
        return []
    if not pointer.startswith("/"):
        raise ValueError(pointer)
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer[1:].split("/")]


def _index(token, length):
    if not (token.isascii() and token.isdigit()) or (token[0] == "0" and token != "0"):
        raise ValueError(token)
    if int(token) >= length:
        raise IndexError(token)
    return int(token)


def _get(value, path):
    for token in path:
        if isinstance(value, list):
            value = value[_index(token, len(value))]
        elif isinstance(value, dict):
            value = value[token]
        else:
            raise KeyError(token)
    return value


def _set(document, path, value):
    parent = _get(document, path[:-1])
    parent[_index(path[-1], len(parent)) if isinstance(parent, list) else path[-1]] = value
    return document


def _add(document, path, value):
    if not path:
        return value
    parent, token = _get(document, path[:-1]), path[-1]
    if isinstance(parent, list):
        parent.insert(len(parent) if token == "-" else _index(token, len(parent) + 1), value)
    elif isinstance(parent, dict):
        parent[token] = value
    else:
        raise KeyError(token)
    return document


def _remove(document, path):
    if not path:
        raise ValueError("there is always a document")
    parent, token = _get(document, path[:-1]), path[-1]
    if isinstance(parent, list):
        return document, parent.pop(_index(token, len(parent)))
    if isinstance(parent, dict):
        return document, parent.pop(token)
    raise KeyError(token)
