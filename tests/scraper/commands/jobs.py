"""A job over the local server, and the lines that it has written."""

import json
from pathlib import Path
from typing import Any

from scraper.compression.packing import compression_of, unpacked
from tests.faults import redirect_to
from tests.server import Server

__all__ = ["PATHS", "SMALLEST", "lines", "make_job"]

SMALLEST = """
[job]
output = "out.jsonl"
[[source]]
kind = "urls"
path = "urls.txt"
[fetch]
allow_networks = ["127.0.0.0/24"]
delay = 0
"""

PATHS = ["/article/1", "/article/2", redirect_to("/article/3"), "/status/404", "/pdf-as-html"]


def make_job(folder: Path, server: Server, output: str = "out.jsonl") -> Path:
    """Two articles, one behind a redirect, and two failures."""
    urls = json.dumps([server.url(path) for path in PATHS])
    path = folder / "job.toml"
    path.write_text(
        f'[job]\noutput = "{output}"\n[[source]]\nkind = "urls"\nurls = {urls}\n[write]\nif_exists = "append"\n'
        '[fetch]\nallow_networks = ["127.0.0.0/8"]\ndelay = 0\nretries = 0\ncontact = "t@example.org"\n'
    )
    return path


def lines(path: Path) -> list[dict[str, Any]]:
    """The records of a file, packed or not, or of a folder of parts."""
    found = []
    for one in sorted(path.iterdir()) if path.is_dir() else [path]:
        with one.open("rb") as stream:
            found += [json.loads(line) for line in unpacked(stream, compression_of(stream.peek(4)[:4]))]
    return found
