"""Records made short for reading. `python -m tests.readme` writes README.md's anew, `python -m tests.readme FILE` prints FILE's first."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from extractors import Context, extract
from tests.source import ROOT

__all__ = ["README", "SAMPLE", "main", "shortened", "shown"]

README = ROOT / "README.md"
SAMPLE = "jsonld-news-en"

BEGIN, END = "<!-- record: python -m tests.readme -->\n```json\n", "```\n<!-- end -->"
CUT = "…"
LETTERS = 96  # of a string; what is cut ends in CUT
ITEMS = 3  # of a list or an object; then one entry says how many more there are


def record() -> dict[str, Any]:
    """The sample's whole record."""
    manifest = (ROOT / "data" / "samples" / "manifest.jsonl").read_text("utf-8").splitlines()
    entry = next(entry for entry in map(json.loads, manifest) if entry["file"].startswith(f"{SAMPLE}/"))
    data = (ROOT / "data" / "samples" / entry["file"]).read_bytes()
    context = Context(fetched_at=datetime.fromisoformat(entry["fetched_at"]))
    return extract(data, url=entry["url"], content_type=entry["content_type"], context=context).to_dict()


def shortened(value: Any, *, whole: bool = False) -> Any:
    """`value` with long strings cut and long lists and objects ended early; `whole` keeps all entries of the outermost object."""
    if isinstance(value, str) and len(value) > LETTERS:
        return value[:LETTERS].rsplit(" ", 1)[0] + CUT
    if isinstance(value, list):
        more = [f"{CUT} {len(value) - ITEMS} more"] if len(value) > ITEMS else []
        return [shortened(item) for item in value[:ITEMS]] + more
    if isinstance(value, dict):
        most = len(value) if whole or len(value) <= ITEMS + 2 else ITEMS
        rest = {CUT: f"{len(value) - most} more"} if most < len(value) else {}
        return {key: shortened(item) for key, item in list(value.items())[:most]} | rest
    return value


def shown(whole: dict[str, Any]) -> str:
    """A record to read: a key a line, and of what is long an entry a line."""
    short = shortened(whole, whole=True)
    return "{\n" + ",\n".join(f"  {json.dumps(key)}: {_line(value)}" for key, value in short.items()) + "\n}\n"


def _line(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    if len(text) < 150:
        return text
    if isinstance(value, dict):
        return (
            "{\n"
            + ",\n".join(
                f"    {json.dumps(key, ensure_ascii=False)}: {json.dumps(item, ensure_ascii=False)}" for key, item in value.items()
            )
            + "\n  }"
        )
    if isinstance(value, list):
        return "[\n" + ",\n".join(f"    {json.dumps(item, ensure_ascii=False)}" for item in value) + "\n  ]"
    return text


def printed(text: str) -> str:
    """The record in the text of README.md. Raises ValueError where its marks are missing."""
    start = text.index(BEGIN) + len(BEGIN)
    return text[start : text.index(END, start)]


def main() -> None:
    """Writes the sample's record into README.md, or prints the first record of a dataset."""
    if len(sys.argv) > 1:
        with Path(sys.argv[1]).open(encoding="utf-8") as lines:
            print(shown(json.loads(lines.readline())), end="")
        return
    text = README.read_text("utf-8")
    README.write_text(text.replace(BEGIN + printed(text) + END, BEGIN + shown(record()) + END), "utf-8")


if __name__ == "__main__":
    main()
