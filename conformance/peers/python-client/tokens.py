"""The credential of one client, as the application gives it."""


class Tokens:
    """`current` is in use; what the application has offered since waits until it is asked for."""

    def __init__(self, token):
        self.current = token
        self._offered = None

    def offer(self, token):
        self._offered = token

    def renew(self):
        """Asks the application; tells whether it had another token. AUTH-16"""
        if self._offered is None:
            return False
        self.current, self._offered = self._offered, None
        return True
