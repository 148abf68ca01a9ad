"""What stands for a side effect: one POST, in a thread of its own."""

import http.client
import json
import threading
import urllib.parse

import plain_http


class Effect:
    """Begins at once; `done(ended)` is called at most once, in whatever thread `into` runs it. `stop` leaves it."""

    def __init__(self, url, value, into, done):
        target = urllib.parse.urlsplit(url)
        self._connection = plain_http.connect(target, None)
        self._path, self._body = target.path, json.dumps({"input": value})
        self._into, self._done = into, done
        self._stopped = False
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self):
        ended = self._ask()
        self._into(lambda: None if self._stopped else self._done(ended))

    def _ask(self):
        try:
            self._connection.request("POST", self._path, self._body, {"Content-Type": "application/json"})
            answer = self._connection.getresponse()
            body = answer.read()
            if answer.status == 200:
                return {"outcome": "completed", "output": json.loads(body)}
        except (OSError, http.client.HTTPException, ValueError, AttributeError):
            return {"outcome": "indeterminate"}  # TOOL-10: it may have happened
        finally:
            self._connection.close()
        return {"outcome": "failed", "error": {
            "code": "tool_failed", "message": f"the tool answered {answer.status}", "retryable": False}}

    def stop(self):
        """Nobody wants to know any more."""
        self._stopped = True
        self._connection.close()
