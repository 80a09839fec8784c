"""Letters alone, the form in which texts are compared whatever their case, spaces and punctuation; and the marks that end sentences."""

import re

__all__ = ["DENSE_ENDS", "ENDS", "WIDE", "letters_of"]

# What ends a sentence before a space (Latin, Arabic, Urdu, Devanagari, Burmese, Ethiopic, Armenian, Tibetan, Khmer), and without one.
# Source: the Unicode property Sentence_Terminal, of which these are the marks of scripts that sites are written in. Thai and Lao have none.
ENDS = ".!?…؟۔।॥\u104b\u1362\u0589\u0f0d\u17d4\u17d5"
DENSE_ENDS = "。！？"
WIDE = re.compile("[\u3040-\u9fff\uac00-\ud7af]")  # Kana, Han and Hangul, a letter of which says as much as two

_OTHERS = bytes(code for code in range(128) if not chr(code).isalnum())


def letters_of(text: str) -> str:
    """The letters and digits of `text`, case folded."""
    folded = text.casefold()
    if folded.isascii():  # bytes are sifted in C: a sixth of the time
        return folded.encode("ascii").translate(None, _OTHERS).decode("ascii")
    return "".join(filter(str.isalnum, folded))
