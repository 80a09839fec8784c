"""The version of the extractor, and the digest of everything packaged that its answers depend on."""

import hashlib
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from extractors.errors import InvalidRules

__all__ = ["VERSION", "extractor_version"]

VERSION = "0.1.0"
_DIGITS = 12
_DATA = (".toml", ".json")


@lru_cache(maxsize=16)
def extractor_version(extra: tuple[Path, ...] = (), *, without: str = "") -> str:
    """`VERSION+digest`: the digest is over the packaged rules, profiles and weights, and over `extra` files and folders of a user.

    `without`: a folder of the package whose files are not used. Raises InvalidRules where one of `extra` cannot be read.
    """
    digest = hashlib.sha256()
    for root in (files("extractors"), *extra):
        try:
            contents = _contents(root, "")
        except OSError as error:
            raise InvalidRules(f"{root}: it cannot be read: {error.strerror}") from error
        for name, data in contents:
            if without and name.startswith(f"{without}/"):
                continue
            digest.update(name.encode())
            digest.update(hashlib.sha256(data).digest())
    return f"{VERSION}+{digest.hexdigest()[:_DIGITS]}"


def _contents(root: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    """The data files under `root`, by name, in a stable order."""
    if root.is_file():
        return [(prefix or root.name, root.read_bytes())]
    found: list[tuple[str, bytes]] = []
    for entry in sorted(root.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "__pycache__":
            found += _contents(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(_DATA):
            found.append((prefix + entry.name, entry.read_bytes()))
    return found
