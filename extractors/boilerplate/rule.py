"""A boilerplate rule as a value, read from one table of a rules file and checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from extractors.article import REMOVAL_KINDS
from extractors.boilerplate.beginnings import beginnings, least, needs

__all__ = ["Phrase", "Place", "Reach", "Rule", "Scope", "Subject", "rule_from"]


class Place(StrEnum):
    """Where a rule may act: up to the third stretch of prose, from the last but two on, everywhere, or in a part set off by rules."""

    LEAD = "lead"
    TAIL = "tail"
    ENDS = "ends"  # lead or tail
    ANYWHERE = "anywhere"
    BETWEEN_RULES = "between_rules"


class Scope(StrEnum):
    """What a rule removes: a whole block, a sentence or bracket of one, or either."""

    BLOCK = "block"
    SENTENCE = "sentence"
    BOTH = "both"


class Reach(StrEnum):
    """What goes with a removed block: nothing, the links that follow it, or what follows up to the next heading."""

    BLOCK = "block"
    LINKS = "links"
    SECTION = "section"


class Subject(StrEnum):
    """Where a pattern begins: at the block's first letter, or right after an author's name that opens the block."""

    BLOCK = "block"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A regular expression. It matches `least` characters or more.

    `starts`: how a text that it matches may begin, "" for anyhow; `needs`: strings of which such a text holds one.
    """

    text: str
    least: int
    starts: tuple[str, ...]
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. `openings`: phrases, one of which must match at the start of folded text (see phrases.fold).

    `inside`: one searched in it, tried only where one of the `cues` occurs. `names`: class, id or role tokens ("a-b" for two
    neighbours). `most`: the longest block or sentence it removes, in characters; `bare`: the longest kept block of few links, where that
    is less; `link`, `bold`, `italic`: the least shares of such.
    """

    id: str
    kind: str
    openings: tuple[Phrase, ...] = ()
    inside: str = ""
    cues: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    place: Place = Place.ANYWHERE
    scope: Scope = Scope.BLOCK
    reach: Reach = Reach.BLOCK
    subject: Subject = Subject.BLOCK
    most: int = 300
    bare: int = 0
    link: float = 0.0
    bold: float = 0.0
    italic: float = 0.0
    catches: tuple[str, ...] = ()
    spares: tuple[str, ...] = ()


_CHOICES = {"place": Place, "scope": Scope, "reach": Reach, "subject": Subject}
_LISTS = ("starts", "lines", "has", "cues", "names", "catches", "spares")
_NUMBERS = ("link", "bold", "italic")
_NAME = re.compile(r"\{([a-z_]+)\}")


def rule_from(table: Mapping[str, Any], *, prefix: str, words: Mapping[str, str]) -> Rule:
    """The rule that a table describes. Raises (key, reason) as a ValueError's arguments. `words` fills {name} in patterns."""
    values: dict[str, Any] = {}
    for key, value in table.items():
        values[key] = _checked(key, value)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", values.get("id", "")):
        raise ValueError("id", "every rule needs an id of lower-case words joined by hyphens")
    if values.get("kind") not in REMOVAL_KINDS:
        raise ValueError("kind", f"kind must be one of {', '.join(sorted(REMOVAL_KINDS))}")
    opening = [f"(?:{_pattern('starts', text, words)})" for text in values.pop("starts", ())]
    opening += [rf"(?:{_pattern('lines', text, words)})\W*$" for text in values.pop("lines", ())]
    inside = [f"(?:{_pattern('has', text, words)})" for text in values.pop("has", ())]
    if not opening and not inside and not values.get("names"):
        raise ValueError("id", "a rule needs starts, lines, has or names")
    if (bool(inside) or values.get("scope", Scope.BLOCK) is not Scope.BLOCK) != bool(values.get("cues")):
        raise ValueError("cues", "has, and any scope but block, go with cues: the plain strings without which the rule cannot match")
    if (opening or inside) and not (values.get("catches") and values.get("spares")):
        raise ValueError("catches", "a text rule needs examples: catches, and spares")
    values["id"] = f"{prefix}.{values['id']}"
    return Rule(openings=tuple(map(_phrase, opening)), inside="|".join(inside), **values)


def _phrase(text: str) -> Phrase:
    return Phrase(text, least(text), tuple(sorted(beginnings(text))), needs(text))


def _checked(key: str, value: Any) -> Any:
    """The value of one key, of the type that a Rule wants."""
    if key in _LISTS:
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise ValueError(key, f"{key} must be a list of strings")
        return tuple(value)
    if key in _CHOICES:
        choices = _CHOICES[key]
        if value not in list(choices):
            raise ValueError(key, f"{key} must be one of {', '.join(choices)}")
        return choices(value)
    if key in _NUMBERS:
        if not isinstance(value, (int, float)) or not 0 <= value <= 1:
            raise ValueError(key, f"{key} must be a share from 0 to 1")
        return float(value)
    if key in ("most", "bare"):
        if not isinstance(value, int) or value < 1:
            raise ValueError(key, f"{key} must be a positive number of characters")
        return value
    if key in ("id", "kind"):
        return str(value)
    raise ValueError(key, f"unknown key {key}")


def _pattern(key: str, text: str, words: Mapping[str, str]) -> str:
    """A pattern with its {names} filled in. It must be lower case, hold no capturing group and compile."""

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        if name not in words:
            raise ValueError(key, f"{{{name}}} is not among the file's words")
        return f"(?:{words[name]})"

    pattern = _NAME.sub(fill, text)
    if re.sub(r"\\.", "", pattern) != re.sub(r"\\.", "", pattern).lower():
        raise ValueError(key, f"text is compared in lower case, so {text!r} would never match")
    try:
        compiled = re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(key, f"{text!r} is no regular expression: {error}") from error
    if compiled.groups:
        raise ValueError(key, f"use (?:...) for groups in {text!r}")
    if compiled.match(""):
        raise ValueError(key, f"{text!r} matches nothing at all")
    return pattern
