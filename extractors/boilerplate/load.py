"""Rules files to Rules: which file serves which language, read once, each fault told with its file, line and reason."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractors.bcp47 import primary_subtag
from extractors.boilerplate.packing import unpacked
from extractors.boilerplate.phrases import Book, Shelf
from extractors.boilerplate.rule import Rule, rule_from
from extractors.errors import InvalidRules
from extractors.tomlfile import parse_toml, source_of

__all__ = ["PACKAGED", "PACKED", "Rules", "load", "parsed", "read_rules"]

PACKAGED = Path(__file__).parent / "rules"
PACKED = Path(__file__).parent / "packed"  # the packaged rules as `packing` writes them, a file for each of theirs
# Files that serve every page, behind those of its language: lines that read alike in all languages ("mul" is BCP 47's word for many),
# English, which stands on pages of every language (syndicated footers, share bars, badly translated themes), and class names.
_SHARED = ("mul", "en", "dom")
# Codes for the same written language, each served by one file.
_ALIASES = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "ms": "id", "sk": "cs", "hr": "sr", "bs": "sr", "sh": "sr", "cnr": "sr"}
_TABLE = re.compile(r"^\s*\[\[\s*rule\s*\]\]")


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of some folders, later folders added to earlier ones."""

    folders: tuple[Path, ...]

    def book(self, language: str | None) -> Book:
        """The rules for a page in `language` (BCP 47); all of them where it is unknown."""
        code = primary_subtag(language)
        return _book(self.folders, _ALIASES.get(code, code))


@lru_cache(maxsize=8)
def load(folders: tuple[Path, ...] = ()) -> Rules:
    """The packaged rules, with those of further `folders`. Raises InvalidRules: a user's are read at once, so that faults show."""
    for folder in folders:
        if not folder.is_dir():
            raise InvalidRules(f"{folder}: no such folder of rules")
        for path in sorted(folder.glob("*.toml")):
            read_rules(path)
    return Rules((PACKAGED, *folders))


def _files(folders: tuple[Path, ...]) -> list[Path]:
    """The files in the order in which every book has them: those of one language first, then the shared ones, a user's behind ours."""
    files = [path for folder in folders for path in folder.glob("*.toml")]
    return sorted(files, key=lambda path: ((path.stem in _SHARED) and _SHARED.index(path.stem) + 1, path.stem, folders.index(path.parent)))


@lru_cache(maxsize=64)
def _book(folders: tuple[Path, ...], code: str) -> Book:
    """The combined rules of one language: its own first, so that they name what they find."""
    wanted = {code, *_SHARED}
    return Book([_shelf(path, rank) for rank, path in enumerate(_files(folders)) if not code or path.stem in wanted])


@lru_cache(maxsize=256)
def _shelf(path: Path, rank: int) -> Shelf:
    return Shelf(read_rules(path), rank)


@lru_cache(maxsize=256)
def read_rules(path: Path) -> tuple[Rule, ...]:
    """The rules of one file. Raises InvalidRules with the file, the line and the reason."""
    source = source_of(path)
    packed = PACKED / f"{path.stem}.json"
    if path.parent == PACKAGED and packed.exists() and (rules := unpacked(packed.read_bytes(), source)) is not None:
        return rules
    return parsed(path, source)


def parsed(path: Path, source: bytes) -> tuple[Rule, ...]:
    """The rules that the bytes of the TOML file at `path` hold, each checked. Raises InvalidRules as `read_rules` does."""
    data, text = parse_toml(path, source)
    if unknown := set(data) - {"rule", "words"}:
        raise InvalidRules(f"{path}: line 1: unknown key {min(unknown)}")
    words = _words(path, data.get("words", {}))
    tables = data.get("rule", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise InvalidRules(f"{path}: line 1: rules are tables, each under [[rule]]")
    rules: list[Rule] = []
    seen: set[str] = set()
    for index, table in enumerate(tables):
        try:
            rule = rule_from(table, prefix=path.stem, words=words)
            if rule.id in seen:
                raise ValueError("id", f"the id {rule.id} is there twice")
        except ValueError as error:
            key, reason = error.args
            raise InvalidRules(f"{path}: line {_line(text, index, key)}: {reason}") from error
        seen.add(rule.id)
        rules.append(rule)
    if not rules:
        raise InvalidRules(f"{path}: line 1: no [[rule]] in it")
    return tuple(rules)


def _words(path: Path, table: Any) -> dict[str, str]:
    """The file's named alternatives: each a list of patterns, joined."""
    if not isinstance(table, dict):
        raise InvalidRules(f"{path}: line 1: words must be a table of lists")
    words: dict[str, str] = {}
    for name, values in table.items():
        if not isinstance(values, list) or not values or not all(isinstance(value, str) for value in values):
            raise InvalidRules(f"{path}: line 1: words.{name} must be a list of strings")
        words[name] = "|".join(values)
    return words


def _line(text: str, index: int, key: str) -> int:
    """The line of a key of the rule at `index`, or of the rule's head where the key is not there."""
    lines = text.splitlines()
    heads = [number for number, line in enumerate(lines, 1) if _TABLE.match(line)]
    if index >= len(heads):  # the rules stand in an array
        return next((number for number, line in enumerate(lines, 1) if re.match(r"\s*rule\s*=", line)), 1)
    start = heads[index]
    end = heads[index + 1] if index + 1 < len(heads) else len(lines) + 1
    for number in range(start, end):
        if re.match(rf"\s*{re.escape(key)}\s*=", lines[number - 1]):
            return number
    return start
