"""The paragraphs of a record's body: their places, what makes two of them the same, and the body without some of them."""

import hashlib
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from extractors.article import Block, BlockType
from extractors.identity import word_count
from extractors.render import markdown, plain

__all__ = ["Paragraph", "Spot", "is_label", "key_of", "split", "spots", "without"]

_BREAK = "\n\n"
# Shorter lines without a sentence's end are labels. Of the gold pages' paragraphs that stand on two articles of one host, each is
# either a subheading of at most five words ("Pros", "Why you should trust us") or of one story that was printed twice.
_LABEL_WORDS = 6
_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "।")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\ufeff"))


class Spot(IntEnum):
    """Where in its article a paragraph stands: in the first fifth of the paragraphs, in the last fifth, or between."""

    LEAD = 0
    MIDDLE = 1
    TAIL = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as the body has it. `at`: the number, from 0, of its first part, where blank lines part the body.

    `blocks`: the record's blocks that make it up, () where the record has none; only code holds blank lines of its own, and a list is one
    paragraph.
    """

    text: str
    at: int
    blocks: tuple[Block, ...] = ()

    @property
    def is_list(self) -> bool:
        """Whether it is a list, as its blocks say."""
        return bool(self.blocks) and self.blocks[0].type is BlockType.LIST_ITEM


def split(body: str, blocks: Sequence[Block] | None) -> list[Paragraph] | None:
    """The paragraphs of a body; with its blocks where they are given, and None where those do not make up the body."""
    if blocks is None:
        return [Paragraph(text, at) for at, text in enumerate(body.split(_BREAK))]
    runs = list(_runs(blocks))
    for render in (plain, markdown):
        found = _rendered(runs, render)
        if _BREAK.join(paragraph.text for paragraph in found) == body:
            return found
    return None


def _rendered(runs: Iterable[tuple[Block, ...]], render: Callable[[Iterable[Block]], str]) -> list[Paragraph]:
    found: list[Paragraph] = []
    at = 0
    for run in runs:
        text = render(run)
        found.append(Paragraph(text, at, run))
        at += text.count(_BREAK) + 1
    return found


def _runs(blocks: Iterable[Block]) -> Iterator[tuple[Block, ...]]:
    """Each block alone, but the items of a list together."""
    items: list[Block] = []
    for block in blocks:
        if block.type is BlockType.LIST_ITEM:
            items.append(block)
            continue
        if items:
            yield tuple(items)
            items = []
        yield (block,)
    if items:
        yield tuple(items)


def key_of(text: str) -> int | None:
    """What two paragraphs share that are the same: a signed 64-bit number; None for one without a letter or digit, which is nobody's.

    Case, white space, compatibility forms and invisible characters do not count. Digits do: to fold them would make one of 1,314 pairs of
    different paragraphs inside single articles of the gold pages (58,760 paragraphs), scores and prices and dates mostly, while a
    copyright line recurs within each of its years.
    """
    folded = " ".join(unicodedata.normalize("NFKC", text).translate(_INVISIBLE).casefold().split())
    if not any(letter.isalnum() for letter in folded):
        return None
    digest = hashlib.blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def spots(count: int) -> Iterator[Spot]:
    """The spots of `count` paragraphs in order."""
    edge = (count + 4) // 5
    for index in range(count):
        yield Spot.LEAD if index < edge else Spot.TAIL if index >= count - edge else Spot.MIDDLE


def is_label(text: str) -> bool:
    """Whether a paragraph is a short line, such as a subheading, that can only be told from boilerplate by its place."""
    return word_count(text) < _LABEL_WORDS and (word_count(text) < 2 or not text.rstrip("\"'”’») ").endswith(_SENTENCE_ENDS))


def without(paragraphs: Sequence[Paragraph], cut: Collection[int]) -> str:
    """The body that is left when the paragraphs of the numbers `cut` are taken out."""
    return _BREAK.join(paragraph.text for index, paragraph in enumerate(paragraphs) if index not in cut)
