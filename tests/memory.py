"""The most memory that a process has held."""

import resource
import sys
from pathlib import Path

__all__ = ["most_memory"]


def most_memory() -> int:
    """Kilobytes of this process. Linux hands getrusage's figure from parent to child, /proc's it does not."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:")).split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
