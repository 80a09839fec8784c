"""A process that writes a folder of parts until it is killed: `python -m tests.scraper.writers.growing FOLDER [gz|zst]`."""

import itertools
import sys
from pathlib import Path

from scraper.job.outputs import Compression
from scraper.records import IfExists
from scraper.writers.parts import PartsSink, Rotation
from tests.scraper.writers.places import line

__all__: list[str] = []


def main() -> None:
    """Small parts, so that one becomes visible every few milliseconds."""
    folder, *packing = sys.argv[1:]
    compression = Compression(packing[0]) if packing else None
    sink = PartsSink(folder=Path(folder), if_exists=IfExists.APPEND, compression=compression, rotation=Rotation(size=50_000))
    sink.restore(None)
    for number in itertools.count():
        sink.put(line(number, f"{number} " * 300))
        if number % 7 == 0:
            sink.settle(sink.sync())


if __name__ == "__main__":
    main()
