"""One look over a page's lines for all fields: those with a telling first word, and the sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, count, product

from extractors.fields.words import HUMPS, OPENING
from extractors.labels import label_words, opens_label
from extractors.structured import Facts

__all__ = ["HEADINGS", "Lines", "sentences", "telling_lines"]

HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_LONGEST = 600  # characters of a line that a by-word or a label may open
_SENTENCE = 40  # characters of a run that is more than a menu entry
_CREDIT, _LABEL = 1, 2


def _cased(starts: Iterable[str]) -> frozenset[str]:
    """The starts with each of their letters small and capital."""
    return frozenset("".join(letters) for start in starts for letters in product(*((letter.lower(), letter.upper()) for letter in start)))


# What lines that may begin with a telling word begin with, in ASCII: its first three characters, or a short word and what may end it.
_WORDS = {*OPENING, *label_words()}
_THREE = _cased({word[:3] for word in _WORDS} | {word + end for word in _WORDS if len(word) == 2 for end in " :"})
_TWO = HUMPS | _cased(word + end for word in _WORDS if len(word) == 1 for end in " :")


@dataclass(frozen=True, slots=True)
class Lines:
    """The numbers of the runs whose first word may begin a credit, and of those whose first word may begin a label."""

    credits: list[int]
    labels: list[int]


def telling_lines(facts: Facts) -> Lines:
    """The lines with a telling first word, found once."""
    return facts.once(_lines)


def sentences(facts: Facts) -> str:
    """The lines that are more than menu entries, in one string."""
    return facts.once(_sentences)


def _sentences(facts: Facts) -> str:
    return " ".join(run.text for run in facts.document.outline.runs if len(run.text) > _SENTENCE)


def _lines(facts: Facts) -> Lines:
    credited: list[int] = []
    labelled: list[int] = []
    runs = facts.document.outline.runs
    for number in compress(count(), [_may_tell(run[0][:3]) for run in runs]):  # most lines end here
        text = runs[number][0]
        if len(text) < _LONGEST and (kinds := _kinds(text.lstrip().partition(" ")[0])):
            if kinds & _CREDIT:
                credited.append(number)
            if kinds & _LABEL:
                labelled.append(number)
    return Lines(credited, labelled)


@lru_cache(maxsize=8192)
def _may_tell(start: str) -> bool:
    """Whether a line that begins so may begin with a telling word."""
    return start in _THREE or start[:2] in _TWO or not start.isascii() or start[0] == " "


@lru_cache(maxsize=8192)
def _kinds(word: str) -> int:
    """What a line that begins with `word` may be."""
    return _CREDIT * (word in OPENING or word[:2] in HUMPS) | _LABEL * opens_label(word)
