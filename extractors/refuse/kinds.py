"""Pages that are no article by their kind: front pages, lists of articles or goods, account forms, pages that tell of an error."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from extractors.article import BlockType
from extractors.document import Document
from extractors.errors import IndexPage, LoginWall, SoftNotFound
from extractors.piece import Piece

__all__ = ["refuse_kinds"]

# Points for what a page says of its kind, and for how little text of an article it holds. A page is refused from _ENOUGH on, one whose
# metas call it an article or date it from _CERTAIN on, and one whose linked data hold an article never. Of 872 saved pages of 361 sites,
# nearly all of them front pages, forums, shops and forms, more than half are refused so (a quarter by the listed headlines alone), of 432
# such pages that two themes of WordPress make in 24 languages all, and of 1,859 gold pages one: the front page of a city.
_SAID = 2  # an address, a class, a heading, a type
_OWN_ROOT = 3  # the address of the site itself
_ENOUGH, _CERTAIN = 5, 8
_PROSE, _WIDE = 120, "\u2e80"  # characters of a paragraph; letters from here on count twice
_LITTLE, _SHORT = 300, (240, 400)  # characters of all prose, of the longest paragraph
_TEASER, _TEASERS, _A_TEASER = 25, 15, 60  # characters of a linked headline; their number; characters of prose for each
_LISTED = 2  # linked headings among the text
_TAIL = 2  # parts of a path that are looked at
_LONGEST_TITLE = 60
_LANGUAGE = re.compile(r"[a-z]{2}(?:[_-][a-z]{2,4})?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CALENDAR = (1, 2, 3)
_ENDING = re.compile(r"\.\w{2,5}$")
_PARTS = re.compile(r"\s+[|\-\u2013\u2014:\u2022\u00bb\u00ab\u00b7\u2039\u203a~/]+\s+|\s*[|\uff5c]\s*|:\s")


@dataclass(frozen=True, slots=True)
class _Kind:
    """The words of one kind of page."""

    segments: frozenset[str]
    leaves: frozenset[str]
    queries: frozenset[str]
    classes: frozenset[str]
    types: frozenset[str]
    heading: "re.Pattern[str]"


@cache
def _kinds() -> Mapping[str, _Kind]:
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {name: _kind(words) for name, words in table.items()}


def _kind(words: Mapping[str, Sequence[str]]) -> _Kind:
    places = ("segments", "leaves", "queries", "classes", "types")
    segments, leaves, queries, classes, types = (frozenset(words.get(place, ())) for place in places)
    return _Kind(segments, leaves, queries, classes, types, re.compile("|".join(words.get("headings", ["(?!)"])), re.IGNORECASE))


def refuse_kinds(document: Document, pieces: Sequence[Piece], *, types: frozenset[str], has_article: bool) -> None:
    """Raise IndexPage, LoginWall or SoftNotFound where the page is no article by its kind.

    `types`: the types of its linked data; `has_article`: they hold an article.
    """
    if has_article:
        return
    points = _said(document, types)
    kind = max(points, key=lambda name: points[name], default=None)
    if kind is None:
        return
    teasers = sum(run.links == 1 and run.link >= _TEASER and run.link >= 0.8 * len(run.text) for run in document.outline.runs)
    lists_nothing = kind == "listing" and not (teasers or _is_linked(document) or _listed(pieces))  # the year of a blog, one short post
    enough = (_CERTAIN if _says_article(document) else _ENOUGH) + (_SAID if lists_nothing else 0)
    asks = _asks_password(document) * (2 if kind == "account" else 1)
    total = points[kind] + _without_article(document, pieces, teasers) + asks
    if total < enough:
        return
    if kind == "account":
        raise LoginWall("the page asks the reader to log in or to register, and holds no article")
    if kind == "missing":
        raise SoftNotFound("the page says that nothing is at its address")
    raise IndexPage(f"the page lists articles ({teasers} linked headlines) and holds none itself")


def _said(document: Document, types: frozenset[str]) -> dict[str, int]:
    """The points of each kind that the page's address, classes, headings and types name."""
    named = _names(document)
    is_single = not named.isdisjoint(_kinds()["article"].classes)
    segments, queries = _address(document)
    headings = [] if is_single else list(_headings(document))
    found = {}
    for name, kind in _kinds().items():
        if name == "article":
            continue
        by_address = 0 if segments is None else _by_address(name, kind, segments=segments, queries=queries)
        is_elsewhere = name == "front" and segments is not None and not by_address  # themes write "home" on every page
        points = by_address + (0 if is_single or is_elsewhere or named.isdisjoint(kind.classes) else _SAID)
        points += _SAID * bool(types & kind.types)
        points += _SAID * any(kind.heading.fullmatch(heading) for heading in headings)
        if points:
            found[name] = points
    return found


def _names(document: Document) -> set[str]:
    """What publishing systems write on <html> and <body>."""
    body = document.root.find("body")
    places = (document.root, body) if body is not None else (document.root,)
    values = (place.get(name) or "" for place in places for name in ("class", "id", "data-template"))
    return {word for value in values for word in value.lower().split()}


def _address(document: Document) -> tuple[list[str] | None, frozenset[str]]:
    """The parts of the path of the page's own address, lower case and without endings, and the names in its query; None without one."""
    try:
        parts = urlsplit(document.address or "")
    except ValueError:
        return None, frozenset()
    if not parts.hostname:
        return None, frozenset()
    queries = frozenset(_query(name.lower(), value) for name, value in parse_qsl(parts.query, keep_blank_values=True)[:20])
    return [_ENDING.sub("", part).lower() for part in parts.path.split("/") if part], queries


def _query(name: str, value: str) -> str:
    """The name of a query; a number behind one letter is a story's, and nothing that anybody looked for: News_Content.aspx?n=3&s=1123."""
    return f"{name}=" if len(name) == 1 and value.isdecimal() else name


def _by_address(name: str, kind: _Kind, *, segments: list[str], queries: frozenset[str]) -> int:
    if name == "front":
        is_root = all(part in kind.segments or _LANGUAGE.fullmatch(part) for part in segments) and len(segments) <= _TAIL
        return _OWN_ROOT if is_root and not queries else 0
    if name == "listing" and (_is_calendar(segments) or _is_numbered(segments) or (segments and segments[-1] in kind.leaves)):
        return _SAID
    last = segments[-1:] if name == "account" else segments[-_TAIL:] if len(segments) <= _TAIL + 1 else segments[-1:]
    if any(part in kind.segments or _all_in(part, kind.segments) for part in last) or queries & kind.queries:
        return _SAID
    return 0


def _is_calendar(segments: Sequence[str]) -> bool:
    """Whether a path is a year, a month or a day: /2024/05/."""
    return len(segments) in _CALENDAR and all(map(str.isdecimal, segments)) and bool(_YEAR.fullmatch(segments[0]))


def _is_numbered(segments: Sequence[str]) -> bool:
    """Whether a path ends as the further pages of a list do: /page/2."""
    return len(segments) > 1 and segments[-2] == "page" and segments[-1].isdecimal()


def _all_in(part: str, words: frozenset[str]) -> bool:
    tokens = re.split(r"[-_]", part, maxsplit=6)
    return len(tokens) > 1 and all(token in words for token in tokens)


def _headings(document: Document) -> Iterator[str]:
    """The title and its parts; for want of one the first <h1>, which else may head what opens over the page."""
    outline = document.outline
    title = (document.title_tag or "")[: 4 * _LONGEST_TITLE]
    printed = (run.text for run in outline.runs if outline.nodes[run.node].tag == "h1")
    for text in (title, *_PARTS.split(title)) if title else islice(printed, 1):
        heading = text.strip()
        if heading and len(heading) <= _LONGEST_TITLE:
            yield heading


def _says_article(document: Document) -> bool:
    types = document.metas("og:type")
    return any("article" in value.lower() for value in types) or bool(document.metas("article:published_time", "og:article:published_time"))


def _without_article(document: Document, pieces: Sequence[Piece], teasers: int) -> int:
    """The points for how little the page is like one article: little prose, much that is linked, headings that lead elsewhere."""
    sizes = [_size(piece.block.text) for piece in pieces if piece.kept and piece.link < 0.5]
    prose = [size for size in sizes if size >= _PROSE]
    whole = sum(prose)
    return (
        int(len(prose) < 2)
        + int(whole < _LITTLE)
        + sum(max(prose, default=0) < bound for bound in _SHORT)
        + int(teasers >= _TEASERS and whole < _A_TEASER * teasers)
        + int(_is_linked(document))
        + int(_listed(pieces) >= _LISTED)
    )


def _is_linked(document: Document) -> bool:
    """Whether more than half of the page's text is links."""
    runs = document.outline.runs
    return 2 * sum(run.link for run in runs) > sum(len(run.text) for run in runs)


def _size(text: str) -> int:
    return len(text) * (2 if text[:1] > _WIDE else 1)


def _listed(pieces: Sequence[Piece]) -> int:
    """Headings that are links, with text of the body behind them."""
    found = pending = 0
    for piece in pieces:
        if piece.block.type is BlockType.HEADING:
            pending += piece.link >= 0.8
        elif piece.kept and piece.link < 0.5 and _size(piece.block.text) >= _PROSE:
            found, pending = found + pending, 0
    return found


def _asks_password(document: Document) -> bool:
    return any((field.get("type") or "").lower() == "password" for field in document.root.iter("input"))
