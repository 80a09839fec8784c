"""The one place where an exception out of a source's document becomes a Failure; the source goes on behind it."""

from types import TracebackType

from scraper.defects import defect
from scraper.errors import ScraperError
from scraper.records import Failure, FailureKind

__all__ = ["Reading"]


class Reading:
    """Around the reading of the document `name`: what it raises is held in `failures`, but for what ends a run."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.failures: list[Failure] = []

    def __enter__(self) -> "Reading":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None) -> bool:
        if not isinstance(error, Exception) or isinstance(error, ScraperError):
            return False
        self.failures.append(Failure(url=self._name, kind=FailureKind.INTERNAL, detail=defect(error)))
        return True
