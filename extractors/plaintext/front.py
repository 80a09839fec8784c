"""What stands above a text for machines: front matter, headers as in mail, a title block of pandoc's, fields of reStructuredText."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["front_matter"]

Keys = Mapping[str, tuple[str, ...]]

_FENCES = re.compile(r"\s*(?P<fence>---|\+\+\+)[ \t]*\n(?P<keys>.*?)\n(?P=fence)[ \t]*(?:\n|$)", re.DOTALL)
_KEY = re.compile(r"([A-Za-z][\w.-]{0,40})\s*[:=]\s*(.*)")
_ITEM = re.compile(r"\s*-\s+(.*)")
_SCALAR = re.compile(r"[|>][+-]?\d?")  # what opens a text of several lines
_HEADER = re.compile(r"([A-Za-z][A-Za-z-]{1,30}):[ \t]*(.*)")
_PANDOC = re.compile(
    r"\s*%[ \t]*(?P<title>[^\n]{1,300})\n(?:%[ \t]*(?P<authors>[^\n]{0,300})(?:\n|$))?(?:%[ \t]*(?P<date>[^\n]{0,100})(?:\n|$))?"
)
_FIELDS = re.compile(r"(?:^|\n)(?P<fields>(?:[ \t]*:[A-Za-z][\w -]{0,30}:[ \t]+[^\n]{1,400}(?:\n|$)){2,})")
_FIELD = re.compile(r"[ \t]*:([A-Za-z][\w -]{0,30}):[ \t]+([^\n]+)")
# Longer than any front matter that means one article; what is longer is a text between two rules.
_LONGEST = 8000
_DEEPEST = 4  # brackets around brackets
_HEAD = 1500  # characters in which the fields stand below the title
_TITLES = ("title", "subject")
# Names of mail's and of site generators' headers: one that says what the text is called, and one more, are headers.
_HEADERS = frozenset(
    "title subject from to cc reply-to sent date author authors by tags keywords category categories slug summary description modified "
    "status lang language message-id mime-version content-type list-unsubscribe newsgroups".split()
)


def front_matter(text: str) -> tuple[Keys, str]:
    """The keys in lower case with their values, and the text after them. No keys where there is no front matter.

    Read of YAML: scalars, quoted or not, texts of several lines, [a, b] lists, "- a" lists, and `- name: x` items; of other nested values
    nothing is kept. Tables of TOML are read as if their keys stood above them.
    """
    match = _FENCES.match(text[:_LONGEST])
    if match is not None:
        keys = (_toml(match["keys"]) if match["fence"] == "+++" else None) or _lines(match["keys"])
        return (keys, text[match.end() :]) if keys else ({}, text)
    return _titled(text) or _headers(text) or _fields(text) or ({}, text)


def _toml(text: str) -> Keys | None:
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError):
        return None
    return {key: tuple(values) for key, values in _flat(table)}


def _flat(table: Mapping[str, Any], depth: int = 0) -> Iterator[tuple[str, list[str]]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            if depth < _DEEPEST:
                yield from _flat(value, depth + 1)
        elif isinstance(value, list):
            yield key.lower(), [str(one) for one in value if not isinstance(one, list | dict)]
        elif str(value).strip():
            yield key.lower(), [" ".join(str(value).split())]


def _lines(text: str) -> Keys:
    keys: dict[str, list[str]] = {}
    current: list[str] = []
    scalar = False
    for line in text.split("\n"):
        if scalar and (line.startswith((" ", "\t")) or not line.strip()):
            current[:] = [" ".join([*current, line.strip()]).strip()]
        elif found := _KEY.fullmatch(line):
            current = keys.setdefault(found[1].lower(), [])
            scalar = bool(_SCALAR.fullmatch(found[2].strip()))
            current.extend([] if scalar else _values(found[2]))
        elif item := _ITEM.fullmatch(line):
            current.extend(_values(re.sub(r"^name:\s*", "", item[1])))
        elif line.strip() and not line.startswith((" ", "\t", "#")):
            return {}  # prose between two rules
    return {key: tuple(filter(None, values)) for key, values in keys.items()}


def _titled(text: str) -> tuple[Keys, str] | None:
    """Up to three lines that begin with a percent sign: title, authors, date."""
    match = _PANDOC.match(text)
    if match is None:
        return None
    keys: dict[str, tuple[str, ...]] = {key: (value.strip(),) for key, value in match.groupdict().items() if value and value.strip()}
    if authors := keys.get("authors"):
        keys["authors"] = tuple(name.strip() for name in authors[0].split(";"))
    return keys, text[match.end() :]


def _headers(text: str) -> tuple[Keys, str] | None:
    """Lines "Subject: …" up to the first empty one, all of them headers, as mail and site generators have them."""
    head, _, rest = text.lstrip("\n")[:_LONGEST].partition("\n\n")
    keys: dict[str, list[str]] = {}
    last = ""
    for line in head.split("\n"):
        if last and line.startswith((" ", "\t")):
            keys[last] = [" ".join([*keys[last], line.strip()])]
        elif (found := _HEADER.fullmatch(line)) and (found[1].lower() in _HEADERS or found[1].lower().startswith(("x-", "list-"))):
            last = found[1].lower()
            keys[last] = [found[2].strip()] if found[2].strip() else []
        else:
            return None
    title = next((keys[key] for key in _TITLES if keys.get(key)), None)
    if len(keys) < 2 or not title or not rest.strip():
        return None
    return {key: tuple(values) for key, values in keys.items()} | {"title": tuple(title)}, text[text.index(head) + len(head) :]


def _fields(text: str) -> tuple[Keys, str] | None:
    """Lines ":Author: Ann Lee" below the title."""
    match = _FIELDS.search(text[:_HEAD])
    if match is None or match.end() == _HEAD:
        return None
    keys = {name.strip().lower(): (value.strip(),) for name, value in _FIELD.findall(match["fields"])}
    return (keys, f"{text[: match.start('fields')]}\n{text[match.end() :]}") if _HEADERS.intersection(keys) else None


def _values(raw: str, depth: int = 0) -> list[str]:
    """The values of one scalar or [a, b] list, without quotes."""
    raw = raw.strip()
    if raw.startswith("[") and raw.endswith("]"):
        parts = re.split(r",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", raw[1:-1]) if depth < _DEEPEST else ()
        return [value for part in parts for value in _values(part, depth + 1)]
    if len(raw) > 1 and raw[0] == raw[-1] and raw[0] in "\"'":
        raw = raw[1:-1].replace('\\"', '"')
    return [raw] if raw and raw not in {"null", "~", "|", ">"} else []
