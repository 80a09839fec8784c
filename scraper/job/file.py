"""Job files: TOML and `--set` to a Job, every complaint with file, line, key and what to do."""

import difflib
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Any, get_args

import msgspec

from scraper.errors import JobError, Place
from scraper.job.environment import SECRETS, is_reference, with_secrets
from scraper.job.keys import PATTERNS, STDIO, Job, SourceSection
from scraper.job.outputs import Layout
from scraper.job.values import refuse_unfit

__all__ = ["JobText", "Raw", "apply_setting", "build_job", "parse_setting", "read_job_file"]

_TYPE_OF_KIND: dict[Any, type] = {member.__struct_config__.tag: member for member in get_args(SourceSection)}
_HEADER = re.compile(r"^\s*(\[\[?)\s*([\w.\-]+)\s*\]")
_KEY = re.compile(r"""^\s*["']?([\w\-]+)["']?\s*=""")
_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)")
_STEP = re.compile(r"\[(\d+)\]|([\w\-]+)")
_OF_SOURCE = re.compile(r"source\[\d+\]\.?")
_PATH = re.compile(r"[\w\-]+(?:\[\d+\]|\.[\w\-]+)*")
_KEY_REMEDY = "name a key like fetch.delay or source[0].path"

Raw = dict[str, Any]


class JobText:
    """Where the keys of a job were given: a file, its text, and for those of the command line their flags."""

    def __init__(self, file: str | None, text: str, flags: Mapping[str, str]) -> None:
        self.file, self._flags = file, flags
        self._lines: dict[str, int] = {}
        counts: dict[str, int] = {}
        table = ""
        for number, line in enumerate(text.splitlines(), 1):
            if header := _HEADER.match(line):
                table = header[2]
                self._lines.setdefault(table, number)
                if header[1] == "[[":
                    counts[table] = counts.get(table, -1) + 1
                    table = f"{table}[{counts[table]}]"
                self._lines.setdefault(table, number)
            elif key := _KEY.match(line):
                self._lines.setdefault(f"{table}.{key[1]}" if table else key[1], number)

    def place(self, key: str) -> Place:
        """The flag that gave `key`; else where it stands, or the nearest table around it."""
        around = key
        while around:
            if around in self._flags:
                return Place(key=self._flags[around])
            around = _around(around)
        around = key
        while around and around not in self._lines:
            around = _around(around)
        shown = key if self.file else _OF_SOURCE.sub("", key)  # whoever gave no job file has numbered no source
        return Place(file=self.file, line=self._lines.get(around), key=shown or None)

    @contextmanager
    def told(self) -> Iterator[None]:
        """A JobError that is raised inside and names a key alone tells where that stands, too."""
        try:
            yield
        except JobError as error:
            if error.place is None or error.place.file or not error.place.key:
                raise
            raise JobError(error.problem, remedy=error.remedy, place=self.place(error.place.key)) from error


def _around(key: str) -> str:
    """The table or list that a key is in; "" for the whole job."""
    return key[: max(key.rfind("."), key.rfind("["), 0)]


def read_job_file(path: Path) -> tuple[Raw, str]:
    """The tables of a job file, and its text. Raises JobError for a file that cannot be read or is no TOML."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return tomllib.loads(text), text
    except OSError as error:
        raise JobError(f"cannot read the job file: {error.strerror}", place=Place(file=str(path))) from error
    except UnicodeDecodeError as error:
        raise JobError("the job file is not UTF-8", remedy="save it as UTF-8", place=Place(file=str(path))) from error
    except tomllib.TOMLDecodeError as error:
        line = _AT_LINE.search(str(error))
        place = Place(file=str(path), line=int(line[1]) if line else None)
        raise JobError(f"no valid TOML: {_AT_LINE.sub('', str(error))}", remedy="see https://toml.io", place=place) from error


def build_job(raw: Raw, *, base: Path, where: JobText | None = None, variables: Mapping[str, str] | None = os.environ) -> Job:
    """A Job from its tables; relative paths hold from `base`, "${NAME}" in a secret is one of `variables`, or stays where those are None.

    `where` tells complaints the line of a key, or the flag that gave it.
    Raises JobError for an unknown key, an unfit value, a variable that is not set.
    """
    where = where or JobText(None, "", {})
    for key, known in _unknown_keys(raw):
        if key.endswith(".kind"):
            raise JobError("no such kind of source", remedy=f"known kinds: {', '.join(known)}", place=where.place(key))
        nearest = difflib.get_close_matches(key.rpartition(".")[2], known, n=1)
        remedy = f'did you mean "{nearest[0]}"?' if nearest else f"known here: {', '.join(known)}"
        raise JobError("unknown key", remedy=remedy, place=where.place(key))

    def decode(kind: type, value: Any) -> Any:
        if kind is not Path:
            raise NotImplementedError(kind)
        if not isinstance(value, str) or not value:
            raise ValueError("Expected a path")
        if is_reference(value):
            raise ValueError(f"Expected a path without variables, which are read for secrets alone ({', '.join(SECRETS)})")
        return STDIO if value == "-" else Path(os.path.normpath(base / Path(value).expanduser()))

    try:
        with where.told():
            job = msgspec.convert(raw if variables is None else with_secrets(raw, variables), Job, dec_hook=decode)
            refuse_unfit(job)
            return _laid_out(job, raw)
    except msgspec.ValidationError as error:
        problem, _, path = str(error).partition(" - at `$")
        key = path.rstrip("`").lstrip(".")
        known = _choices(key, raw) if problem.startswith("Invalid enum value") else []
        raise JobError(_in_words(problem), remedy=f"known here: {', '.join(known)}" if known else None, place=where.place(key)) from error


def _choices(key: str, raw: Raw) -> list[str]:
    """The words that a key may have; none for a key that holds something else."""
    title, _, name = key.partition(".")
    struct: type = Job
    if source := re.fullmatch(r"source\[(\d+)\]", title):
        struct = _TYPE_OF_KIND[raw["source"][int(source[1])]["kind"]]
    else:
        struct = next(field.type for field in msgspec.structs.fields(Job) if field.name == title)
    waiting: list[Any] = [field.type for field in msgspec.structs.fields(struct) if field.name == name]
    for one in waiting:
        waiting += list(one) if isinstance(one, type) and issubclass(one, Enum) else get_args(one)
    return [str(one) for one in waiting if isinstance(one, str)]


def _in_words(problem: str) -> str:
    """What a value had to be, in place of the regular expression that says so."""
    return next((f"Expected {words}" for pattern, words in PATTERNS.items() if problem.endswith(f"matching regex {pattern!r}")), problem)


def _laid_out(job: Job, raw: Raw) -> Job:
    """An output that ends with a slash, which a Path does not keep, is a folder."""
    if job.write.layout is None and str(raw.get("job", {}).get("output", "")).endswith("/"):
        return msgspec.structs.replace(job, write=msgspec.structs.replace(job.write, layout=Layout.FOLDER))
    return job


def _unknown_keys(raw: Raw) -> Iterator[tuple[str, list[str]]]:
    """Each key that no struct has, with its path and the keys known there."""
    tables = {field.name: field.type for field in msgspec.structs.fields(Job)}
    for name, value in raw.items():
        if name not in tables:
            yield name, list(tables)
        elif name == "source" and isinstance(value, list):
            for index, table in enumerate(value):
                yield from _unknown_in_source(table, f"source[{index}]")
        elif isinstance(value, Mapping) and name != "source":
            known = [field.name for field in msgspec.structs.fields(tables[name])]
            yield from ((f"{name}.{key}", known) for key in value if key not in known)


def _unknown_in_source(table: Any, path: str) -> Iterator[tuple[str, list[str]]]:
    """The unknown keys of one [[source]]; its kind alone where that is unknown or missing, as nothing else can be said then."""
    if not isinstance(table, Mapping):
        return
    kind = table.get("kind")
    if kind not in _TYPE_OF_KIND:
        yield f"{path}.kind", list(_TYPE_OF_KIND)
        return
    known = ["kind", *(field.name for field in msgspec.structs.fields(_TYPE_OF_KIND[kind]))]
    yield from ((f"{path}.{key}", known) for key in table if key not in known)


def parse_setting(text: str) -> tuple[str, Any]:
    """Key and value of `--set KEY=VALUE`; the value is read as TOML, and as it stands where it is none. Raises JobError without "="."""
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        raise JobError(f"--set {text}: no value", remedy="write --set key=value, such as fetch.delay=2")
    try:
        return key.strip(), tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return key.strip(), value.strip()


def apply_setting(raw: Raw, key: str, value: Any) -> None:
    """Sets "fetch.delay" or "source[0].path" in `raw`, in place. Raises JobError for a path that leads nowhere."""
    if not _PATH.fullmatch(key):
        raise JobError("no key", remedy=_KEY_REMEDY, place=Place(key=key))
    *steps, last = [int(number) if number else name for number, name in _STEP.findall(key)]
    table: Any = raw
    for step in steps:
        table = table.setdefault(step, {}) if isinstance(table, dict) else _item(table, step, key)
    if not isinstance(table, dict) or not isinstance(last, str):
        raise JobError(f'"{last}" cannot be set here', remedy=_KEY_REMEDY, place=Place(key=key))
    table[last] = value


def _item(table: Any, step: int | str, key: str) -> Any:
    if not isinstance(table, list) or not isinstance(step, int) or step >= len(table):
        raise JobError(f'"{step}" is not there', remedy=_KEY_REMEDY, place=Place(key=key))
    return table[step]
