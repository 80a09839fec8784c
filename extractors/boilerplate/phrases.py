"""Text rules on blocks and sentences: the rules for one language, and which of them fits a block or a sentence."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from extractors.boilerplate.folding import ENDING, HEAD, brackets, first_end, last_start, starts, trimmed
from extractors.boilerplate.openings import Index, Openings, fits
from extractors.boilerplate.rule import Place, Rule, Scope, Subject
from extractors.marks import tokens_of
from extractors.piece import Piece

__all__ = ["Book", "Shelf"]

_SHORT = 200  # characters: most rules for words inside a block are for credits and labels, most text is longer
_MOST_KEYS = 4096  # sets of element names whose rules are remembered
# What a post is filed under, as WordPress writes it on the post's own element: an article on advertising bears "category-advertising".
_FILED = re.compile(r"\b(?:category|topics?|\w*tags?)-(?!links?\b|lists?\b)[\w-]+")
_OPEN, _CLOSE = ("[", "(", "（", "【", "［"), ("]", ")", "）", "】", "］")


class Shelf:
    """The rules of one file, their openings by what they are for."""

    __slots__ = ("author", "between", "blocks", "rules", "sentence")

    def __init__(self, rules: tuple[Rule, ...], rank: int = 0) -> None:
        """`rank`: of the file among all files."""
        blocks = [rule for rule in rules if _is_of_block(rule)]
        self.rules = rules
        self.blocks = Index((rule for rule in blocks if rule.place is not Place.BETWEEN_RULES), rank, by_place=True)
        self.between = Index((rule for rule in blocks if rule.place is Place.BETWEEN_RULES), rank)
        self.author = Index((rule for rule in rules if rule.subject is Subject.AUTHOR), rank)  # for what follows an author's name
        self.sentence = Index((rule for rule in rules if rule.scope is not Scope.BLOCK), rank)


class Book:
    """The rules for one page's language, in order: the first that fits names the removal."""

    __slots__ = ("_cued", "_cues", "_pairing", "_sentence", "_told", "author", "between", "blocks", "by_name", "rules")

    def __init__(self, shelves: Sequence[Shelf]) -> None:
        self.rules = tuple(rule for shelf in shelves for rule in shelf.rules)
        self.blocks = Openings([shelf.blocks for shelf in shelves])
        self.between = Openings([shelf.between for shelf in shelves])
        self.author = Openings([shelf.author for shelf in shelves])
        self._sentence = Openings([shelf.sentence for shelf in shelves])
        self._cued = tuple(rule for rule in self.rules if rule.inside and _is_of_block(rule))
        self._cues = tuple((most, _cues(self._cued, above=above, most=most)) for above, most in pairwise((0, _SHORT, HEAD)))
        self.by_name: dict[str, tuple[Rule, ...]] = {}
        for rule in self.rules:
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

    def cued(self, heads: Sequence[str], sizes: Sequence[int]) -> frozenset[int]:
        """The places of the blocks that hold a cue of a rule for words inside blocks of their size, by their beginnings and sizes."""
        found = set[int]()
        for most, cues in self._cues:
            page = "\n".join([head for head, size in zip(heads, sizes, strict=True) if size <= most])
            here = [cue for cue in cues if cue in page]  # one look for each spares most blocks all of them
            for cue in here:
                found.update([place for place, head in enumerate(heads) if cue in head and sizes[place] <= most])
        return frozenset(found)

    def holds(self, piece: Piece, head: str, places: frozenset[Place]) -> Rule | None:
        """The rule of one of `places` that finds its words inside a short block."""
        length = len(piece.block.text)
        if length > HEAD:
            return None
        for rule in self._cued:
            if rule.place in places and fits(rule, piece, length) and any(map(head.__contains__, rule.cues)) and _inside(rule).search(head):
                return rule
        return None

    def sentences(self, text: str, folded: str, *, head: str, offset: int = 0) -> list[tuple[int, int, Rule]]:
        """The (start, end, rule) of sentences and brackets to cut from a block, in its order.

        `folded` is the part of it that begins at `offset`, `head` its trimmed beginning.
        """
        found: list[tuple[int, int, Rule]] = []
        last = last_start(folded)
        taken = len(text)
        if last and self.sentence(folded[last:]) is not None and any(map(str.isalpha, folded[:last])):  # "7. Newsletter" is one sentence
            for start in reversed(starts(folded)):
                rule = self.sentence(folded[start : taken - offset])
                if rule is None:
                    break
                taken = offset + start
                found.append((taken, len(text), rule))
        if last and offset == 0 and self._sentence.of(head):
            end = first_end(folded)
            if end <= taken and (rule := self.sentence(folded[:end])):
                found.append((0, end, rule))
        if "(" in folded or "[" in folded or "（" in folded or "【" in folded or "［" in folded:
            for start, words, end in brackets(folded, taken - offset):
                rule = self.sentence(folded[words : end - 1])
                if rule is not None and _stands_alone(text[offset:], folded, start=start, words=words):
                    found.append((offset + start, offset + end, rule))
        return sorted(found, key=lambda span: span[0]) if len(found) > 1 else found

    def sentence(self, sentence: str) -> Rule | None:
        """The rule that a folded sentence, bracket or line fits."""
        head = trimmed(sentence)
        openings = self._sentence.of(head)
        if not openings:
            return None
        size = len(head)
        if sentence[:1] in _OPEN and sentence.rstrip(" .!")[-1:] not in _CLOSE:
            return None  # it begins with a bracket but says more after it: the bracket alone is judged
        return next((opening.rule for opening in openings if opening.least <= size <= opening.most and opening.matches(head)), None)


def _is_of_block(rule: Rule) -> bool:
    """Whether a rule's openings begin a block, and may take all of it."""
    return rule.scope is not Scope.SENTENCE and rule.subject is Subject.BLOCK


def _cues(rules: Iterable[Rule], *, above: int, most: int) -> tuple[str, ...]:
    """The cues of the rules whose longest block has more than `above` characters and up to `most` (of what is looked at)."""
    return tuple(dict.fromkeys(cue for rule in rules if above < min(rule.most, HEAD) <= most for cue in rule.cues))


def _stands_alone(text: str, folded: str, *, start: int, words: int) -> bool:
    """Whether a bracket is a line of its own, not part of a sentence: square, with a capital, or behind a sentence's end.

    Of what was cut from gold pages, "(read: a larger space)" and "(read more on this below)" were part of one.
    """
    inner = text[words:].lstrip()[:1]
    return folded[words - 1] == "[" or not inner.islower() or start == 0 or folded[start - 1] in ENDING


@lru_cache(maxsize=512)
def _inside(rule: Rule) -> re.Pattern[str]:
    """A rule's `inside`, compiled where a text first holds one of its cues."""
    return re.compile(rule.inside)
