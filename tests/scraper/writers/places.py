"""Lines to write, and what an output holds of them."""

import json
from collections.abc import Callable
from pathlib import Path

from scraper.compression.packing import compression_of, unpacked
from scraper.job.outputs import Position
from scraper.writers.sink import Sink

__all__ = ["commit", "line", "numbers"]


def line(number: int, text: str = "") -> bytes:
    """A line with an id."""
    return json.dumps({"id": f"{number:032x}", "text": text}).encode() + b"\n"


def numbers(*files: Path) -> list[int]:
    """The ids of all lines of these files, each of which is whole."""
    found = []
    for path in files:
        with path.open("rb") as stream:
            found += [int(json.loads(one)["id"], 16) for one in unpacked(stream, compression_of(stream.peek(4)))]
    return found


def commit(sink: Sink, ask: Callable[[], Position]) -> Position:
    """A position that is kept, and settled."""
    position = ask()
    sink.settle(position)
    return position
