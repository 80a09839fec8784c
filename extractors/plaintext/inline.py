"""Markdown marks inside a line: taken off, with the links, bold and italic text that they told of counted."""

import re
from dataclasses import dataclass
from html import unescape

__all__ = ["Inline", "strip_marks"]

# Every repetition is bounded or over a class that excludes its own end, so that a line of brackets or stars costs linear time.
_TOKEN = re.compile(
    r"\\(?P<escape>[!-/:-@\[-`{-~])"
    r"|`(?P<titled>[^`<\n]{1,300})<(?P<target>[^<>\s]{1,2000})>`__?"
    r"|(?P<note>\[\^[^\[\]\s]{1,40}\])"
    r"|(?P<fence>`{1,3})(?P<code>[^`\n]{1,2000})(?P=fence)"
    r"|\[!\[(?P<shown>[^\[\]]{0,500})\]\([^()\s]{0,2000}\)\]\([^()\s]{0,2000}\)"
    r"|!\[(?P<image>[^\[\]]{0,500})\]\([^()\s]{0,2000}(?:\s+\"[^\"\n]{0,300}\")?\)"
    r"|\[(?P<text>(?:[^\[\]\\]|\\.){1,500})\]\((?P<url><[^<>\n]{0,2000}>|[^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,2000})?)(?:\s+\"[^\"\n]{0,300}\")?\)"
    r"|\[(?P<referred>(?!\d+\])(?:[^\[\]\\]|\\.){1,500})\]\[[^\[\]\n]{0,200}\]"
    r"|<(?P<auto>(?:https?://|mailto:)[^<>\s]{1,2000})>"
    r"|(?P<mark>\*{1,3}|(?<!\w)_{1,3}(?=\w)|(?<=[\w.,!?”\"')])_{1,3}(?!\w))"
    r"|(?P<tag></?[a-zA-Z][^<>\n]{0,300}>)"
)
_BOLD, _ITALIC = 1, 2
_STRENGTH = {1: _ITALIC, 2: _BOLD, 3: _BOLD | _ITALIC}
_OPEN = 32  # marks that may stand open at once; no text nests deeper, and a line of lone stars stays cheap


@dataclass(frozen=True, slots=True)
class Inline:
    """A line without marks. `link`, `bold`, `italic`: shares of its characters, 0 to 1. `links`: (text, target), in order."""

    text: str
    link: float = 0.0
    bold: float = 0.0
    italic: float = 0.0
    links: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Part:
    text: str
    link: bool = False
    mark: str = ""
    flags: int = 0


def strip_marks(line: str) -> Inline:
    """The line without emphasis, links, code marks, images and escapes; entities are read, white space is folded."""
    parts, links = _parts(line)
    _pair(parts, line)
    text = " ".join("".join(part.text for part in parts).split())
    size = max(sum(len(part.text) for part in parts), 1)
    flags = depth_bold = depth_italic = 0
    counts = [0, 0, 0]
    for part in parts:
        if part.mark:
            sign = 1 if part.flags > 0 else -1
            flags = abs(part.flags)
            depth_bold += sign * bool(flags & _BOLD)
            depth_italic += sign * bool(flags & _ITALIC)
        weights = (part.link, depth_bold > 0, depth_italic > 0)
        counts = [count + len(part.text) * weight for count, weight in zip(counts, weights, strict=True)]
    return Inline(text, counts[0] / size, counts[1] / size, counts[2] / size, links)


def _parts(line: str) -> tuple[list[_Part], tuple[tuple[str, str], ...]]:
    """The line cut into plain stretches, links and emphasis marks."""
    parts: list[_Part] = []
    links: list[tuple[str, str]] = []
    at = 0
    for match in _TOKEN.finditer(line):
        if match.start() > at:
            parts.append(_Part(unescape(line[at : match.start()])))
        at = match.end()
        if match["escape"]:
            parts.append(_Part(match["escape"]))
        elif match["code"]:
            parts.append(_Part(match["code"]))
        elif words := match["text"] or match["titled"] or match["referred"]:
            inner = strip_marks(words)
            links.append((inner.text, (match["url"] or match["target"] or "").strip("<>")))
            parts.append(_Part(inner.text, link=True))
        elif match["auto"]:
            address = match["auto"].removeprefix("mailto:")
            links.append((address, match["auto"]))
            parts.append(_Part(address, link=True))
        elif match["mark"]:
            parts.append(_Part(match["mark"], mark=match["mark"], flags=match.start()))
        elif match["tag"] and match["tag"].lower().startswith("<br"):
            parts.append(_Part(" "))
    if at < len(line):
        parts.append(_Part(unescape(line[at:])))
    return parts, tuple(links)


def _pair(parts: list[_Part], line: str) -> None:
    """Matched emphasis marks lose their text and keep their strength: plus where they open, minus where they close. Others are text."""
    waiting: list[_Part] = []
    for part in parts:
        if not part.mark:
            continue
        start, end = part.flags, part.flags + len(part.mark)
        part.flags = 0
        closes = start > 0 and not line[start - 1].isspace()
        opens = end < len(line) and not line[end].isspace()
        place = next((index for index in range(len(waiting) - 1, -1, -1) if waiting[index].mark == part.mark), None) if closes else None
        if place is not None:
            opener = waiting[place]
            del waiting[place:]
            strength = _STRENGTH[len(part.mark)]
            opener.flags, part.flags = strength, -strength
            opener.text = part.text = ""
        elif opens:
            waiting.append(part)
            del waiting[:-_OPEN]
    for part in parts:
        if part.mark and not part.flags:
            part.mark = ""
