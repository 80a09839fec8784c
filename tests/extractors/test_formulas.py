"""Formulas: the TeX that a page tells, once, wherever it was set."""

import pytest

from tests.sentence import body_with

TEX = "E = mc^2"
STYLED = r"{\displaystyle E = mc^2}"
MATHML = "<math{}><semantics><mrow><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></mrow>{}</semantics></math>"
NOTE = f'<annotation encoding="application/x-tex">{TEX}</annotation>'


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        pytest.param(MATHML.format("", NOTE), f"${TEX}$", id="annotation"),
        pytest.param(MATHML.format(f' alttext="{TEX}"', ""), f"${TEX}$", id="alttext"),
        pytest.param(MATHML.format("", ""), "E=mc2", id="bare"),
        pytest.param(
            f'<span class="katex"><span class="katex-mathml">{MATHML.format("", NOTE)}</span>'
            '<span class="katex-html" aria-hidden="true"><span class="base">E=mc<span>2</span></span></span></span>',
            f"${TEX}$",
            id="KaTeX",
        ),
        pytest.param(
            f'<span class="mwe-math-element"><span style="display: none;">'
            f"{MATHML.format('', NOTE.replace(TEX, STYLED))}</span>"
            '<img src="/math/1.svg" class="mwe-math-fallback-image-inline" alt="x"></span>',
            f"${TEX}$",
            id="MediaWiki",
        ),
        pytest.param(f'<script type="math/tex">{TEX}</script>', f"${TEX}$", id="script"),
        pytest.param(f'<script type="math/tex; mode=display">% <![CDATA[\n{TEX} %]]></script>', f"$${TEX}$$", id="display"),
        pytest.param(
            f'<span class="MathJax_Preview">E</span><span class="MathJax" id="m-1">E=mc2</span><script type="math/tex">{TEX}</script>',
            f"${TEX}$",
            id="rendered",
        ),
    ],
)
def test_a_formula_stands_once_in_its_sentence(formula: str, said: str) -> None:
    assert f"He saw {said} there." in body_with(formula)


def test_a_picture_of_a_formula_does_not_end_the_sentence() -> None:
    picture = f'<img src="/latex.php?latex=1" alt="{TEX}" class="latex">'
    fallback = f'<span><span>{MATHML.format("", NOTE)}</span><img class="mwe-math-fallback-image-inline" alt="x"></span>'
    for formula in (picture, fallback):
        assert f"He saw ${TEX}$-like there." in body_with(f"{formula}-like")


def test_an_endless_formula_is_left_out() -> None:
    assert "He saw there." in body_with(MATHML.format(f' alttext="{"x + " * 1000}"', ""))
