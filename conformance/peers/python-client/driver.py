"""The driver of the conformance suite: JSON lines on standard input and output."""

import json
import os
import sys
import threading

from agent import Agent
from application import view_of
from client import Client
from device_tool import DeviceTool
from outbox import command, new_id
from work import Work

COMMANDS = ("open", "send", "cancel", "resolve", "view", "online", "token", "close", "claim", "append", "release",
            "work", "tool")
_output = threading.Lock()


def answer(request, **fields):
    line = json.dumps({"id": request["id"], **fields})
    with _output:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def settled(request):
    return lambda outcome: answer(request, ok=True, result=outcome)


class Driver:
    """Several logical clients by name."""

    def __init__(self):
        self.clients = {}

    def open(self, request):
        given = request.get("backoff")
        backoff = given and {"base_ms": given["baseMs"], "cap_ms": given["capMs"], "health_ms": given["healthMs"]}
        client = Client(request["url"], request["session"], request["token"], request["transport"],
                        request.get("position"), backoff, request.get("connectMs"))
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
        names = [name for name in ("requestId", "outcome", "optionId", "value") if name in request]
        self._submit(request, client, {"type": "request.resolve", **{name: request[name] for name in names}})

    def _submit(self, request, client, fields):
        client.submit(command(fields, settled(request)))

    def claim(self, request, client, agent):
        def done(outcome):
            answer(request, ok=True, result={**outcome, **outcome.get("result", {})})
        client.inbox.put(lambda: agent.claim(request["runId"], new_id(), done))

    def append(self, request, client, agent):
        client.inbox.put(lambda: agent.append(request["runId"], request["events"], settled(request)))

    def release(self, request, client, agent):
        client.inbox.put(lambda: agent.release(request["runId"], request["reason"], settled(request)))

    def work(self, request, client, agent):
        client.inbox.put(lambda: Work(client, agent, request["runId"], request["plan"], settled(request)))

    def tool(self, request, client, agent):
        client.inbox.put(lambda: DeviceTool(client, request["requestId"], request["effect"], settled(request)))

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
        name, client = request["command"], request["client"]
        if name not in COMMANDS:
            answer(request, unsupported=True)
        elif name == "open":
            self.open(request)
        elif client not in self.clients:
            answer(request, error={"code": "unknown_client", "message": client})
        else:
            getattr(self, name)(request, *self.clients[client])


if __name__ == "__main__":
    driver = Driver()
    for line in sys.stdin:
        driver.take(json.loads(line))
    os._exit(0)  # the threads of what is still attached have nobody left to tell
