"""Pictures that are none of an article's, by their addresses: logos, placeholders, icons, pixels."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from extractors.urls import path_of

__all__ = ["is_placeholder"]

_LISTS = tomllib.loads(Path(__file__).with_name("placeholders.toml").read_text(encoding="utf-8"))
_ALWAYS, _EDGES, _SHORT = (frozenset(_LISTS[key]) for key in ("always", "edges", "short"))
_ALONE = frozenset(_LISTS["alone"])
_PLAIN = _ALONE.union(_LISTS["plain"])
_FOLDERS = frozenset(_LISTS["folders"])
_PAIRED = re.compile(rf"(?:^|[-_.])(?:{'|'.join(pair.replace('-', '[-_]?') for pair in _LISTS['paired'])})(?=$|[-_.0-9])")
_PARTING = re.compile(r"[-_.\s]+|\d+x\d+")
_NUMBER = re.compile(r"[a-z]?\d+w?|(?=[a-z]*\d)[0-9a-f]{16,}")  # and the digests that asset pipelines add
_ENDINGS = (".svg", ".ico")
_BRIEF = 40  # characters of a name that a pair of words tells of
_FEW = 2  # other words beside an icon or avatar: in a longer name it is what the picture shows
_LONGEST = 300  # characters; a longer name is data


@lru_cache(maxsize=1024)
def is_placeholder(url: str) -> bool:
    """Whether an address names a logo, placeholder, icon or pixel."""
    *folders, name = path_of(url).lower().rsplit("/", 8)
    if name.endswith(_ENDINGS) or not _FOLDERS.isdisjoint(folders) or (len(name) < _BRIEF and _PAIRED.search(name)):
        return True
    stem = name[:_LONGEST].partition(".")[0]
    parts = [part for part in _PARTING.split(stem) if part]
    words = [part for part in parts if not _NUMBER.fullmatch(part)]
    if not words:
        return name.startswith("1x1")
    if any(word.startswith("logo") or word.endswith("logo") or word in _ALWAYS for word in words) or not _EDGES.isdisjoint(
        parts[:: len(parts) - 1 or 1]
    ):
        return True
    others = [word for word in words if word not in _PLAIN and word not in _SHORT]
    return (not _SHORT.isdisjoint(words) and len(others) <= _FEW) or (not _ALONE.isdisjoint(words) and not others)
