"""What a job remembers between its runs, in one SQLite file beside the dataset."""

from pathlib import Path

from scraper.state.archived import Archived
from scraper.state.documents import Documents
from scraper.state.file import StateFile
from scraper.state.hosts import Hosts
from scraper.state.output import Output
from scraper.state.pages import Pages
from scraper.state.robots import RobotsFiles
from scraper.state.runs import Runs
from scraper.state.takedowns import Takedowns
from scraper.state.targets import Targets

__all__ = ["State"]


class State:
    """An open state file, a member for each group of tables; safe to share among threads.

    Every call is a transaction of its own, and on disk when it returns; several become one in `with state.transaction():`, and all
    between `begin` and each `commit`.
    Raises StateError for whatever the file or the disk refuses.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = StateFile(path)
        self.transaction = self._file.transaction
        self.begin = self._file.begin
        self.commit = self._file.commit
        self.rollback = self._file.rollback
        self.close = self._file.close
        self.robots = RobotsFiles(self._file)
        self.pages = Pages(self._file)
        self.targets = Targets(self._file)
        self.documents = Documents(self._file)
        self.output = Output(self._file)
        self.runs = Runs(self._file)
        self.hosts = Hosts(self._file)
        self.archived = Archived(self._file)
        self.takedowns = Takedowns(self._file)

    def forget_dataset(self) -> None:
        """Drop what vouches for a dataset that begins anew: targets, documents, validators and positions.

        What is known of hosts, their robots.txt, listings and takedowns stays, as does the archive's position.
        """
        with self.transaction():
            self.targets.forget()
            self.documents.forget()
            self.pages.forget_validators()
            self.output.forget()
