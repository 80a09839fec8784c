"""Formulas as text: what MathML, KaTeX and MathJax set becomes the TeX that it was made of, and stands once."""

import re
from collections.abc import Iterable
from itertools import islice

from lxml.etree import _Element as Element

from extractors.inline import make_span

__all__ = ["TEX_SCRIPT", "print_formulas"]

TEX_SCRIPT = "math/tex"  # the type of MathJax 2's scripts, which Jekyll writes into pages
# {\displaystyle …}, which MediaWiki puts around every formula, and comments of TeX.
_STYLED = re.compile(r"\{\\(?:display|text)style\s(?P<tex>.*)\}", re.DOTALL)
_COMMENT = re.compile(r"(?<!\\)%.*")
_LONGEST = 2_000  # characters of one formula
_NEAR = 2  # siblings on either side: a preview and the glyphs stand before MathJax's script
# What shows the same formula beside it, as glyphs or as a picture, by its class.
_GLYPHS = frozenset(
    "katex-html MathJax MathJax_Preview MathJax_Display MathJax_SVG MathJax_CHTML mjx-chtml "
    "mwe-math-fallback-image-inline mwe-math-fallback-image-display".split()
)


def print_formulas(formulas: Iterable[Element]) -> None:
    """Make spans of text of <math> and of MathJax's scripts: "$E = mc^2$", "$$…$$" on a line of its own, bare characters without TeX."""
    for formula in formulas:
        is_display = formula.get("display") == "block" or "mode=display" in (formula.get("type") or "")
        tex = " ".join(_COMMENT.sub("", _tex(formula)).split())
        mark = "$$" if is_display else "$"
        said = f"{mark}{tex}{mark}" if tex else "".join("".join(islice(formula.itertext(), _LONGEST)).split())
        _without_glyphs(formula)
        make_span(formula, said if len(said) <= _LONGEST else "")


def _tex(formula: Element) -> str:
    """The TeX of a formula, "" where the page does not tell it."""
    if formula.tag == "script":
        return (formula.text or "").removeprefix("% <![CDATA[").removesuffix("%]]>")
    noted = (note.text or "" for note in islice(formula.iter("annotation"), _NEAR) if "tex" in (note.get("encoding") or "").lower())
    tex = next(filter(str.strip, noted), None) or formula.get("alttext") or ""
    styled = _STYLED.fullmatch(tex.strip())
    return styled["tex"] if styled else tex


def _without_glyphs(formula: Element) -> None:
    """Empty what shows the formula a second time, beside it or beside what is wrapped around it alone."""
    parent = formula.getparent()
    wraps = [formula]
    if parent is not None and formula.getprevious() is None and formula.getnext() is None:
        parent.attrib.pop("style", None)  # MediaWiki hides it, and shows the picture
        wraps.append(parent)
    for wrap in wraps:
        for twin in (*islice(wrap.itersiblings(preceding=True), _NEAR), *islice(wrap.itersiblings(), _NEAR)):
            if not _GLYPHS.isdisjoint((twin.get("class") or "").split()):
                make_span(twin)
