"""How sure the choice of a body is: what counts against it, and what does not."""

import math

import numpy as np
import pytest

from extractors import extract
from extractors.article import Block, BlockType
from extractors.body.certainty import certainty, doubt_of
from extractors.piece import Piece

LONG = "The ferry left the northern pier at nine, an hour late, and forty people waited for it in the rain of that morning."


def piece(score: float = 0.99, text: str = LONG, *, kind: str | None = None, block: BlockType = BlockType.PARAGRAPH) -> Piece:
    return Piece(block=Block(type=block, text=text), score=score, kept=kind is None, kind=kind)


def against(*pieces: Piece, beside: float = 0.0) -> float:
    return 1 / certainty(pieces, beside) - 1


SURE = (piece(1.0), piece(1.0), piece(1.0), piece(1.0))


def test_a_body_of_sure_paragraphs_is_certain_and_none_is_not() -> None:
    assert certainty(SURE, 0.0) == 1.0
    assert certainty([], 0.0) == 0.0
    assert certainty([piece(0.4, kind="unclassified")], 0.0) == 0.0
    assert certainty([piece(block=BlockType.CAPTION)], 0.0) == 0.0


def test_text_in_doubt_counts_where_the_model_decided() -> None:
    kept = against(piece(0.6), *SURE)
    assert kept == pytest.approx(math.sqrt(0.8 / 5))
    left = against(*SURE, piece(0.4, kind="unclassified"))
    assert left == pytest.approx(math.sqrt(0.8 / 4) + 0.05 * math.log(2))
    known = against(*SURE, piece(0.4, kind="comments"))
    assert known == pytest.approx(0.05 * math.log(2))
    assert against(*SURE, beside=0.8 * len(LONG)) == pytest.approx(math.sqrt(0.5 * 0.8 / 4))


def test_what_rules_cut_against_the_model_counts() -> None:
    assert against(*SURE, piece(0.9, kind="read_more")) > against(*SURE, piece(0.1, kind="read_more"))


def test_short_paragraphs_and_the_end_count() -> None:
    assert against(piece(1.0, "Nine o'clock"), *SURE) == pytest.approx(0.03 * math.log(2))
    assert against(*SURE, piece(0.9)) == pytest.approx(0.25 * 0.1)
    assert against(piece(0.9), *SURE) == pytest.approx(0.0)
    assert against(*SURE, piece(1.0, block=BlockType.HEADING)) == pytest.approx(0.2)
    assert against(piece(1.0, block=BlockType.HEADING), *SURE) == pytest.approx(0.0)


def test_doubt_is_of_characters_and_a_long_text_weighs_no_more() -> None:
    scores, chars = np.array([0.5, 0.2, 0.9, 0.5], dtype=np.float32), np.array([100, 100, 100, 9000], dtype=np.float32)
    assert doubt_of(scores, chars) == pytest.approx(100 + 40 + 600)
    assert doubt_of(scores[:0], chars[:0]) == 0.0


def test_a_page_that_goes_on_after_its_article_is_less_sure_than_the_article_alone() -> None:
    story = "".join(f"<p>{LONG} It was day {number} of the strike.</p>" for number in range(6))
    alone = f"<html><head><title>Strike</title></head><body><main><h1>Strike</h1>{story}</main></body></html>"
    more = "".join(f"<div><p>{text}</p></div>" for text in ("Write to the harbour", f"Also on the pier: {LONG}", "More, from the quay"))
    mixed = alone.replace("</main>", f"{more}</main>")
    sure = [extract(html).provenance["body"] for html in (alone, mixed)]
    assert sure[0] is not None
    assert sure[1] is not None
    assert sure[0].confidence > sure[1].confidence
