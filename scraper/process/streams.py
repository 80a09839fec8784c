"""Standard streams that can always be written to in words: what they refuse is an OutputError, what they cannot show an escape."""

import io
import os
import sys
from typing import Any

from scraper.errors import OutputError

__all__ = ["prepare_streams", "silence_stdout"]


class _Output(io.FileIO):
    """Standard output. Raises OutputError for a disk that refuses; a reader that has gone stays a BrokenPipeError."""

    def write(self, data: Any, /) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputError(f"cannot write to standard output: {error.strerror}") from error


def prepare_streams() -> None:
    """To be called once, before anything is opened: a file must not come to lie where a stream that was closed is looked for."""
    for number, flags in enumerate((os.O_RDONLY, os.O_RDONLY, os.O_WRONLY)):  # whoever writes to a closed output is to be told
        try:
            os.fstat(number)
        except OSError:
            os.dup2(os.open(os.devnull, flags), number)
    sys.stdin = sys.stdin or io.TextIOWrapper(io.FileIO(0, closefd=False))
    sys.stderr = sys.stderr or io.TextIOWrapper(io.FileIO(2, "w", closefd=False), errors="backslashreplace", write_through=True)
    buffer = io.BufferedWriter(_Output(1, "w", closefd=False))
    encoding = sys.stdout.encoding if sys.stdout else "utf-8"
    sys.stdout = io.TextIOWrapper(buffer, encoding=encoding, errors="backslashreplace", line_buffering=buffer.isatty())


def silence_stdout() -> None:
    """Points standard output at nothing, so that the interpreter's own flush at exit has nowhere to fail."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())
    os.close(nothing)
