"""Runs of text to named columns of numbers, one row a run, in vector operations over the page's outline."""

from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from lxml import etree

from extractors.body.characters import CLASSES, count_characters, find_words, shared_words
from extractors.body.lexicon import LONGEST_LINE, Lexicon, lexical_columns
from extractors.body.lineage import lineage_of
from extractors.marks import Mark
from extractors.outline import Outline, outline

__all__ = ["Hints", "column_names", "tabulate"]

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Doubles = npt.NDArray[np.float64]

_TAGS = tuple(
    "p li h1 h2 h3 h4 h5 h6 td th div blockquote figcaption pre dt dd section article "
    "header footer aside nav main form button figure ul ol table noscript template center address details".split()
)
_TAG_ID = {tag: position + 1 for position, tag in enumerate(_TAGS)}
_ROW_TAGS = ("p", "h2", "td", "figcaption", "pre")
_ANCESTOR_TAGS = tuple("article main footer figure table ul section blockquote".split())
_GOOD = 40  # characters from which a run outside links that holds a sentence mark counts as prose
_ANCESTOR_BIT = {tag: 1 << position for position, tag in enumerate(_ANCESTOR_TAGS)}
_MARK_BITS = len(Mark)
_MARK_COLUMNS = tuple(f"{place}_{mark.name.lower()}" for mark in Mark for place in ("near", "under"))
_MARK_SHIFTS = np.arange(_MARK_BITS)[:, np.newaxis, np.newaxis]
_WITHIN_COLUMNS = tuple(f"in_{tag}" for tag in _ANCESTOR_TAGS)
_WITHIN_SHIFTS = _MARK_BITS + np.arange(len(_ANCESTOR_TAGS))[:, np.newaxis]
_ROW_COLUMNS = tuple(f"is_{tag}" for tag in _ROW_TAGS)
_ROW_TAG_IDS = np.array([_TAG_ID[tag] for tag in _ROW_TAGS])[:, np.newaxis]
_LEVELS = 5
_BOXED = ("link", "prose", "mean", "share", "runs")
_BOX_COLUMNS = tuple("" if (level, name) == (0, "runs") else f"box{level}_{name}" for level in range(_LEVELS) for name in _BOXED)
_MEDIA_COLUMNS = tuple(f"box{level}_media" for level in range(3))
_SHARES = (0.5, 0.75, 0.9)
_DEEP = tuple(f"deep{int(share * 100)}" for share in _SHARES)
_NEIGHBOURS = {offset: tuple(f"near{offset:+d}_{name}" for name in ("chars", "link", "tag")) for offset in (-2, -1, 1, 2)}
_FARTHEST = max(_NEIGHBOURS)
_COUNTED = {"comma": "commas", "stop": "stops", "quote": "quotes", "symbol": "symbols", "digit": "digits"}
_COUNT_COLUMNS = tuple(_COUNTED.get(name, "") for name in CLASSES)
_SHARE_COLUMNS = tuple(f"{name}_share" if name in {"stop", "upper", "letter"} else "" for name in CLASSES)
_PASSED = {"bylines": Mark.BYLINE, "dates": Mark.DATE, "headlines": Mark.HEADLINE, "bios": Mark.BIO, "comments": Mark.COMMENTS}
_PASSED_COLUMNS = tuple(f"{name}_behind" for name in _PASSED)
_PASSED_MARKS = np.array([int(mark) for mark in _PASSED.values()])[:, np.newaxis]
_SEARCHED = 200_000_000  # characters of description and of articleBody, each as often as there are runs: of gold pages 6.6 million
_NOBODY = np.array([[0.0], [1.0], [-1.0]])  # what stands for these three where the page ends


@dataclass(frozen=True, slots=True)
class Hints:
    """What other parts of the page say of the body: the headline, the description, and JSON-LD's articleBody, a line a paragraph."""

    title: str = ""
    description: str = ""
    article_body: str = ""


def _running(values: npt.NDArray[Any]) -> Doubles:
    """Running sums with a zero in front: the sum of values[a:b] is out[b] - out[a]."""
    out = np.zeros(len(values) + 1)
    np.cumsum(values, out=out[1:])
    return out


def tabulate(page: Outline, hints: Hints, lexicon: Lexicon, *, names: tuple[str, ...]) -> Floats:
    """The named columns of a page with at least one run: shape (len(names), runs)."""
    return _Builder(page, hints, names).build(lexicon)


@lru_cache(maxsize=8)
def _numbered(names: tuple[str, ...]) -> dict[str, int]:
    return {name: row for row, name in enumerate(names)}


@lru_cache(maxsize=256)
def _shared(asked: tuple[str, ...], names: tuple[str, ...]) -> tuple[list[int], list[int]]:
    """The places in `asked` of the names that it holds, and their places in `names`."""
    rows = _numbered(asked)
    shared = [(rows[name], place) for place, name in enumerate(names) if name in rows]
    return [row for row, _ in shared], [place for _, place in shared]


@cache
def _against_columns(names: tuple[str, ...], what: str) -> tuple[str, ...]:
    return tuple(f"{name}_{what}" for name in names)


@cache
def column_names() -> tuple[str, ...]:
    """The names of all columns, in a fixed order. data/MODEL.md says what each holds."""
    builder = _Builder(outline(etree.fromstring("<body><p>A</p></body>")), Hints(), ())
    builder.build(Lexicon())
    return tuple(builder.seen)


class _Builder:
    """Gathers columns; each method adds one family."""

    def __init__(self, page: Outline, hints: Hints, names: tuple[str, ...]) -> None:
        self.page, self.hints = page, hints
        self.asked, self.wanted = names, _numbered(names)
        self.seen: dict[str, None] = {}
        runs = page.runs
        self.size = len(runs)
        self.rows = np.arange(self.size)
        self.out = np.empty((len(names), self.size), dtype=np.float32)
        texts, node, link, self.links, self.bold, self.italic, self.parted = zip(*runs, strict=True)
        self.texts = list(texts)
        self.node = np.array(node, dtype=np.int64)
        self.link = np.array(link, dtype=np.float32)
        self.parents, self.tags, self.keys, marks, _, depth, first, last, _, self.media = zip(*page.nodes, strict=True)
        self.marks = np.array(marks, dtype=np.int64)
        self.tag = np.array([_TAG_ID.get(tag, 0) for tag in self.tags], dtype=np.int64)
        self.first = np.array(first, dtype=np.int64)
        self.last = np.array(last, dtype=np.int64)
        self.depth = np.array(depth, dtype=np.int64)
        self.lineage = lineage_of(self.parents, depth=max(depth), runs=self.node, levels=_LEVELS)
        self.up = self.lineage.up

    def build(self, lexicon: Lexicon) -> Floats:
        """All families, in the order in which they need one another."""
        self.text()
        self.stated()
        self.names()
        holding = (self.first < self.last).tolist()  # of an element without text nobody asks
        named = [key if text else "" for key, text in zip(self.keys, holding, strict=True)]
        spoken = self.words.of(self.chars < LONGEST_LINE)
        columns = lexical_columns(spoken, named, lexicon=lexicon, lineage=self.lineage, heading=self.heading)
        for name, values in columns.items():
            self.add(name, values)
        for family in (self.containers, self.top, self.neighbours, self.patterns, self.place, self.articles, self.cohesion):
            family()
        return self.out

    def add(self, name: str, values: Any) -> None:
        """Write a column, a sequence of numbers or one number for all runs, where it is wanted."""
        row = self.wanted.get(name)
        if row is not None:
            self.out[row] = values
        elif not self.wanted:
            self.seen[name] = None

    def add_all(self, names: tuple[str, ...], matrix: npt.NDArray[Any]) -> None:
        """Write several columns, the rows of `matrix`, at once: half the price. A row named "" is left out."""
        if self.wanted:
            rows, taken = _shared(self.asked, names)
            self.out[rows] = matrix[taken]
        else:
            self.seen |= dict.fromkeys(filter(None, names))

    def text(self) -> None:
        """What each run's own characters say."""
        found = count_characters(self.texts)
        self.words = find_words(found)
        self.chars = found.sizes.astype(np.float32)
        self.log_chars = np.log1p(self.chars)
        per = 1.0 / self.chars
        words = found.count("space") + 1 + found.count("wide") // 2
        self.links_share = np.minimum(self.link * per, 1)
        self.add("chars", self.log_chars)
        self.add("words", np.log1p(words))
        self.add("word_length", self.chars / words)
        self.add("link_share", self.links_share)
        self.add("links", self.links)
        self.add("bold_share", np.minimum(np.array(self.bold) * per, 1))
        self.add("italic_share", np.minimum(np.array(self.italic) * per, 1))
        self.add("parted", self.parted)
        self.add_all(_COUNT_COLUMNS, np.minimum(found.counts, 30))
        self.add_all(_SHARE_COLUMNS, found.counts * per)
        self.add("ends_stop", found.ends_with("stop"))
        marked = found.count("stop") + found.count("comma") + (found.count("unmarked") * 2 > found.sizes) > 0
        self.good = self.chars * (1 - self.links_share) * (marked & (self.chars * (1 + found.count("wide") * per) >= _GOOD))

    def stated(self) -> None:
        """What the head of the page says of each run."""
        title = set(self.hints.title.casefold().split())
        longest, shortest = 3 * len(self.hints.title), len(self.hints.title) // 3
        reach = _SEARCHED // self.size
        description, body = self.hints.description[:reach], self.hints.article_body[:reach].replace("\n", " ")
        start = description[:80]
        self.overlap = np.zeros(self.size, dtype=np.float32)
        for row, text in enumerate(self.texts) if title else ():
            if shortest <= len(text) <= longest:
                words = text.casefold().split()
                if not title.isdisjoint(words):
                    self.overlap[row] = len(title.intersection(words)) / len(title.union(words))
        self.add("title_overlap", self.overlap)
        self.add("in_description", [len(text) > 20 and (text[:80] in description or start in text) for text in self.texts] if start else 0)
        self.add("in_article_body", [len(text) > 12 and text[:50] in body for text in self.texts] if body else 0)
        self.add("has_article_body", min(len(body), 5000))
        seen = Counter(self.texts)
        self.add("repeats", np.minimum(list(map(seen.__getitem__, self.texts)), 5) if len(seen) < self.size else 1)

    def names(self) -> None:
        """What the tags, classes and ids of the run's element and its ancestors say."""
        marks = self.marks
        bits = np.array([_ANCESTOR_BIT.get(tag, 0) for tag in self.tags], dtype=np.int64)
        far = self.lineage.handed_down(marks | bits << _MARK_BITS, np.bitwise_or)[self.node]
        near = marks[self.up[0]] | marks[self.up[1]] | marks[self.up[2]]
        self.add_all(_MARK_COLUMNS, (np.stack((near, far))[np.newaxis] >> _MARK_SHIFTS & 1).reshape(-1, self.size))
        self.add_all(_WITHIN_COLUMNS, far >> _WITHIN_SHIFTS & 1)
        row = self.tag[self.node]
        self.add_all(_ROW_COLUMNS, row == _ROW_TAG_IDS)
        self.heading = (row >= _TAG_ID["h1"]) & (row <= _TAG_ID["h6"])
        self.add("is_heading", self.heading)
        self.add("row_tag", row)
        self.add("parent_tag", self.tag[self.up[1]])

    def containers(self) -> None:
        """How dense the blocks around the run are, one to five levels up."""
        sums = [_running(values) for values in (self.chars, self.link, self.good)]
        self.total: Doubles = sums[0][self.last] - sums[0][self.first]
        links: Doubles = sums[1][self.last] - sums[1][self.first]
        self.prose: Doubles = sums[2][self.last] - sums[2][self.first]
        self.before = sums[0][:-1]
        self.count = np.maximum(self.last - self.first, 1)
        everything = max(float(sums[0][-1]), 1.0)
        self.all_good = max(float(sums[2][-1]), 1.0)
        chars = np.maximum(self.total, 1)
        boxes = np.stack(
            (links / chars, self.prose / chars, np.log1p(self.total / self.count), self.total / everything, np.log1p(self.count)), axis=1
        )
        up = np.stack(self.up[:_LEVELS])
        self.add_all(_BOX_COLUMNS, boxes[up].swapaxes(1, 2).reshape(-1, self.size))
        self.add_all(_MEDIA_COLUMNS, np.array(self.media)[up[:3]])
        self.add("depth", self.depth[self.node])
        self.add("page_runs", np.log1p(self.size))
        self.add("page_chars", np.log1p(everything))
        self.add("page_good", self.all_good / everything)

    def top(self) -> None:
        """Where the run stands against the containers that hold most of the page's prose."""
        near, far = self.up[1:3]
        points = np.bincount(np.concatenate((near, far)), np.concatenate((self.good, self.good * 0.5)), len(self.parents))
        self.best = best = int(points.argmax())
        shares = [np.flatnonzero(self.prose >= share * self.all_good) for share in _SHARES]
        self._against(("best", *_DEEP), np.array([best, *(int(holds[-1]) if len(holds) else 0 for holds in shares)]))
        self.add("best_share", self.prose[best] / self.all_good)
        self.add("best_parent", near == best)
        self.add("best_points", points[near] / max(points[best], 1.0))

    def articles(self) -> None:
        """Whether the run belongs to the first article of the page or to a further one."""
        articles = self.tag == _TAG_ID["article"]
        mine = self.lineage.handed_down(np.where(articles, np.arange(len(articles)), -1), np.maximum)[self.node]
        self.add("article_share", np.where(mine >= 0, self.prose[np.maximum(mine, 0)] / self.all_good, -1))
        self.add("articles", min(int(articles.sum()), 20))
        places = np.minimum(self.first, self.size - 1)
        marked = (self.marks & _PASSED_MARKS > 0) * 1.0
        passed = np.stack([np.bincount(places, of, self.size) for of in marked])
        self.add_all(_PASSED_COLUMNS, np.minimum(np.cumsum(passed, axis=1), 10))
        h1 = self.tag[self.node] == _TAG_ID["h1"]
        self.add("h1s_behind", np.minimum(np.cumsum(h1), 5))
        self.add("h1s_ahead", np.minimum(int(h1.sum()) - np.cumsum(h1), 5))

    def cohesion(self) -> None:
        """How many of the run's longer words the main container uses elsewhere: another article has another vocabulary."""
        inside = (self.rows >= self.first[self.best]) & (self.rows < self.last[self.best])
        share, count = shared_words(self.words, inside & (self.good > 0))
        self.add("cohesion", share)
        self.add("long_words", np.minimum(count, 30))

    def _against(self, names: tuple[str, ...], nodes: Ints) -> None:
        """Where each run stands against the elements that the names stand for."""
        first, last = self.first[nodes][:, np.newaxis], self.last[nodes][:, np.newaxis]
        rows = self.rows
        ahead, behind = rows < first, rows >= last
        away = np.where(ahead, rows - first, np.where(behind, rows - last + 1, 0))
        columns = {
            "in": ~(ahead | behind),
            "away": np.clip(away, -60, 60),
            "at": np.clip((rows - first) / np.maximum(last - first, 1), -1, 2),
            "depth": self.depth[self.node] - self.depth[nodes][:, np.newaxis],
        }
        for what, values in columns.items():
            self.add_all(_against_columns(names, what), values)

    def neighbours(self) -> None:
        """The runs just before and after."""
        rows = self.rows
        far = _FARTHEST
        around = np.empty((3, self.size + 2 * far), dtype=np.float32)
        around[:] = _NOBODY
        around[:, far:-far] = self.log_chars, self.links_share, self.tag[self.node]
        for offset, names in _NEIGHBOURS.items():
            self.add_all(names, around[:, far + offset : far + offset + self.size])
        self.running = _running(self.good)
        for width in (4, 10):
            low, high = np.maximum(rows - width, 0), np.minimum(rows + width + 1, self.size)
            self.add(f"window{width}_before", np.log1p(self.running[rows] - self.running[low]))
            self.add(f"window{width}_after", np.log1p(self.running[high] - self.running[np.minimum(rows + 1, self.size)]))

    def patterns(self) -> None:
        """Runs in elements of the same make: rows of cards, lists of links, the paragraphs of the article."""
        made: dict[tuple[str, str, str, str], int] = {}
        tags, keys, parents = self.tags, self.keys, self.parents
        kinds = []
        for node in self.node.tolist():
            above = max(parents[node], 0)
            kinds.append(made.setdefault((tags[node], keys[node], tags[above], keys[above]), len(made)))
        kind = np.array(kinds, dtype=np.int64)
        for name, groups in (("make", kind), ("sibling", np.unique(self.up[1], return_inverse=True)[1])):
            count = np.bincount(groups)
            chars = np.bincount(groups, self.chars)
            self.add(f"{name}_count", np.log1p(count[groups]))
            self.add(f"{name}_mean", np.log1p(chars[groups] / count[groups]))
            self.add(f"{name}_link", (np.bincount(groups, self.link) / np.maximum(chars, 1))[groups])
            self.add(f"{name}_good", np.bincount(groups, self.good)[groups] / self.all_good)

    def place(self) -> None:
        """Where on the page the run stands, and against its headline."""
        rows = self.rows
        self.add("row_at", rows / self.size)
        self.add("char_at", self.before / max(float(self.chars.sum()), 1.0))
        self.add("good_at", self.running[:-1] / self.all_good)
        first = self.tag[self.node] == _TAG_ID["h1"]
        likely = self.overlap + np.where(self.heading, 0.3, 0) + np.where(first, 0.3, 0)
        title = int(likely.argmax()) if float(likely.max()) > 0.5 else -1
        self.add("title_away", np.clip(rows - title, -60, 120) if title >= 0 else -99)
        heads = np.where(self.heading, rows, -1)
        last = np.maximum.accumulate(heads)
        self.add("heading_behind", np.minimum(rows - last, 60))
        level = self.tag[self.node[np.maximum(last, 0)]]
        self.add("heading_level", np.where(last >= 0, level, 0))
