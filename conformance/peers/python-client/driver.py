"""The driver of the conformance suite: JSON lines on standard input and output."""

import json
import os
import sys
import threading

from agent import Agent
from client import Client
from outbox import command

_output = threading.Lock()


def answer(request, **fields):
    line = json.dumps({"id": request["id"], **fields})
    with _output:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def text_of(message):
    return "".join(part["text"] for part in message["parts"] if part["kind"] == "text")


def view_of(client):
    """What the application sees."""
    state = client.view.fold.state
    view = {
        "position": client.view.position,
        "connection": client.phase,
        "messages": [{"messageId": each["messageId"], "role": each["role"], "text": text_of(each), "ended": each["ended"]}
                     for each in state["messages"]],
        "runs": [{name: run[name] for name in ("runId", "status", "outcome") if name in run} for run in state["runs"]],
        "requests": [{"requestId": request["requestId"]} for request in state["requests"]],
        "decisions": [{name: each[name] for name in ("requestId", "outcome")} for each in state["decisions"]],
    }
    if client.stop_code:
        view["stop"] = {"code": client.stop_code}
    if client.problem:
        view["problem"] = client.problem
    return view


class Driver:
    """Several logical clients by name."""

    def __init__(self):
        self.clients = {}

    def open(self, request):
        client = Client(request["url"], request["session"], request["token"], request["transport"],
                        request.get("position"), request.get("backoff") and {
                            "base_ms": request["backoff"]["baseMs"], "cap_ms": request["backoff"]["capMs"],
                            "health_ms": request["backoff"]["healthMs"]})
        self.clients[request["client"]] = (client, Agent(client))
        answer(request, ok=True)

    def send(self, request, client, agent):
        self._submit(request, client, {
            "type": "message.send", "messageId": request["messageId"],
            "parts": [{"partId": f"{request['messageId']}-text"[-64:], "kind": "text", "text": request["text"]}],
            **{name: request[name] for name in ("runId", "ifBusy") if name in request}})

    def cancel(self, request, client, agent):
        self._submit(request, client, {"type": "run.cancel", "runId": request["runId"]})

    def resolve(self, request, client, agent):
        names = ("requestId", "outcome", "optionId", "value")
        self._submit(request, client, {"type": "request.resolve", **{
            name: request[name] for name in names if name in request}})

    def _submit(self, request, client, fields):
        client.submit(command(fields, lambda outcome: answer(request, ok=True, result=outcome)))

    def claim(self, request, client, agent):
        client.inbox.put(lambda: agent.claim(request["runId"], request["agent"], lambda outcome: answer(
            request, ok=True, result={**outcome, **outcome.get("result", {})})))

    def append(self, request, client, agent):
        client.inbox.put(lambda: agent.append(request["runId"], request["events"], lambda outcome: answer(
            request, ok=True, result=outcome)))

    def release(self, request, client, agent):
        client.inbox.put(lambda: agent.release(request["runId"], request["reason"], lambda outcome: answer(
            request, ok=True, result=outcome)))

    def view(self, request, client, agent):
        least = request.get("atLeast", 0)

        def look():
            position = client.view.position
            if least == 0 or client.stop_code or (position and position["seq"] >= least):
                if look in client.watchers:
                    client.watchers.remove(look)
                answer(request, ok=True, result=view_of(client))

        client.inbox.put(lambda: client.watchers.append(look))

    def online(self, request, client, agent):
        client.online(request["online"])
        answer(request, ok=True)

    def token(self, request, client, agent):
        client.token(request["token"])
        answer(request, ok=True)

    def close(self, request, client, agent):
        client.close()
        answer(request, ok=True)

    def take(self, request):
        known = {"open", "send", "cancel", "resolve", "view", "online", "token", "close", "claim", "append", "release"}
        if request["command"] not in known:
            answer(request, unsupported=True)
        elif request["command"] == "open":
            self.open(request)
        elif request["client"] not in self.clients:
            answer(request, error={"code": "unknown_client", "message": request["client"]})
        else:
            getattr(self, request["command"])(request, *self.clients[request["client"]])


if __name__ == "__main__":
    driver = Driver()
    for line in sys.stdin:
        driver.take(json.loads(line))
    os._exit(0)  # the threads of what is still attached have nobody left to tell
