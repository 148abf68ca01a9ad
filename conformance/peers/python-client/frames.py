"""From the text of a frame to its value, or to a refusal."""

import json

from schema import DEFINITIONS, fits

MAX_SAFE = 2**53 - 1


class BadFrame(Exception):
    """What arrived is no frame of this protocol. FRAME-10, FRAME-11"""

    def __init__(self, why, seq=None):
        super().__init__(why)
        self.seq = seq


def _types_of(union):
    types = {}
    for each in DEFINITIONS[union]["oneOf"]:
        name = each["$ref"].rsplit("/", 1)[1]
        types[DEFINITIONS[name]["properties"]["type"]["const"]] = name
    return types


EVENTS = _types_of("KnownEvent")
CONTROLS = _types_of("Control")


def _refuse_constant(text):
    raise ValueError(f"{text} is no JSON")


def _number(text):
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ValueError("a number that no double holds")
    return int(value) if value.is_integer() and abs(value) <= MAX_SAFE else value


def _members(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a name twice in one object")
    return members


def parse(data):
    """The JSON value of a text, refused unless it is I-JSON. None stands for a message without text."""
    if data is None:
        raise BadFrame("a binary message")
    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
        value = json.loads(text, parse_constant=_refuse_constant, parse_float=_number, object_pairs_hook=_members)
        if "\\u" in text:
            json.dumps(value, ensure_ascii=False).encode("utf-8")  # fails on a lone surrogate
        return value
    except (ValueError, RecursionError) as error:
        raise BadFrame(f"not a legal frame: {error}") from None


def is_event(frame):
    """Whether a frame stands in the log; every other one is a control frame."""
    return frame["type"] in EVENTS or ("seq" in frame and frame["type"] not in CONTROLS)


def check_event(event):
    """Raises BadFrame unless the event fits the schema of its type."""
    if not isinstance(event, dict) or not isinstance(event.get("type"), str):
        raise BadFrame("an event without a type")
    name = EVENTS.get(event["type"], "UnknownEvent")
    if not fits(event, {"$ref": f"#/$defs/{name}"}):
        raise BadFrame(f"{event['type']} does not fit its schema", event.get("seq"))


def read(data):
    """The frame that a server sent, as bytes or text, checked against the schema of its type."""
    frame = parse(data)
    if not isinstance(frame, dict) or not isinstance(frame.get("type"), str):
        raise BadFrame("not a JSON object with a type")
    name = CONTROLS.get(frame["type"])
    if name == "Snapshot":
        # Its events are checked one by one, because those of unknown types are skipped. TOLERANCE-2
        if not fits({**frame, "events": []}, {"$ref": "#/$defs/Snapshot"}) or not isinstance(frame.get("events"), list):
            raise BadFrame("snapshot does not fit its schema")
        for event in frame["events"]:
            check_event(event)
    elif name:
        if not fits(frame, {"$ref": f"#/$defs/{name}"}):
            raise BadFrame(f"{frame['type']} does not fit its schema")
    elif is_event(frame):
        check_event(frame)
    return frame
