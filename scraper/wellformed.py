"""Text that a state, an archive and a dataset can hold: lone surrogates, which UTF-8 has no form for, are replaced where text comes in.

And what reading a line of JSON raises that somebody else wrote, so that no reader of such lines forgets a kind.
"""

import os
from pathlib import Path

import msgspec

__all__ = ["UNDECODABLE", "readable", "well_formed"]

# What msgspec raises where bytes are no JSON, or not of the type asked for: broken, no UTF-8, nested too deep.
UNDECODABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def well_formed(text: str) -> str:
    """`text` with each lone surrogate as U+FFFD; a pair that was split in two is joined."""
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def readable(path: Path | str) -> str:
    """A file's name as it reads in UTF-8, whatever encoding this process takes names to be in; it need not lead back to the file.

    "-" is standard input.
    """
    return "standard input" if str(path) == "-" else os.fsencode(path).decode("utf-8", "replace")
