"""Mojibake: UTF-8 that somebody took for windows-1252 or Latin-1 and wrote out as UTF-8 once more ("donâ€™t")."""

import re
from html import unescape

__all__ = ["is_telling", "is_written_twice", "mended", "unspelled"]

# What a continuation byte (80 to BF) looks like: in Latin-1 the character of that number, in windows-1252 for the first half one of these.
_PRINTED = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_NEXT = f"[\u0080-\u00bf{_PRINTED}]"
_SEQUENCE = re.compile(f"[\u00c2-\u00df]{_NEXT}|[\u00e0-\u00ef]{_NEXT}{{2}}|[\u00f0-\u00f4]{_NEXT}{{3}}")
# Of these, the ones that hardly any sound text has, by their first letter: punctuation, accented letters, Cyrillic, Arabic. Most pages have
# none of the letters; where one is common, as in Norwegian or Portuguese, a pattern that begins with it is found as fast as the letter.
_TELLING = {"â": re.compile(f"â[€\u0080]{_NEXT}"), **{letter: re.compile(f"{letter}{_NEXT}") for letter in "ÃÐÑØÙ"}, "ï": re.compile("ï»¿")}
_SPELLED = re.compile(r"&[aA](?:circ|tilde);(?:&(?:[a-zA-Z]{2,8}|#\d{2,4});){1,3}")
_PUNCTUATION = re.compile("[‘’“”–—…]")
_FEW = 3  # a page that has fewer tells of mojibake rather than suffers from it


def is_written_twice(page: str) -> bool:
    """Whether the text of a page is mojibake: it has more punctuation and letters gone so than punctuation that has not.

    A page on encodings shows a few and is set with sound quotation marks, or none.
    """
    gone = 0 if page.isascii() else sum(len(pattern.findall(page)) for letter, pattern in _TELLING.items() if letter in page)
    return gone >= _FEW and gone > len(_PUNCTUATION.findall(_SEQUENCE.sub("", page)))


def unspelled(page: str) -> str:
    """The page with what an editor wrote as entities put right: "isn&acirc;&euro;&trade;t"."""
    return _SPELLED.sub(lambda found: mended(unescape(found[0])), page)


def is_telling(text: str) -> bool:
    """Whether a short text has what hardly any has that was not encoded twice. "ÉTÉ»" is none, though its end could be one letter."""
    return any(pattern.search(text) for pattern in _TELLING.values())


def mended(text: str) -> str:
    """The text with each sequence put right that is valid UTF-8 when taken back; what is not stays as it is."""
    return _SEQUENCE.sub(_taken_back, text)


def _taken_back(match: re.Match[str]) -> str:
    sequence = match[0]
    try:
        return b"".join(map(_byte, sequence)).decode("utf-8")
    except UnicodeError:
        return sequence


def _byte(character: str) -> bytes:
    return character.encode("cp1252" if character in _PRINTED else "latin-1")
