"""From the share of the odds that an answer has to the probability that it is right, as it was measured on the gold pages."""

import tomllib
from pathlib import Path

__all__ = ["AUTHORS", "DATE", "TITLE"]

_FIELDS = tomllib.loads(Path(__file__).with_name("calibration.toml").read_text(encoding="utf-8"))


def _table(field: str) -> tuple[tuple[float, float], ...]:
    return tuple((share, right) for share, right, _ in _FIELDS[field]["points"])


TITLE, AUTHORS, DATE = map(_table, ("title", "authors", "date"))
