"""Front matter: the "---" block of keys that many tools put at the top of a Markdown file."""

import re
from collections.abc import Mapping

__all__ = ["front_matter"]

_FENCES = re.compile(r"\s*(?P<fence>---|\+\+\+)[ \t]*\n(?P<keys>.*?)\n(?P=fence)[ \t]*(?:\n|$)", re.DOTALL)
_KEY = re.compile(r"([A-Za-z][\w.-]{0,40})\s*[:=]\s*(.*)")
_ITEM = re.compile(r"\s*-\s+(.*)")
# Longer than any front matter that means one article; what is longer is a text between two rules.
_LONGEST = 8000
_DEEPEST = 4  # brackets around brackets


def front_matter(text: str) -> tuple[Mapping[str, tuple[str, ...]], str]:
    """The keys in lower case with their values, and the text after them. No keys where there is no front matter.

    Read: scalars, quoted or not, [a, b] lists, "- a" lists, and `- name: x` items; of other nested values nothing is kept.
    """
    match = _FENCES.match(text[:_LONGEST])
    if match is None:
        return {}, text
    keys: dict[str, list[str]] = {}
    current: list[str] = []
    for line in match["keys"].split("\n"):
        if found := _KEY.fullmatch(line):
            current = keys.setdefault(found[1].lower(), [])
            current.extend(_values(found[2]))
        elif item := _ITEM.fullmatch(line):
            current.extend(_values(re.sub(r"^name:\s*", "", item[1])))
        elif line.strip() and not line.startswith((" ", "\t", "#")):
            return {}, text  # prose between two rules
    if not keys:
        return {}, text
    return {key: tuple(values) for key, values in keys.items()}, text[match.end() :]


def _values(raw: str, depth: int = 0) -> list[str]:
    """The values of one scalar or [a, b] list, without quotes."""
    raw = raw.strip()
    if raw.startswith("[") and raw.endswith("]"):
        parts = re.split(r",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", raw[1:-1]) if depth < _DEEPEST else ()
        return [value for part in parts for value in _values(part, depth + 1)]
    if len(raw) > 1 and raw[0] == raw[-1] and raw[0] in "\"'":
        raw = raw[1:-1].replace('\\"', '"')
    return [raw] if raw and raw not in {"null", "~", "|", ">"} else []
