"""JSON as the web has it: strict JSON first, then a reader that forgives what pages get wrong; depth, length and numbers are bounded."""

import html
import json
import re
from itertools import islice
from typing import Any

__all__ = ["load"]

# The largest JSON-LD script of the gold pages has 0.4 MB; the slow reader is for small accidents.
MOST_CHARACTERS = 4_000_000
MOST_LOOSE = 400_000
MOST_DEPTH = 64
MOST_VALUES = 200  # in a row
MOST_MARKS = 200  # quotation marks that are tried as the end of one string
MOST_DIGITS = 18  # a longer integer is no date, count or id that a field reads: it stays a string

_WRAPPING = re.compile(r"^(?:\s|<!--|-->|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[|<script[^>]*>|;)+")
_SPACES = r"\s+|//[^\n]*|<!--|-->|<!\[CDATA\[|\]\]>"
_SPACE = re.compile(rf"(?:{_SPACES}|/\*.*?\*/)*+", re.DOTALL)
_SPACE_AFTER_COMMENTS = re.compile(rf"(?:{_SPACES})*+")  # behind the last end of a comment none is looked for
_WORD = re.compile(r"[^\s,:\[\]{}\"]+")
_STRING_END = re.compile(r"(?<!\\)((?:\\\\)*)\"")
# A quotation mark closes its string where what follows can follow a string: this is how unescaped marks inside are told apart.
_AFTER_STRING = re.compile(r"\s*(?:$|[:}\]]|,\s*(?:$|[\"{\[}\]\-\d/]|(?:true|false|null)\b)|\"[^\":]{1,40}\"\s*:)")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\n", "b": "", "f": "\n", "\n": ""}
_PAIR = re.compile("([\ud800-\udbff])([\udc00-\udfff])")
_LONE = re.compile("[\ud800-\udfff]")


def _integer(digits: str) -> Any:
    return int(digits) if len(digits) <= MOST_DIGITS else digits


_DECODER = json.JSONDecoder(strict=False, parse_int=_integer, parse_constant=lambda _: None)


def load(script: str) -> list[Any]:
    """The values of one script: usually one, several where objects stand in a row, none where nothing can be read."""
    if len(script) > MOST_CHARACTERS:
        return []
    text = script.strip()
    try:
        return [_DECODER.decode(text)]
    except (ValueError, RecursionError):
        pass  # not sound JSON: read loosely below
    found: list[Any] = []
    while len(found) < MOST_VALUES:
        text = _WRAPPING.sub("", text).rstrip("; \t\r\n")
        if re.match(r"[\[{]\s*&(?:quot|#34);", text):
            text = html.unescape(text)
        try:
            value, end = _DECODER.raw_decode(text)
        except (ValueError, RecursionError):
            return [*found, *(_Reader(text).values() if len(text) <= MOST_LOOSE else ())]
        found.append(value)
        rest = text[end:].strip(",; \t\r\n")
        if rest[:1] not in {"{", "["} or rest.count("{") >= MOST_VALUES:
            break
        text = rest
    return found


class _Reader:
    """A forgiving recursive reader; `at` is the place in `text`, `budget` how many quotation marks may still be tried."""

    __slots__ = ("at", "budget", "commented", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.budget = 50_000
        self.commented = text.rfind("*/")

    def values(self) -> list[Any]:
        """Every object or list at top level."""
        found: list[Any] = []
        while len(found) < MOST_VALUES:
            start = min((place for mark in "{[" if (place := self.text.find(mark, self.at)) >= 0), default=-1)
            if start < 0:
                break
            self.at = start
            found.append(self.value(0))
        return found

    def peek(self) -> str:
        """The next character that is no space or comment."""
        match = (_SPACE if self.at < self.commented else _SPACE_AFTER_COMMENTS).match(self.text, self.at)
        if match:
            self.at = match.end()
        return self.text[self.at : self.at + 1]

    def value(self, depth: int) -> Any:
        """Any value; beyond the bound of depth, nothing."""
        mark = self.peek()
        if depth > MOST_DEPTH:
            self.at = len(self.text)
            return None
        if mark == "{":
            return self.mapping(depth)
        if mark == "[":
            return self.sequence(depth)
        if mark == '"':
            return self.string()
        word = _WORD.match(self.text, self.at)
        if not word:
            self.at += 1
            return None
        self.at = word.end()
        return _plain(word[0])

    def mapping(self, depth: int) -> dict[str, Any]:
        """An object; commas may be missing or too many."""
        self.at += 1
        found: dict[str, Any] = {}
        while (mark := self.peek()) and mark != "}":
            if mark in ",:]":
                self.at += 1
                continue
            if mark in "{[":
                self.value(depth + 1)
                continue
            key = self.string() if mark == '"' else str(self.value(depth + 1)).strip("'")
            if self.peek() == ":":
                self.at += 1
                if self.peek() not in ",}":
                    found[key] = self.value(depth + 1)
        self.at += 1
        return found

    def sequence(self, depth: int) -> list[Any]:
        """A list; commas may be missing or too many."""
        self.at += 1
        found: list[Any] = []
        while (mark := self.peek()) and mark != "]":
            if mark in ",:}":
                self.at += 1
                if mark == "}":
                    break
                continue
            found.append(self.value(depth + 1))
        self.at += 1
        return found

    def string(self) -> str:
        """A string that may hold unescaped quotation marks."""
        start = self.at + 1
        first = _STRING_END.search(self.text, start)
        closing = first
        for mark in islice(_STRING_END.finditer(self.text, start), min(MOST_MARKS, self.budget)):
            self.budget -= 1
            if _AFTER_STRING.match(self.text, mark.end()):
                closing = mark
                break
        end = closing.end() - 1 if closing else len(self.text)
        self.at = end + 1
        return _unescaped(self.text[start:end])


def _plain(word: str) -> Any:
    """A bare word as the value that it names."""
    if word in {"true", "false"}:
        return word == "true"
    if word in {"null", "NaN", "undefined", "Infinity", "-Infinity"}:
        return None
    return _integer(word) if word.removeprefix("-").isdecimal() and word.isascii() else word


def _unescaped(text: str) -> str:
    """Escapes resolved; an unknown one stands for its own character; lone surrogates become U+FFFD."""
    if "\\" not in text:
        return text
    text = _ESCAPE.sub(lambda match: chr(int(match[1][1:], 16)) if len(match[1]) == 5 else _ESCAPED.get(match[1], match[1]), text)
    text = _PAIR.sub(lambda match: chr(0x10000 + ((ord(match[1]) - 0xD800) << 10) + ord(match[2]) - 0xDC00), text)
    return _LONE.sub("\ufffd", text)
