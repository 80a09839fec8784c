"""One selector of a profile: CSS or XPath, an attribute behind "@", a pattern for a part of the text; or a constant."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree
from lxml.etree import _Element as Element

__all__ = ["Selector", "selectors_from"]

_ATTRIBUTE = re.compile(r"(?P<path>.*?)\s*@(?P<name>[\w:.-]+)$", re.DOTALL)
_XPATH = ("/", "./", "(", "id(")
_UNSEEN = frozenset({"script", "style", "template", "noscript"})


@dataclass(frozen=True, slots=True)
class Selector:
    """`path`: XPath. `attribute`: whose value is meant, "" for the text. `pattern`: its only group is the text. `value`: a constant."""

    path: str = ""
    attribute: str = ""
    pattern: str = ""
    value: str = ""

    def elements(self, root: Element) -> list[Element]:
        """The elements that it selects, in page order."""
        return [one for one in _evaluated(self.path, root) if isinstance(one, etree._Element)]  # noqa: SLF001 - lxml's only name for it

    def texts(self, root: Element) -> Iterator[str]:
        """The texts that it reads, white space folded, none empty."""
        if self.value:
            yield self.value
            return
        for one in _evaluated(self.path, root):
            text = " ".join(self._text(one).split())
            if text and self.pattern:
                for found in re.finditer(self.pattern, text):
                    if part := (found[1] or "").strip():
                        yield part
            elif text:
                yield text

    def _text(self, one: Any) -> str:
        if not isinstance(one, etree._Element):  # noqa: SLF001 - lxml's only name for it
            return str(one)
        if self.attribute:
            return one.get(self.attribute) or ""
        return " ".join(_shown(one))


def _shown(element: Element) -> Iterator[str]:
    """The text inside an element, scripts and styles left out, blocks and lines parted."""
    if element.tag in _UNSEEN or not isinstance(element.tag, str):
        return
    parts: list[str] = []
    for node in element.iter():
        inside = isinstance(node.tag, str) and node.tag not in _UNSEEN
        if inside and node.tag in {"br", "p", "div", "li"}:
            parts.append(" ")
        if inside and node.text:
            parts.append(node.text)
        if node is not element and node.tail:
            parts.append(node.tail)
    yield "".join(parts)


def _evaluated(path: str, root: Element) -> list[Any]:
    """What an XPath gives, as a list. A path that fails on this page alone (a missing function's argument) gives nothing."""
    try:
        found = _compiled(path)(root)
    except etree.XPathError:
        return []
    return found if isinstance(found, list) else [found]


@lru_cache(maxsize=512)
def _compiled(path: str) -> etree.XPath:
    return etree.XPath(path, smart_strings=False)


def selectors_from(value: Any) -> tuple[Selector, ...]:
    """The selectors of a key's value: one, a list of alternatives, or tables of `select` and `pattern`, or of `value`.

    Raises ValueError with the reason for what cannot be read.
    """
    values = value if isinstance(value, list) else [value]
    if not values:
        raise ValueError("the list of selectors is empty")
    return tuple(map(_selector, values))


def _selector(value: Any) -> Selector:
    if isinstance(value, dict):
        if set(value) == {"value"} and isinstance(value["value"], str) and value["value"].strip():
            return Selector(value=value["value"].strip())
        if "select" not in value or not set(value) <= {"select", "pattern"}:
            raise ValueError('a table holds "select" and perhaps "pattern", or a text as "value"')
        chosen = _selector(value["select"])
        return Selector(chosen.path, chosen.attribute, _pattern(value.get("pattern", "")))
    if not isinstance(value, str) or not value.strip():
        raise ValueError("a selector is a text: CSS, or XPath that begins with a slash")
    text = value.strip()
    if text.startswith(_XPATH):
        return Selector(_checked(text, value))
    at = _ATTRIBUTE.fullmatch(text)
    css, attribute = (at["path"], at["name"]) if at and not at["path"].endswith("\\") else (text, "")
    return Selector(_checked(_from_css(css, value), value), attribute)


def _from_css(css: str, value: str) -> str:
    from cssselect import HTMLTranslator, SelectorError  # noqa: PLC0415 - only pages with a profile need it

    try:
        return HTMLTranslator().css_to_xpath(css or "*")
    except SelectorError as error:
        raise ValueError(f"{value!r} is no CSS selector: {error}") from error


def _checked(path: str, value: str) -> str:
    try:
        etree.XPath(path)
    except etree.XPathSyntaxError as error:
        raise ValueError(f"{value!r} is no XPath: {error}") from error
    return path


def _pattern(text: Any) -> str:
    if not isinstance(text, str):
        raise ValueError("a pattern is a text")
    try:
        groups = re.compile(text).groups
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"{text!r} is no regular expression: {error}") from error
    if text and groups != 1:
        raise ValueError(f"{text!r} needs one (group): the part of the text that is meant")
    return text
