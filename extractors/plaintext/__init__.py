"""Plain text and Markdown articles: the lines about the article read, the rest as the same pieces that a page gives."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from extractors.article import Block, BlockType
from extractors.labels import split_values
from extractors.piece import Piece
from extractors.plaintext.above import contacts, is_furniture, without_letter_marks, without_wire_marks
from extractors.plaintext.blocks import Raw, raw_blocks
from extractors.plaintext.front import front_matter
from extractors.plaintext.head import (
    Label,
    Line,
    byline_names,
    dateline,
    is_headline,
    is_prose,
    label_of,
    opening_date,
    parted,
    publisher_of,
)
from extractors.plaintext.inline import strip_marks
from extractors.plaintext.joining import join_cut

__all__ = ["Label", "Plaintext", "parse"]

# A headline stands at the top; a kicker or a "for immediate release" may stand over it.
_BEFORE_TITLE = 3
_SEEN = 40  # lines above which a heading of the first level, or the title that front matter tells, is the headline
_RELEASE = re.compile(
    r"(?:for immediate release|press release|pressemitteilung|communiqué de presse|nota de prensa|comunicato stampa)\b.{0,40}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plaintext:
    """What a plain article says of itself, all as printed.

    `byline`: the whole line; `authors`: its names; `published`, `modified`: the date strings;
    `publisher`: from the date line, else from a source or copyright line; `labels`: labelled lines in order; `front`: front matter,
    its keys in lower case; `pieces`: everything else in order, without title, byline, date line and the labels of the head.
    A labelled line further down is a piece that is not kept, of kind tag_list.
    """

    title: str | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None
    modified: str | None = None
    labels: tuple[Label, ...] = ()
    front: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pieces: tuple[Piece, ...] = ()


@dataclass(slots=True)
class _Head:
    title: str | None = None
    byline: Line | None = None
    authors: tuple[str, ...] = ()
    dated: tuple[str | None, str] | None = None
    modified: str | None = None
    labels: list[Label] = field(default_factory=list)


def parse(text: str) -> Plaintext:
    """Read a decoded text/plain or text/markdown document. Never fails: a text without structure is all pieces."""
    front, rest = front_matter(text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff"))
    lines = [Line(raw, strip_marks(raw.text)) for raw in raw_blocks(without_letter_marks(without_wire_marks(rest)))]
    lines = [line for line in lines if line.inline.text]
    head, rest_lines, others = _read_head(lines, front=front)
    pieces: list[Piece] = [_piece(line, removed=kind) for line, kind in others]
    for line in rest_lines:
        label = label_of(line)
        pieces.append(_piece(line, removed="label" if label else None))
        if label is not None:
            head.labels.append(label)
    publisher, published = head.dated or (None, None)
    if published is None:
        published = next((date for line in rest_lines if is_prose(line) for date in [opening_date(line.inline.text)]), None)
    if publisher is None:
        publisher = _sender(front) or next(
            (name for line in rest_lines if (name := publisher_of(line.inline.text, authors=head.authors))), None
        )
    return Plaintext(
        title=head.title,
        byline=head.byline.inline.text if head.byline else None,
        authors=head.authors or _front_authors(front),
        publisher=publisher,
        published=published or _first(front, "date", "published", "pubdate"),
        modified=head.modified or _first(front, "modified", "lastmod", "updated", "last_modified", "last_modified_at", "date_modified"),
        labels=(*head.labels, *_front_labels(front)),
        front=front,
        pieces=join_cut(pieces),
    )


def _read_head(lines: list[Line], *, front: Mapping[str, tuple[str, ...]]) -> tuple[_Head, list[Line], list[tuple[Line, str]]]:
    """The title and the lines about the article before its first prose; the lines that are left; and those above that are not of it."""
    head, left, others = _Head(title=_first(front, "title")), [], []
    start = next((index for index, line in enumerate(lines[:_SEEN]) if is_prose(line)), min(len(lines), _SEEN))
    asked = contacts(lines, start)
    title = _title_at(lines[:start], known=head.title, without=asked)
    if title is not None:
        head.title = head.title or lines[title].inline.text
    reading = True
    for index, line in enumerate(lines):
        text = line.inline.text
        reading = reading and not is_prose(line)
        above = reading and title is not None and index < title
        if index == title or (above and _RELEASE.fullmatch(text)):
            continue
        if index in asked or (above and is_furniture(line)):
            others.append((line, "contact" if index in asked else "links"))
        elif not (reading and _take(head, line)):
            left.append(line)
    return head, left, others


def _title_at(lines: list[Line], *, known: str | None, without: frozenset[int]) -> int | None:
    """The position of the headline in the lines above the prose. With a title known from front matter, only a line that repeats it."""
    if known is not None:
        return next((at for at, line in enumerate(lines) if line.inline.text.casefold() == known.casefold()), None)
    heading = next((at for at, line in enumerate(lines) if line.raw.type is BlockType.HEADING and line.raw.level == 1), None)
    if heading is not None:
        return heading
    free = [at for at, line in enumerate(lines) if at not in without and not _says_when(line.inline.text)]
    return next((at for at in free[:_BEFORE_TITLE] if is_headline(lines[at]) and not is_furniture(lines[at])), None)


def _says_when(text: str) -> bool:
    """Whether a line above a headline tells what the document is or when it came out."""
    return bool(_RELEASE.fullmatch(text)) or dateline(text) is not None or parted(text) is not None


def _take(head: _Head, line: Line) -> bool:
    """Whether the line says something of the article, which is then noted in `head`."""
    if (label := label_of(line)) is not None:
        head.labels.append(label)
        return True
    if line.raw.type is not BlockType.PARAGRAPH:
        return False
    if (told := parted(line.inline.text)) is not None and not (told.published and head.dated):
        head.dated = (None, told.published) if told.published else head.dated
        head.modified = head.modified or told.modified
        by = Line(line.raw, replace(line.inline, text=told.byline or "", link=1.0))
        if head.byline is None and (names := byline_names(by)):
            head.byline, head.authors = replace(by, inline=replace(by.inline, text=told.byline or ", ".join(names))), names
        return True
    if head.byline is None and (names := byline_names(line)):
        head.byline, head.authors = line, names
        return True
    if head.dated is None and (dated := dateline(line.inline.text)) is not None:
        head.dated = dated
        return True
    return False


# Why a line is no text: its kind and rule.
_REMOVED = {
    "label": ("tag_list", "plaintext.label"),
    "contact": ("media_contact", "plaintext.contact"),
    "links": ("navigation", "plaintext.above-the-title"),
}


def _piece(line: Line, *, removed: str | None) -> Piece:
    raw, inline = line.raw, line.inline
    rows = tuple(tuple(strip_marks(cell).text for cell in row) for row in raw.rows) or None
    text = _block_text(raw, inline.text, rows)
    block = Block(type=raw.type, text=text, level=raw.level, ordered=raw.ordered, depth=raw.depth, rows=rows)
    kind, rule = _REMOVED[removed] if removed else (None, None)
    piece = Piece(block=block, link=inline.link, bold=inline.bold, italic=inline.italic, section=raw.section)
    return replace(piece, kept=False, kind=kind, rule=rule) if removed else piece


def _block_text(raw: Raw, stripped: str, rows: tuple[tuple[str, ...], ...] | None) -> str:
    """A table's rows as lines with their cells parted by " | ", code as it stands, other text without marks."""
    if rows:
        return "\n".join(" | ".join(row) for row in rows)
    return raw.text if raw.type is BlockType.CODE else stripped


def _first(front: Mapping[str, tuple[str, ...]], *keys: str) -> str | None:
    return next((front[key][0] for key in keys if front.get(key)), None)


def _sender(front: Mapping[str, tuple[str, ...]]) -> str | None:
    """Who sent a letter: the name before the address."""
    name = (_first(front, "from") or "").partition("<")[0].strip(' "')
    return name if name and "@" not in name else None


def _front_authors(front: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    values = (value for key in ("author", "authors", "by") for value in front.get(key, ()))
    return tuple(dict.fromkeys(name for value in values for name in split_values(value)))


def _front_labels(front: Mapping[str, tuple[str, ...]]) -> tuple[Label, ...]:
    """Front matter's own words for the taxonomy lists, each as a label."""
    keys = {
        "section": "section",
        "category": "section",
        "categories": "section",
        "region": "region",
        "theme": "theme",
        "series": "series",
        "tags": "tags",
        "keywords": "tags",
    }
    return tuple(
        Label(keys[key], tuple(part for value in values for part in split_values(value)), f"{key}: {', '.join(values)}")
        for key, values in front.items()
        if key in keys and values
    )
