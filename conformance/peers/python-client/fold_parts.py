"""The fold of parts, tools, steps and requests."""

from fold import EFFECTS, ENVELOPE, merge, take, without
from schema import DEFINITIONS

PART_FIELDS = [name for name in DEFINITIONS["PartUpdated"]["properties"]
               if name not in (*ENVELOPE, "partId", "metadata")]


def part_created(fold, event):
    message = fold.messages.get(event["messageId"])
    if message:
        fold.add_part(message, without(event, "messageId", *ENVELOPE), message["ended"])


def part_delta(fold, event):
    part = fold.parts.get(event["partId"])
    if not part:
        return
    if part["kind"] in ("text", "reasoning"):
        part["text"] += event["delta"]
    elif part["kind"] == "tool" and "input" not in part:
        part["inputText"] = part.get("inputText", "") + event["delta"]


def part_updated(fold, event):
    part = fold.parts.get(event["partId"])
    if not part:
        return
    for name in PART_FIELDS:
        if name not in event:
            continue
        if event[name] is not None:
            part[name] = event[name]
        elif name == "text":
            part[name] = ""
        elif name == "data" and part["kind"] == "data":
            part[name] = None
        else:
            part.pop(name, None)
    merge(part["metadata"], event.get("metadata"))
    if part["kind"] == "tool":
        if "input" in part:
            part.pop("inputText", None)
        if part["status"] in ("input", "ready"):
            part["status"] = "ready" if "input" in part and part["ended"] else "input"


def part_ended(fold, event):
    part = fold.parts.get(event["partId"])
    if not part:
        return
    part["ended"] = True
    take(part, event, "citations")
    merge(part["metadata"], event.get("metadata"))
    if part["kind"] == "tool" and "input" in event:
        part["input"] = event["input"]
        part.pop("inputText", None)
        if part["status"] == "input":
            part["status"] = "ready"


def tool(fold, part_id):
    part = fold.parts.get(part_id)
    return part if part and part["kind"] == "tool" else None


def tool_started(fold, event):
    part = tool(fold, event["partId"])
    if part:
        part["status"] = "running"
        take(part, event, "input")
        part.pop("progress", None)
        part.pop("output", None)


def tool_progress(fold, event):
    part = tool(fold, event["partId"])
    if part:
        part["progress"] = {}
        take(part["progress"], event, "progress", "total", "message")
        take(part, event, "output")


def tool_ended(fold, event):
    part = tool(fold, event["partId"])
    if part:
        part.update(status="ended", ended=True)
        part.pop("progress", None)
        part.pop("output", None)
        take(part, event, "outcome", "output", "error")


def step_started(fold, event):
    run = fold.runs.get(event["runId"])
    if run:
        step = {"stepId": event["stepId"], "status": "open"}
        take(step, event, "name")
        run["steps"].append(step)
        fold.steps[step["stepId"]] = step


def step_ended(fold, event):
    step = fold.steps.get(event["stepId"])
    if not step:
        return
    step["status"] = "ended"
    take(step, event, "outcome", "finishReason")
    if event.get("outcome") == "superseded":
        drop_parts(fold, step["stepId"])


def drop_parts(fold, step_id):
    dropped = {part_id for part_id, part in fold.parts.items() if part.get("stepId") == step_id}
    grown = True
    while grown:
        below = {part_id for part_id, part in fold.parts.items() if part.get("parentPartId") in dropped} - dropped
        dropped |= below
        grown = bool(below)
    for part_id in dropped:
        del fold.parts[part_id]
    for message in fold.state["messages"]:
        message["parts"] = [part for part in message["parts"] if part["partId"] not in dropped]


def request_opened(fold, event):
    if event["runId"] in fold.runs:
        fold.state["requests"].append(without(event, *ENVELOPE))


def request_claimed(fold, event):
    request = fold.request(event["requestId"])
    if not request:
        return
    request["claim"] = {}
    take(request["claim"], event, "by", "claimant", "leaseMs")
    part = tool(fold, request.get("partId"))
    if part:
        part["status"] = "running"


def request_released(fold, event):
    request = fold.request(event["requestId"])
    if not request:
        return
    request.pop("claim", None)
    part = tool(fold, request.get("partId"))
    if part and part["status"] == "running":
        part["status"] = "ready"


def request_resolved(fold, event):
    request = fold.request(event["requestId"])
    if not request:
        return
    fold.state["requests"].remove(request)
    decision = {}
    take(decision, request, "requestId", "runId", "kind", "partId")
    take(decision, event, "outcome", "by", "seq", "optionId", "value", "editedInput", "text", "error")
    fold.state["decisions"].append(decision)


EFFECTS.update({effect.__name__.replace("_", "."): effect for effect in (
    part_created, part_delta, part_updated, part_ended, tool_started, tool_progress, tool_ended,
    step_started, step_ended, request_opened, request_claimed, request_released, request_resolved)})
