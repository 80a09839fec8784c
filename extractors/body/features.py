"""Runs of text to named columns of numbers, one row a run, in vector operations over the page's outline."""

import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from extractors.body.lexicon import Lexicon, lexical_columns
from extractors.marks import Mark
from extractors.outline import Outline

__all__ = ["Hints", "Table", "tabulate"]

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Doubles = npt.NDArray[np.float64]

_TAGS = tuple(
    "p li h1 h2 h3 h4 h5 h6 td th div blockquote figcaption pre dt dd section article "
    "header footer aside nav main form button figure ul ol table noscript template center address details".split()
)
_TAG_ID = {tag: position + 1 for position, tag in enumerate(_TAGS)}
_ROW_TAGS = ("p", "li", "h1", "h2", "h3", "h4", "td", "div", "blockquote", "figcaption", "pre", "dd")
_ANCESTOR_TAGS = tuple("article main aside nav footer header form figure table ul ol section noscript blockquote button".split())
_CLASSES = ("space", "comma", "stop", "digit", "upper", "letter", "wide", "symbol", "quote")
_GOOD = 40  # characters from which a run outside links that holds a sentence mark counts as prose
_LEVELS = 5
_LONG_WORD = 5
_SHARES = (0.5, 0.75, 0.9)
_NEIGHBOURS = (-3, -2, -1, 1, 2, 3)


@dataclass(frozen=True, slots=True)
class Hints:
    """What other parts of the page say of the body: the headline, the description, and the text of JSON-LD's articleBody."""

    title: str = ""
    description: str = ""
    article_body: str = ""


@dataclass(slots=True)
class Table:
    """Columns by name, each of one float32 a run."""

    columns: dict[str, npt.NDArray[np.float32]]
    size: int

    def matrix(self, names: tuple[str, ...]) -> Floats:
        """The named columns side by side: shape (runs, len(names))."""
        out = np.empty((self.size, len(names)), dtype=np.float32)
        for position, name in enumerate(names):
            out[:, position] = self.columns[name]
        return out


@cache
def _classes() -> npt.NDArray[np.uint16]:
    """For each code point of the basic plane, the bits of the classes it belongs to."""
    table = np.zeros(65537, dtype=np.uint16)
    bits = {name: 1 << position for position, name in enumerate(_CLASSES)}
    for code in range(0x250):
        character = chr(code)
        category = unicodedata.category(character)
        if category[0] == "L":
            table[code] |= bits["letter"] | (bits["upper"] if category in {"Lu", "Lt"} else 0)
        elif category == "Nd":
            table[code] |= bits["digit"]
        elif category[0] == "S":
            table[code] |= bits["symbol"]
    table[0x250:0x2000] |= bits["letter"]
    table[0x2C00:0xE000] |= bits["letter"]
    table[0x3000:0xA000] |= bits["wide"]
    table[0xAC00:0xD7A4] &= ~np.uint16(bits["wide"])
    for code in (*range(0x386, 0x3AC), *range(0x400, 0x430)):
        table[code] |= bits["upper"]
    for name, characters in {
        "space": " ",
        "comma": ",;،、，؛",
        "stop": ".!?。！？؟।…۔",
        "quote": '"“”„«»「」『』',
        "symbol": "|©®»›·•→",
    }.items():
        for character in characters:
            table[ord(character)] = bits[name]
    for start, end in ((0x660, 0x66A), (0x6F0, 0x6FA), (0x966, 0x970), (0xFF10, 0xFF1A)):
        table[start:end] = bits["digit"]
    return table


def _text_counts(texts: list[str]) -> tuple[Ints, dict[str, Ints], Ints, Ints]:
    """Characters, counts by class, and the class bits of each run's first and last character."""
    sizes = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "replace"), dtype=np.uint32)
    bits = _classes()[np.minimum(codes, 65536)]
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    counts = {
        name: np.add.reduceat((bits >> position & 1).astype(np.int32), starts).astype(np.int64) for position, name in enumerate(_CLASSES)
    }
    return sizes, counts, bits[starts].astype(np.int64), bits[starts + sizes - 1].astype(np.int64)


def _running(values: npt.NDArray[Any]) -> Doubles:
    """Running sums with a zero in front: the sum of values[a:b] is out[b] - out[a]."""
    out = np.zeros(len(values) + 1)
    np.cumsum(values, out=out[1:])
    return out


def tabulate(page: Outline, hints: Hints, lexicon: Lexicon) -> Table:
    """All columns of a page with at least one run."""
    builder = _Builder(page, hints)
    builder.text()
    builder.names()
    builder.columns.update(lexical_columns(page, lexicon, up=builder.up, heading=builder.heading))
    builder.containers()
    builder.top()
    builder.neighbours()
    builder.patterns()
    builder.place()
    builder.articles()
    builder.cohesion()
    return Table(builder.columns, builder.size)


class _Builder:
    """Gathers columns; each method adds one family."""

    def __init__(self, page: Outline, hints: Hints) -> None:
        self.page, self.hints = page, hints
        self.columns: dict[str, Floats] = {}
        nodes, runs = page.nodes, page.runs
        self.size = len(runs)
        self.texts = [run.text for run in runs]
        self.node = np.array([run.node for run in runs], dtype=np.int64)
        self.link = np.array([run.link for run in runs], dtype=np.float32)
        self.parent = np.array([node.parent for node in nodes], dtype=np.int64)
        self.tag = np.array([_TAG_ID.get(node.tag, 0) for node in nodes], dtype=np.int64)
        self.first = np.array([node.first for node in nodes], dtype=np.int64)
        self.last = np.array([node.last for node in nodes], dtype=np.int64)
        self.depth = np.array([node.depth for node in nodes], dtype=np.int64)
        self.up = [self.node]
        safe = np.maximum(self.parent, 0)
        for _ in range(_LEVELS):
            self.up.append(safe[self.up[-1]])

    def add(self, name: str, values: npt.ArrayLike) -> None:
        self.columns[name] = np.asarray(values, dtype=np.float32)

    def text(self) -> None:
        """What each run's own characters say."""
        sizes, counts, head, tail = _text_counts(self.texts)
        runs = self.page.runs
        self.chars = sizes.astype(np.float32)
        per = 1.0 / np.maximum(self.chars, 1)
        words = counts["space"] + 1 + counts["wide"] // 2
        self.links_share = np.minimum(self.link * per, 1)
        self.add("chars", np.log1p(self.chars))
        self.add("words", np.log1p(words))
        self.add("word_length", self.chars / words)
        self.add("link_share", self.links_share)
        self.add("links", [run.links for run in runs])
        self.add("bold_share", np.minimum(np.array([run.bold for run in runs]) * per, 1))
        self.add("italic_share", np.minimum(np.array([run.italic for run in runs]) * per, 1))
        self.add("parted", [run.parted for run in runs])
        for name in ("comma", "stop", "quote", "symbol", "digit"):
            self.add(f"{name}s", np.minimum(counts[name], 30))
        for name in ("digit", "upper", "wide", "symbol", "stop"):
            self.add(f"{name}_share", counts[name] * per)
        self.add("letter_share", (counts["letter"] + counts["space"]) * per)
        for position, name in enumerate(_CLASSES):
            if name in {"stop", "symbol", "digit", "quote"}:
                self.add(f"ends_{name}", tail >> position & 1)
            if name in {"upper", "digit", "symbol", "quote"}:
                self.add(f"starts_{name}", head >> position & 1)
        self.add("ends_colon", [text[-1] in ":：" for text in self.texts])
        self.good = (
            self.chars
            * (1 - self.links_share)
            * ((counts["stop"] + counts["comma"] > 0) & (self.chars * (1 + counts["wide"] * per) >= _GOOD))
        )
        self._hints()

    def _hints(self) -> None:
        title = set(self.hints.title.casefold().split())
        description, body = self.hints.description, self.hints.article_body
        overlap, described, stated = [], [], []
        for text in self.texts:
            short = len(text) < 250
            words = set(text.casefold().split()) if short and title else set()
            overlap.append(len(words & title) / len(words | title) if words else 0.0)
            described.append(bool(description) and len(text) > 20 and (text[:80] in description or description[:80] in text))
            stated.append(bool(body) and len(text) > 12 and text[:50] in body)
        self.overlap = np.array(overlap, dtype=np.float32)
        self.add("title_overlap", self.overlap)
        self.add("in_description", described)
        self.add("in_article_body", stated)
        self.add("has_article_body", np.full(self.size, min(len(body), 5000)))
        seen = Counter(self.texts)
        self.add("repeats", [min(seen[text], 5) for text in self.texts])

    def names(self) -> None:
        """What the tags, classes and ids of the run's element and its ancestors say."""
        nodes = self.page.nodes
        own = [node.marks for node in nodes]
        inherited: list[int] = []
        tags: list[int] = []
        bit = {_TAG_ID[tag]: 1 << position for position, tag in enumerate(_ANCESTOR_TAGS)}
        for position, node in enumerate(nodes):
            above = node.parent
            inherited.append(own[position] | (inherited[above] if above >= 0 else 0))
            tags.append(bit.get(int(self.tag[position]), 0) | (tags[above] if above >= 0 else 0))
        marks = np.array(own, dtype=np.int64)
        near = marks[self.up[0]] | marks[self.up[1]] | marks[self.up[2]]
        far = np.array(inherited, dtype=np.int64)[self.node]
        above_tags = np.array(tags, dtype=np.int64)[self.node]
        for mark in Mark:
            shift = mark.bit_length() - 1
            self.add(f"near_{mark.name.lower()}", near >> shift & 1)
            self.add(f"under_{mark.name.lower()}", far >> shift & 1)
        for position, tag in enumerate(_ANCESTOR_TAGS):
            self.add(f"in_{tag}", above_tags >> position & 1)
        row = self.tag[self.node]
        for tag in _ROW_TAGS:
            self.add(f"is_{tag}", row == _TAG_ID[tag])
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
        nodes = self.page.nodes
        media = np.array([node.media for node in nodes], dtype=np.float32)
        controls = np.array([node.controls for node in nodes], dtype=np.float32)
        everything = max(float(sums[0][-1]), 1.0)
        self.all_good = max(float(sums[2][-1]), 1.0)
        chars = np.maximum(self.total, 1)
        density, prose, mean, share = links / chars, self.prose / chars, np.log1p(self.total / self.count), self.total / everything
        for level in range(_LEVELS):
            at = self.up[level]
            for name, values in (("link", density), ("prose", prose), ("mean", mean), ("share", share)):
                self.add(f"box{level}_{name}", values[at])
            if level:
                self.add(f"box{level}_runs", np.log1p(self.count[at]))
        for level in (0, 1, 2):
            self.add(f"box{level}_media", media[self.up[level]])
            self.add(f"box{level}_controls", controls[self.up[level]])
        self.add("depth", self.depth[self.node])
        self.add("page_runs", np.full(self.size, np.log1p(self.size)))
        self.add("page_chars", np.full(self.size, np.log1p(everything)))
        self.add("page_good", np.full(self.size, self.all_good / everything))

    def top(self) -> None:
        """Where the run stands against the containers that hold most of the page's prose."""
        points = np.zeros(len(self.parent))
        np.add.at(points, self.up[1], self.good)
        np.add.at(points, self.up[2], self.good * 0.5)
        self.best = best = int(points.argmax())
        self._against("best", best)
        self.add("best_share", np.full(self.size, self.prose[best] / self.all_good))
        self.add("best_parent", self.up[1] == best)
        self.add("best_points", points[self.up[1]] / max(points[best], 1.0))
        for share in _SHARES:
            holds = np.flatnonzero(self.prose >= share * self.all_good)
            self._against(f"deep{int(share * 100)}", int(holds[-1]) if len(holds) else 0)

    def articles(self) -> None:
        """Whether the run belongs to the first article of the page or to a further one."""
        nodes = self.page.nodes
        nearest: list[int] = []
        for position, node in enumerate(nodes):
            nearest.append(position if node.tag == "article" else nearest[node.parent] if node.parent >= 0 else -1)
        mine = np.array(nearest, dtype=np.int64)[self.node]
        self.add("article_known", mine >= 0)
        self.add("article_title", mine == (mine[self.title] if self.title >= 0 else -2))
        self.add("article_share", np.where(mine >= 0, self.prose[np.maximum(mine, 0)] / self.all_good, -1))
        self.add("articles", np.full(self.size, min(sum(node.tag == "article" for node in nodes), 20)))
        places = np.minimum(self.first, self.size - 1)
        for name, wanted in (
            ("byline", Mark.BYLINE),
            ("date", Mark.DATE),
            ("headline", Mark.HEADLINE),
            ("bio", Mark.BIO),
            ("comments", Mark.COMMENTS),
        ):
            flags = int(wanted)
            marked = [bool(node.marks & flags) for node in nodes]
            self.add(f"{name}s_behind", np.minimum(np.cumsum(np.bincount(places, marked, self.size)), 10))
        h1 = self.tag[self.node] == _TAG_ID["h1"]
        self.add("h1s_behind", np.minimum(np.cumsum(h1), 5))
        self.add("h1s_ahead", np.minimum(int(h1.sum()) - np.cumsum(h1), 5))

    def cohesion(self) -> None:
        """How many of the run's longer words the main container uses elsewhere: another article has another vocabulary."""
        words = [{word for word in text.casefold().split() if len(word) >= _LONG_WORD} for text in self.texts]
        first, last = int(self.first[self.best]), int(self.last[self.best])
        used = Counter(word for row in range(first, last) if self.good[row] for word in words[row])
        shares, counts = [], []
        for row, mine in enumerate(words):
            least = 2 if first <= row < last and self.good[row] else 1
            counts.append(len(mine))
            shares.append(sum(used[word] >= least for word in mine) / len(mine) if mine else -1.0)
        self.add("cohesion", shares)
        self.add("long_words", np.minimum(counts, 30))

    def _against(self, name: str, node: int) -> None:
        first, last = int(self.first[node]), int(self.last[node])
        rows = np.arange(self.size)
        self.add(f"{name}_in", (rows >= first) & (rows < last))
        away = np.where(rows < first, rows - first, np.where(rows >= last, rows - last + 1, 0))
        self.add(f"{name}_away", np.clip(away, -60, 60))
        self.add(f"{name}_at", np.clip((rows - first) / max(last - first, 1), -1, 2))
        self.add(f"{name}_depth", self.depth[self.node] - self.depth[node])

    def neighbours(self) -> None:
        """The runs just before and after."""
        rows = np.arange(self.size)
        chars, good, row = self.columns["chars"], self.good > 0, self.tag[self.node]
        for offset in _NEIGHBOURS:
            at = np.clip(rows + offset, 0, self.size - 1)
            inside = (rows + offset >= 0) & (rows + offset < self.size)
            self.add(f"near{offset:+d}_chars", np.where(inside, chars[at], 0))
            self.add(f"near{offset:+d}_link", np.where(inside, self.links_share[at], 1))
            self.add(f"near{offset:+d}_tag", np.where(inside, row[at], -1))
            if abs(offset) == 1:
                self.add(f"near{offset:+d}_depth", self.depth[self.node[at]] - self.depth[self.node])
                self.add(f"near{offset:+d}_parent", self.up[1][at] == self.up[1])
        self.running = _running(self.good)
        for width in (4, 10):
            low, high = np.maximum(rows - width, 0), np.minimum(rows + width + 1, self.size)
            self.add(f"window{width}_before", np.log1p(self.running[rows] - self.running[low]))
            self.add(f"window{width}_after", np.log1p(self.running[high] - self.running[np.minimum(rows + 1, self.size)]))
        places = np.flatnonzero(good)
        if len(places):
            after = np.searchsorted(places, rows)
            nearest_after = places[np.minimum(after, len(places) - 1)] - rows
            nearest_before = rows - places[np.maximum(after - 1, 0)]
            self.add("prose_ahead", np.where(after < len(places), np.minimum(nearest_after, 50), 60))
            self.add("prose_behind", np.where(after > 0, np.minimum(nearest_before, 50), 60))
        else:
            self.add("prose_ahead", np.full(self.size, 60))
            self.add("prose_behind", np.full(self.size, 60))

    def patterns(self) -> None:
        """Runs in elements of the same make: rows of cards, lists of links, the paragraphs of the article."""
        nodes = self.page.nodes
        made: dict[tuple[str, str, str], int] = {}
        kinds = []
        for run in self.page.runs:
            node = nodes[run.node]
            above = nodes[node.parent] if node.parent >= 0 else node
            kinds.append(made.setdefault((node.tag, node.key, f"{above.tag} {above.key}"), len(made)))
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
        rows = np.arange(self.size)
        self.add("row_at", rows / self.size)
        self.add("char_at", self.before / max(float(self.chars.sum()), 1.0))
        self.add("good_at", self.running[:-1] / self.all_good)
        first = self.tag[self.node] == _TAG_ID["h1"]
        likely = self.overlap + np.where(self.heading, 0.3, 0) + np.where(first, 0.3, 0)
        self.title = title = int(likely.argmax()) if float(likely.max()) > 0.5 else -1
        self.add("title_known", np.full(self.size, title >= 0))
        self.add("title_away", np.clip(rows - title, -60, 120) if title >= 0 else np.full(self.size, -99))
        heads = np.where(self.heading, rows, -1)
        last = np.maximum.accumulate(heads)
        self.add("heading_behind", np.minimum(rows - last, 60))
        level = self.tag[self.node[np.maximum(last, 0)]]
        self.add("heading_level", np.where(last >= 0, level, 0))
