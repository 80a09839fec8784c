"""A small file that a command writes: its place is looked at first, and it comes whole or not at all."""

import os
from pathlib import Path

from scraper.durable import make_file, rename, sync_folder, told
from scraper.errors import Place, UsageError

__all__ = ["check_place", "write_whole"]


def check_place(path: Path) -> None:
    """Raises UsageError where no file can be put: to be asked before long work, of which nothing would be left."""
    folder = path.absolute().parent
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}", place=Place(file=str(path)))
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UsageError(f"nothing may be written to {folder}", place=Place(file=str(path)))


def write_whole(path: Path, data: bytes, *, replace: bool = True) -> bool:
    """Puts a synced file at `path`; False for one that is there already and is not to be replaced. Raises OutputError.

    What is there and no file, such as a pipe, is written to.
    """
    with told(path):
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return True
        there = Path(os.path.realpath(path))
        new = there.with_name(f".{there.name}.{os.getpid()}")
        make_file(new, [data])
        try:
            if replace:
                rename(new, there)
            else:
                there.hardlink_to(new)  # unlike a rename it fails where there is one
                sync_folder(there.parent)
        except FileExistsError:
            return False
        finally:
            new.unlink(missing_ok=True)
    return True
