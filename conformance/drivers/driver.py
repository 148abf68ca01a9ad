"""Drives YOUR CLIENT for the conformance suite of the Durable Session Protocol.

The suite writes one JSON object a line to stdin, {"id", "command", "client", ...}, and reads one answer a line from stdout.
Fill in the functions below, `open_client`, `view` and `close` first; each docstring says what to do and what to return.
A function that raises Unsupported is honest: what needs it is then untested. Never answer what your client did not show.
Print to stderr what else you have to say; stdout is for answers. Then: npx @durable-session/conformance client
"""
import json
import os
import sys
import threading


class Unsupported(Exception):
    """Your client cannot do this, or you have not come to it yet."""


clients = {}  # your clients, by the suite's names for them: several are open at a time


def open_client(name, request):
    """Makes a client that attaches by itself, and goes on attaching until it is closed; returns at once.

    url: the base URL of the server; session, token; transport: "websocket" or "sse"; role: "people" or "agent";
    position, if given: {"epoch", "seq"} to resume from; backoff, if given: {"baseMs", "capMs", "healthMs"} to use.
    """
    # clients[name] = YourClient(request["url"], request["session"], request["token"], transport=request["transport"])
    raise Unsupported


def view(name, request):
    """What the user sees now, or, with atLeast, as soon as the position has reached that seq (wait for it here).

    Return {"position": {"epoch", "seq"} or None, "connection": "connecting" | "live" | "waiting" | "stopped",
    "messages": [{"messageId", "role", "text", "ended"}], "runs": [{"runId", "status", "outcome"?}],
    "requests": [{"requestId"}] that are open, "decisions": [{"requestId", "outcome"}], "stop"?: {"code"}}.
    """
    raise Unsupported


def close(name, request):
    """The application lets the client go; the session goes on without it."""
    clients.pop(name, None)  # and close it


def send(name, request):
    """Sends a message: messageId, text, and if given runId and ifBusy. Wait until your client has settled it.

    Return {"outcome": "accepted" | "noop" | "rejected" | "indeterminate"}, of a rejected one with "error": {"code"}.
    """
    raise Unsupported


def cancel(name, request):
    """Cancels the run runId. Returns an outcome, as send does."""
    raise Unsupported


def resolve(name, request):
    """Answers the question requestId: outcome, and if given optionId or value. Returns an outcome, as send does."""
    raise Unsupported


def token(name, request):
    """From now on, this is the token that the application gives when the client asks for one."""
    raise Unsupported


def online(name, request):
    """The platform says whether there is a network: online is True or False."""
    raise Unsupported


# What agents are asked to do (claim, append, release, work, tool) is in driver.schema.json of the suite.
commands = {"open": open_client, "view": view, "close": close, "send": send, "cancel": cancel, "resolve": resolve, "token": token, "online": online}
writing = threading.Lock()


def answer(request):
    """Answers one request, however long that takes; the others are answered beside it."""
    reply = {"id": request["id"]}
    try:
        if request["command"] not in commands:
            raise Unsupported
        reply.update(ok=True, result=commands[request["command"]](request["client"], request) or {})
    except Unsupported:
        reply.update(unsupported=True)
    except Exception as error:
        reply.update(error={"code": type(error).__name__, "message": str(error)})
    with writing:
        print(json.dumps(reply), flush=True)


for line in sys.stdin:
    threading.Thread(target=answer, args=(json.loads(line),), daemon=True).start()
os._exit(0)  # the suite has closed stdin: nothing more is asked, whatever the clients are at
