"""Strings as pages have them to strings as readers see them: entities, broken encodings, invisible characters, white space."""

import html
import re
import unicodedata
from functools import lru_cache

from extractors.letters import letters_of

__all__ = ["clean", "letters", "words"]

MOST_CHARACTERS = 4_000  # of one field's value; a longer one is no headline, name or label

_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_SURROGATE = re.compile("[\ud800-\udfff]")
# UTF-8 read as windows-1252: a lead byte as Ã, Â, â, Ð, Ñ ... followed by what its continuation byte looks like there.
_MOJIBAKE = re.compile("[ÂÃÐÑØÙ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â[€‚„†][\u0080-\u00bf™œ\u009d˜“”¦¢]|ï»¿")


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """`text` with entities resolved (twice written ones too), mojibake mended, invisible characters and tags gone, white space folded."""
    text = text[:MOST_CHARACTERS]
    if "&" in text:
        text = html.unescape(text)
        if "&" in text:
            text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    if not text.isascii():
        if _MOJIBAKE.search(text):
            text = _mended(text)
        text = _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", text))
    return " ".join(text.split())


def _mended(text: str) -> str:
    """Undo UTF-8 that was read as windows-1252, where the whole string allows it."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        pass  # latin-1 keeps the five bytes that windows-1252 lacks
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


@lru_cache(maxsize=8192)
def letters(text: str) -> str:
    """The letters and digits of `text` alone, compatibility forms and case folded: the key by which spellings agree."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return letters_of(text)


@lru_cache(maxsize=4096)
def words(text: str) -> frozenset[str]:
    """The words of `text`, case folded; a text without word spaces gives its pairs of letters."""
    found = frozenset(re.findall(r"\w+", text.casefold()))
    if len(found) < 3 and len(text) > 12:
        return frozenset(text[place : place + 2] for place in range(len(text) - 1))
    return found
