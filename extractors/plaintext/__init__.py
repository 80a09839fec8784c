"""Plain text and Markdown articles: the lines about the article read, the rest as the same pieces that a page gives."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from extractors.article import Block, BlockType
from extractors.labels import split_values
from extractors.piece import Piece
from extractors.plaintext.blocks import Raw, raw_blocks
from extractors.plaintext.front import front_matter
from extractors.plaintext.head import Label, Line, byline_names, dateline, is_headline, is_prose, label_of, opening_date, publisher_of
from extractors.plaintext.inline import strip_marks
from extractors.plaintext.joining import join_cut

__all__ = ["Label", "Plaintext", "parse"]

# A headline stands at the top; a kicker or a "for immediate release" may stand over it.
_BEFORE_TITLE = 3
_RELEASE = re.compile(
    r"(?:for immediate release|press release|pressemitteilung|communiqué de presse|nota de prensa|comunicato stampa)\b.{0,40}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plaintext:
    """What a plain article says of itself, all as printed.

    `byline`: the whole line; `authors`: its names; `published`: the date string;
    `publisher`: from the date line, else from a source or copyright line; `labels`: labelled lines in order; `front`: front matter,
    its keys in lower case; `pieces`: everything else in order, without title, byline, date line and the labels of the head.
    A labelled line further down is a piece that is not kept, of kind tag_list.
    """

    title: str | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None
    labels: tuple[Label, ...] = ()
    front: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pieces: tuple[Piece, ...] = ()


@dataclass(slots=True)
class _Head:
    title: str | None = None
    byline: Line | None = None
    authors: tuple[str, ...] = ()
    dated: tuple[str | None, str] | None = None
    labels: list[Label] = field(default_factory=list)


def parse(text: str) -> Plaintext:
    """Read a decoded text/plain or text/markdown document. Never fails: a text without structure is all pieces."""
    front, rest = front_matter(text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff"))
    lines = [Line(raw, strip_marks(raw.text)) for raw in raw_blocks(rest)]
    lines = [line for line in lines if line.inline.text]
    head, rest_lines = _read_head(lines, front=front)
    pieces: list[Piece] = []
    for line in rest_lines:
        label = label_of(line)
        pieces.append(_piece(line, label=label))
        if label is not None:
            head.labels.append(label)
    publisher, published = head.dated or (None, None)
    if published is None:
        published = next((date for line in rest_lines if is_prose(line) for date in [opening_date(line.inline.text)]), None)
    if publisher is None:
        publisher = next((name for line in rest_lines if (name := publisher_of(line.inline.text, authors=head.authors))), None)
    return Plaintext(
        title=head.title,
        byline=head.byline.inline.text if head.byline else None,
        authors=head.authors or _front_authors(front),
        publisher=publisher,
        published=published or _first(front, "date", "published", "pubdate"),
        labels=(*head.labels, *_front_labels(front)),
        front=front,
        pieces=join_cut(pieces),
    )


def _read_head(lines: list[Line], *, front: Mapping[str, tuple[str, ...]]) -> tuple[_Head, list[Line]]:
    """The title and the lines about the article before its first prose; and the lines that are left."""
    head, left = _Head(title=_first(front, "title")), []
    title = _title_at(lines, known=head.title)
    if title is not None:
        head.title = lines[title].inline.text
    reading = True
    for index, line in enumerate(lines):
        text = line.inline.text
        if index == title or (reading and title is not None and index < title and _RELEASE.fullmatch(text)):
            continue
        reading = reading and not is_prose(line)
        if reading and _take(head, line):
            continue
        left.append(line)
    return head, left


def _title_at(lines: list[Line], *, known: str | None) -> int | None:
    """The position of the headline among the first lines. With a title known from front matter, only a line that repeats it."""
    first = [line for line in lines[:_BEFORE_TITLE] if known is None or line.inline.text == known]
    headings = [line for line in first if line.raw.type is BlockType.HEADING and line.raw.level == 1]
    plain = [line for line in first if is_headline(line) and not _RELEASE.fullmatch(line.inline.text)]
    chosen = next(iter(headings or plain), None)
    if chosen is None or (not headings and any(is_prose(line) for line in lines[: lines.index(chosen)])):
        return None
    return lines.index(chosen)


def _take(head: _Head, line: Line) -> bool:
    """Whether the line says something of the article, which is then noted in `head`."""
    if (label := label_of(line)) is not None:
        head.labels.append(label)
        return True
    if line.raw.type is not BlockType.PARAGRAPH:
        return False
    if head.byline is None and (names := byline_names(line)):
        head.byline, head.authors = line, names
        return True
    if head.dated is None and (dated := dateline(line.inline.text)) is not None:
        head.dated = dated
        return True
    return False


def _piece(line: Line, *, label: Label | None) -> Piece:
    raw, inline = line.raw, line.inline
    rows = tuple(tuple(strip_marks(cell).text for cell in row) for row in raw.rows) or None
    text = _block_text(raw, inline.text, rows)
    block = Block(type=raw.type, text=text, level=raw.level, ordered=raw.ordered, depth=raw.depth, rows=rows)
    removed = {"kept": False, "kind": "tag_list", "rule": "plaintext.label"} if label else {}
    return Piece(block=block, link=inline.link, bold=inline.bold, italic=inline.italic, section=raw.section, **removed)  # type: ignore[arg-type] # one dict, three types


def _block_text(raw: Raw, stripped: str, rows: tuple[tuple[str, ...], ...] | None) -> str:
    """A table's rows as lines with their cells parted by " | ", code as it stands, other text without marks."""
    if rows:
        return "\n".join(" | ".join(row) for row in rows)
    return raw.text if raw.type is BlockType.CODE else stripped


def _first(front: Mapping[str, tuple[str, ...]], *keys: str) -> str | None:
    return next((front[key][0] for key in keys if front.get(key)), None)


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
