"""The quotation marks that a browser prints around <q>, by the language of the text."""

from collections.abc import Iterable

from lxml.etree import _Element as Element

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
_DISPLAYS = frozenset({"aside", "blockquote", "figure"})
_GIVEN = frozenset("\"'“”„‟«»‹›‘’‚「」『』")


def print_quotations(quotations: Iterable[Element]) -> None:
    """Write the marks into <q> elements, outer ones first. A quotation that has its own, inside or outside, is left as it is."""
    for quotation in quotations:
        text = next(filter(str.strip, quotation.itertext()), "").lstrip()
        if not text or text[0] in _GIVEN or _ahead(quotation)[-1:] in _GIVEN or _is_display(quotation):
            continue
        marks = _marks(quotation)
        depth = sum(1 for _ in quotation.iterancestors("q")) % 2 * 2
        quotation.text = marks[depth] + (quotation.text or "").lstrip()
        if len(quotation):
            quotation[-1].tail = (quotation[-1].tail or "").rstrip() + marks[depth + 1]
        else:
            quotation.text = quotation.text.rstrip() + marks[depth + 1]


def _is_display(quotation: Element) -> bool:
    """Whether a quotation is set as a block of its own, which style sheets give large marks or none."""
    parent = quotation.getparent()
    return parent is not None and parent.tag in _DISPLAYS


def _ahead(quotation: Element) -> str:
    """The text right before a quotation."""
    before, parent = quotation.getprevious(), quotation.getparent()
    return ((before.tail if before is not None else parent.text if parent is not None else None) or "").rstrip()


def _marks(quotation: Element) -> str:
    """The marks of the language of the nearest element around a quotation that names one."""
    spoken = next(filter(None, (element.get("lang") for element in quotation.iterancestors())), "").lower().replace("_", "-")
    return _MARKS.get(spoken) or _MARKS.get(spoken.partition("-")[0], _ELSE)
