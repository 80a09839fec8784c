"""The archive of a job, and what the job's state remembers of it."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from scraper.archive import Archive, Settings, Synced
from scraper.captured import Captured
from scraper.errors import JobError, Place
from scraper.job.keys import Job
from scraper.records import Answer
from scraper.state import State
from scraper.state.archived import ArchivedPayload
from scraper.state.output import Committed
from scraper.warc.replay import Replayed

__all__ = ["ARCHIVE", "Archiving", "archive_folder", "open_archiving"]

ARCHIVE = "archive"  # its role in the state


class Archiving:
    """An archive whose position and payloads a state keeps, where there is one. To be recovered first; `close` it in the end."""

    def __init__(self, archive: Archive, folder: Path, state: State | None) -> None:
        self._archive, self._folder, self._state = archive, folder, state

    def recover(self) -> Iterator[Replayed]:
        """What was concluded and not committed, in order: to be given to the targets that still wait. Cuts a torn end, and old files."""
        committed = self._state.output.committed(ARCHIVE) if self._state else None
        yield from self._archive.recover(committed.position if committed and committed.path == self._folder else None)
        for name in self._archive.retire():
            if self._state is not None:
                self._state.archived.forget_file(name)

    def append(self, captured: Captured) -> str:
        """Keep an exchange; the id of the record that holds its payload."""
        return self._archive.append(captured)

    def conclude(self, answer: Answer) -> None:
        """Keep what was concluded of a target."""
        self._archive.conclude(answer)

    def settle(self, asked: str) -> None:
        """The outcome of the target at that address is committed next."""
        self._archive.settle(asked)

    def sync(self) -> Synced:
        """Everything is on disk: to be done before the transaction in which `commit` is called with what this gives."""
        return self._archive.sync()

    def commit(self, synced: Synced) -> None:
        """Note what is on disk, in the transaction that notes the outcomes."""
        if self._state is None or synced.position is None:
            return
        self._state.output.commit(ARCHIVE, Committed(self._folder, synced.position))
        for payload in synced.payloads:
            self._state.archived.keep(ArchivedPayload(**asdict(payload)))

    def close(self) -> None:
        """Sync, and close the file."""
        self._archive.close()


def archive_folder(job: Job) -> Path | None:
    """Where the archive of a job lies; None where it has none."""
    return job.archive.path if job.archive.enabled else None


def open_archiving(job: Job, state: State | None, stack: ExitStack) -> Archiving | None:
    """The archive of a job, closed with `stack`; None where it has none. Raises JobError for a folder that is none."""
    folder = archive_folder(job)
    if folder is None:
        return None
    if folder.exists() and not folder.is_dir():
        raise JobError(f"{folder} is no folder", remedy="name a folder for WARC files", place=Place(key="archive.path"))
    settings = Settings(
        folder=folder,
        stem=job.job.name or "archive",
        rotate_bytes=job.archive.rotate_bytes,
        keep_days=job.archive.keep_days,
        info={key: value for key, value in (("isPartOf", job.job.name), ("operator", job.fetch.contact)) if value}
        | {"robots": job.fetch.robots or "obey"},
    )
    archiving = Archiving(Archive(settings, known=state.archived if state else None, run_id=job.job.run_id), folder, state)
    stack.callback(archiving.close)
    return archiving
