"""Strings as pages have them to strings as readers see them: entities, broken encodings, invisible characters, white space."""

import html
import re
import unicodedata
from functools import lru_cache

from extractors.letters import letters_of
from extractors.mojibake import is_telling, mended

__all__ = ["clean", "letters", "words"]

MOST_CHARACTERS = 4_000  # of one field's value; a longer one is no headline, name or label

_INVISIBLE = re.compile(
    "[\u00ad\u200b\u200e\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ue000-\uf8ff]"
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_SURROGATE = re.compile("[\ud800-\udfff]")


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
        if is_telling(text):
            text = mended(text)
        text = _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", text))
    return " ".join(text.split())


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
