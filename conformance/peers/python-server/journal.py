"""Changes of the state that can be taken back: what a refused command has begun leaves no trace."""

_NONE = object()


class Journal:
    """Writes into dictionaries, and remembers what stood there."""

    def __init__(self):
        self._undo = []

    def put(self, owner, name, value):
        self._undo.append((owner, name, owner.get(name, _NONE)))
        owner[name] = value

    def drop(self, owner, name):
        if name in owner:
            self._undo.append((owner, name, owner.pop(name)))

    def roll_back(self):
        for owner, name, before in reversed(self._undo):
            if before is _NONE:
                owner.pop(name, None)
            else:
                owner[name] = before
        self._undo.clear()
