"""Sources side by side: a slow one holds up no other, each keeps its order, and nothing is read for nobody."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from scraper.errors import SourceError
from scraper.records import Target
from scraper.sources.abreast import Abreast


@dataclass
class Site:
    """Names `count` targets; waits for `gate` before the first where there is one."""

    name: str
    count: int = 3
    gate: threading.Event | None = None
    read: list[int] = field(default_factory=list)

    def __iter__(self) -> Iterator[Target]:
        if self.gate is not None:
            assert self.gate.wait(10)
        for number in range(self.count):
            self.read.append(number)
            yield Target(url=f"https://{self.name}.example/{number}")


def urls(found: Abreast) -> list[str]:
    return [entry.url or "" for entry in found]


def test_a_slow_source_holds_up_no_other() -> None:
    gate = threading.Event()
    found = iter(Abreast([Site("slow", gate=gate), Site("a"), Site("b")], 2))
    quick = [next(found).url for _ in range(6)]
    assert not any("slow" in (url or "") for url in quick)
    gate.set()
    assert [entry.url for entry in found] == [f"https://slow.example/{number}" for number in range(3)]


def test_each_source_keeps_its_order_and_one_at_a_time_all_of_them() -> None:
    sites = [Site(name, 50) for name in "abc"]
    found = urls(Abreast(sites, 3))
    assert len(found) == 150
    for name in "abc":
        assert [url for url in found if f"//{name}." in url] == [f"https://{name}.example/{number}" for number in range(50)]
    assert urls(Abreast(sites, 1)) == [f"https://{name}.example/{number}" for name in "abc" for number in range(50)]


def test_no_more_threads_than_allowed_read() -> None:
    running = most = 0
    lock = threading.Lock()

    class Counting(Site):
        def __iter__(self) -> Iterator[Target]:
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
            time.sleep(0.02)
            yield from super().__iter__()
            with lock:
                running -= 1

    assert len(urls(Abreast([Counting(str(number)) for number in range(12)], 3))) == 36
    assert most == 3


def test_nothing_is_read_far_ahead_or_for_nobody() -> None:
    sites = [Site("a", 100_000), Site("b", 100_000)]
    found = iter(Abreast(sites, 2))
    next(found)
    found.close()  # type: ignore[attr-defined]  # a generator
    time.sleep(0.05)
    read = sum(len(site.read) for site in sites)
    time.sleep(0.05)
    assert sum(len(site.read) for site in sites) == read < 2000


def test_an_error_of_a_source_is_raised_where_entries_are_taken() -> None:
    class Broken(Site):
        def __iter__(self) -> Iterator[Target]:
            raise SourceError("no such list")
            yield

    with pytest.raises(SourceError, match="no such list"):
        urls(Abreast([Broken("a"), Site("b", gate=threading.Event())], 2))


def test_no_source_gives_nothing() -> None:
    assert urls(Abreast([], 4)) == []
