"""The table of confidence: one number fitted to what bodies of a certainty lose."""

import numpy as np
import pytest

from scraper.gold.confidence import confidence_table


def lost(certainty: float, factor: float) -> float:
    return factor * (1 / certainty - 1) ** 1.5


def test_the_table_gives_back_the_loss_that_it_was_fitted_to() -> None:
    pairs = [(at, 1 - lost(at, 0.12)) for at in (0.4, 0.55, 0.7, 0.8, 0.95)]
    at, values = zip(*confidence_table(pairs), strict=True)
    assert list(values) == sorted(values)
    assert (at[0], values[0]) == (0.0, 0.0)
    assert (at[-1], values[-1]) == (1.0, 1.0)
    for certainty, value in pairs:
        assert float(np.interp(certainty, at, values)) == pytest.approx(value, abs=0.003)


def test_a_page_without_hope_does_not_outweigh_the_others() -> None:
    pairs = [(0.7, 1 - lost(0.7, 0.12))] * 50 + [(0.001, 0.9)]
    at, values = zip(*confidence_table(pairs), strict=True)
    assert float(np.interp(0.7, at, values)) == pytest.approx(1 - lost(0.7, 0.12), abs=0.02)


@pytest.mark.parametrize("pairs", [[], [(1.0, 1.0)] * 3])
def test_where_nothing_speaks_against_any_body_the_table_rises_all_the_same(pairs: list[tuple[float, float]]) -> None:
    table = confidence_table(pairs)
    assert table[0] == [0.0, 0.0]
    assert table[-1] == [1.0, 1.0]
    assert [value for _, value in table] == sorted(value for _, value in table)
