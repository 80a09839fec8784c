"""TOML files that a user wrote: rules and profiles. What is wrong with one is told with its file and line."""

import tomllib
from pathlib import Path
from typing import Any

from extractors.errors import InvalidRules

__all__ = ["parse_toml", "read_toml", "source_of"]


def read_toml(path: Path) -> tuple[dict[str, Any], str]:
    """The table that a file holds, and its text. Raises InvalidRules with the file, the line and the reason."""
    return parse_toml(path, source_of(path))


def source_of(path: Path) -> bytes:
    """The bytes of a file. Raises InvalidRules where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InvalidRules(f"{path}: it cannot be read: {error.strerror}") from error


def parse_toml(path: Path, source: bytes) -> tuple[dict[str, Any], str]:
    """The same of the bytes that the file at `path` holds."""
    try:
        text = source.decode()
    except UnicodeDecodeError as error:
        raise InvalidRules(f"{path}: line {source[: error.start].count(10) + 1}: not in UTF-8") from error
    try:
        return tomllib.loads(text), text
    except tomllib.TOMLDecodeError as error:
        raise InvalidRules(f"{path}: {error}") from error
    except RecursionError as error:
        raise InvalidRules(f"{path}: nested too deep") from error
