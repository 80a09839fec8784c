"""Text rules on blocks and sentences: the rules for one language, and which of them fits a block or a sentence."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from extractors.boilerplate.openings import Openings
from extractors.boilerplate.rule import Place, Rule, Scope, Subject
from extractors.marks import tokens_of
from extractors.piece import Piece

__all__ = ["ENDS", "HEAD", "LINKED", "PLACES", "Book", "fits", "fold", "trimmed"]

# A block is judged by this many of its first characters; no rule's pattern looks further, whatever `most` allows.
HEAD = 400
LINKED = 0.5  # of its characters: a block of so many links tells of other pages
_ORDER = tuple(Place)
PLACES = frozenset(Place)
ENDS = frozenset({Place.LEAD, Place.TAIL, Place.ENDS})
_MOST_KEYS = 4096  # sets of element names whose rules are remembered
_PLAIN = tuple(zip("’‘‚‛´`“”„‟«»–—‑‐−\u00a0\u202f\u3000", "'" * 6 + '"' * 6 + "-" * 5 + "   ", strict=True))
_LEADING = " *•·-|>►▶→➡»:_~#\"'([{<▪■●✉📩👉📧🔔📲🔗⬇👇,.=+/\ufe0f"
_SENTENCE = re.compile(r"(?:[.!?…؟।]+[\"')\]]*\s+|[。！？]+[」』）)\"']*\s*)(?=\S)")
# The end of the last sentence but one: greedy, so found from the end. One class alone costs a third of two.
_LAST_DENSE = re.compile(r"(?s).*(?:[.!?…؟।]+[\"')\]]*\s+|[。！？]+[」』）)\"']*\s*)(?=\S)")
_LAST = re.compile(r"(?s).*[.!?…؟।][\"')\]]*\s+(?=\S)")
# What a post is filed under, as WordPress writes it on the post's own element: an article on advertising bears "category-advertising".
_FILED = re.compile(r"\b(?:category|topics?|\w*tags?)-(?!links?\b|lists?\b)[\w-]+")
_ENDING = ".!?…؟।。！？:\"')]"
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

    __slots__ = ("_anywhere", "_author", "_between", "_cued", "_cues", "_ends", "_pairing", "_sentence", "_told", "by_name", "rules")

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules
        blocks = [rule for rule in rules if rule.scope is not Scope.SENTENCE and rule.subject is Subject.BLOCK]
        ends = [rule for rule in blocks if rule.place in ENDS]
        self._ends = Openings(sorted(ends, key=lambda rule: _ORDER.index(rule.place)))
        self._anywhere = Openings(rule for rule in blocks if rule.place is Place.ANYWHERE)
        self._between = Openings(rule for rule in blocks if rule.place is Place.BETWEEN_RULES)
        self._author = Openings(rule for rule in rules if rule.subject is Subject.AUTHOR)
        self._sentence = Openings(rule for rule in rules if rule.scope is not Scope.BLOCK)
        self._cued = tuple(rule for rule in blocks if rule.inside)
        self._cues = tuple(dict.fromkeys(cue for rule in self._cued for cue in rule.cues))
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
        for token in tokens_of(_FILED.sub("", keys) if "type-" in keys or "hentry" in keys else keys):
            yield from self.by_name.get(token, ())
            if last in self._pairing:
                yield from self.by_name.get(f"{last}-{token}", ())
            last = token

    def opens(self, piece: Piece, head: str) -> Rule | None:
        """The rule for any place whose opening fits the block. `head`: its folded, trimmed beginning."""
        return _opened(self._anywhere, piece, head)

    def opens_end(self, piece: Piece, head: str, places: frozenset[Place]) -> Rule | None:
        """The rule for one of `places`, ends of the article, whose opening fits the block."""
        return _opened(self._ends, piece, head, places=places)

    def opens_part(self, piece: Piece, head: str) -> Rule | None:
        """The rule for parts set off by rules whose opening fits the block."""
        return _opened(self._between, piece, head)

    def cues(self, heads: Iterable[str]) -> tuple[str, ...]:
        """The cues for words inside a block that some of the beginnings of blocks hold."""
        text = "\n".join(heads)
        return tuple(filter(text.__contains__, self._cues))

    def holds(self, piece: Piece, head: str, places: frozenset[Place], *, cues: tuple[str, ...] | None = None) -> Rule | None:
        """The rule of one of `places` that finds its words inside a short block. `cues`: those that it may hold, where that is known."""
        length = len(piece.block.text)
        if length > HEAD or not any(map(head.__contains__, self._cues if cues is None else cues)):
            return None
        for rule in self._cued:
            if rule.place in places and fits(rule, piece, length) and any(map(head.__contains__, rule.cues)) and _inside(rule).search(head):
                return rule
        return None

    def introduces(self, piece: Piece, rest: str) -> Rule | None:
        """The rule that fits what follows an author's name at the start of a block."""
        return _opened(self._author, piece, rest)

    def sentences(self, text: str, folded: str, *, head: str, offset: int = 0) -> list[tuple[int, int, Rule]]:
        """The (start, end, rule) of sentences and brackets to cut from a block, in its order.

        `folded` is the part of it that begins at `offset`, `head` its trimmed beginning.
        """
        found: list[tuple[int, int, Rule]] = []
        last = _last(folded)
        taken = len(text)
        if last is not None and self._sentence_rule(folded[last.end() :]) is not None:
            for start in reversed([match.end() for match in _SENTENCE.finditer(folded)]):
                rule = self._sentence_rule(folded[start : taken - offset])
                if rule is None:
                    break
                taken = offset + start
                found.append((taken, len(text), rule))
        if last is not None and offset == 0 and self._sentence.of(head):
            first = _SENTENCE.search(folded)
            if first is not None and first.end() < taken and (rule := self._sentence_rule(folded[: first.end()])):
                found.append((0, first.end(), rule))
        if "(" in folded or "[" in folded or "（" in folded or "【" in folded:
            found += [
                (offset + match.start(), offset + match.end(), rule)
                for match in _BRACKETED.finditer(folded, 0, taken - offset)
                if (rule := self._sentence_rule(match[match.lastindex or 0])) and _stands_alone(text, match, offset=offset)
            ]
        return sorted(found, key=lambda span: span[0]) if len(found) > 1 else found

    def _sentence_rule(self, sentence: str) -> Rule | None:
        head = trimmed(sentence)
        openings = self._sentence.of(head)
        if not openings:
            return None
        if sentence[:1] in _OPEN and sentence.rstrip(" .!")[-1:] not in _CLOSE:
            return None  # it begins with a bracket but says more after it: the bracket alone is judged
        rule = next((opening.rule for opening in openings if opening.least <= len(head) and opening.matches(head)), None)
        return rule if rule is not None and len(head) <= rule.most else None


def _last(folded: str) -> re.Match[str] | None:
    dense = "。" in folded or "！" in folded or "？" in folded
    return (_LAST_DENSE if dense else _LAST).match(folded)


def _stands_alone(text: str, bracket: re.Match[str], *, offset: int) -> bool:
    """Whether a bracket is a line of its own, not part of a sentence: square, with a capital, or behind a sentence's end.

    Of what was cut from gold pages, "(read: a larger space)" and "(read more on this below)" were part of one.
    """
    inner = text[offset + bracket.start(bracket.lastindex or 0) :].lstrip()[:1]
    if "[" in bracket[0] or not inner.islower():
        return True
    before = bracket.string[: bracket.start()].rstrip()
    return not before or before[-1] in _ENDING


def fits(rule: Rule, piece: Piece, length: int) -> bool:
    """Whether the block's size and emphasis are such as the rule asks for."""
    if rule.bare and length > rule.bare and piece.kept and piece.link < LINKED:
        return False
    return length <= rule.most and piece.link >= rule.link and piece.bold >= rule.bold and piece.italic >= rule.italic


@lru_cache(maxsize=512)
def _inside(rule: Rule) -> re.Pattern[str]:
    """A rule's `inside`, compiled where a text first holds one of its cues."""
    return re.compile(rule.inside)


def _opened(openings: Openings, piece: Piece, head: str, *, places: frozenset[Place] = PLACES) -> Rule | None:
    """The rule of the first opening that acts in one of `places`, fits the block and matches its `head`."""
    found = openings.of(head)
    if not found:
        return None
    size, length = len(head), len(piece.block.text)
    for opening in found:
        if (
            opening.least <= size
            and length <= opening.most
            and opening.place in places
            and (opening.plain or fits(opening.rule, piece, length))
            and opening.matches(head)
        ):
            return opening.rule
    return None
