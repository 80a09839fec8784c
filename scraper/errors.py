"""The errors that end a run, each with its exit code, and what interrupts one.

ScraperError             ends the run with a message and its exit code
├── UsageError      (2)  what was asked cannot be done: a flag, an argument
│   ├── JobError         a job file, or a key of it: file, line, key, what to do
│   └── SourceError      a list, manifest or folder that cannot be read at all
├── OutputError     (6)  the dataset or its failures cannot be written
│   └── OutputExists (2) a file is there already, and nothing said what to do with it
├── Locked          (4)  another run holds the output
├── StateError      (6)  what a job remembers between its runs cannot be read or written
└── Defect         (70)  what nobody foresaw: this program is wrong, not what it was given
Interrupted   (130, 143) SIGINT or SIGTERM; no ScraperError, and no Exception either, so that nothing catches it by the way
"""

from dataclasses import dataclass
from enum import IntEnum

__all__ = [
    "Defect",
    "ExitCode",
    "Interrupted",
    "JobError",
    "Locked",
    "OutputError",
    "OutputExists",
    "Place",
    "ScraperError",
    "SourceError",
    "StateError",
    "UsageError",
]


class ExitCode(IntEnum):
    """What a process tells the one that started it; the highest that applies."""

    OK = 0  # all well, unchanged included, or at least `fail_under` succeeded
    SOME_FAILED = 1  # some targets failed or are pending
    USAGE = 2  # a flag, an argument or the job file
    NOTHING_USABLE = 3  # every target failed
    LOCKED = 4  # another run holds the lock
    DRIFT = 5  # the drift alarm
    STORAGE = 6  # disk or state
    DEFECT = 70  # of this program; the number is that of EX_SOFTWARE in sysexits.h
    INTERRUPTED = 130  # SIGINT
    TERMINATED = 143  # SIGTERM


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an error lies: a file, a line of it counted from 1, a key such as "fetch.delay"."""

    file: str | None = None
    line: int | None = None
    key: str | None = None

    def __str__(self) -> str:
        line = f"line {self.line}" if self.line else None
        return ", ".join(part for part in (self.file, line, self.key) if part)


class ScraperError(Exception):
    """The root of all errors that end a run. `problem` says what is wrong, `remedy` what to do, `place` where."""

    exit_code = ExitCode.USAGE

    def __init__(self, problem: str, *, remedy: str | None = None, place: Place | None = None) -> None:
        self.problem, self.remedy, self.place = problem, remedy, place
        super().__init__(problem)

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place and str(self.place) else ""
        return f"{where}{self.problem}" + (f"; {self.remedy}" if self.remedy else "")


class UsageError(ScraperError):
    """What was asked cannot be done."""


class JobError(UsageError):
    """A job file that cannot be used."""


class SourceError(UsageError):
    """A list, manifest or folder that cannot be read at all. A single bad line or file is a Failure and ends nothing."""


class OutputError(ScraperError):
    """The dataset or its failures cannot be written; what was written whole before stays readable."""

    exit_code = ExitCode.STORAGE


class OutputExists(OutputError):
    """The output is there already."""

    exit_code = ExitCode.USAGE


class Locked(ScraperError):
    """Another run holds the output. Nothing was begun."""

    exit_code = ExitCode.LOCKED


class StateError(ScraperError):
    """What a job remembers between its runs cannot be read or written. The dataset is whole."""

    exit_code = ExitCode.STORAGE


class Defect(ScraperError):
    """An exception that nobody foresaw. What was committed is whole."""

    exit_code = ExitCode.DEFECT

    def __init__(self, what: str) -> None:
        super().__init__(f"a defect of this program: {what}", remedy="please report it, with the command that led to it")


class Interrupted(BaseException):
    """A signal asked the run to end. `exit_code` is 128 and the signal's number."""

    def __init__(self, signal_number: int) -> None:
        self.exit_code = 128 + signal_number
        super().__init__(signal_number)
