"""The JSON Schema of the protocol, as far as it is used there."""

import json
import pathlib
import re

SCHEMA = pathlib.Path(__file__).resolve().parents[3] / "schemas/json/v1/schema.json"
DEFINITIONS = json.loads(SCHEMA.read_text("utf-8"))["$defs"]

# The enumerations whose unknown values a client follows or shows: TOOL-17, BYE-9.
OPEN_ENUMS = {("ToolEnded", "outcome"), ("Bye", "action")}
# The unions whose unknown members a client keeps in their place: PART-14.
OPEN_UNIONS = {"Part", "PartCreated"}

_patterns = {}


def is_integer(value):
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


_TYPES = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "integer": is_integer,
    "number": _is_number,
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
}


def fits(value, schema, title=None):
    """Whether a value fits a schema of this protocol, tolerant where the specification says so."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return fits(value, DEFINITIONS[name], name)
    if "type" in schema and not _TYPES[schema["type"]](value):
        return False
    if "const" in schema and value != schema["const"]:
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if "not" in schema and fits(value, schema["not"]):
        return False
    if isinstance(value, str):
        return _string_fits(value, schema) and _unions_fit(value, schema, title)
    if _is_number(value):
        if value < schema.get("minimum", value) or value > schema.get("maximum", value):
            return False
    if isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            return False
        if "items" in schema and not all(fits(item, schema["items"]) for item in value):
            return False
    if isinstance(value, dict) and not _members_fit(value, schema, title):
        return False
    return _unions_fit(value, schema, title)


def _string_fits(value, schema):
    if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
        return False
    if "pattern" not in schema:
        return True
    pattern = schema["pattern"]
    if pattern not in _patterns:
        _patterns[pattern] = re.compile(pattern.removesuffix("$") + r"\Z")
    return _patterns[pattern].match(value) is not None


def _members_fit(value, schema, title):
    if any(name not in value for name in schema.get("required", ())):
        return False
    for name, member in schema.get("properties", {}).items():
        if name not in value:
            continue
        if (title, name) in OPEN_ENUMS and isinstance(value[name], str):
            continue
        if not fits(value[name], member):
            return False
    return True


def _unions_fit(value, schema, title):
    if "anyOf" in schema and not any(fits(value, each) for each in schema["anyOf"]):
        return False
    if "oneOf" not in schema:
        return True
    if "discriminator" not in schema:
        return sum(fits(value, each) for each in schema["oneOf"]) == 1
    name = schema["discriminator"]["propertyName"]
    for each in schema["oneOf"]:
        if _names(each, name, value.get(name)):
            return fits(value, each)
    return title in OPEN_UNIONS and isinstance(value.get(name), str) and _unknown_member_fits(value, schema)


def _definition(schema):
    return DEFINITIONS[schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema


def _names(schema, property_name, value):
    member = _definition(schema)["properties"][property_name]
    return value == member.get("const") if "const" in member else value in member["enum"]


def _unknown_member_fits(value, union):
    """What all members of a union have in common, a new one has too: without an id it would have no place."""
    first, *others = (_definition(each) for each in union["oneOf"])
    required = set(first["required"]).intersection(*(each["required"] for each in others))
    shared = {name: member for name, member in first["properties"].items()
              if all(each["properties"].get(name) == member for each in others)}
    return _members_fit(value, {"required": required, "properties": shared}, None)
