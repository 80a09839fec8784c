"""Paragraphs that recur over many articles of a host: found in a first pass over a dataset, cut in a second.

A record that loses paragraphs stays reversible by itself. What was cut stands at the end of `removed`, in page order, as {kind
"unclassified", rule "host:recurring", text}, and one entry of `warnings`, "pruned_at:3,9", gives for each of them the number, from 0, of
its first part in the body as it was, where blank lines part a body. To restore: take the last entry of `warnings` that begins so, and as
many of the last removals of that rule as it has numbers; split the body at its blank lines ("\\n\\n"), put each text, split alike, back
at its number, in rising order, and join.
`body`, `blocks`, `word_count`, `content_hash` and `fingerprint` are made anew; all other keys stay. Of Markdown without blocks, the last
three are those of the Markdown. (The types of cut blocks are not kept.)

An article that has nothing but recurring paragraphs, as behind a consent wall, keeps them, with the warning "recurring_only".
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from enum import Enum
from itertools import pairwise
from typing import Any

import msgspec

from extractors.article import UNCLASSIFIED, Block, Removal
from extractors.identity import content_hash, fingerprint, word_count
from extractors.render import plain
from scraper.dataset.lines import BrokenLine, Dataset, Line, decoded
from scraper.dataset.paragraphs import Paragraph, is_label, key_of, split, spots, without
from scraper.dataset.tally import Tally, Thresholds, Verdict

__all__ = ["Labels", "Totals", "prune", "survey"]

RULE = "host:recurring"


class Labels(Enum):
    """Where short lines that recur, such as "Share this story", are cut: behind the last paragraph of prose, or anywhere.

    Subheadings ("Pros", "What we know") recur as well; but they have text after them.
    """

    END = "end"
    ANYWHERE = "anywhere"


@dataclass(slots=True)
class Totals:
    """Lines = unchanged + pruned + whole + broken: `whole` are those that have nothing but recurring paragraphs."""

    lines: int = 0
    unchanged: int = 0
    pruned: int = 0
    whole: int = 0
    broken: int = 0


class _Needed(msgspec.Struct):
    """The keys of a record that are read or replaced."""

    id: str
    host: str | None
    title: str | None
    body: str
    blocks: tuple[Block, ...] | None
    word_count: int
    content_hash: str
    fingerprint: str | None
    removed: list[Removal]
    warnings: list[str]


@dataclass(frozen=True, slots=True)
class _Record:
    """A line that can be read: the whole object, its needed keys, the paragraphs of its body and the key of each."""

    whole: dict[str, Any]
    needed: _Needed
    paragraphs: list[Paragraph]
    keys: list[int | None]

    def is_nothing_but(self, cut: set[int]) -> bool:
        """Whether no paragraph with a letter or digit is left without those of these numbers."""
        return all(index in cut for index, key in enumerate(self.keys) if key is not None)


def survey(dataset: Dataset, tally: Tally, thresholds: Thresholds) -> None:
    """The first pass: counts every paragraph and settles which recur. Broken lines are left to the second."""
    for line in dataset.lines():
        record = _read(line)
        if isinstance(record, str) or (host := record.needed.host) is None:
            continue
        needed = record.needed
        first: dict[int, int] = {}
        for key, spot in zip(record.keys, spots(len(record.keys)), strict=True):
            if key is not None:
                first.setdefault(key, spot)
        title = " ".join((needed.title or needed.id).casefold().split())
        tally.add(host, (needed.id, needed.content_hash, title), first.items())
    tally.settle(thresholds)


def prune(
    dataset: Dataset, tally: Tally, labels: Labels, *, totals: Totals, on_broken: Callable[[Line, str], None]
) -> Iterator[bytes | dict[str, Any]]:
    """The second pass: each line that can be read, as it was (bytes without line end) or, where it lost paragraphs, as a new record.

    `on_broken` is told each broken line and the reason.
    """
    for line in dataset.lines():
        totals.lines += 1
        record = _read(line)
        if isinstance(record, str):
            totals.broken += 1
            on_broken(line, record)
            continue
        cut = _to_cut(record, tally, labels)
        if not cut:
            totals.unchanged += 1
            yield line.data
        elif record.is_nothing_but(cut):
            totals.whole += 1
            warnings = dict.fromkeys([*record.needed.warnings, "recurring_only"])
            yield {**record.whole, "warnings": list(warnings)}
        else:
            totals.pruned += 1
            yield _without(record, sorted(cut))


def _read(line: Line) -> _Record | str:
    """The record of a line, or what is wrong with it."""
    try:
        whole: Any = decoded(line, object)
        needed = msgspec.convert(whole, _Needed)
    except BrokenLine as error:
        return str(error)
    except msgspec.ValidationError as error:
        return f"no record: {error}"
    paragraphs = split(needed.body, needed.blocks)
    if paragraphs is None:
        return "the blocks are not those of the body"
    return _Record(whole, needed, paragraphs, [key_of(paragraph.text) for paragraph in paragraphs])


def _to_cut(record: _Record, tally: Tally, labels: Labels) -> set[int]:
    """The numbers of the paragraphs that go. Notes in the tally what recurs here, and what of it is cut."""
    host = record.needed.host
    if host is None:
        return set()
    found = {index: verdict for index, key in enumerate(record.keys) if key is not None and (verdict := tally.verdict(host, key))}
    recurs = {index for index, verdict in found.items() if verdict is Verdict.RECURRING}
    last = max((index for index, key in enumerate(record.keys) if key is not None and index not in recurs), default=-1)
    cut = {
        index for index in recurs if index > last or labels is Labels.ANYWHERE or not is_label(record.paragraphs[index].text)
    }  # fmt: skip
    cut -= _between_lists(record.paragraphs, cut)
    whole = record.is_nothing_but(cut)
    for index in found:
        key = record.keys[index]
        assert key is not None
        tally.note(host, key, text=record.paragraphs[index].text, cut=int(index in cut and not whole))
    return cut


def _between_lists(paragraphs: list[Paragraph], cut: set[int]) -> set[int]:
    """Those of `cut` that alone hold two lists apart: without them the record's blocks would be one list."""
    kept = [index for index in range(len(paragraphs)) if index not in cut]
    return {
        index
        for before, after in pairwise(kept)
        if paragraphs[before].is_list and paragraphs[after].is_list
        for index in range(before + 1, after)
    }


def _without(record: _Record, cut: list[int]) -> dict[str, Any]:
    """The record without the paragraphs of these numbers."""
    needed, paragraphs = record.needed, record.paragraphs
    body = text = without(paragraphs, cut)
    blocks = needed.blocks
    if blocks is not None:
        blocks = tuple(block for index, paragraph in enumerate(paragraphs) if index not in cut for block in paragraph.blocks)
        text = plain(blocks)
    removed = [{"kind": UNCLASSIFIED, "rule": RULE, "text": paragraphs[index].text} for index in cut]
    at = ",".join(str(paragraphs[index].at) for index in cut)
    return {
        **record.whole,
        "body": body,
        "blocks": None if blocks is None else [asdict(block) for block in blocks],
        "word_count": word_count(text),
        "content_hash": content_hash(needed.title, text),
        "fingerprint": fingerprint(text),
        "removed": [*record.whole["removed"], *removed],
        "warnings": [*needed.warnings, f"pruned_at:{at}"],
    }
