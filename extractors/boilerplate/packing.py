"""Rules read from their packed form: to check hundreds of patterns and tell how their texts begin takes thirty times as long.

A packed file holds `source`, the SHA-256 of the TOML file that it was made of, and `rules`: for each a table of the fields of Rule that
differ from their defaults, without the examples; a phrase is a list of its text, least, starts and needs.
"""

import json
from hashlib import sha256
from typing import Any

from extractors.boilerplate.rule import Phrase, Place, Reach, Rule, Scope, Subject

__all__ = ["digest", "unpacked"]

_ENUMS = {"place": Place, "scope": Scope, "reach": Reach, "subject": Subject}


def unpacked(data: bytes, source: bytes) -> tuple[Rule, ...] | None:
    """The rules of a packed file; None where it was made of another `source`, that has been changed since."""
    held = json.loads(data)
    if held["source"] != digest(source):
        return None
    return tuple(_rule(table) for table in held["rules"])


def _rule(table: dict[str, Any]) -> Rule:
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key in _ENUMS:
            values[key] = _ENUMS[key](value)
        elif key == "openings":
            values[key] = tuple(Phrase(text, least, tuple(starts), tuple(needs)) for text, least, starts, needs in value)
        else:
            values[key] = tuple(value) if isinstance(value, list) else value
    return Rule(**values)


def digest(source: bytes) -> str:
    """What names a source in its packed file."""
    return sha256(source).hexdigest()
