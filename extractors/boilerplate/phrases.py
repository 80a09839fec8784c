"""Text rules on blocks and sentences: the rules of a page joined into a few expressions, so that a block costs a few matches, not one a rule."""

import re
from collections.abc import Iterable, Iterator

from extractors.boilerplate.rule import Place, Rule, Scope, Subject
from extractors.piece import Piece

__all__ = ["HEAD", "Book", "fold", "trimmed"]

# A block is judged by this many of its first characters; no rule's pattern looks further, whatever `most` allows.
HEAD = 400
# Blocks longer than this are tried only with the rules made for long ones: disclaimers, fair use.
LONG = 300
_TABLE = str.maketrans("’‘‚‛´`“”„‟«»–—‑‐−\u00a0\u202f\u3000", "'" * 6 + '"' * 6 + "-" * 5 + "   ")
_LEADING = " *•·-|>►▶→➡»:_~#\"'([{<▪■●✉📩👉📧🔔📲🔗⬇👇,.=+/\ufe0f"
_SENTENCE = re.compile(r"(?:[.!?…؟।]+[\"')\]]*\s+|[。！？]+[」』）)\"']*\s*)(?=\S)")
_BRACKETED = re.compile(r"\s*(?:\[([^\[\]]{6,300})\]|\(([^()]{6,300})\)|（([^（）]{4,200})）|【([^【】]{4,200})】)")


def fold(text: str) -> str:
    """Text as patterns see it: lower case, straight quotes, plain hyphens and spaces; the same length as before."""
    if text.isascii():
        return text.lower()
    return text.replace("İ", "i").lower().translate(_TABLE)


def trimmed(folded: str) -> str:
    """Folded text without the ornaments and brackets that it opens with."""
    return folded.lstrip(_LEADING)


class Book:
    """The rules for one page's language, in order: the first that fits names the removal."""

    __slots__ = ("_author", "_cued", "_cues", "_long", "_openings", "_sentence", "_sentence_cues", "by_name", "rules")

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules
        blocks = [rule for rule in rules if rule.scope is not Scope.SENTENCE and rule.subject is Subject.BLOCK]
        self._openings = {place: _joined(rule for rule in blocks if rule.place is place) for place in Place}
        self._long = {place: _joined(rule for rule in blocks if rule.place is place and rule.most > LONG) for place in Place}
        self._author = _joined(rule for rule in rules if rule.subject is Subject.AUTHOR)
        self._sentence = _joined(rule for rule in rules if rule.scope is not Scope.BLOCK)
        self._cued = tuple((rule, re.compile(rule.inside)) for rule in blocks if rule.inside)
        self._cues = tuple(dict.fromkeys(cue for rule, _ in self._cued for cue in rule.cues))
        self._sentence_cues = tuple(dict.fromkeys(cue for rule in rules if rule.scope is not Scope.BLOCK for cue in rule.cues))
        self.by_name: dict[str, tuple[Rule, ...]] = {}
        for rule in rules:
            for name in rule.names:
                self.by_name[name] = (*self.by_name.get(name, ()), rule)

    def opens(self, piece: Piece, head: str, place: Place) -> Rule | None:
        """The rule of `place` whose opening fits the block; `head` is its folded, trimmed beginning."""
        length = len(piece.block.text)
        pattern = (self._long if length > LONG else self._openings)[place]
        return self._first(pattern, piece, head, length)

    def holds(self, piece: Piece, head: str, places: frozenset[Place]) -> Rule | None:
        """The rule of one of `places` that finds its words inside a short block."""
        length = len(piece.block.text)
        if length > HEAD or not any(cue in head for cue in self._cues):
            return None
        for rule, pattern in self._cued:
            if rule.place in places and _fits(rule, piece, length) and any(cue in head for cue in rule.cues) and pattern.search(head):
                return rule
        return None

    def introduces(self, piece: Piece, rest: str) -> Rule | None:
        """The rule that fits what follows an author's name at the start of a block."""
        return self._first(self._author, piece, rest, len(piece.block.text))

    def sentences(self, text: str, folded: str, *, offset: int = 0) -> Iterator[tuple[int, int, Rule]]:
        """The (start, end, rule) of sentences and brackets to cut from a block; `folded` is the part of it that begins at `offset`."""
        if self._sentence is None or not any(cue in folded for cue in self._sentence_cues):
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
        sentence = trimmed(sentence)
        if self._sentence is None or (match := self._sentence[0].match(sentence)) is None:
            return None
        rule = self._sentence[1][match.lastgroup or ""]
        return rule if len(sentence) <= rule.most else None

    def _first(self, pattern: "_Joined | None", piece: Piece, head: str, length: int) -> Rule | None:
        if pattern is None or (match := pattern[0].match(head)) is None:
            return None
        rules = pattern[1]
        rule = rules[match.lastgroup or ""]
        if _fits(rule, piece, length):
            return rule
        return next((other for other in rules.values() if _fits(other, piece, length) and re.match(other.opening, head)), None)


_Joined = tuple[re.Pattern[str], dict[str, Rule]]


def _joined(rules: Iterable[Rule]) -> _Joined | None:
    """One expression of named groups, and the rule that each name stands for."""
    named = {f"r{index}": rule for index, rule in enumerate(rule for rule in rules if rule.opening)}
    if not named:
        return None
    return re.compile("|".join(f"(?P<{name}>{rule.opening})" for name, rule in named.items())), named


def _fits(rule: Rule, piece: Piece, length: int) -> bool:
    """Whether the block's size and emphasis are such as the rule asks for."""
    return length <= rule.most and piece.link >= rule.link and piece.bold >= rule.bold and piece.italic >= rule.italic
