"""Sources of several hosts read side by side: a slow site, or one that must wait, holds up no other."""

import threading
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scraper.records import Failure, Page, Source, Target

__all__ = ["Abreast"]

_AHEAD = 1000  # entries that are read ahead of whoever takes them, all sources together


@dataclass(frozen=True, slots=True)
class Abreast:
    """The entries of `sources`, each source in a thread of its own, at most `most` at a time: in order within each, else as they come."""

    sources: Sequence[Source]
    most: int

    def __iter__(self) -> Iterator[Target | Page | Failure]:
        if len(self.sources) == 1 or self.most == 1:
            for source in self.sources:
                yield from source
            return
        reading = _Reading(self.sources, self.most)
        try:
            yield from reading.entries()
        finally:
            reading.stop()


class _Reading:
    """What the readers of the sources and the taker of their entries share, guarded by one lock."""

    def __init__(self, sources: Sequence[Source], most: int) -> None:
        self._left = deque(sources)
        self._readers = min(most, len(sources))
        self._entries: deque[Target | Page | Failure] = deque()
        lock = threading.Lock()
        self._news, self._room = threading.Condition(lock), threading.Condition(lock)
        self._stopped = False
        self._error: BaseException | None = None

    def entries(self) -> Iterator[Target | Page | Failure]:
        for number in range(self._readers):
            threading.Thread(target=self._read, name=f"source {number + 1}", daemon=True).start()
        while True:
            with self._news:
                self._news.wait_for(lambda: self._entries or self._error or not self._readers)
                if self._error is not None:
                    raise self._error
                if not self._entries:
                    return
                entry = self._entries.popleft()
                self._room.notify()
            yield entry

    def stop(self) -> None:
        """Nothing more is read than what is being fetched."""
        with self._room:
            self._stopped = True
            self._room.notify_all()

    def _read(self) -> None:
        try:
            while (source := self._next()) is not None:
                for entry in source:
                    if not self._hand(entry):
                        return
        except BaseException as error:  # noqa: BLE001 - raised again where the entries are taken
            self._error = self._error or error
        finally:
            with self._news:
                self._readers -= 1
                self._news.notify()

    def _next(self) -> Source | None:
        with self._room:
            return self._left.popleft() if self._left and not self._stopped else None

    def _hand(self, entry: Target | Page | Failure) -> bool:
        """Puts an entry where it is taken from, once there is room; False where nobody takes any more."""
        with self._room:
            self._room.wait_for(lambda: len(self._entries) < _AHEAD or self._stopped)
            if self._stopped:
                return False
            self._entries.append(entry)
            self._news.notify()
            return True
