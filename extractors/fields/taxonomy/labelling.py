"""Labels of a taxonomy as readers see them: strings split, entities and slugs made readable, furniture left out."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from extractors.fields.cleaning import clean
from extractors.fields.moments import find

__all__ = ["distinct", "label_key", "labels_of", "readable"]

MOST_CHARACTERS = 60  # the longest gold topic that is no sentence has 58
MOST_WORDS = 8
MOST_LABELS = 40  # of one signal: the longest sound gold list has 28

_SEPARATOR = re.compile(r"\s*[,;،、，；|]\s*|\s+[•·]\s+|\s+#(?=\w)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{20,}|[0-9a-f]{24,}", re.IGNORECASE)
_MACHINE = re.compile(
    r"^\w+[:=]\S|^(?:https?:)?//|^[\w.-]+\.(?:com|org|net|html?|php|de|fr|uk)$|^/|[{}<>\\]"
    r"|^[_@]\w|^(?:id|page|post|type|nlp)[\s_-]\S*:",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"^(?:category|tag|tags|section|topic|topics|keyword|filed (?:to|under|in)|posted (?:in|to)): (?=\S)", re.IGNORECASE)
_COUNTED = re.compile(r"^[\d\s.,]+|\s*[(\[]?\d+[)\]]?$")  # the number of comments, before or behind the word
_WIDE = re.compile("[\u3400-\u9fff]")
FEWEST_SPACED = 3  # words of Chinese keywords that only spaces part; two may be a person's names
# "pageType: article", "Page: article": what a system notes for itself, a name and a value of which one is written small.
_NOTE = re.compile(r"^(?:[a-z][\w ]{1,24}|[\w ]{2,24}(?=: [a-z])): \S")
_NAMED = re.compile(r"^[\w ]{2,24}: \S")
FEWEST_NOTES, FEWEST_NETWORKS = 2, 3
_SLUG = re.compile(r"^[a-z0-9à-ÿ]+(?:[-_][a-z0-9à-ÿ]+){1,7}$")
_EDGE = " \t,;:#»›>|•·*-–—\"'„“”[]"
_PATH = re.compile(r"^[a-z]{3,14}/(?=\S)")
_LISTS = tomllib.loads(Path(__file__).with_name("furniture.toml").read_text(encoding="utf-8"))
_FURNITURE, _COUNTS, _NETWORKS = (frozenset(_LISTS[key]) for key in ("words", "counted", "networks"))


@lru_cache(maxsize=8192)
def label_key(label: str) -> str:
    """What makes two labels one: letters and digits, without case and accents."""
    plain = unicodedata.normalize("NFKD", label.casefold())
    return "".join(letter for letter in plain if letter.isalnum()) or label


def labels_of(values: Iterable[str]) -> tuple[str, ...]:
    """The labels of one signal: each value split at its separators, each label once, at most MOST_LABELS."""
    found = []
    values = list(values)
    if values and all(map(_PATH.match, values)):
        values = [_PATH.sub("", value) for value in values]
    for value in values:
        text = clean(value)
        if text.startswith("{"):  # a record of the system
            continue
        if len(values) == 1 and text.count(" ") >= FEWEST_SPACED - 1 and all(map(_WIDE.search, text.split())):
            text = text.replace(" ", ",")
        parts = _SEPARATOR.split(text) if _SEPARATOR.search(text) else (text,)
        for part in (_PREFIX.sub("", one) for one in parts):
            label = part.strip(_EDGE) if part.count("(") == part.count(")") else part.strip(_EDGE + "()")
            if _sound(label):
                found.append(label)
    labels = distinct(found)
    if sum(": " in label and bool(_NOTE.match(label)) for label in labels) >= FEWEST_NOTES:
        labels = tuple(label for label in labels if not _NAMED.match(label))
    if len(labels) >= FEWEST_NETWORKS and all(label.casefold() in _NETWORKS for label in labels):
        return ()
    return labels[:MOST_LABELS]


def distinct(labels: Iterable[str], but: Iterable[str] = ()) -> tuple[str, ...]:
    """Each label once, without regard to case and accents, in its first spelling; none that is in `but`."""
    known = {label_key(label) for label in but}
    found: dict[str, str] = {}
    for label in labels:
        key = label_key(label)
        if key not in known:
            found.setdefault(key, label)
    return tuple(found.values())


def readable(slug: str) -> str:
    """A slug as words: "climate-change" gives "climate change"; anything else unchanged."""
    return re.sub("[-_]+", " ", slug) if _SLUG.match(slug) else slug


def _is_day(label: str) -> bool:
    """Whether a label is a date, its clock time and nothing else: the link to its own page that a story's day is."""
    day = next(find(label), None)
    return day is not None and not any(map(str.isalpha, label[: day.start] + label[day.end :]))


def _sound(label: str) -> bool:
    """Whether a string can be a label: short, no address, no identifier, no furniture."""
    return (
        (len(label) > 1 or bool(_WIDE.match(label)))
        and len(label) <= MOST_CHARACTERS
        and len(label.split()) <= MOST_WORDS
        and any(letter.isalnum() for letter in label)
        and not (label.isdigit() and len(label) != 4)
        and label.casefold() not in _FURNITURE
        and not (any(map(str.isdigit, label)) and _COUNTED.sub("", label).casefold() in _COUNTS)
        and not (_YEAR.search(label) and _is_day(label))
        and not _UUID.search(label)
        and not _MACHINE.search(label)
    )
