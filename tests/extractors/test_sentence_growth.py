"""What stands inside sentences and tables takes time by its number."""

import pytest

from tests.hostile import PROSE, attempt, bounded, page

MANY = 80_000


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param("<math><mi>x</mi></math>" * MANY, id="formulas"),
        pytest.param("<script type='math/tex'>x</script>" * MANY, id="scripts of formulas"),
        pytest.param("a<x-y>b</x-y>" * MANY, id="custom elements"),
        pytest.param("a<button>b</button>" * MANY, id="buttons"),
        pytest.param("a<noscript><img></noscript>" * MANY, id="pictures without scripts"),
        pytest.param("a<sup><a href='#1'>1</a></sup>" * MANY, id="footnotes"),
        pytest.param("<table>" + ("<tr>" + "<td rowspan=1000>a" * 10) * 2_000 + "</table>", id="cells over rows"),
        pytest.param("<table>" + ("<tr>" + "<td colspan=1000>a" * 10) * 2_000 + "</table>", id="cells over columns"),
    ],
)
def test_many_of_them(inside: str) -> None:
    with bounded(8):  # formulas took 40 s, custom elements 18 s
        attempt(page(f"<article>{PROSE}<p>{inside}</p></article>"))
