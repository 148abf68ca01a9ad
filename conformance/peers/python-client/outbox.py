"""The commands of one client, from the first sending to their one outcome."""

import json
import secrets
import time


def new_id():
    """An id of 120 random bits. COMMAND-1"""
    return "c-" + secrets.token_urlsafe(15)


class Command:
    """One command. Its text never changes, so every repeat is the same. COMMAND-44

    `look(state, principal)` finds its outcome in the fold, None where that does not tell. COMMAND-50
    """

    def __init__(self, fields, done, look=None):
        self.id = new_id()
        self.frame = {"type": fields["type"], "id": self.id, **fields}
        self.text = json.dumps(self.frame, ensure_ascii=False, separators=(",", ":"))
        try:
            self.size = len(self.text.encode("utf-8"))
        except UnicodeEncodeError:
            self.size = None       # no server takes a lone surrogate
        self.done = done
        self.look = look or (lambda state, principal: None)
        self.first_sent = None
        self.link = None           # the connection on which it waits for an ack
        self.epoch = None          # of the welcome before its last sending
        self.not_before = 0.0
        self.rejections = 0
        self.sendings = 0
        self.failures = 0
        self.refusal = None        # the last rejection, until it is sent again
        self.needs_token = False
        self.accepted = None       # the ack, while the view has not reached it. COMMAND-53
        self.target = None

    def age(self):
        return 0.0 if self.first_sent is None else time.monotonic() - self.first_sent


class Outbox:
    """The unsettled commands in the order of their first sending."""

    def __init__(self):
        self._commands = {}

    def add(self, command):
        self._commands[command.id] = command

    def get(self, command_id):
        return self._commands.get(command_id)

    def __iter__(self):
        return iter(list(self._commands.values()))

    def settle(self, command, outcome):
        """Gives the one outcome to whoever sent the command."""
        if self._commands.pop(command.id, None):
            command.done(outcome)


def rejected(error):
    return {"outcome": "rejected", "error": error}


def refused_here(code, message):
    """A refusal of this client's own: the command never left it."""
    return rejected({"code": code, "message": message, "retryable": False})


def outcome_of(ack):
    """What an ack says, for the application. ERROR-8"""
    return {"outcome": ack["status"], **{name: ack[name] for name in ("error", "result") if name in ack}}


def repeats_itself(error, rejections):
    """Whether a rejection is worth another try without asking the application. COMMAND-45, ERROR-5

    What the application made a condition of is its own to decide, so these two are told at once.
    """
    return error["retryable"] and error["code"] not in ("session_busy", "already_claimed") and rejections <= 5


def from_fold(command, fold, principal):
    """The outcome that the fold gives, else `indeterminate`. COMMAND-50, COMMAND-51"""
    found = command.look(fold.state, principal)
    if found:
        return found
    return {"outcome": "indeterminate", "error": {
        "code": "indeterminate", "message": "nothing tells whether it took effect", "retryable": False}}


RESULTS = {"message.created": ("messageId", "delivery", "runId", "steeredRunId"), "run.started": ("term",)}


def proven_by(event):
    """What an event says of the command that it comes from. COMMAND-52"""
    result = {name: event[name] for name in RESULTS.get(event["type"], ()) if name in event}
    return {"outcome": "accepted", **({"result": result} if result else {})}


def message_in_fold(command):
    """A message is there, or, where the session is closed, will never be."""
    fields = command.frame

    def look(state, principal):
        for message in state["messages"]:
            if message["messageId"] == fields["messageId"]:
                return {"outcome": "accepted", "result": {
                    name: message[name] for name in RESULTS["message.created"] if name in message}}
        if state["session"]["closed"]:
            return rejected({"code": "session_closed", "message": "it was closed before", "retryable": False})
        return None
    return look


def decision_in_fold(command):
    """The request was decided: by this principal with this outcome, or by somebody else."""
    fields = command.frame

    def look(state, principal):
        for decision in state["decisions"]:
            if decision["requestId"] != fields["requestId"]:
                continue
            by = decision.get("by", {})
            same = all(decision.get(name) == fields.get(name) for name in ("outcome", "optionId", "value"))
            if by.get("principal") == principal and same:
                return {"outcome": "accepted"}
            details = {name: decision[name] for name in ("outcome", "by", "seq") if name in decision}
            return rejected({"code": "already_resolved", "message": "decided before", "retryable": False, "details": details})
        return None
    return look


def claim_in_fold(command):
    """The run was claimed under this agent's id."""
    fields = command.frame

    def look(state, principal):
        for run in state["runs"]:
            if run["runId"] == fields["runId"] and run.get("agent") == fields["agent"]:
                return {"outcome": "accepted", "result": {"term": run["term"]}}
        return None
    return look


LOOKS = {"message.send": message_in_fold, "request.resolve": decision_in_fold, "run.claim": claim_in_fold}


def command(fields, done):
    """A command that knows what to look for in the fold."""
    made = Command(fields, done)
    if fields["type"] in LOOKS:
        made.look = LOOKS[fields["type"]](made)
    return made
