"""Printed labels ("Region:", "Rubrik", "Mots-clés") and the taxonomy list that each decides."""

import re
import tomllib
from functools import cache
from pathlib import Path

from extractors.article import TAXONOMY_KEYS
from extractors.errors import InvalidRules

__all__ = ["bare_label", "label_list", "label_words", "opens_label", "split_values"]

_TABLE = Path(__file__).with_suffix(".toml")
_COLONS = ":：﹕"
# The longest label of the table has 24 characters; what stands further left of a colon is a sentence.
_LONGEST = 32
_WORD = re.compile(rf"\s*([^\s{_COLONS}]+)")
_PARTS = re.compile(r"\s*[,;،、，；|·•]\s*|\s+/\s+")


def label_list(text: str) -> tuple[str, str] | None:
    """The taxonomy list that `text` is labelled for and what stands after the label: "Region: Europe" gives ("region", "Europe").

    A label without anything after it gives an empty rest. None where the text opens with no label of the table.
    """
    labelled, opening = _labels()
    if not opens_label(text):  # nine lines of ten end here: the rest costs ten times as much
        return None
    line = " ".join(text.split())
    at = next((index for index, character in enumerate(line[: _LONGEST + 2]) if character in _COLONS), None)
    if at is not None:
        label = line[:at].strip().casefold()
        key = labelled.get(label) or opening.get(label)
        if key is not None:
            return key, line[at + 1 :].strip()
    for end in _word_ends(line):
        key = opening.get(line[:end].casefold())
        if key is not None:
            return key, line[end:].strip()
    return None


def bare_label(text: str) -> tuple[str, str] | None:
    """The taxonomy list of a label of one word that no colon parts from its values, and what stands after it: "Tags Boats, Kiel"."""
    word, _, rest = text.partition(" ")
    key = _labels()[0].get(word.casefold())
    return (key, rest) if key and rest else None


@cache
def label_words() -> frozenset[str]:
    """The first words of all labels, case folded."""
    return frozenset(label.split()[0] for labels in _labels() for label in labels)


def opens_label(text: str) -> bool:
    """Whether the first word of `text` begins a label of the table."""
    found = _WORD.match(text)
    return found is not None and found[1].casefold() in label_words()


def split_values(rest: str) -> tuple[str, ...]:
    """The values of a label in order, once each: "Intelligence, Terrorism" gives two. No value is empty."""
    values = (value.strip(" .#") for value in _PARTS.split(rest))
    return tuple(dict.fromkeys(value for value in values if value))


def _word_ends(line: str) -> list[int]:
    """Where the first four words of `line` end, longest stretch first."""
    return [match.end() for match in re.finditer(r"\S+", line[:_LONGEST])][3::-1]


@cache
def _labels() -> tuple[dict[str, str], dict[str, str]]:
    """Labels that need a colon, and those that do not, each mapped to its list. Raises InvalidRules."""
    try:
        data = tomllib.loads(_TABLE.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise InvalidRules(f"{_TABLE.name}: {error}") from error
    return _flat(data["colon"]), _flat(data["open"])


def _flat(lists: dict[str, dict[str, list[str]]]) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, languages in lists.items():
        if key not in TAXONOMY_KEYS:
            raise InvalidRules(f"{_TABLE.name}: {key} is no list of the taxonomy ({', '.join(TAXONOMY_KEYS)})")
        for language, labels in languages.items():
            for label in labels:
                if flat.setdefault(label.casefold(), key) != key:
                    raise InvalidRules(f"{_TABLE.name}: {language}: {label!r} stands for both {flat[label.casefold()]} and {key}")
    return flat
