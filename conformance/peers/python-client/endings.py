"""How a connection ends, and what follows from it."""

import dataclasses
import email.utils
import time

# The registry of errors: what to do after each code, and the close code that stands for it.
CLOSE_CODES = {
    4000: "unavailable", 4001: "epoch_changed", 4002: "slow_consumer", 4003: "stream_expired",
    4004: "too_many_connections", 4005: "hello_timeout", 4500: "unauthenticated", 4501: "auth_expired",
    4510: "invalid_frame", 4511: "frame_too_large", 4512: "unsupported_version", 4513: "forbidden_origin",
    4514: "not_found", 4515: "gone", 4516: "session_closed",
}


def _action_of_close(code):
    if 4500 <= code <= 4509:
        return "reauth"
    if 4510 <= code <= 4999 or code in (1002, 1003) or 1007 <= code <= 1010:
        return "stop"
    return "retry"


ACTIONS = {code: _action_of_close(number) for number, code in CLOSE_CODES.items()}

# The statuses that stand for one code only.
STATUS_CODES = {404: "not_found", 410: "gone", 413: "frame_too_large"}


@dataclasses.dataclass(frozen=True)
class Ending:
    """Why a connection ended: `action` is retry, reauth or stop."""

    action: str
    code: str
    after_ms: int = 0


def lost(why="lost"):
    """An end without a word, which is a reason to come back. RECONNECT-5"""
    return Ending("retry", why)


def of_bye(frame):
    """A bye by its action, whatever its code. BYE-8, BYE-9"""
    action = frame["action"] if frame["action"] in ("retry", "reauth", "stop") else "retry"
    return Ending(action, frame["code"], frame.get("afterMs", 0))


def of_close(code):
    """A WebSocket's close without bye, by its code alone. WS-19"""
    return Ending(_action_of_close(code), CLOSE_CODES.get(code, f"websocket_{code}"))


def of_status(status, problem=None, retry_after=None):
    """An HTTP answer that is no stream: by its problem document, else by its status. ERROR-12"""
    after = _milliseconds(retry_after)
    code = STATUS_CODES.get(status, f"http_{status}")
    if problem is not None:
        code = problem["code"]
        after = max(after, problem.get("retryAfterMs", 0))
        if code in ACTIONS:
            return Ending(ACTIONS[code], code, after)
    if status == 204:
        return Ending("stop", "session_closed")
    if status == 401:
        return Ending("reauth", code, after)
    if status in (408, 425, 429) or not 400 <= status <= 499:
        return Ending("retry", code, after)
    return Ending("stop", code, after)


def _milliseconds(retry_after):
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return int(text) * 1000
    try:
        return max(0, int((email.utils.parsedate_to_datetime(text).timestamp() - time.time()) * 1000))
    except ValueError:
        return 0
