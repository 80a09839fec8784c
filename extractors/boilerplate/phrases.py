"""Text rules on blocks and sentences: the rules for one language, and which of them fits a block or a sentence."""

import re
from collections.abc import Iterator, Sequence

from extractors.boilerplate.openings import Opening, Openings
from extractors.boilerplate.rule import Place, Rule, Scope, Subject
from extractors.marks import tokens_of
from extractors.piece import Piece

__all__ = ["HEAD", "Book", "fits", "fold", "trimmed"]

# A block is judged by this many of its first characters; no rule's pattern looks further, whatever `most` allows.
HEAD = 400
_ORDER = tuple(Place)
_MOST_KEYS = 4096  # sets of element names whose rules are remembered
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

    __slots__ = ("_author", "_between", "_cued", "_cues", "_openings", "_pairing", "_sentence", "_told", "by_name", "rules")

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules
        blocks = [rule for rule in rules if rule.scope is not Scope.SENTENCE and rule.subject is Subject.BLOCK]
        inside = [rule for rule in blocks if rule.place is not Place.BETWEEN_RULES]
        self._openings = Openings(sorted(inside, key=lambda rule: _ORDER.index(rule.place)))
        self._between = Openings(rule for rule in blocks if rule.place is Place.BETWEEN_RULES)
        self._author = Openings(rule for rule in rules if rule.subject is Subject.AUTHOR)
        self._sentence = Openings(rule for rule in rules if rule.scope is not Scope.BLOCK)
        self._cued = tuple((rule, re.compile(rule.inside)) for rule in blocks if rule.inside)
        self._cues = tuple(dict.fromkeys(cue for rule, _ in self._cued for cue in rule.cues))
        self.by_name: dict[str, tuple[Rule, ...]] = {}
        for rule in rules:
            for name in rule.names:
                self.by_name[name] = (*self.by_name.get(name, ()), rule)
        self._pairing = frozenset(name.partition("-")[0] for name in self.by_name if "-" in name)
        self._told: dict[str, tuple[Rule, ...]] = {}

    def told(self, keys: str) -> tuple[Rule, ...]:
        """The rules whose names are among the tokens of an element's keys, or among their neighbouring pairs, innermost first."""
        rules = self._told.get(keys)
        if rules is None:
            if len(self._told) >= _MOST_KEYS:
                self._told.clear()
            rules = self._told[keys] = tuple(self._names(keys))
        return rules

    def _names(self, keys: str) -> Iterator[Rule]:
        last = ""
        for token in tokens_of(keys):
            yield from self.by_name.get(token, ())
            if last in self._pairing:
                yield from self.by_name.get(f"{last}-{token}", ())
            last = token

    def starts(self, heads: Sequence[str]) -> list[tuple[Opening, ...]]:
        """For each block's folded, trimmed beginning the openings that may match it: for `opens`."""
        return self._openings.of_all(heads)

    def opens(self, piece: Piece, head: str, places: frozenset[Place], *, starts: tuple[Opening, ...]) -> Rule | None:
        """The rule of one of `places`, in their order, whose opening fits the block. `starts`: what is known of `head`, its beginning.

        For the parts that rules set off, see `opens_part`.
        """
        length = len(piece.block.text)
        for opening in starts:
            if opening.place in places and fits(opening.rule, piece, length) and opening.matches(head):
                return opening.rule
        return None

    def opens_part(self, piece: Piece, head: str) -> Rule | None:
        """The rule for parts set off by rules whose opening fits the block."""
        return _opened(self._between, piece, head)

    def holds(self, piece: Piece, head: str, places: frozenset[Place]) -> Rule | None:
        """The rule of one of `places` that finds its words inside a short block."""
        length = len(piece.block.text)
        if length > HEAD or not any(map(head.__contains__, self._cues)):
            return None
        for rule, pattern in self._cued:
            if rule.place in places and fits(rule, piece, length) and any(map(head.__contains__, rule.cues)) and pattern.search(head):
                return rule
        return None

    def introduces(self, piece: Piece, rest: str) -> Rule | None:
        """The rule that fits what follows an author's name at the start of a block."""
        return _opened(self._author, piece, rest)

    def sentences(self, text: str, folded: str, *, offset: int = 0) -> Iterator[tuple[int, int, Rule]]:
        """The (start, end, rule) of sentences and brackets to cut from a block; `folded` is the part of it that begins at `offset`."""
        last = _LAST.match(folded)
        if (
            (last is None or self._sentence_rule(folded[last.end() :]) is None)
            and (offset or self._sentence_rule(folded[:HEAD].partition(". ")[0]) is None)
            and not any(map(folded.__contains__, _OPEN))
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
        rule = self._sentence.first(sentence)
        return rule if rule is not None and len(sentence) <= rule.most else None


def fits(rule: Rule, piece: Piece, length: int) -> bool:
    """Whether the block's size and emphasis are such as the rule asks for."""
    return length <= rule.most and piece.link >= rule.link and piece.bold >= rule.bold and piece.italic >= rule.italic


def _opened(openings: Openings, piece: Piece, head: str) -> Rule | None:
    """The rule of the first opening that fits the block and matches its `head`."""
    length = len(piece.block.text)
    for opening in openings.of(head):
        if fits(opening.rule, piece, length) and opening.matches(head):
            return opening.rule
    return None
