"""How a name is spelled: once, and not in capitals alone."""

import re

from extractors.fields.cleaning import letters
from extractors.fields.words import PARTICLES, TITLES

__all__ = ["once", "spelled"]

# "J.", "J. R.", "AJ", "TK": one letter, letters with dots, or two that no family is called by (Li, Wu, Ng apart).
_INITIALS = re.compile(r"(?:[^\W\d_]\.?|(?:[^\W\d_]\.){2,3}|[^\W\d_]J|[B-DF-HJ-NP-TV-XZ]{2})")

# What stands in small letters in a name in capitals: "ANN McNEIL Jr."
_SMALL = re.compile(r"\bMa?c(?=[A-Z]{2})|\b[JS]r\b")
_SCOTTISH = re.compile(r"(Ma?c)([A-Z]{2,})")


def once(words: list[str]) -> list[str]:
    """A name that a portrait's caption and the line beside it print twice, once: "Jane DoeJane Doe", "Jane Doe Dr. Jane Doe"."""
    if len(words) < 3:
        return words
    text = " ".join(words)
    half = len(text) // 2
    if text[:half].strip(" .") == text[half:].strip(" ."):
        return text[:half].strip(" .").split()
    for size in range(2, len(words) - 1):
        if words[-size:] == words[:size] and all(word.lower() in TITLES for word in words[size:-size]):
            return words[:size]
    return words


def spelled(name: str) -> str:
    """A name in capitals alone in the usual spelling; initials and particles kept."""
    if not (_SMALL.sub("", name).isupper() and " " in name and len(letters(name)) > 5):
        return name
    lows = [word.lower() if word.lower() in PARTICLES else word if _INITIALS.fullmatch(word) else _capital(word) for word in name.split()]
    return " ".join([_capital(lows[0]) if lows[0] in PARTICLES else lows[0], *lows[1:]])


def _capital(word: str) -> str:
    if scottish := _SCOTTISH.fullmatch(word):
        return scottish[1] + scottish[2].capitalize()
    return re.sub(r"[^\W\d_]+", lambda match: match[0].capitalize(), word) if "'" not in word else word.title()
