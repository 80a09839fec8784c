"""Scores to the body: the cut, and the lower cut for pages of which the model says "perhaps"."""

import numpy as np
import pytest

from extractors.body.model import load
from extractors.body.select import select
from extractors.document import parse


def kept(scores: list[float], text: str = "The ferry left at nine, an hour late, with forty on board.") -> list[bool]:
    page = parse(f"<html><body>{''.join(f'<p>{number} {text}</p>' for number in range(len(scores)))}</body></html>").outline
    return select(page, np.array(scores, dtype=np.float32), load(None)).kept.tolist()


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([0.9, 0.4, 0.9, 0.1], [True, False, True, False]),  # one paragraph in doubt stays out
        ([0.9, 0.4, 0.4, 0.1], [True, True, True, False]),  # most of the article is in doubt
        ([0.4, 0.3, 0.1, 0.2], [True, True, False, False]),
        ([0.1, 0.2, 0.1, 0.0], [False] * 4),
    ],
)
def test_the_cut_is_lower_where_much_is_in_doubt(scores: list[float], expected: list[bool]) -> None:
    assert kept(scores) == expected
