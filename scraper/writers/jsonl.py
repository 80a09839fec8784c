"""Records as JSON lines: UTF-8, one object a line, safe for every reader that splits lines."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from scraper.records import Outcome
from scraper.wellformed import well_formed
from scraper.writers.sink import Sink

__all__ = ["FailureLines", "JsonLines", "encode_line"]

# Valid inside JSON strings, and yet a line's end to str.splitlines() and others (U+0085, U+2028, U+2029), or the start of a
# terminal's control sequence (the other C1 controls, U+007F).
_TROUBLE = re.compile(rb"\xc2[\x80-\x9f]|\xe2\x80[\xa8\xa9]|\x7f")
_encoder = msgspec.json.Encoder()


def encode_line(record: Mapping[str, Any]) -> bytes:
    """One JSON object and a line end. Lone surrogates, which UTF-8 cannot hold, become U+FFFD."""
    try:
        line = _encoder.encode(record)
    except UnicodeEncodeError:
        line = _encoder.encode(_mended(record))
    return _TROUBLE.sub(lambda match: b"\\u%04x" % ord(match[0].decode()), line) + b"\n"


def _mended(value: Any) -> Any:
    """`value` with each lone surrogate replaced; a pair that was split in two is joined."""
    if isinstance(value, str):
        return well_formed(value)
    if isinstance(value, Mapping):
        return {_mended(key): _mended(item) for key, item in value.items()}
    return [_mended(item) for item in value] if isinstance(value, list) else value


class JsonLines:
    """Each article as a line."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def write(self, outcome: Outcome) -> None:
        """Writes the article of `outcome`, if it has one."""
        if outcome.article is not None:
            self._sink.put(encode_line(outcome.article.to_dict()))


class FailureLines:
    """Each failure as a line."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def write(self, outcome: Outcome) -> None:
        """Writes the failure of `outcome`, if it has one."""
        if outcome.failure is not None:
            self._sink.put(encode_line(outcome.failure.to_dict()))
