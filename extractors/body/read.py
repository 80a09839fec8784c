"""The body of a page: the model's choice, or where it finds nothing, what the linked data or trafilatura hold."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from extractors.article import Block, BlockType, BodyEngine, Options, Origin
from extractors.body.borrowed import borrow
from extractors.body.certainty import certainty
from extractors.body.entries import headed, stamps
from extractors.body.features import Hints, tabulate
from extractors.body.guided import guided_by
from extractors.body.model import load
from extractors.body.segment import segment
from extractors.body.select import select
from extractors.body.standfirst import standfirsts
from extractors.document import Document
from extractors.outline import Outline
from extractors.piece import Piece

__all__ = ["Body", "read_body", "sure_of"]

_LEAST = 100  # characters of body below which another engine is asked (_length)
_DENSE = 2
_WIDE = re.compile("[\u3000-\u9fff\uac00-\ud7af\uf900-\ufaff\u0e00-\u0e7f]")
_LINKED, _MENU = 0.8, 0.25  # of a line, of a text: from such a share on it is links
_SEEN, _MOST_RUNS = 20_000, 2_000  # characters, runs
_BORROWED_CONFIDENCE = 0.6
_MOST_BORROWED = 25_000  # tags of a page that trafilatura is asked about: it walks from each paragraph to the root; gold: 19,629
_GUIDED_CONFIDENCE = 0.97  # a profile is written for the page: a judgement


@dataclass(frozen=True, slots=True)
class Body:
    """The pieces of the article's region, kept or not, and where they come from.

    `confidence`: the word F1 to expect of them, 0 to 1; None where the model's own scores tell it, with `doubt`, the characters outside of
    the region of which it is not sure.
    """

    pieces: list[Piece]
    origin: str
    engine: str
    confidence: float | None = None
    doubt: float = 0.0


def read_body(document: Document, hints: Hints, *, html: str, options: Options) -> Body:
    """Choose the body of a page. No piece is kept where the page has none."""
    if options.body_engine is BodyEngine.TRAFILATURA:
        return Body(borrow(html), Origin.DOM, "trafilatura", _BORROWED_CONFIDENCE)
    found = _modelled(document, hints, options)
    if found.origin != Origin.MODEL:  # a site's profile names it
        return found
    length = _length(found.pieces)
    if length >= _LEAST and length * 4 >= len(hints.article_body):
        return found
    if len(hints.article_body) > 2 * length:
        return Body(_stated(hints.article_body), Origin.JSONLD, "articleBody", _BORROWED_CONFIDENCE)
    borrowed = borrow(html) if html.count("<") <= _MOST_BORROWED else []
    text = _length(borrowed)
    # Where the model finds nothing, a page with its menus is better than no record, but no bare menu is.
    if text > 2 * length and not ((length or text < _LEAST) and _is_menu(borrowed, document.outline)):
        return Body(borrowed, Origin.DOM, "trafilatura", _BORROWED_CONFIDENCE)
    return found


def sure_of(body: Body, pieces: Sequence[Piece], options: Options) -> float:
    """The word F1 to expect of a body, 0 to 1. `pieces`: its own, as the rules left them."""
    if body.confidence is not None:
        return body.confidence
    at, values = zip(*load(options.weights).confidence, strict=True)
    return round(float(np.interp(certainty(pieces, body.doubt), at, values)), 3)


def _modelled(document: Document, hints: Hints, options: Options) -> Body:
    page = document.outline
    model = load(options.weights)
    if not page.runs:
        return Body([], Origin.MODEL, "model", 0.0)
    scores = model.trees.scores(tabulate(page, hints, model.lexicon, names=model.columns))
    choice = select(page, scores, model)
    kept, (first, end) = choice.kept.tolist(), choice.region
    for place in standfirsts(page, kept, hints):
        kept[place] = True
        first = min(first, place)
    times = stamps(page, kept)
    for place in times:
        kept[place] = True
    pieces = segment(page, scores=scores.tolist(), kept=kept, region=(first, end))
    if times:
        pieces = headed(pieces, [page.runs[place].text for place in times])
    found = Body(pieces, Origin.MODEL, "model", doubt=choice.doubt)
    return found if document.guide is None else _guided(document, found, scores=scores.tolist(), kept=kept, region=(first, end))


def _guided(document: Document, general: Body, *, scores: list[float], kept: list[bool], region: tuple[int, int]) -> Body:
    """The body as the site's profile says: of the blocks that it names, and without those that it drops."""
    guide = document.guide
    assert guide is not None
    marked = guided_by(guide, document.outline, kept=kept, region=region)
    if marked is None:
        document.warnings.append("profile_stale")
        return general
    pieces = segment(document.outline, scores=scores, kept=marked.kept, region=marked.region, kinds=guide.dropped)
    pieces = [replace(piece, rule=guide.origin) if piece.kind else piece for piece in pieces]
    return Body(pieces, guide.origin, "profile", _GUIDED_CONFIDENCE) if guide.body else replace(general, pieces=pieces)


def _length(pieces: list[Piece]) -> int:
    """Characters of the kept text; one of a script without word spaces counts for _DENSE."""
    texts = [piece.block.text for piece in pieces if piece.kept]
    return sum(len(text) if text.isascii() else len(text) + (_DENSE - 1) * len(_WIDE.findall(text)) for text in texts)


def _is_menu(pieces: list[Piece], page: Outline) -> bool:
    """Whether a text is the page with its menus: much of it is lines that are links."""
    text = "\n".join(piece.block.text for piece in pieces)[:_SEEN]
    links = (run.text for run in page.runs[:_MOST_RUNS] if run.link >= _LINKED * len(run.text))
    return sum(len(line) for line in set(links) if line in text) > _MENU * len(text)


def _stated(text: str) -> list[Piece]:
    return [Piece(block=Block(type=BlockType.PARAGRAPH, text=part)) for part in text.split("\n") if part.strip()]
