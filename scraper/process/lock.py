"""One run at a time for each output, and for each state: a lock that the kernel lets go of when its holder ends, however it ends."""

import contextlib
import errno
import fcntl
import json
import logging
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from scraper.errors import Locked, OutputError, Place

__all__ = ["Holder", "held", "holder", "lock_path"]

_log = logging.getLogger(__name__)

_PATIENCE = 0.5  # seconds; who only looks whether a lock is held holds it for a moment itself
_LOOK = 0.02
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}  # of filesystems that are mounted without


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock. `since`: RFC 3339, UTC. What could not be read is None."""

    pid: int | None = None
    host: str | None = None
    since: str | None = None
    run_id: str | None = None

    def __str__(self) -> str:
        who = f"process {self.pid} on {self.host}" if self.pid else "another process"
        return who + (f" since {self.since}" if self.since else "")


def lock_path(output: Path) -> Path:
    """The file that stands for `output`, a file or a folder of parts: hidden beside it, the same by whatever link it is reached."""
    real = output.resolve()
    return real.with_name(f".{real.name}.lock")


@contextmanager
def held(output: Path, *, run_id: str | None = None, what: str = "output") -> Iterator[None]:
    """Nobody else holds `output` inside. Standard output, pipes and devices are nobody's. `what` it is, for messages.

    Raises Locked where another process holds it, OutputError where no lock can be laid beside it. The file goes with the block; who
    had opened it already finds that it no longer bears the name, and opens the next.
    """
    if str(output) == "-" or (output.exists() and not output.is_file() and not output.is_dir()):
        yield
        return
    path = lock_path(output)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = _taken(path, output, what=what)
        _sign(descriptor, run_id)
    except OSError as error:
        remedy = f"make {path.parent} writable, or choose another {what}"
        raise OutputError(f"cannot lock the {what}: {error.strerror}", remedy=remedy, place=Place(file=str(path))) from error
    try:
        yield
    finally:
        with contextlib.suppress(OSError):  # the file is for readers; the lock itself goes with the descriptor
            path.unlink()
        os.close(descriptor)


def holder(output: Path) -> Holder | None:
    """Who holds `output` at this moment; None where nobody does."""
    try:
        descriptor = os.open(lock_path(output), os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _read(descriptor)
    except OSError:
        return None
    finally:
        os.close(descriptor)
    return None


def _taken(path: Path, output: Path, *, what: str) -> int:
    """The locked descriptor of the file that bears the name now."""
    end = time.monotonic() + _PATIENCE
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _bears(path, descriptor):
                return descriptor
        except BlockingIOError as error:
            if time.monotonic() >= end:
                who = _read(descriptor)
                os.close(descriptor)
                raise Locked(
                    f"another run holds the {what}: {who}",
                    remedy="wait until it is through, or end it",
                    place=Place(file=str(output)),
                ) from error
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                os.close(descriptor)
                raise
            _log.warning("%s: its filesystem has no locks, so nothing keeps two runs apart", output)
            return descriptor
        os.close(descriptor)
        time.sleep(_LOOK)


def _bears(path: Path, descriptor: int) -> bool:
    """Whether the file that was opened still has its name, and so is the one that others will find."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _sign(descriptor: int, run_id: str | None) -> None:
    since = datetime.now(UTC).isoformat(timespec="seconds")
    line = json.dumps(asdict(Holder(os.getpid(), socket.gethostname(), since, run_id))) + "\n"
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, line.encode(), 0)


def _read(descriptor: int) -> Holder:
    """What the holder wrote of itself; a holder that has not come to it yet is unnamed."""
    try:
        return Holder(**json.loads(os.pread(descriptor, 4096, 0)))
    except (OSError, ValueError, TypeError):
        return Holder()
