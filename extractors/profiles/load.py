"""Profile files to Sites, each fault told with its file, line and reason; which hosts the files of a folder serve."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from extractors.article import REMOVAL_KINDS, TAXONOMY_KEYS
from extractors.errors import InvalidRules
from extractors.profiles.selector import Selector, selectors_from
from extractors.tomlfile import read_toml

__all__ = ["FIELDS", "LISTS", "PACKAGED", "Layout", "Site", "hosts_of", "read_profile"]

PACKAGED = Path(__file__).parent / "sites"
LISTS = frozenset({"authors", *TAXONOMY_KEYS})
# `barrier` stands for is_free: where it matches, the article is not free.
FIELDS = (
    *("title", "byline", "authors", "date_published", "date_modified"),
    *TAXONOMY_KEYS,
    *("description", "site_name", "image", "language", "url_canonical", "body", "barrier"),
)
_TELLING = ("title", "date_published", "body")  # what a layout must give, if it has it, to be the page's
_SITE = frozenset({"hosts", "notes", "timezone", "breaks", "labels", "phrases", "layout"})
_LAYOUT = frozenset({*FIELDS, "from", "until", "page", "required", "drop", "expect"})
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
_HEAD = re.compile(r"\s*\[\[?\s*(?P<name>[\w.]+)\s*\]\]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One look of a site. `since`, `until`: days between which it was served, both included; `page`: its small page beside the profile.

    `fields`: for each the selectors, the first that reads something counts. `required`: the fields without which a page is of another
    look. `drop`: (kind, selector) of blocks that are no text. `expect`: what its page gives, for the test of the profile.
    """

    fields: Mapping[str, tuple[Selector, ...]]
    required: tuple[str, ...]
    drop: tuple[tuple[str, Selector], ...] = ()
    since: date | None = None
    until: date | None = None
    page: str | None = None
    expect: Mapping[str, Any] = field(default_factory=dict)

    def was_served(self, moment: datetime | None) -> bool:
        """Whether a page fetched then may look so; one fetched at an unknown time may."""
        day = moment.date() if moment else None
        return day is None or ((self.since is None or self.since <= day) and (self.until is None or day <= self.until))


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A profile: the hosts that it serves (with all below them), its layouts, newest first, and what holds for all of them.

    `breaks`: empty elements that part paragraphs, where a site has no tags for them. `labels`: printed label, case folded, to the
    taxonomy list that it opens. `phrases`: (kind, expression) of blocks that begin so.
    """

    name: str
    path: Path
    hosts: tuple[str, ...]
    layouts: tuple[Layout, ...]
    notes: str = ""
    zone: ZoneInfo | None = None
    breaks: tuple[Selector, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    phrases: tuple[tuple[str, re.Pattern[str]], ...] = ()


class _Fault(ValueError):
    """(key, layout or None, reason) of what is wrong."""


@lru_cache(maxsize=16)
def hosts_of(folder: Path) -> Mapping[str, Path]:
    """The hosts that the profiles of a folder serve, and the file of each. Raises InvalidRules, for a user's folder for any fault in it."""
    if not folder.is_dir():
        raise InvalidRules(f"{folder}: no such folder of profiles")
    found: dict[str, Path] = {}
    for path in sorted(folder.glob("*.toml")):
        hosts = read_profile(path).hosts if folder != PACKAGED else tuple(read_toml(path)[0].get("hosts", ()))
        for host in hosts:
            if host in found:
                raise InvalidRules(f"{path}: line 1: {host} has a profile already, {found[host].name}")
            found[host] = path
    if not found:
        raise InvalidRules(f"{folder}: no profile (*.toml) in it")
    return found


@lru_cache(maxsize=256)
def read_profile(path: Path) -> Site:
    """The profile in one file. Raises InvalidRules with the file, the line and the reason."""
    table, text = read_toml(path)
    try:
        return _site(path, table)
    except _Fault as fault:
        key, layout, reason = fault.args
        raise InvalidRules(f"{path}: line {_line(text, key, layout)}: {reason}") from fault


def _site(path: Path, table: Mapping[str, Any]) -> Site:
    if unknown := set(table) - _SITE:
        raise _Fault(min(unknown), None, f"unknown key {min(unknown)}; a profile has {', '.join(sorted(_SITE))}")
    hosts = table.get("hosts")
    if not isinstance(hosts, list) or not hosts or not all(isinstance(host, str) and _HOST.fullmatch(host) for host in hosts):
        raise _Fault("hosts", None, 'hosts must be a list of host names in lower case, such as ["example.org"]')
    layouts = table.get("layout")
    if not isinstance(layouts, list) or not layouts or not all(isinstance(layout, dict) for layout in layouts):
        raise _Fault("layout", None, "a profile needs a [[layout]]")
    return Site(
        name=path.stem,
        path=path,
        hosts=tuple(hosts),
        layouts=tuple(_layout(layout, place) for place, layout in enumerate(layouts)),
        notes=str(table.get("notes", "")),
        zone=_zone(table["timezone"]) if "timezone" in table else None,
        breaks=_selectors("breaks", table["breaks"], None) if "breaks" in table else (),
        labels=_labels(table.get("labels", {})),
        phrases=_phrases(table.get("phrases", {})),
    )


def _layout(table: Mapping[str, Any], place: int) -> Layout:
    if unknown := set(table) - _LAYOUT:
        raise _Fault(min(unknown), place, f"unknown key {min(unknown)}; a layout has {', '.join(sorted(_LAYOUT))}")
    fields: dict[str, tuple[Selector, ...]] = {}
    for key in FIELDS:
        if key in table:
            fields[key] = _selectors(key, table[key], place)
    if not fields and not table.get("drop"):
        raise _Fault("layout", place, "a layout needs a field or a [layout.drop]")
    for key in ("from", "until"):
        if key in table and (not isinstance(table[key], date) or isinstance(table[key], datetime)):
            raise _Fault(key, place, f"{key} must be a day, such as 2024-05-31, without quotation marks")
    required = table.get("required", [name for name in _TELLING if name in fields])
    if not isinstance(required, list) or not all(isinstance(name, str) and name in fields for name in required):
        raise _Fault("required", place, "required must be a list of fields that the layout has")
    if not required:
        raise _Fault("required", place, f"nothing tells such a page: give one of {', '.join(_TELLING)}, or name fields in required")
    return Layout(
        fields=fields,
        required=tuple(required),
        drop=_drop(table.get("drop", {}), place),
        since=table.get("from"),
        until=table.get("until"),
        page=table.get("page"),
        expect=table.get("expect", {}),
    )


def _selectors(key: str, value: Any, place: int | None) -> tuple[Selector, ...]:
    try:
        return selectors_from(value)
    except ValueError as error:
        raise _Fault(key, place, f"{key}: {error}") from error


def _drop(table: Any, place: int) -> tuple[tuple[str, Selector], ...]:
    if not isinstance(table, dict):
        raise _Fault("drop", place, "drop must be a table of kinds")
    found = []
    for kind, value in table.items():
        if kind not in REMOVAL_KINDS:
            raise _Fault(kind, place, f"{kind} is no kind of boilerplate; these are: {', '.join(sorted(REMOVAL_KINDS))}")
        found += [(kind, selector) for selector in _selectors(kind, value, place)]
    return tuple(found)


def _labels(table: Any) -> Mapping[str, str]:
    for label, key in table.items() if isinstance(table, dict) else [("labels", None)]:
        if key not in TAXONOMY_KEYS:
            raise _Fault(label, None, f"a label stands for one of {', '.join(TAXONOMY_KEYS)}")
    return {" ".join(label.casefold().split()): key for label, key in table.items()}


def _phrases(table: Any) -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = []
    for kind, texts in table.items() if isinstance(table, dict) else [("phrases", ())]:
        if kind not in REMOVAL_KINDS or not isinstance(texts, list):
            raise _Fault(kind, None, f"phrases are lists under one of {', '.join(sorted(REMOVAL_KINDS))}")
        for text in texts:
            try:
                pattern = re.compile(text, re.IGNORECASE)
            except (re.error, TypeError, OverflowError, RecursionError) as error:
                raise _Fault(kind, None, f"{text!r} is no regular expression: {error}") from error
            if pattern.match(""):
                raise _Fault(kind, None, f"{text!r} matches nothing at all")
            found.append((kind, pattern))
    return tuple(found)


def _zone(name: Any) -> ZoneInfo:
    """The zone of that name, of the tables that come with the package tzdata: the same on every machine."""
    if isinstance(name, str) and re.fullmatch(r"[A-Za-z_]+(/[A-Za-z_+-]+[0-9]*)*", name):
        place = files("tzdata").joinpath("zoneinfo", *name.split("/"))
        if place.is_file():
            with place.open("rb") as data:
                return ZoneInfo.from_file(data, name)
    raise _Fault("timezone", None, f"{name!r} is no time zone, such as Europe/Paris")


def _line(text: str, key: str, layout: int | None) -> int:
    """The line of a key: before the first layout, or in the layout of that number; else the line of what should hold it."""
    at, head = -1, 1
    for number, line in enumerate(text.splitlines(), 1):
        found = _HEAD.match(line)
        if found and found["name"] == "layout":
            at += 1
            head = number if at == layout else head
        named = re.match(rf"\s*\[?(?:layout\.)?[\"']?{re.escape(key)}[\"']?\s*(?:=|\])", line)
        if named and (at == layout if layout is not None else at < 0 or not found):
            return number
    return head
