/** The part of the Python module that does not depend on the registry: it judges values by the schemas in \`_SCHEMAS\`. */
export const pythonLoader = String.raw`
class FrameError(TypeError):
    """A value that does not fit its schema; path is the JSON Pointer of what is wrong."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path or '/'}: {message}")
        self.path = path
        self.message = message


def _is_type(name: str, value: Any) -> bool:
    if name == "integer":
        return not isinstance(value, bool) and (isinstance(value, int) or (isinstance(value, float) and value.is_integer()))
    if name == "number":
        return not isinstance(value, bool) and isinstance(value, (int, float))
    return isinstance(value, {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}[name])


def _equal(a: Any, b: Any) -> bool:
    return isinstance(a, bool) == isinstance(b, bool) and a == b


def _fits(schema: Any, value: Any) -> bool:
    try:
        _check(schema, value, "")
    except FrameError:
        return False
    return True


def _demand(condition: bool, path: str, message: str) -> None:
    if not condition:
        raise FrameError(path, message)


def _check(schema: Any, value: Any, path: str) -> None:
    if isinstance(schema, bool):
        return _demand(schema, path, "must not be there")
    if "$ref" in schema:
        _check(_SCHEMAS[schema["$ref"].rsplit("/", 1)[1]], value, path)
    if "type" in schema:
        _demand(_is_type(schema["type"], value), path, f"must be of type {schema['type']}")
    if "const" in schema:
        _demand(_equal(schema["const"], value), path, f"must be {schema['const']!r}")
    if "enum" in schema:
        _demand(any(_equal(each, value) for each in schema["enum"]), path, f"must be one of {schema['enum']}")
    if "not" in schema:
        _demand(not _fits(schema["not"], value), path, "must be another value")
    if isinstance(value, str):
        _demand(len(value) >= schema.get("minLength", 0), path, "must be longer")
        _demand(len(value) <= schema.get("maxLength", len(value)), path, "must be shorter")
        if "pattern" in schema:
            _demand(re.search(re.sub(r"\$$", r"\\Z", schema["pattern"]), value) is not None, path, f"must match {schema['pattern']}")
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        _demand(value >= schema.get("minimum", value), path, f"must be at least {schema.get('minimum')}")
        _demand(value <= schema.get("maximum", value), path, f"must be at most {schema.get('maximum')}")
    elif isinstance(value, list):
        _demand(len(value) >= schema.get("minItems", 0), path, "must have more items")
        for index, item in enumerate(value):
            _check(schema.get("items", True), item, f"{path}/{index}")
    elif isinstance(value, dict):
        _check_object(schema, value, path)
    _check_alternatives(schema, value, path)


def _check_object(schema: Any, value: Any, path: str) -> None:
    for name in schema.get("required", []):
        _demand(name in value, f"{path}/{name}", "must be there")
    for name, member in schema.get("properties", {}).items():
        if name in value:
            _check(member, value[name], f"{path}/{name}")


def _resolve(schema: Any) -> Any:
    return _SCHEMAS[schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema


def _check_alternatives(schema: Any, value: Any, path: str) -> None:
    if "discriminator" in schema:
        tag = schema["discriminator"]["propertyName"]
        chosen = [each for each in schema["oneOf"] if _fits(_resolve(each)["properties"][tag], value.get(tag))]
        _demand(len(chosen) == 1, f"{path}/{tag}", f"must name a known kind: got {value.get(tag)!r}")
        return _check(chosen[0], value, path)
    if "anyOf" in schema:
        _demand(any(_fits(each, value) for each in schema["anyOf"]), path, "must fit one of the alternatives")
    if "oneOf" in schema:
        _demand(sum(_fits(each, value) for each in schema["oneOf"]) == 1, path, "must fit exactly one of the alternatives")


def load(name: str, value: Any) -> Any:
    """Gives the value back if it fits the schema of that name, unknown fields included; raises FrameError otherwise."""
    _check(_SCHEMAS[name], value, "")
    return value


def load_frame(text: str) -> Frame:
    """Reads one frame; a type that is not of this revision needs nothing but to be an event. Raises FrameError or ValueError."""
    value = json.loads(text)
    _demand(isinstance(value, dict) and isinstance(value.get("type"), str), "/type", "must be a string in an object")
    return load(_NAMES.get(value["type"], "UnknownEvent"), value)


def dump(value: Any) -> str:
    """Renders a frame as the protocol sends it: on one line, fields that this revision does not know included."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
`;
