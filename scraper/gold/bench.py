"""Where the time of a page goes: `python -m scraper.gold.bench [FOLDER]` prints the split by stage, in multiples of the bare lxml parse."""

import importlib
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import lxml.html
import msgspec
from lxml.etree import LxmlError

from extractors import ExtractionError, Options, extract
from scraper.errors import SourceError
from scraper.gold.pages import read_gold

__all__ = ["BARE", "STAGES", "Figures", "Saved", "Watch", "main", "measure", "saved_pages", "table"]

BARE = "bare lxml parse"
_REST = "rest"
_WHOLE = "whole record"
# Stage, and the functions that make it up, as the modules that call them know them: "module:attribute". The time of a function is its own,
# without what the functions of other stages take inside it.
STAGES: Mapping[str, tuple[str, ...]] = {
    "decode": ("extractors.extract:decode", "extractors.extract:kind_of"),
    "parse": ("extractors.document:bounded", "extractors.document:_tree"),
    "head": ("extractors.from_html:parse",),
    "outline": ("extractors.document:outline",),
    "structured": ("extractors.structured:read", "extractors.from_html:read_hints", "extractors.structured.facts:read_items"),
    "refusals": ("extractors.from_html:refuse_walls", "extractors.from_html:refuse_kinds"),
    **{
        f"fields.{name}": (f"extractors.fields.{name}:read",)
        for name in ("title", "byline", "dates", "taxonomy", "description", "language", "site", "image", "access", "canonical")
    },
    "features": ("extractors.body.read:tabulate",),
    "lexicon": ("extractors.body.features:lexical_columns",),
    "model": ("extractors.body.model:Trees.scores",),
    "select+segment": ("extractors.body.read:select", "extractors.body.read:segment"),
    "borrowed": ("extractors.body.read:borrow",),
    "boilerplate": ("extractors.boilerplate:strip", "extractors.boilerplate:load"),
    "render": ("extractors.extract:plain", "extractors.extract:markdown"),
    "identity": tuple(f"extractors.extract:{name}" for name in "word_count content_hash fingerprint document_id host_of".split()),
}


@dataclass(frozen=True, slots=True)
class Saved:
    """A page to measure: its bytes and what extract() is told of it."""

    data: bytes
    url: str | None
    content_type: str | None = None


@dataclass(slots=True)
class Watch:
    """A stopwatch with stages inside one another: `spent` holds the seconds of each, without those of the stages within."""

    clock: Callable[[], float] = time.process_time
    spent: dict[str, float] = field(default_factory=dict)
    _running: list[str] = field(default_factory=list)
    _since: float = 0.0

    def start(self, stage: str) -> None:
        """Time counts for `stage` from here, until it stops."""
        self._credit()
        self._running.append(stage)

    def stop(self) -> None:
        """The stage started last is over; time counts for the one around it."""
        self._credit()
        self._running.pop()

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """`function`, its time counted for `stage`."""

        def run(*arguments: Any, **named: Any) -> Any:
            self.start(stage)
            try:
                return function(*arguments, **named)
            finally:
                self.stop()

        return run

    def _credit(self) -> None:
        now = self.clock()
        if self._running:
            stage = self._running[-1]
            self.spent[stage] = self.spent.get(stage, 0.0) + now - self._since
        self._since = now


@dataclass(frozen=True, slots=True)
class Figures:
    """What one page took: seconds by stage, the bare parse among them. `first`: where it was met for the first time, its names, its words
    and its language new to every cache; `seconds`: the least of all rounds.
    """

    seconds: Mapping[str, float]
    first: Mapping[str, float]


def saved_pages(folder: Path) -> Iterator[Saved]:
    """The pages of a folder: of manifest.jsonl (rows of file, url, content_type), or of gold sets. Raises SourceError for neither."""
    manifest = folder / "manifest.jsonl"
    if manifest.exists():
        for line in manifest.read_bytes().splitlines():
            row = msgspec.json.decode(line, type=dict[str, Any])
            yield Saved((folder / row["file"]).read_bytes(), row.get("url"), row.get("content_type"))
    else:
        for page in read_gold((folder,)):
            yield Saved(page.html, page.url)


@contextmanager
def _watched(watch: Watch, stages: Mapping[str, tuple[str, ...]]) -> Iterator[None]:
    """Within, the stage functions are timed. Raises AttributeError for a stage whose function is gone."""
    held: list[tuple[Any, str, Any]] = []
    try:
        for stage, places in stages.items():
            for place in places:
                module, _, path = place.partition(":")
                *outer, name = path.split(".")
                owner: Any = importlib.import_module(module)
                for attribute in outer:
                    owner = getattr(owner, attribute)
                held.append((owner, name, getattr(owner, name)))
                setattr(owner, name, watch.timed(stage, getattr(owner, name)))
        yield
    finally:
        for owner, name, function in reversed(held):
            setattr(owner, name, function)


def _once(page: Saved) -> Mapping[str, float]:
    """The seconds of one extraction by stage, and of the bare parse of the same page."""
    watch = Watch()
    watch.start(BARE)
    try:
        lxml.html.fromstring(page.data)
    except (LxmlError, ValueError):
        pass  # the time of a failed parse is the time of that parse
    finally:
        watch.stop()
    with _watched(watch, STAGES):
        watch.start(_REST)
        try:
            extract(page.data, url=page.url, content_type=page.content_type, options=Options(profiles=())).to_dict()
        except ExtractionError:
            pass  # a refusal takes time as well
        finally:
            watch.stop()
    return watch.spent


def measure(pages: Sequence[Saved], *, rounds: int = 5, once: Callable[[Saved], Mapping[str, float]] = _once) -> list[Figures]:
    """Each page's figures: the least of `rounds` rounds over all pages for each stage, so that what else the machine does hardly counts."""
    first = [once(page) for page in pages]
    best = [dict(figures) for figures in first]
    for _ in range(rounds - 1):
        for page, figures in zip(pages, best, strict=True):
            for stage, seconds in once(page).items():
                figures[stage] = min(figures.get(stage, seconds), seconds)
    return [Figures(*each) for each in zip(best, first, strict=True)]


def table(figures: Sequence[Figures]) -> list[str]:
    """Lines: a stage's median milliseconds a page, its mean over the mean of the bare parse, and the same of the pages' first round; the
    99th percentile of the whole.
    """
    named = [stage for stage in (*STAGES, _REST) if any(stage in page.seconds for page in figures)]
    parse = sum(page.seconds[BARE] for page in figures)
    rows = {stage: [(page.seconds.get(stage, 0.0), page.first.get(stage, 0.0)) for page in figures] for stage in (BARE, *named)}
    rows[_WHOLE] = [(_whole(page.seconds), _whole(page.first)) for page in figures]
    lines = [f"{'stage':<20}{'median ms':>10}{'x parse':>9}{'first x':>9}"]
    for stage, pairs in rows.items():
        least, first = zip(*pairs, strict=True)
        lines.append(f"{stage:<20}{statistics.median(least) * 1000:>10.3f}{sum(least) / parse:>9.2f}{sum(first) / parse:>9.2f}")
    wholes = [whole for whole, _ in rows[_WHOLE]]
    last = sorted(wholes)[int(len(wholes) * 0.99)]
    lines.append(f"p99 over median: {last / statistics.median(wholes):.1f}")
    return lines


def _whole(seconds: Mapping[str, float]) -> float:
    return sum(spent for stage, spent in seconds.items() if stage != BARE)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), default=Path("data/samples"))
@click.option("--rounds", type=click.IntRange(min=1), default=5, show_default=True, help="Rounds over the pages; the least time counts.")
@click.option("--every", type=click.IntRange(min=1), default=1, show_default=True, help="Measure every Nth page alone.")
def main(folder: Path, rounds: int, every: int) -> None:
    """Print where the time of a page goes, by stage, for the pages in FOLDER (a manifest.jsonl, or gold sets). It is CPU time; "first x" is
    what a page takes that was never met, in a process that has read one page before.
    """
    try:
        pages = list(saved_pages(folder))[::every]
    except SourceError as error:
        raise click.ClickException(str(error)) from error
    for page in pages[:1]:
        _once(page)  # what is loaded once is no page's
    for line in table(measure(pages, rounds=rounds)):
        click.echo(line)


if __name__ == "__main__":
    main()
