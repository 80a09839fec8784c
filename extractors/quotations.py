"""The quotation marks that a browser prints around <q>, by the language of the text."""

from collections.abc import Iterable
from itertools import islice

from lxml.etree import _Element as Element

from extractors.inline import text_ahead
from extractors.letters import xml_text

__all__ = ["print_quotations"]

# Opening and closing, then the same for a quotation inside of one, as CLDR has them (delimiters of common/main). What is not named: _ELSE.
_ELSE = "“”‘’"
_MARKS = {
    **dict.fromkeys(("de", "cs", "sk", "sl", "bg", "ka", "is", "et", "lt"), "„“‚‘"),
    **dict.fromkeys(("fr", "es", "it", "ca", "el", "pt-pt", "gl", "eu", "no", "nb", "nn", "sq"), "«»“”"),
    **dict.fromkeys(("ru", "uk", "be"), "«»„“"),
    **dict.fromkeys(("pl", "hu", "ro", "hr", "sr", "bs"), "„”«»"),
    **dict.fromkeys(("sv", "fi", "he"), "””’’"),
    **dict.fromkeys(("ja", "zh-tw", "zh-hk", "zh-hant"), "「」『』"),
    **dict.fromkeys(("fa", "am"), "«»‹›"),
}
_MOST_INSIDE = 1_000  # elements inside a quotation in a line
_DISPLAYS = frozenset({"aside", "blockquote", "figure"})
_GIVEN = frozenset("\"'“”„‟«»‹›‘’‚「」『』")


def print_quotations(quotations: Iterable[Element]) -> None:
    """Write the marks into <q> elements, outer ones first. A quotation that has its own, inside or outside, is left as it is."""
    known: dict[Element, tuple[str, int]] = {}
    for quotation in quotations:
        if next(islice(quotation.iter(), _MOST_INSIDE, None), None) is not None:
            continue
        text = next(filter(str.strip, quotation.itertext()), "").lstrip()
        if not text or text[0] in _GIVEN or text_ahead(quotation).rstrip()[-1:] in _GIVEN or _is_display(quotation):
            continue
        spoken, around = _around(quotation, known)
        marks, depth = _marks(spoken), around % 2 * 2
        quotation.text = marks[depth] + xml_text(quotation.text or "").lstrip()
        if len(quotation):
            quotation[-1].tail = xml_text(quotation[-1].tail or "").rstrip() + marks[depth + 1]
        else:
            quotation.text = quotation.text.rstrip() + marks[depth + 1]


def _is_display(quotation: Element) -> bool:
    """Whether a quotation is set as a block of its own, which style sheets give large marks or none."""
    parent = quotation.getparent()
    return parent is not None and parent.tag in _DISPLAYS


def _around(quotation: Element, known: dict[Element, tuple[str, int]]) -> tuple[str, int]:
    """The language that the nearest element around a quotation names, and how many quotations stand around it.

    `known` holds the same of elements that were met: from each of 50,000 quotations in a deep page all would be passed anew.
    """
    path = []
    above = quotation.getparent()
    while above is not None and above not in known:
        path.append(above)
        above = above.getparent()
    spoken, depth = ("", 0) if above is None else known[above]
    for element in reversed(path):
        spoken, depth = element.get("lang") or spoken, depth + (element.tag == "q")
        known[element] = spoken, depth
    return spoken, depth


def _marks(spoken: str) -> str:
    """The marks of a language."""
    tag = spoken.lower().replace("_", "-")
    return _MARKS.get(tag) or _MARKS.get(tag.partition("-")[0], _ELSE)
