"""Lines of a dataset, or of its failures, without those of certain addresses."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from scraper.wellformed import UNDECODABLE

__all__ = ["Struck", "without"]


class _Named(msgspec.Struct):
    """What a line is known by; a line of failures has fewer keys."""

    id: str = ""
    url: str | None = None
    url_requested: str | None = None
    url_canonical: str | None = None


_read = msgspec.json.Decoder(_Named).decode


@dataclass(slots=True)
class Struck:
    """How many lines were left out, and the ids and addresses that they had."""

    lines: int = 0
    ids: set[str] = field(default_factory=set)
    urls: set[str] = field(default_factory=set)


def without(lines: Iterable[bytes], which: Container[str], struck: Struck) -> Iterator[bytes]:
    """The lines that name none of the addresses `which`; the others are counted. A line that cannot be read stays."""
    for line in lines:
        try:
            named = _read(line)
        except UNDECODABLE:
            yield line
            continue
        urls = {url for url in (named.url, named.url_requested, named.url_canonical) if url}
        if any(url in which for url in urls):
            struck.lines += 1
            struck.ids.add(named.id)
            struck.urls |= urls
        else:
            yield line
