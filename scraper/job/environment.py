"""Secrets of a job: "${NAME}" in the values that may hold one is read from the environment; they are never shown."""

import re
from collections.abc import Mapping
from typing import Any

from scraper.errors import JobError, Place

__all__ = ["SECRETS", "is_reference", "with_secrets"]

# The keys whose values may be secret; in no other a variable of the environment is read.
SECRETS = ("fetch.headers", "fetch.cookies", "fetch.proxies", "report.ping")

_REFERENCE = re.compile(r"\$(\$?)\{([A-Za-z_][A-Za-z0-9_]*)\}")  # "$${NAME}" stands for "${NAME}" itself


def is_reference(text: str) -> bool:
    """Whether a text names a variable of the environment."""
    return _REFERENCE.search(text) is not None


def with_secrets(raw: Mapping[str, Any], variables: Mapping[str, str]) -> dict[str, Any]:
    """The tables of a job with each "${NAME}" in SECRETS replaced. Raises JobError, its place being a key, for what is not set."""
    tables = dict(raw)
    for key in SECRETS:
        title, _, name = key.partition(".")
        table = tables.get(title)
        if not isinstance(table, Mapping) or name not in table:
            continue
        value = table[name]
        if isinstance(value, Mapping):
            value = {word: _replaced(one, f"{key}.{word}", variables) for word, one in value.items()}
        tables[title] = {**table, name: _replaced(value, key, variables)}
    return tables


def _replaced(value: Any, key: str, variables: Mapping[str, str]) -> Any:
    if not isinstance(value, str):
        return value

    def found(match: re.Match[str]) -> str:
        if match[1]:
            return match[0][1:]
        if match[2] not in variables:
            remedy = f"set it, or write $${{{match[2]}}} for the text itself"
            raise JobError(f"the environment has no variable {match[2]}", remedy=remedy, place=Place(key=key))
        return variables[match[2]]

    return _REFERENCE.sub(found, value)
