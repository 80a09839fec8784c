"""A command on a terminal of its own: what it shows there, and answers typed to its questions."""

import contextlib
import os
import pty
import select
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

__all__ = ["on_terminal"]

_PATIENCE = 60.0  # seconds


def on_terminal(command: Sequence[str], cwd: Path, *, answers: Sequence[tuple[str, str]] = ()) -> tuple[int, str]:
    """Exit code and screen of a command whose standard streams are a terminal; each answer is typed once its question is seen."""
    ours, its = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    with subprocess.Popen(command, cwd=cwd, stdin=its, stdout=its, stderr=its, env=environment, start_new_session=True) as process:
        os.close(its)
        try:
            screen = _talk(ours, answers)
        finally:
            os.close(ours)
            if process.poll() is None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(_PATIENCE)
                process.kill()
    return process.returncode, screen


def _talk(terminal: int, answers: Sequence[tuple[str, str]]) -> str:
    screen, read, waiting, end = "", 0, list(answers), time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if not select.select([terminal], [], [], 0.2)[0]:
            continue
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # the other side is closed
            return screen
        if not piece:
            return screen
        screen += piece.decode("utf-8", "replace")
        while waiting and (found := screen.find(waiting[0][0], read)) >= 0:
            read = found + len(waiting[0][0])
            os.write(terminal, f"{waiting.pop(0)[1]}\n".encode())
    raise AssertionError(f"it has not ended; {waiting} was not asked; the screen: {screen!r}")
