"""Letters alone, in which texts are compared whatever their case and punctuation; marks that end sentences; what a tree can hold."""

import re
from unicodedata import combining, normalize

__all__ = ["DENSE_ENDS", "ENDS", "WIDE", "letters_of", "unaccented", "xml_text"]

# What ends a sentence before a space (Latin, Arabic, Urdu, Devanagari, Burmese, Ethiopic, Armenian, Tibetan, Khmer), and without one.
# Source: the Unicode property Sentence_Terminal, of which these are the marks of scripts that sites are written in. Thai and Lao have none.
ENDS = ".!?…؟۔।॥\u104b\u1362\u0589\u0f0d\u17d4\u17d5"
DENSE_ENDS = "。！？"
WIDE = re.compile("[\u3040-\u9fff\uac00-\ud7af]")  # Kana, Han and Hangul, a letter of which says as much as two

_UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # in XML 1.0; parsers of HTML let them through
_OTHERS = bytes(code for code in range(128) if not chr(code).isalnum())


def letters_of(text: str) -> str:
    """The letters and digits of `text`, case folded."""
    folded = text.casefold()
    if folded.isascii():  # bytes are sifted in C: a sixth of the time
        return folded.encode("ascii").translate(None, _OTHERS).decode("ascii")
    return "".join(filter(str.isalnum, folded))


def unaccented(text: str) -> str:
    """Letters without the accents that Unicode can take off them, as addresses spell them: "é" gives "e", "ø" stays."""
    return text if text.isascii() else "".join(sign for sign in normalize("NFD", text) if not combining(sign))


def xml_text(text: str) -> str:
    """Text without the characters that lxml refuses to write into a tree, though it reads them out of pages."""
    return _UNHELD.sub("", text)
