"""How many files and connections the process may have open at a time."""

import contextlib
import resource

__all__ = ["allow_open_files"]

# Each request takes two, and each host that may be asked again one. macOS gives a process 256 and most Linux systems 1,024 until it
# asks for more; kernels refuse what is far beyond that.
_WANTED = 8192


def allow_open_files() -> None:
    """Asks for as many as there is use for, within what the system's owner allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _WANTED if hard == resource.RLIM_INFINITY else min(_WANTED, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(ValueError, OSError):  # the system knows better; fewer connections are kept then
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
