"""Text as the patterns see it: folded, without the ornaments that it opens with, and where its sentences begin."""

import re
from collections.abc import Iterator

from extractors.letters import DENSE_ENDS, ENDS

__all__ = ["ENDING", "HEAD", "brackets", "first_end", "fold", "folded", "last_start", "starts", "trimmed"]

# A block is judged by this many of its first characters; no rule's pattern looks further, whatever `most` allows.
HEAD = 400
ENDING = f"{ENDS}{DENSE_ENDS}:\"')]"  # what stands before a new sentence
_PLAIN = tuple(zip("’‘‚‛´`“”„‟«»–—‑‐−\u00a0\u202f\u3000İ", "'" * 6 + '"' * 6 + "-" * 5 + "   i", strict=True))
_LEADING = " *•·-（【［〔《〈※・：|>►▶→➡»:_~#\"'([{<▪■●✉📩👉📧🔔📲🔗⬇👇,.=+/\ufe0f"
_PICTURES = re.compile("[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u200d\\s]+")
# Of a row of full stops only the first is looked behind: from each of 400 the time would go by their square.
_SENTENCE = re.compile(rf"(?:[{ENDS}](?<![{ENDS}]{{2}})[{ENDS}]*+[\"')\]]*+\s++|[{DENSE_ENDS}]+[」』）)\"']*\s*)(?=\S)")
# The end of the last sentence but one: greedy, so found from the end, letter by letter: the fewer a class holds, the faster.
_LAST_DENSE = re.compile(rf"(?s).*(?:[{ENDS}][\"')\]]*+\s++|[{DENSE_ENDS}][」』）)\"']*\s*)(?=\S)")
_LAST = re.compile(rf"(?s).*[{ENDS}][\"')\]]*\s+(?=\S)")
_LAST_ASCII = re.compile(r"(?s).*[.!?][\"')\]]*\s+(?=\S)")
_BRACKETED = re.compile(r"\[([^\[\]]{6,300})\]|\(([^()]{6,300})\)|（([^（）]{4,200})）|【([^【】]{4,200})】|［([^［］]{4,200})］")


def fold(text: str) -> str:
    """Text as patterns see it: lower case, straight quotes, plain hyphens and spaces; the same length as before."""
    return _plain(text).lower()


def folded(texts: list[str]) -> list[str]:
    """Each text folded: all at once, which costs half as much. Most are ASCII by then, whose lower case costs a tenth."""
    several = _plain("\0".join(texts)).split("\0")
    return list(map(str.lower, several)) if len(several) == len(texts) else list(map(fold, texts))


def _plain(text: str) -> str:
    if text.isascii():
        return text
    for letter, plain in _PLAIN:
        if letter in text:
            text = text.replace(letter, plain)
    return text


def trimmed(folded: str) -> str:
    """Folded text without the ornaments, brackets and pictures that it opens with."""
    head = folded.lstrip(_LEADING)
    if head[:1] > "\u2190" and (pictures := _PICTURES.match(head)):
        return head[pictures.end() :].lstrip(_LEADING)
    return head


def starts(folded: str) -> list[int]:
    """Where sentences begin, but for the first."""
    return [match.end() for match in _SENTENCE.finditer(folded)]


def first_end(folded: str) -> int:
    """Where the first of several sentences ends."""
    match = _SENTENCE.search(folded)
    return match.end() if match else len(folded)


def last_start(folded: str) -> int:
    """Where the last sentence begins; 0 where there is but one."""
    if folded.isascii():
        if "." not in folded and "?" not in folded and "!" not in folded:
            return 0
        match = _LAST_ASCII.match(folded)
    else:
        match = (_LAST_DENSE if "。" in folded or "！" in folded or "？" in folded else _LAST).match(folded)
    return match.end() if match else 0


def brackets(folded: str, end: int) -> Iterator[tuple[int, int, int]]:
    """(start with the space before it, start of its words, end) of each bracket up to `end`."""
    for match in _BRACKETED.finditer(folded, 0, end):
        yield len(folded[: match.start()].rstrip()), match.start(match.lastindex or 0), match.end()
