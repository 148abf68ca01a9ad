"""Requests over plain HTTP: the POST of a command, and what streams are opened with."""

import dataclasses
import http.client
import json

from schema import DEFINITIONS, fits


def connect(url, timeout):
    kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    return kind(url.hostname, url.port, timeout=timeout)


def path_of(url, *segments):
    """One slash at the end of a base is dropped before a path is appended."""
    return "/".join((url.path.removesuffix("/"), *segments))


def problem_of(body):
    """The problem document in a body, None if there is none."""
    try:
        problem = json.loads(body)
    except ValueError:
        return None
    return problem if fits(problem, DEFINITIONS["ErrorObject"]) else None


@dataclasses.dataclass(frozen=True)
class Answer:
    """What a POST got: `status` 0 means no answer."""

    status: int
    body: str = ""
    retry_after: str | None = None


def post(url, session, token, body, timeout):
    """Sends one command and gives back the answer; never raises for what the network does."""
    connection = connect(url, timeout)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}  # SSE-29
    try:
        connection.request("POST", path_of(url, "sessions", session, "commands") + "?versions=1", body, headers)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8")
        return Answer(answer.status, text, answer.headers.get("Retry-After"))
    except (OSError, http.client.HTTPException, ValueError):
        return Answer(0)
    finally:
        connection.close()
