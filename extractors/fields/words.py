"""The word lists of bylines, read from names.toml and given.toml once."""

import re
import tomllib
from pathlib import Path

from extractors.fields.cleaning import letters

__all__ = [
    "AGENCIES",
    "AMBIGUOUS",
    "ARTICLES",
    "BEFORE",
    "BESIDE",
    "BETWEEN",
    "BETWEEN_FULL",
    "BODIES",
    "BY_WORDS",
    "CALLINGS",
    "CALLINGS_BEHIND",
    "CREDENTIALS",
    "CUT",
    "DESKS",
    "GENERAL",
    "GIVEN",
    "GLUED",
    "GLUED_AFTER",
    "HUMPED",
    "HUMPS",
    "INSIDE",
    "MEDIA",
    "MONTHS",
    "MORE",
    "NOBODY",
    "ON_DAY",
    "OPENING",
    "OTHERS",
    "OTHER_WORDS",
    "OURS",
    "PARTICLES",
    "PICTURES",
    "ROLES",
    "ROLE_ENDINGS",
    "SUBJECTS",
    "SURNAMES",
    "TEAMS",
    "TITLES",
    "UNSIGNED",
    "WITHIN",
    "has_others",
    "has_within",
    "may_hold",
    "words_of_credits",
]

_LISTS = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))
_GIVEN = tomllib.loads(Path(__file__).with_name("given.toml").read_text(encoding="utf-8"))
_CASED = "[^\\W\\d_]"
ON_DAY = "le|el|il|am|em|op|den|dne"  # words before a weekday or a date that also begin family names


def _phrases(words: list[str]) -> str:
    """A pattern of alternatives, the longest first, with any white space inside a phrase.

    Those of one first letter stand together behind it: tried one by one, hundreds cost some microseconds at each place of a text.
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(dict.fromkeys(words), key=len, reverse=True):
        groups.setdefault(word[0], []).append(r"\s+".join(map(re.escape, word.split())))
    return "|".join(_behind(re.escape(first), group) for first, group in groups.items())


def _behind(first: str, group: list[str]) -> str:
    return group[0] if len(group) == 1 else f"{first}(?:{'|'.join(phrase.removeprefix(first) for phrase in group)})"


_BEFORE = _LISTS["before"]
_BEFORE["words"] += _BEFORE["more"]
_JOINT = r"(?:\s*[:：]+\s*|\s+[-–|/]\s+|\s+)"
BEFORE = re.compile(rf"\W*(?:{_phrases(_BEFORE['words'])}){_JOINT}", re.IGNORECASE)
MORE = re.compile(rf"\W*(?:{_phrases(_BEFORE['more'])}){_JOINT}", re.IGNORECASE)
HUMPED = re.compile(rf"\W*(?i:{_phrases(_BEFORE['humped'])})(?=[A-ZÀ-ÞА-Я][^\W\d_A-ZÀ-ÞА-Я])")
AMBIGUOUS = re.compile(rf"\W*(?:{_phrases(_BEFORE['ambiguous'])}){_JOINT}(?=\S+\s+\S)", re.IGNORECASE)
OTHERS = re.compile(rf"(?<!\w)(?:{_phrases(_BEFORE['others'])})(?:\s*[:：/]|\s|$).*", re.IGNORECASE | re.DOTALL)
# Lines that are a by-word and nothing else.
BY_WORDS, OTHER_WORDS = (frozenset(word.rstrip(" :") for word in _BEFORE[key]) for key in ("words", "others"))
# First words as lines have them: looked up before any pattern is tried, because most lines end there.
OPENING = frozenset(
    form + colon
    for word in (*_BEFORE["words"], *_BEFORE["within"])
    for first in [word.split()[0].rstrip(":")]
    for form in (first, first.capitalize(), first.upper())
    for colon in ("", ":", " :", "：")
)
HUMPS = frozenset(form[:2] for word in _BEFORE["humped"] for form in (word, word.capitalize(), word.upper()))
_HELPING = frozenset(word.split()[0].rstrip(":") for word in (*_BEFORE["others"], *_BEFORE["within"]))


def may_hold(line: str) -> bool:
    """Whether a line may hold a by-word inside, or a word that credits other work."""
    return not line.isascii() or not _HELPING.isdisjoint(line.lower().replace(":", " ").split())


def _needed(key: str) -> tuple[str, ...]:
    """The longest words of the phrases of a list, less those that hold another: a text without any of these holds no phrase."""
    words = sorted({max(phrase.lower().split(), key=len) for phrase in _BEFORE[key]}, key=lambda word: (len(word), word))
    return tuple(one for number, one in enumerate(words) if not any(other in one for other in words[:number]))


_OTHERS_NEED, _WITHIN_NEED = _needed("others"), _needed("within")


def has_others(text: str) -> bool:
    """Whether OTHERS may match: it costs ten times as much."""
    return any(map(text.lower().__contains__, _OTHERS_NEED))


def has_within(text: str) -> bool:
    """Whether WITHIN may match."""
    return any(map(text.lower().__contains__, _WITHIN_NEED))


WITHIN = re.compile(rf"(?<!\w)(?:{_phrases(_LISTS['before']['within'])})(?:\s*:\s*|\s+)(?={_CASED})", re.IGNORECASE)
OURS = frozenset(_BEFORE["ours"])
GLUED = re.compile(rf"^\W*(?:{_phrases(_LISTS['before']['glued'])})[\s:：／/]*")
# What stands before a by-word inside a line of particulars, and behind the name the next of them: "阅读：1644".
INSIDE = re.compile(
    rf"(?:(?:{_phrases(_LISTS['before']['inside'])})\s*[:：]|(?:^|[\s|｜])(?:{_phrases(_LISTS['before']['inside'])}))\s*"
    r"(?P<names>[^\W\d_][^:：|｜\d]{0,40})(?=$|[|｜\d]|\s[^\s:：]{1,6}[:：])"
)
GLUED_AFTER = re.compile(rf"[\s（(]*(?:{_phrases(_LISTS['before']['glued_after'])})[)）]?$")
BETWEEN = re.compile(rf"\s+(?:{_phrases(_LISTS['between']['always'])})\s+", re.IGNORECASE)
BETWEEN_FULL = re.compile(rf"(?<=\w)\s+(?:{_phrases(_LISTS['between']['between_full_names'])})\s+(?=\w)")
CUT = frozenset(_LISTS["after"]["cut"])
MONTHS = frozenset(_LISTS["after"]["months"])
BESIDE = frozenset(_LISTS["after"]["beside"])
PICTURES = frozenset(_LISTS["after"]["pictures"])
DESKS = tuple(_LISTS["kinds"]["desks"])
MEDIA = tuple(_LISTS["kinds"]["media"])
BODIES = frozenset(_LISTS["kinds"]["bodies"])
CALLINGS_BEHIND = tuple(_LISTS["kinds"]["callings_behind"])
CALLINGS = frozenset(_LISTS["kinds"]["callings"])
ROLE_ENDINGS = tuple(_LISTS["kinds"]["role_endings"])
ROLES = frozenset(_LISTS["kinds"]["roles"])
GENERAL = tomllib.loads(Path(__file__).with_name("general.toml").read_text(encoding="utf-8"))  # words of every site's labels
NOBODY = frozenset(map(letters, (*_LISTS["kinds"]["nobody"], *_LISTS["kinds"]["beside_names"], *GENERAL["news"])))
UNSIGNED = tuple(_LISTS["kinds"]["unsigned"])
TEAMS = frozenset(_LISTS["kinds"]["teams"])
TITLES = frozenset(_LISTS["kinds"]["titles"])
CREDENTIALS = frozenset(_LISTS["kinds"]["credentials"])
ARTICLES = frozenset(_LISTS["kinds"]["articles"])
PARTICLES = frozenset(_LISTS["kinds"]["particles"])
SUBJECTS = frozenset(_LISTS["kinds"]["subjects"])
SURNAMES = frozenset(_LISTS["kinds"]["surnames"])
GIVEN = frozenset(name for names in _GIVEN.values() for name in names.split())
AGENCIES = {letters(name): name for name in _LISTS["agencies"]["names"]}


def words_of_credits() -> frozenset[str]:
    """The words around the names of a credit: by-words, what cuts it off, what people of the press are called."""
    between = _LISTS["between"]["always"], _LISTS["between"]["between_full_names"]
    around = (
        *between,
        _BEFORE["words"],
        _BEFORE["ambiguous"],
        _BEFORE["others"],
        _BEFORE["within"],
        _LISTS["after"]["cut"],
        _LISTS["after"]["pictures"],
    )
    return ROLES.union(*around)
