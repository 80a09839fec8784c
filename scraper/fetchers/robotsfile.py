"""A robots.txt read for one product token by RFC 9309: groups here, path patterns by protego."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from protego import Protego

__all__ = ["MAX_ROBOTS", "Rules", "parse_robots", "robots_text"]

# RFC 9309, 2.5: at least 500 KiB must be parsed. The rest of a longer file is not read.
MAX_ROBOTS = 512 * 1024

# Spellings that Google's parser takes as well (google/robotstxt, robots.cc), since real files have them.
_NAMES = {
    "user-agent": "agent",
    "useragent": "agent",
    "user agent": "agent",
    "allow": "allow",
    "disallow": "disallow",
    "dissallow": "disallow",
    "dissalow": "disallow",
    "disalow": "disallow",
    "diasllow": "disallow",
    "disallaw": "disallow",
    "crawl-delay": "delay",
    "sitemap": "sitemap",
    "site-map": "sitemap",
}
_UNMARKED = re.compile(rf"({'|'.join(_NAMES)})\s+(.*)", re.IGNORECASE)  # a line that lacks its colon
_TOKEN = re.compile(r"\*(?=\s|$)|[A-Za-z0-9_-]+")
_LINE_END = re.compile(r"\r\n|\r|\n")
_OTHER_LINE_ENDS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")  # to Python, and so to protego, but not to the RFC


@dataclass(frozen=True, slots=True)
class Rules:
    """What a robots.txt says to one crawler. `delay`: the Crawl-delay in seconds, a common extension of the RFC."""

    patterns: Protego
    delay: float | None = None
    sitemaps: tuple[str, ...] = ()

    def allow(self, url: str) -> bool:
        """Whether an address may be fetched. Of several matching patterns the longest decides, of equals the one that allows."""
        return bool(self.patterns.can_fetch(url, "*"))


@dataclass(slots=True)
class _Group:
    """The lines of all groups that name one agent, merged."""

    lines: list[str] = field(default_factory=list)
    delay: float | None = None


def robots_text(data: bytes) -> str:
    """The text of a robots.txt: UTF-8, without BOM; of one that is too long the whole lines of its first 512 KiB."""
    if len(data) >= MAX_ROBOTS:
        data = data[:MAX_ROBOTS]
        data = data[: max(data.rfind(b"\n"), data.rfind(b"\r")) + 1] or data
    return data.decode("utf-8-sig", "replace").replace("\x00", "")


def parse_robots(text: str, token: str) -> Rules:
    """The rules for a product token (lower case), else those for `*`, else none.

    Beyond protego: tokens are compared whole, so that "article" does not address "article-scraper"; groups end as the RFC says,
    at the first user-agent line after a rule; a Crawl-delay counts as a rule, since it is obeyed. Groups of other agents are not
    kept: 2,000 agents named above 4,000 rules are 8 million lines.
    """
    groups: dict[str, _Group] = {}
    sitemaps: list[str] = []
    current: set[str] = set()
    closed = False
    for name, value in _lines(text):
        if name == "sitemap":
            sitemaps.append(value)
        elif name == "agent":
            if closed:
                current, closed = set(), False
            match = _TOKEN.match(value)
            if match and match.group().lower() in {token, "*"}:
                current.add(match.group().lower())
                groups.setdefault(match.group().lower(), _Group())
        else:
            closed = True
            for agent in current:
                _add(groups[agent], name, value)
    group = groups.get(token) or groups.get("*") or _Group()
    return Rules(Protego.parse("\n".join(["User-agent: *", *group.lines])), group.delay, tuple(sitemaps))


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """The known records as name and value."""
    for line in _LINE_END.split(text):
        bare = line.partition("#")[0].strip()
        name, colon, value = bare.partition(":")
        known = _NAMES.get(name.strip().lower()) if colon else None
        if known:
            yield known, value.strip()
        elif match := _UNMARKED.match(bare):
            yield _NAMES[match[1].lower()], match[2].strip()


def _add(group: _Group, name: str, value: str) -> None:
    if name == "delay":
        delay = _seconds(value)
        group.delay = delay if group.delay is None or delay is None else max(group.delay, delay)
    elif value.startswith(("/", "*", "$")):  # RFC 9309, 2.2.2: a pattern begins at the root of the path
        value = _OTHER_LINE_ENDS.sub(lambda match: quote(match[0]), value)
        group.lines.append(f"{name.title()}: {value}")


def _seconds(value: str) -> float | None:
    """A delay in seconds; None for what is none, or negative."""
    try:
        seconds = float(value)
    except ValueError:
        return None
    return seconds if seconds >= 0 and not math.isnan(seconds) else None
