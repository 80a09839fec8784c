"""An exception that nobody foresaw, in one line: what is said of it where it becomes a Failure."""

import logging
import traceback
from pathlib import Path

__all__ = ["defect"]

_log = logging.getLogger(__name__)


def defect(error: Exception) -> str:
    """What it was, and the innermost place in this program. The traceback goes to the log at -v."""
    _log.debug("a defect of this program", exc_info=error)
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if {"scraper", "extractors"} & set(Path(frame.filename).parts)] or frames
    place = f" ({Path(own[-1].filename).name} line {own[-1].lineno}, {own[-1].name})" if own else ""
    return f"{type(error).__name__}: {str(error)[:500]}{place}"
