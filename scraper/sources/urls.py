"""Addresses given one by one, or in a list: a text file, a CSV or TSV column, a JSONL key, standard input."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from extractors.urls import host_of
from scraper.records import Failure, FailureKind, ListFormat, Target
from scraper.sources.rows import list_format, read_rows
from scraper.wellformed import readable

__all__ = ["UrlList", "address_problem"]

# It would stand in datasets and archives.
_NAMED_USER = "it holds a user name; leave that out, and give an Authorization header under [fetch] headers of a job file"

_USER = re.compile(r"//[^/@\s]*@")

_SHOWN = 500  # characters of a broken line that a failure repeats


def address_problem(text: str) -> str | None:
    """Why `text` is no address that can be fetched; None if it is one."""
    bare = text.removeprefix("//")
    if "\ufffd" in text:
        return "it is not UTF-8; save the list as UTF-8"
    if host_of(text):
        if any(char.isspace() or ord(char) < 0x20 for char in text):
            return "white space or a control character in an address; write one a line, and %20 for a space of its own"
        return _NAMED_USER if "@" in urlsplit(text).netloc else None
    if "://" not in text and host_of(f"https://{bare}") and "." in bare.partition("/")[0] and " " not in bare:
        return f"no scheme; write https://{bare}"
    return "no http or https address"


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlList:
    """Targets from `urls` and then from the file `path` ("-": standard input). A line that is no address is a Failure."""

    urls: tuple[str, ...] = ()
    path: Path | None = None
    form: ListFormat | None = None
    field: str = "url"
    source: str | None = None

    def __iter__(self) -> Iterator[Target | Failure]:
        for url in self.urls:
            yield self._target(url.strip(), None)
        if self.path is None:
            return
        form = self.form or list_format(self.path)
        key = "" if form is ListFormat.TXT else self.field
        file = readable(self.path)
        for row in read_rows(self.path, form=form, need=self.field):
            place = f"{file} line {row.line}"
            value = row.values.get(key)
            if row.problem:
                yield _bad(None, f"{place}: {row.problem}")
            elif not isinstance(value, str) or not value.strip():
                yield _bad(None, f'{place}: no text under "{key}"')
            else:
                yield self._target(value.strip(), place)

    def _target(self, url: str, place: str | None) -> Target | Failure:
        problem = address_problem(url)
        if problem:
            return _bad(_USER.sub("//", url, count=1)[:_SHOWN], f"{place}: {problem}" if place else problem)
        return Target(url=url, source=self.source, name=place, insist=True)


def _bad(url: str | None, detail: str) -> Failure:
    return Failure(url=url, kind=FailureKind.BAD_INPUT, detail=detail, attempts=0)
