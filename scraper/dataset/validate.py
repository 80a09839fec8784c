"""Whether each line of a dataset keeps the rules of the record's JSON Schema, and where it does not."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scraper.dataset.lines import BrokenLine, Dataset, Line, decoded

__all__ = ["Fault", "Totals", "validate"]

_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
    "array": (list,),
    "object": (dict,),
}
_SHOWN = 60  # characters of a wrong value that a fault shows


@dataclass(frozen=True, slots=True)
class Fault:
    """One departure from the schema: file, line counted from 1, key such as "removed[2].kind" (None: the whole line), and what is wrong."""

    file: str
    line: int
    key: str | None
    problem: str


@dataclass(slots=True)
class Totals:
    """Lines seen so far, and those of them with a fault."""

    lines: int = 0
    bad: int = 0


def validate(dataset: Dataset, schema: Mapping[str, Any], totals: Totals) -> Iterator[Fault]:
    """Every fault of every line, in order; counts in `totals` as it goes. `schema` is one that scraper.schema makes.

    The order of a record's keys counts too: it is part of the record, though JSON Schema has no word for it.
    """
    for line in dataset.lines():
        totals.lines += 1
        found = _judged(line, schema)
        totals.bad += bool(found)
        for key, problem in found:
            yield Fault(line.file, line.number, key, problem)


def _judged(line: Line, schema: Mapping[str, Any]) -> list[tuple[str | None, str]]:
    try:
        value: Any = decoded(line, object, noun="JSON")
    except BrokenLine as error:
        return [(None, str(error))]
    return [(key or None, problem) for key, problem in _faults(value, schema, "")]


def _faults(value: Any, schema: Mapping[str, Any], key: str) -> Iterator[tuple[str, str]]:
    """The faults of a value. Knows the words that the schemas of this project use; a test holds that they use no others."""
    if "anyOf" in schema:
        yield from _of_any(value, schema["anyOf"], key)
        return
    names = _names(schema)
    if type(value) not in [kind for name in names for kind in _TYPES[name]]:
        yield key, f"{_shown(value)} is not {' or '.join(names)}"
    elif isinstance(value, dict):
        yield from _of_object(value, schema, key)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _faults(item, schema["items"], f"{key}[{index}]")
    elif value is not None:
        yield from ((key, problem) for problem in _of_scalar(value, schema))


def _of_any(value: Any, choices: list[Mapping[str, Any]], key: str) -> Iterator[tuple[str, str]]:
    """The faults under the choice of the value's own type, so that they name the key inside it."""
    for choice in choices:
        if type(value) in [kind for name in _names(choice) for kind in _TYPES[name]]:
            yield from _faults(value, choice, key)
            return
    yield key, f"{_shown(value)} is not {' or '.join(name for choice in choices for name in _names(choice))}"


def _of_object(value: dict[str, Any], schema: Mapping[str, Any], key: str) -> Iterator[tuple[str, str]]:
    properties: Mapping[str, Any] = schema.get("properties", {})
    at = f"{key}." if key else ""
    required = schema.get("required", [])
    for name in required:
        if name not in value:
            yield f"{at}{name}", "the key is missing"
    for name, item in value.items():
        if name in properties:
            yield from _faults(item, properties[name], f"{at}{name}")
        elif schema.get("additionalProperties") is False:
            yield f"{at}{name}", "the record has no such key"
    if len(value) == len(required) and value.keys() == set(required) and list(value) != list(required):
        moved = next(name for name, due in zip(value, required, strict=True) if name != due)
        yield f"{at}{moved}", "the keys stand in another order from here on"


def _of_scalar(value: Any, schema: Mapping[str, Any]) -> Iterator[str]:
    if isinstance(value, str):
        if not value and schema.get("minLength"):
            yield "the text is empty; unknown is null"
        elif "pattern" in schema and not re.search(schema["pattern"], value):
            yield f"{_shown(value)} does not match {schema['pattern']}"
    if "const" in schema and value != schema["const"]:
        yield f"{_shown(value)} is not {_shown(schema['const'])}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{_shown(value)} is none of {', '.join(map(str, schema['enum']))}"
    if not isinstance(value, str) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield f"{_shown(value)} is out of range"


def _names(schema: Mapping[str, Any]) -> list[str]:
    names = schema["type"]
    return names if isinstance(names, list) else [names]


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
