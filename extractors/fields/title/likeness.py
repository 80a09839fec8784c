"""How like a heading is to what the data call the title."""

from collections.abc import Iterable

from extractors.document import Candidate
from extractors.fields.cleaning import letters, words
from extractors.fields.title.suffixes import separators

__all__ = ["LEAST_HELD", "ends_of", "fit_of", "told_of"]

MANY_WORDS = 6  # of a title in which one word is no likeness
LEAST_WORDS = 4  # of a part that is no section's name
LEAST_HELD = 7  # letters of a text that a machine title holds
EAST_ASIAN = "\u2e80"  # the first of the scripts without word spaces


def told_of(machine: Iterable[Candidate[str]]) -> list[tuple[str, frozenset[str]]]:
    """The letters and the words of each machine title."""
    return [(letters(value), words(value)) for value in dict.fromkeys(candidate.value for candidate in machine)]


def ends_of(machine: Iterable[Candidate[str]]) -> frozenset[str]:
    """What opens or ends a machine title, parted by a separator: half of it, or words enough for more than a section's name."""
    return frozenset(
        key
        for value in {candidate.value for candidate in machine}
        for start, end in separators(value)
        for part in (value[:start], value[end:])
        if len(key := letters(part)) > LEAST_HELD and (len(part) * 2 >= len(value) or len(part.split()) >= LEAST_WORDS)
    )


def fit_of(text: str, told: list[tuple[str, frozenset[str]]]) -> float:
    """The share, 0 to 1, of `text`'s words that the best fitting machine title shares with it."""
    key, own = letters(text), words(text)
    best = 0.0
    for other, theirs in told:
        if key == other:
            return 1.0
        if len(key) > LEAST_HELD and key[0] >= EAST_ASIAN and key in other:  # without word spaces there are no words to share
            best = max(best, 0.5 + 0.5 * len(key) / len(other))
        shared = len(own & theirs)
        longer = max(len(own), len(theirs))
        if shared == 1 and longer >= MANY_WORDS:  # a mention
            best = max(best, 1 / longer)
        elif shared:
            best = max(best, shared / min(len(own), len(theirs)) * (0.5 + 0.5 * shared / longer))
    return best
