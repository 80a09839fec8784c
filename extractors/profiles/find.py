"""Which profile serves a host."""

from functools import lru_cache
from pathlib import Path

from extractors.profiles.load import PACKAGED, Site, hosts_of, read_profile

__all__ = ["find"]


@lru_cache(maxsize=4096)
def find(host: str | None, folders: tuple[Path, ...] | None) -> Site | None:
    """The profile for a host, or for the nearest domain above it; None where there is none.

    `folders`: a user's own, asked in their order before the packaged one; None for the packaged alone, () for none at all. Raises
    InvalidRules for a folder or a profile that cannot be used.
    """
    if folders == ():
        return None
    tables = [hosts_of(folder) for folder in (*(folders or ()), PACKAGED)]
    while host and "." in host:
        for table in tables:
            if host in table:
                return read_profile(table[host])
        host = host.partition(".")[2]
    return None
