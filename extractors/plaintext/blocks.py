"""Lines to raw blocks: paragraphs, headings, lists, quotes, tables and code, with the rules between them counted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.article import BlockType

__all__ = ["Raw", "raw_blocks"]

# "*", "***", "* * *", "---", "_____", "###", "-30-", "•••", "⁂": what print and Markdown put between parts.
_RULE = re.compile(
    r"\s*+(?:[*＊]|(?:[*＊]\s*+){2,}|(?:-\s*+){2,}|(?:_\s*+){3,}|(?:=\s*+){5,}|(?:~\s*+){3,}|#(?:\s*+#){1,}|-30-|[•·]\s*[•·]\s*[•·]|⁂|⸻|—{2,})\s*"
)
_HEADING = re.compile(r" {0,3}(#{1,6})\s+(\S.*)")
_UNDERLINE = re.compile(r" {0,3}(={2,}|-{2,})\s*")
_ITEM = re.compile(r"(\s*)(?:([-*+•])|(\d{1,3})[.)])\s+(\S.*)")
_QUOTE = re.compile(r" {0,3}>\s?(.*)")
_FENCE = re.compile(r" {0,3}(`{3,}+|~{3,}+)[^`]*")
_TABLE_RULE = re.compile(r"\s*+(?:\|\s*+)?:?-{2,}:?\s*+(?:\|\s*+:?-{2,}:?\s*+)*(?:\|\s*+)?")
_PICTURE = re.compile(r"\s*(?:\[?!\[[^\[\]]{0,500}\]\([^()]{0,2000}\)(?:\]\([^()]{0,2000}\))?\s*)+")
_NOTE = re.compile(r" {0,3}(?:\[\^[^\]\s]{1,40}\]:\s*(\S.*)|(\[\d{1,3}\] \S.*))")
_ATTRIBUTES = re.compile(r"(?<!\s)\s*\{[#.][^{}]{0,200}\}\s*$")
# Directives and targets of reStructuredText; those that show nothing of their own take the lines indented below them along.
_DIRECTIVE = re.compile(r"\.\. (?:(?P<name>[a-z][\w-]{1,30})::(?:\s+(?P<text>.*))?|_[^:]{1,80}:.*)")
_REFERENCE = re.compile(
    r" {0,3}\[[^\]^\s][^\]\n]{0,200}\]:\s+(?:<[^<>\n]{1,2000}>|(?=\S*(?:[/#]|\.\w))\S{3,2000})(?:\s+[\"'(].{0,300})?"
)  # where "[text][name]" leads
_SILENT = frozenset("image figure contents toctree meta raw include index role sectnum highlight".split())
_UNTOLD = 3  # the level of a heading whose underline tells none: the first is the highest
_SPEAKING = frozenset("note warning important tip caution attention danger hint admonition epigraph topic rubric".split())
_UNDERSCORE = re.compile(r"([~^\"'*+#:.])\1{3,}")  # what underlines a heading there, as long as the heading
_COPYRIGHT = re.compile(r"\s*(?:copyright\b|©|\(c\)\s)", re.IGNORECASE)
# A text whose lines run longer than this was wrapped by nobody: there a line break parts paragraphs. Mail and terminals wrap at 72 to 100.
_WRAPPED = 120
# In a text that is wrapped at this width or more a line that ends before this share of it was ended on purpose.
_WIDE, _SHARE = 50, 0.6
_GOES_ON = tuple(".,;:!?…。，、；：！？-–—")


@dataclass(slots=True)
class Raw:
    """One block with its marks still on. `section`: how many rules stand before it; `apart`: whether an empty line does."""

    type: BlockType
    lines: list[str]
    section: int
    level: int | None = None
    ordered: bool | None = None
    depth: int | None = None
    apart: bool = False
    rows: list[list[str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The lines as one; code keeps its lines."""
        return ("\n" if self.type is BlockType.CODE else " ").join(self.lines)


def raw_blocks(text: str) -> list[Raw]:
    """The blocks of a Markdown or plain text, in order. Rules part them and are no blocks themselves; pictures and comments are dropped."""
    lines = _without_comments(text).expandtabs(4).split("\n")
    reader = _Reader(width=max(map(len, lines), default=0))
    for index, line in enumerate(lines):
        reader.take(line, lines[index + 1] if index + 1 < len(lines) else "")
    return list(_trimmed(reader.blocks))


def _without_comments(text: str) -> str:
    """The text without <!-- comments -->; one that is never closed stays. A pattern would look for each end anew."""
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts.append(text[at:start])
        at = end + 3
    return "".join(parts) + text[at:]


def _trimmed(blocks: list[Raw]) -> Iterator[Raw]:
    for block in blocks:
        while block.lines and not block.lines[-1].strip():
            block.lines.pop()
        if block.type is BlockType.HEADING and block.lines:
            block.lines[-1] = _ATTRIBUTES.sub("", block.lines[-1])
        if block.lines:
            yield block


def _level_below(line: str, title: str) -> int | None:
    """The level of a heading whose text `line` underlines; None for another line."""
    if found := _UNDERLINE.fullmatch(line):
        return 1 if found[1][0] == "=" else 2
    return _UNTOLD if _UNDERSCORE.fullmatch(line.rstrip()) and len(line.rstrip()) >= len(title) else None


class _Reader:
    """Takes one line after another; `blocks` holds what they made."""

    def __init__(self, *, width: int) -> None:
        self.blocks: list[Raw] = []
        self.wrapped = width <= _WRAPPED
        self.short = width * _SHARE if width >= _WIDE else 0.0
        self.gap = True
        self.silent = False
        self.section = 0
        self.open: Raw | None = None
        self.fence: str | None = None
        self.indents: list[int] = []

    def take(self, line: str, following: str) -> None:
        """Read one line; `following` is the one after it, for tables."""
        if self.fence is not None:
            self._code(line)
        elif self.silent and line.startswith("  "):
            return
        elif not line.strip():
            self.gap = True
            if self.open is not None and self.open.type is not BlockType.LIST_ITEM:
                self.indents = []
            self.open = None
        elif not (self._directed(line) or self._ruled(line) or self._marked(line, following)):
            self._prose(line)

    def _code(self, line: str) -> None:
        if self.fence is not None and line.strip().startswith(self.fence):
            self.fence = self.open = None
        elif self.open is not None:
            self.open.lines.append(line)

    def _directed(self, line: str) -> bool:
        """A directive, of which no more than its own text is shown, or where a link leads."""
        if _REFERENCE.fullmatch(line):
            return True
        found = _DIRECTIVE.fullmatch(line)
        self.silent = bool(found and found["name"] in _SILENT)
        if found is None:
            return False
        self.open = None
        if found["text"] and found["name"] in _SPEAKING:
            self._start(BlockType.PARAGRAPH, found["text"].strip())
        return True

    def _ruled(self, line: str) -> bool:
        """A rule, the underline of a heading, or a picture alone on its line."""
        last = self.open
        level = (
            _level_below(line, last.lines[0]) if last is not None and last.type is BlockType.PARAGRAPH and len(last.lines) == 1 else None
        )
        if last is not None and level is not None:
            last.type, last.level = BlockType.HEADING, 1 if level == _UNTOLD and len(self.blocks) == 1 else level
            self.open = None
            return True
        if _RULE.fullmatch(line):
            self.section += 1
            self.open, self.indents = None, []
            return True
        return _PICTURE.fullmatch(line) is not None

    def _marked(self, line: str, following: str) -> bool:
        """A line that opens with a mark of its own."""
        if found := _FENCE.fullmatch(line):
            self.fence = found[1]
            self._start(BlockType.CODE)
        elif found := _HEADING.fullmatch(line):
            self._start(BlockType.HEADING, found[2].rstrip("# ")).level = len(found[1])
            self.open = None
        elif self.open is not None and self.open.type is BlockType.TABLE and "|" in line:
            self._row(line)
        elif "|" in line and "|" in following and _TABLE_RULE.fullmatch(following):
            self._start(BlockType.TABLE)
            self._row(line)
        elif found := _NOTE.fullmatch(line):
            self._start(BlockType.PARAGRAPH, found[1] or found[2])
        elif (found := _ITEM.fullmatch(line)) and not self._mid_sentence(found[3]):
            self._item(found)
        elif found := _QUOTE.fullmatch(line):
            self._quote(found[1])
        else:
            return False
        return True

    def _mid_sentence(self, number: str | None) -> bool:
        """Whether a wrapped line merely begins with a year or a day: inside a paragraph only 1 opens a list (CommonMark 5.3)."""
        return number is not None and int(number) != 1 and self.open is not None and self.open.type is BlockType.PARAGRAPH

    def _start(self, kind: BlockType, *lines: str) -> Raw:
        if kind is not BlockType.LIST_ITEM:
            self.indents = []
        self.open = Raw(kind, list(lines), self.section, apart=self.gap)
        self.gap = False
        self.blocks.append(self.open)
        return self.open

    def _row(self, line: str) -> None:
        if self.open is not None and not _TABLE_RULE.fullmatch(line):
            self.open.lines.append(line)
            self.open.rows.append([cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))])

    def _item(self, found: "re.Match[str]") -> None:
        indent = len(found[1])
        while self.indents and indent < self.indents[-1]:
            self.indents.pop()
        if not self.indents or indent > self.indents[-1] + 1:
            self.indents.append(indent)
        item = self._start(BlockType.LIST_ITEM, found[4])
        item.ordered, item.depth = found[3] is not None, len(self.indents)

    def _quote(self, text: str) -> None:
        if self.open is not None and self.open.type is BlockType.QUOTE and text.strip():
            self.open.lines.append(text)
        elif text.strip():
            self._start(BlockType.QUOTE, text)
        else:
            self.open = None

    def _prose(self, line: str) -> None:
        broken = not self.wrapped or (self.open is not None and self._is_ended(self.open, line))
        carries_on = self.open is not None and self.open.type in (BlockType.PARAGRAPH, BlockType.LIST_ITEM, BlockType.QUOTE)
        if carries_on and self.open is not None and not broken and not _COPYRIGHT.match(line):
            self.open.lines.append(line.strip())
        else:
            self._start(BlockType.PARAGRAPH, line.strip())

    def _is_ended(self, block: Raw, line: str) -> bool:
        """Whether the last line of a block was ended on purpose: by a mark, or long before the width at which the text is wrapped."""
        last = block.lines[-1] if block.lines else ""
        if last.endswith(("  ", "\\")):
            return True
        words = line.split(None, 1)[0]
        return (
            block.type is BlockType.PARAGRAPH
            and 0 < len(last) + len(words) < self.short
            and not last.rstrip().endswith(_GOES_ON)
            and not words[0].islower()
        )
