"""Mojibake: UTF-8 that somebody took for windows-1252 or Latin-1 and wrote out as UTF-8 once more ("donâ€™t")."""

import re

__all__ = ["is_telling", "is_written_twice", "mended"]

# What a continuation byte (80 to BF) looks like: in Latin-1 the character of that number, in windows-1252 for the first half one of these.
_PRINTED = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_NEXT = f"[\u0080-\u00bf{_PRINTED}]"
_SEQUENCE = re.compile(f"[\u00c2-\u00df]{_NEXT}|[\u00e0-\u00ef]{_NEXT}{{2}}|[\u00f0-\u00f4]{_NEXT}{{3}}")
# Of these, the ones that hardly any sound text has: punctuation, accented letters, Cyrillic, Arabic; and the strings to look for first.
_TELLING = re.compile(f"â[€\u0080]{_NEXT}|[ÃÐÑØÙ]{_NEXT}|ï»¿")
_LETTERS = "âÃÐÑØÙ"  # one letter is found ten times as fast as two, and most pages have none of these
_CUES = ("â€", "â\u0080", *"ÃÐÑØÙ")
_PUNCTUATION = re.compile("[‘’“”–—…]")
_FEW = 3  # a page that has fewer tells of mojibake rather than suffers from it


def is_written_twice(page: str) -> bool:
    """Whether the text of a page is mojibake: it has more punctuation and letters gone so than punctuation that has not.

    A page on encodings shows a few and is set with sound quotation marks, or none.
    """
    if page.isascii() or not any(letter in page for letter in _LETTERS) or not any(cue in page for cue in _CUES):
        return False
    gone = len(_TELLING.findall(page))
    return gone >= _FEW and gone > len(_PUNCTUATION.findall(_SEQUENCE.sub("", page)))


def is_telling(text: str) -> bool:
    """Whether a short text has what hardly any has that was not encoded twice. "ÉTÉ»" is none, though its end could be one letter."""
    return _TELLING.search(text) is not None


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
