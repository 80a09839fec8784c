"""Text rules on blocks and sentences: a page's rules joined into a few expressions, so that a block costs a few matches."""

import re
import sys
from collections.abc import Iterable, Iterator

from extractors.boilerplate.firsts import firsts
from extractors.boilerplate.rule import Place, Rule, Scope, Subject
from extractors.piece import Piece

__all__ = ["HEAD", "Book", "fits", "fold", "trimmed"]

# A block is judged by this many of its first characters; no rule's pattern looks further, whatever `most` allows.
HEAD = 400
# Blocks longer than this are tried only with the rules made for long ones: disclaimers, fair use.
LONG = 300
_PLAIN = tuple(zip("’‘‚‛´`“”„‟«»–—‑‐−\u00a0\u202f\u3000", "'" * 6 + '"' * 6 + "-" * 5 + "   ", strict=True))
_LEADING = " *•·-|>►▶→➡»:_~#\"'([{<▪■●✉📩👉📧🔔📲🔗⬇👇,.=+/\ufe0f"
_SENTENCE = re.compile(r"(?:[.!?…؟।]+[\"')\]]*\s+|[。！？]+[」』）)\"']*\s*)(?=\S)")
# The end of the last sentence but one: greedy, so found from the end.
_LAST = re.compile(r"(?s).*(?:[.!?…؟।]+[\"')\]]*\s+|[。！？]+[」』）)\"']*\s*)(?=\S)")
_OPEN, _CLOSE = ("[", "(", "（", "【"), ("]", ")", "）", "】")
_BRACKETED = re.compile(r"\s*(?:\[([^\[\]]{6,300})\]|\(([^()]{6,300})\)|（([^（）]{4,200})）|【([^【】]{4,200})】)")


def fold(text: str) -> str:
    """Text as patterns see it: lower case, straight quotes, plain hyphens and spaces; the same length as before."""
    if text.isascii():
        return text.lower()
    text = text.replace("İ", "i").lower()
    for letter, plain in _PLAIN:
        if letter in text:
            text = text.replace(letter, plain)
    return text


def trimmed(folded: str) -> str:
    """Folded text without the ornaments and brackets that it opens with."""
    return folded.lstrip(_LEADING)


class Book:
    """The rules for one page's language, in order: the first that fits names the removal."""

    __slots__ = ("_author", "_cued", "_cues", "_long", "_openings", "_sentence", "by_name", "rules")

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules
        blocks = [rule for rule in rules if rule.scope is not Scope.SENTENCE and rule.subject is Subject.BLOCK]
        self._openings = {place: _Joined(rule for rule in blocks if rule.place is place) for place in Place}
        self._long = {place: _Joined(rule for rule in blocks if rule.place is place and rule.most > LONG) for place in Place}
        self._author = _Joined(rule for rule in rules if rule.subject is Subject.AUTHOR)
        self._sentence = _Joined(rule for rule in rules if rule.scope is not Scope.BLOCK)
        self._cued = tuple((rule, re.compile(rule.inside)) for rule in blocks if rule.inside)
        self._cues = tuple(dict.fromkeys(cue for rule, _ in self._cued for cue in rule.cues))
        self.by_name: dict[str, tuple[Rule, ...]] = {}
        for rule in rules:
            for name in rule.names:
                self.by_name[name] = (*self.by_name.get(name, ()), rule)

    def opens(self, piece: Piece, head: str, place: Place) -> Rule | None:
        """The rule of `place` whose opening fits the block; `head` is its folded, trimmed beginning."""
        return self._first((self._long if len(piece.block.text) > LONG else self._openings)[place], piece, head)

    def holds(self, piece: Piece, head: str, places: frozenset[Place]) -> Rule | None:
        """The rule of one of `places` that finds its words inside a short block."""
        length = len(piece.block.text)
        if length > HEAD or not any(cue in head for cue in self._cues):
            return None
        for rule, pattern in self._cued:
            if rule.place in places and fits(rule, piece, length) and any(cue in head for cue in rule.cues) and pattern.search(head):
                return rule
        return None

    def introduces(self, piece: Piece, rest: str) -> Rule | None:
        """The rule that fits what follows an author's name at the start of a block."""
        return self._first(self._author, piece, rest)

    def sentences(self, text: str, folded: str, *, offset: int = 0) -> Iterator[tuple[int, int, Rule]]:
        """The (start, end, rule) of sentences and brackets to cut from a block; `folded` is the part of it that begins at `offset`."""
        last = _LAST.match(folded)
        if (
            (last is None or self._sentence_rule(folded[last.end() :]) is None)
            and (offset or self._sentence_rule(folded[:HEAD].partition(". ")[0]) is None)
            and not any(mark in folded for mark in _OPEN)
        ):
            return
        taken = len(text)
        bounds = [match.end() for match in _SENTENCE.finditer(folded)]
        for start in reversed(bounds):
            rule = self._sentence_rule(folded[start : taken - offset])
            if rule is None:
                break
            taken = offset + start
            yield taken, len(text), rule
        if offset == 0 and bounds and bounds[0] < taken and (rule := self._sentence_rule(folded[: bounds[0]])):
            yield 0, bounds[0], rule
        for match in _BRACKETED.finditer(folded, 0, taken - offset):
            if rule := self._sentence_rule(match[match.lastindex or 0]):
                yield offset + match.start(), offset + match.end(), rule

    def _sentence_rule(self, sentence: str) -> Rule | None:
        if sentence[:1] in _OPEN and sentence.rstrip(" .!")[-1:] not in _CLOSE:
            return None  # it begins with a bracket but says more after it: the bracket alone is judged
        sentence = trimmed(sentence)
        rule = self._sentence.match(sentence)
        return rule if rule is not None and len(sentence) <= rule.most else None

    def _first(self, joined: "_Joined", piece: Piece, head: str) -> Rule | None:
        found = joined.match(head)
        length = len(piece.block.text)
        if found is None or fits(found, piece, length):
            return found
        return next(
            (rule for rule in joined.rules if fits(rule, piece, length) and any(re.match(text, head) for text in rule.openings)), None
        )


class _Joined:
    """Rules of which the first whose opening matches is wanted. Openings are tried by first letter: one expression each, made when met."""

    __slots__ = ("_any", "_by_letter", "_lettered", "rules")

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rule for rule in rules if rule.openings)
        known = [(index, text, firsts(text)) for index, rule in enumerate(self.rules) for text in rule.openings]
        self._lettered = tuple((index, text, letters) for index, text, letters in known if letters is not None)
        self._any = _either([(index, text) for index, text, letters in known if letters is None])
        self._by_letter: dict[str, re.Pattern[str] | None] = {}

    def match(self, text: str) -> Rule | None:
        """The first rule that matches at the start of the text."""
        if not text:
            return None
        letter = text[0]
        if letter not in self._by_letter:
            self._by_letter[letter] = _either([(index, text) for index, text, letters in self._lettered if letter in letters])
        first = min(_index(self._by_letter[letter], text), _index(self._any, text))
        return self.rules[first] if first < len(self.rules) else None


def _either(numbered: list[tuple[int, str]]) -> re.Pattern[str] | None:
    """One expression for all, each in a group that bears the number of its rule."""
    if not numbered:
        return None
    return re.compile("|".join(f"(?P<r{index}_{at}>{text})" for at, (index, text) in enumerate(numbered)))


def _index(pattern: re.Pattern[str] | None, text: str) -> int:
    """The number of the rule that matched, or one above all numbers."""
    match = pattern.match(text) if pattern else None
    return int(match.lastgroup[1:].partition("_")[0]) if match and match.lastgroup else sys.maxsize


def fits(rule: Rule, piece: Piece, length: int) -> bool:
    """Whether the block's size and emphasis are such as the rule asks for."""
    return length <= rule.most and piece.link >= rule.link and piece.bold >= rule.bold and piece.italic >= rule.italic
