"""What the application sees of a client, in the form of the driver protocol."""


def text_of(message):
    return "".join(part["text"] for part in message["parts"] if part["kind"] == "text")


def view_of(client):
    """What the application sees."""
    state = client.view.fold.state
    view = {
        "state": state,
        "position": client.view.position,
        "connection": client.phase,
        "presence": client.participants,
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
