"""The fold: what a log of events means. It knows no clock, no chance and no connection. FOLD-7"""

import patch as json_patch

ENVELOPE = ("seq", "type", "at", "cause", "by")


def without(event, *names):
    return {name: value for name, value in event.items() if name not in names}


def merge(target, changes):
    """Merges the outermost members; null removes one."""
    for name, value in (changes or {}).items():
        if value is None:
            target.pop(name, None)
        else:
            target[name] = value


def take(target, event, *names):
    """Takes over those of the members that the event has."""
    for name in names:
        if name in event:
            target[name] = event[name]


class Fold:
    """The state of a session, and the index of its things by their ids."""

    def __init__(self):
        self.state = {
            "session": {"metadata": {}, "closed": False},
            "messages": [], "runs": [], "requests": [], "decisions": [],
            "state": {}, "stateSeq": 0,
        }
        self.messages, self.runs, self.parts, self.steps = {}, {}, {}, {}

    def apply(self, event):
        """Takes one event; raises PatchFailed where the state cannot be right any more. STATE-18"""
        effect = EFFECTS.get(event["type"])
        if effect:
            effect(self, event)

    def request(self, request_id):
        return next((each for each in self.state["requests"] if each["requestId"] == request_id), None)

    def active_run(self):
        active = ("running", "suspended", "cancelling")
        return next((run for run in self.state["runs"] if "parentRunId" not in run and run["status"] in active), None)

    def add_part(self, message, fields, ended):
        part = {**fields, "ended": bool(ended or fields.get("ended")), "metadata": dict(fields.get("metadata", {}))}
        if part["kind"] in ("text", "reasoning"):
            part.setdefault("text", "")
        if part["kind"] == "tool":
            if "input" in part:
                part.update(status="ready", ended=True)
            else:
                part.update(status="input", inputText="")
        message["parts"].append(part)
        self.parts[part["partId"]] = part

    def place_at_tail(self, message, run):
        run["tailId"] = message["messageId"]
        if "parentRunId" not in run:
            self.state["session"]["leafId"] = message["messageId"]


def session_created(fold, event):
    take(fold.state["session"], event, "by", "at", "title")
    fold.state["session"]["metadata"] = dict(event.get("metadata", {}))


def session_updated(fold, event):
    session = fold.state["session"]
    take(session, event, "title", "leafId")
    if "title" in event and event["title"] is None:
        del session["title"]
    merge(session["metadata"], event.get("metadata"))


def session_closed(fold, event):
    fold.state["session"]["closed"] = True


def message_created(fold, event):
    message = {**without(event, "seq", "type", "cause"), "parts": [], "ended": bool(event.get("ended"))}
    message["metadata"] = dict(event.get("metadata", {}))
    fold.state["messages"].append(message)
    fold.messages[message["messageId"]] = message
    for fields in event.get("parts", ()):
        fold.add_part(message, fields, message["ended"])
    run = fold.runs.get(event.get("runId"))
    if event["role"] == "assistant" and run:
        fold.place_at_tail(message, run)
    elif event.get("delivery") == "record":
        fold.state["session"]["leafId"] = message["messageId"]
        active = fold.active_run()
        if active and "tailId" in active and active["tailId"] == message.get("parentId"):
            active["tailId"] = message["messageId"]


def message_updated(fold, event):
    message = fold.messages.get(event["messageId"])
    if message:
        merge(message["metadata"], event.get("metadata"))


def message_ended(fold, event):
    message = fold.messages.get(event["messageId"])
    if message:
        message["ended"] = True


def message_applied(fold, event):
    message, run = fold.messages.get(event["messageId"]), fold.runs.get(event["runId"])
    if not message or not run:
        return
    message["applied"] = {}
    take(message["applied"], event, "runId", "stepId")
    if "tailId" in run:
        message["parentId"] = run["tailId"]
    fold.place_at_tail(message, run)


def message_missed(fold, event):
    message, run = fold.messages.get(event["messageId"]), fold.runs.get(event["runId"])
    if message and run:
        message["missed"] = {}
        take(message["missed"], event, "runId", "reason", "queuedRunId")


def message_removed(fold, event):
    message = fold.messages.get(event["messageId"])
    if message:
        message["removed"] = {}
        take(message["removed"], event, "by", "text")
        for part in message["parts"]:
            fold.parts.pop(part["partId"], None)
        message["parts"] = []


def run_queued(fold, event):
    run = {**without(event, "seq", "type", "at", "cause"), "status": "queued", "term": 0, "metadata": {}, "steps": []}
    fold.state["runs"].append(run)
    fold.runs[run["runId"]] = run


def run_started(fold, event):
    run, session = fold.runs.get(event["runId"]), fold.state["session"]
    if not run:
        return
    if run["term"] == 0:
        message = fold.messages.get(run.get("messageId"))
        if message:
            leaf = session.get("leafId")
            if leaf is not None and leaf != message["messageId"]:
                message["parentId"] = leaf
            if "parentRunId" not in run:
                session["leafId"] = message["messageId"]
        tail = run.get("parentId", run.get("messageId"))
        if tail is not None:
            run["tailId"] = tail
    run["status"] = "running"
    take(run, event, "agent", "term")
    run.pop("reason", None)
    run.pop("text", None)


def run_updated(fold, event):
    run = fold.runs.get(event["runId"])
    if run:
        merge(run["metadata"], event.get("metadata"))


def run_suspended(fold, event):
    run = fold.runs.get(event["runId"])
    if run:
        run["status"] = "suspended"
        take(run, event, "reason")


def run_cancelling(fold, event):
    run = fold.runs.get(event["runId"])
    if run:
        run["status"] = "cancelling"
        take(run, event, "reason", "text")
        if "by" in event:
            run["endedBy"] = event["by"]


def run_ended(fold, event):
    run = fold.runs.get(event["runId"])
    if not run:
        return
    if run["term"] == 0 and run.get("messageId") in fold.messages:
        fold.messages[run["messageId"]]["withdrawn"] = True
    run["status"] = "ended"
    take(run, event, "outcome", "finishReason", "reason", "text", "error", "result")
    if "endedBy" not in run and "by" in event:
        run["endedBy"] = event["by"]
    for message in fold.state["messages"]:
        if message["role"] == "assistant" and message.get("runId") == run["runId"]:
            message["ended"] = True
            for part in message["parts"]:
                part["ended"] = True
                if part["kind"] == "tool" and part["status"] == "running":
                    part.update(status="ended", outcome="indeterminate")
                    part.pop("progress", None)
    for step in run["steps"]:
        if step["status"] == "open":
            step["status"] = "ended"


def usage_updated(fold, event):
    run = fold.runs.get(event["runId"])
    if run:
        take(run, event, "usage", "context")


def state_replaced(fold, event):
    fold.state["state"], fold.state["stateSeq"] = event["state"], event["seq"]


def state_patched(fold, event):
    fold.state["stateSeq"] = event["seq"]
    fold.state["state"] = json_patch.apply(fold.state["state"], event["patch"])


EFFECTS = {effect.__name__.replace("_", "."): effect for effect in (
    session_created, session_updated, session_closed, message_created, message_updated, message_ended,
    message_applied, message_missed, message_removed, run_queued, run_started, run_updated, run_suspended,
    run_cancelling, run_ended, usage_updated, state_replaced, state_patched)}
