"""Names of people in a credit: split at what joins them, freed of roles, dates and addresses, told from agencies and desks."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from extractors.fields.byline.agencies import bracketed, parted
from extractors.fields.byline.credit import Credit, Trust, distinct, joined
from extractors.fields.byline.person import (
    EDGE,
    MOST_CHARACTERS,
    has_given_name,
    is_account,
    is_cased,
    is_caseless,
    is_credential,
    is_domain,
    named_account,
    person,
    without_our_role,
)
from extractors.fields.cleaning import clean, letters
from extractors.fields.words import (
    AGENCIES,
    AMBIGUOUS,
    BEFORE,
    BESIDE,
    BETWEEN,
    BETWEEN_FULL,
    BODIES,
    BY_WORDS,
    CUT,
    GLUED,
    GLUED_AFTER,
    HUMPED,
    HUMPS,
    MEDIA,
    MONTHS,
    MORE,
    NOBODY,
    ON_DAY,
    OPENING,
    OTHERS,
    PARTICLES,
    PICTURES,
    TEAMS,
    UNSIGNED,
    WITHIN,
    has_within,
    may_hold,
)

__all__ = ["DATES", "begins_credit", "is_nameless", "read_credit", "telling", "without_by_words"]

MOST_NAMES = 60
SHORTEST_MEDIUM = 2  # characters: a longer name of such an ending is a medium's
MOST_TEXT = 3_000  # characters of one credit

_DROPPED = re.compile(
    r"\S[^\s@]*@\S[^\s.]*\.\S+|(?<![\w.-])[\w.-]{1,64}\s?[(\[](?:at|ät)[)\]]\s?[\w.-]{1,64}|https?://\S+|www\.\S+|(?<!\w)@\w+|[(\[（【][^)\]）】]{0,80}[)\]）】]?|[™®©*†‡#]"
)
_HARD = re.compile(r"\s*(?:[;|•·●⋅▪»›\n\t\\&+]|\s[-–—―]{1,3}\s|\s?[/／]\s?|[、；])\s*")
_BARS = re.compile(r"\s*[|•·●⋅]\s*")
_LEADING = re.compile(r"^(?:and|und|et|y|e|och|og|en|with|&)\s+(?=[A-ZÀ-Þ])")
_MONTHS = (
    "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mai|okt|dez|märz|mär|janv|févr|avr|juil|août|déc|ene|abr|ago|dic|gen|mag|giu|lug|set|ott)"
    r"[^\W\d_]*"
)
DATES = re.compile(
    rf"\b{_MONTHS}\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}}\b)?|\b\d{{1,2}}\.? {_MONTHS}\.?,? \d{{4}}\b"
    rf"|\b(?:{ON_DAY}|on) [^\W\d_]{{2,10}}[.,]{{0,2}} (?=\d)|\b(?:mon|tue|wed|thu|fri|sat|sun)\.?,? (?={_MONTHS}\.? \d|\d)"
    r"|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b|(?<!\d)\d{1,2}:\d\d(?!\d)(?: [ap]\.?m\b\.?)?(?: [a-z]{2}t\b)?",
    re.IGNORECASE,
)
_COMMA = re.compile(r"\s*[,，،]\s*")
# "Jane Doe (text), Max Moss (photos)": whose pictures they are.
_PICTURED = re.compile(r"[^,;|/&()]{2,60}\(\s*([^\W\d_]{3,16})\s*\)")
_FORENAMES = re.compile(r"^[^\W\d_]\S*(?: [^\W\d_]\.?)*$")  # "Andrew", "Jeff T."
# One look for the characters spares most lines the patterns.
_HARD_MARKS = frozenset(";|•·●⋅▪»›\n\t\\&+-–—―/／、；")
_COMMAS = frozenset(",，،")
_MARKS = frozenset("@/([（【™®©*†‡#")
_DIGITS = frozenset("0123456789")
# Two elements without a space between them: "Jane DoeMarch 3", "Jane Doe4 min", "Jane DoePubliée le 3".
_HUMP = re.compile(
    rf"(?<=[a-zà-ÿ]{{3}})(?=(?i:{_MONTHS})\.? \d)|(?<=[^\W\d_]{{3}})(?=\d{{1,2}}\.? [^\W\d_]|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2}})"
)
_CAPITAL = re.compile(r"(?<=[a-zß-ÿ]{3})[A-ZÀ-Þ][a-zß-ÿ]{1,14}\b")
_TWO_CAPITALS = re.compile("[A-Z][^A-Z]*[A-Z]")
# Reporters of a Chinese medium, whose names spaces part: "港口日报记者 陈静 李小明".
_REPORTERS = re.compile(r"^\S{0,12}记者[\s:：]+(?P<names>[\u4e00-\u9fff]{2,4}(?:\s+[\u4e00-\u9fff]{2,4}){0,5})$")
_FROM = frozenset("De Em Aus From In Desde Depuis".split())  # with a capital, as behind a dash
_EDGE_BUT_DOT = " \u3000,:;-–—|/'\"“”«»„_·•"


@lru_cache(maxsize=4096)
def read_credit(text: str, trust: Trust = Trust.PRINTED) -> Credit:
    """Read one credit ("By A, B and C", "Von A", "A; B", "AFP"). Lines are read one by one."""
    if trust is Trust.DECLARED and text[:MOST_TEXT].lstrip().lower().startswith(UNSIGNED):
        return Credit()
    lines = text[:MOST_TEXT].split("\n")[:MOST_NAMES]
    found = _read_line(lines[0], trust) if len(lines) == 1 else joined(_read_line(line, trust) for line in telling(lines))
    if any(" " in name for name in found.people):  # "Jane Doe, Astrologer": a single word beside full names is no name
        return replace(found, people=tuple(name for name in found.people if " " in name or is_caseless(name)))
    return found


def telling(lines: Iterable[str]) -> Iterator[str]:
    """Of several lines those that may name somebody: no by-word alone, and none behind the label of what a box tells beside the name.

    Nor the one line behind a label that says whose pictures they are: "Photos", "Mara Lind".
    """
    above = ""
    for line in lines:
        bare = line.strip(EDGE).lower()
        if bare in BESIDE:
            return
        if bare not in BY_WORDS and above not in PICTURES:
            yield line
        above = bare


def _read_line(line: str, trust: Trust) -> Credit:
    if trust is Trust.DECLARED and _is_body(line):
        return Credit(others=(clean(line),))
    people: list[str] = []
    agencies: list[str] = []
    others: list[str] = []
    if not _MARKS.isdisjoint(line):
        agencies += bracketed(line)
        line = _DROPPED.sub(" ", _PICTURED.sub(_unpictured, line) if "(" in line else line)
    if trust is not Trust.DECLARED and not _DIGITS.isdisjoint(line):
        line = DATES.sub(" | ", _HUMP.sub(" ", _CAPITAL.sub(_apart, line)))
    for part, agency in map(parted, islice(_parts(clean(line), trust), MOST_NAMES)):
        if agency:
            agencies.append(agency)
        if part and (name := _named(part, trust)) and not (people and _is_place(name, trust)):
            people.append(name)
        elif people and trust is not Trust.DECLARED and _is_body(part):
            break  # "Jane Doe, Institute of Art and Design": the rest of the line is her affiliation
        elif not (people and trust is Trust.CREDITED) and _is_other(other := _account(part) if trust is Trust.CREDITED else part, trust):
            others.append(named_account(other))
    if trust is not Trust.DECLARED and MORE.match(line):  # "More from Harbour Weekly" heads a list
        people, others = [name for name in people if has_given_name(name)], []
    return Credit(distinct(people), distinct(agencies), distinct(others))


def _named(part: str, trust: Trust) -> str | None:
    """The person that a part names, or None."""
    name = person(_begun((part if part.isascii() else GLUED_AFTER.sub("", part)).strip(_EDGE_BUT_DOT))[0], trust)
    return name if name is None or name.isascii() else GLUED_AFTER.sub("", name)


def _is_place(name: str, trust: Trust) -> bool:
    """Whether what stands behind a name is where she wrote it: "Ann Lee — De Vila Verde"."""
    return trust is not Trust.DECLARED and name.partition(" ")[0] in _FROM and not has_given_name(name)


def _unpictured(part: re.Match[str]) -> str:
    """What stands before a bracket, without the last name where the bracket says that she took the pictures."""
    if part[1].lower() not in PICTURES:
        return part[0]
    joints = list(BETWEEN.finditer(part[0]))
    return f"{part[0][: joints[-1].start()]} " if joints else " "


def _apart(word: re.Match[str]) -> str:
    """A word with a space before it where it is one that ends a credit."""
    return f" {word[0]}" if word[0].lower() in CUT or word[0].lower() in MONTHS else word[0]


def _account(part: str) -> str:
    """The first word of a part where the second ends a credit: "Bo2man am Montag". None of what is printed beside names."""
    if not part.isascii() and letters(part) in NOBODY:
        return ""
    first, _, rest = part.partition(" ")
    return first if rest.partition(" ")[0].lower() in CUT and not first.islower() else part


def _is_other(part: str, trust: Trust) -> bool:
    """Whether what is no person may be a body or an account."""
    if trust is Trust.CREDITED:
        return is_account(part) or _is_house(part)
    return trust is Trust.DECLARED and 1 < len(part) <= MOST_CHARACTERS and letters(part) not in NOBODY and not part[0].isdigit()


def _is_house(part: str) -> bool:
    """Whether a part is the team of a house: "The Harbour Team", "Bay Post Redaktion"."""
    words = part.strip(EDGE).split()
    return 1 < len(words) < 6 and words[-1].lower() in TEAMS and all(map(is_cased, words))


def begins_credit(line: str) -> bool:
    """Whether a line begins with a by-word."""
    if line.isascii():  # GLUED has no word in ASCII
        return _begun(line)[1]
    return _begun(GLUED.sub("\0", line))[1] or bool(GLUED.match(line) or _REPORTERS.match(line))


def without_by_words(line: str) -> str:
    """A line from behind its by-words, without marks at its ends."""
    rest, found = _begun(line)
    inner = WITHIN.search(rest) if not found and has_within(rest) else None
    return (rest[inner.end() :] if inner else rest).strip(EDGE)


def is_nameless(line: str) -> bool:
    """Whether a line surely names nobody where no data and no by-word say so: it has fewer than two capitals."""
    return line.isascii() and not _TWO_CAPITALS.search(line)


def _parts(line: str, trust: Trust) -> Iterator[str]:
    """The pieces of a line between separators and joining words."""
    if not line.isascii():
        line = GLUED.sub("", GLUED.sub("", line))  # "采写：记者陈静"
        reporters = _REPORTERS.match(line)
        line = "、".join(reporters["names"].split()) if reporters else line
    if trust is not Trust.DECLARED:
        line = OTHERS.sub("", line) if may_hold(line) else line
    line, found = _begun(line)
    if found:
        line = without_our_role(line)
    if not found and trust is not Trust.DECLARED:
        inner = WITHIN.search(line) if may_hold(line) else None
        line = line[inner.end() :] if inner else AMBIGUOUS.sub("", line, count=1) if AMBIGUOUS.match(line) else line
    if trust is not Trust.DECLARED:
        line = _named_between_bars(line, only_first=found)
    for piece in (line,) if _HARD_MARKS.isdisjoint(line) else _HARD.split(line):
        for part in BETWEEN.split(piece) if piece.count(" ") > 1 or not piece.isascii() else (piece,):
            yield from _comma_parts(_LEADING.sub("", part))


def _named_between_bars(line: str, *, only_first: bool) -> str:
    """Of what bars part, the first; the others too if they begin with given names like it: else they are its place, desk or section."""
    pieces = [piece for piece in _BARS.split(line) if piece.strip(EDGE)]
    if only_first:
        return pieces[0] if pieces else ""
    if len(pieces) < 2 or not has_given_name(pieces[0].strip(EDGE)):
        return line
    return " | ".join([pieces[0], *(piece for piece in pieces[1:] if has_given_name(piece.strip(EDGE)))])


def _begun(line: str) -> tuple[str, bool]:
    """A line without the by-words at its beginning, and whether there were any."""
    word = line.lstrip("\"'“„«(-–—| ").partition(" ")[0]
    if word not in OPENING and word.rstrip(":") not in OPENING and word[:2] not in HUMPS and line.isascii():
        return line, False
    start = BEFORE.match(line) or HUMPED.match(line)
    return (line[start.end() :], True) if start and start.end() < len(line) else (line, False)


def _comma_parts(text: str) -> Iterator[str]:
    """Names parted by commas; "Family, Given" is turned round; "X, MD" loses its credential."""
    parts = [part for part in (_COMMA.split(text) if not _COMMAS.isdisjoint(text) else (text,)) if part and not is_credential(part)]
    if (
        len(parts) == 2
        and len(parts[0].split()) == 1
        and all(map(is_cased, parts))
        and not any(letters(part) in AGENCIES for part in parts)
    ):
        forenames, particles = _ending(parts[1])  # "Jong, Michiel de"
        if _FORENAMES.match(forenames):
            yield f"{forenames}{particles} {parts[0]}"
            return
    for part in parts:
        joint = BETWEEN_FULL.search(part) if part.count(" ") > 3 else None  # two words on either side
        if joint and len(part[: joint.start()].split()) > 1 and len(part[joint.end() :].split()) > 1:
            yield part[: joint.start()]
            yield part[joint.end() :]
        else:
            yield part


def _ending(forenames: str) -> tuple[str, str]:
    """Forenames, and the particles of a family name that stand behind them, a space before each."""
    words = forenames.split(" ")
    size = len(words)
    while size > 1 and words[size - 1] in PARTICLES:
        size -= 1
    return " ".join(words[:size]), "".join(f" {word}" for word in words[size:])


def _is_body(text: str) -> bool:
    """Whether a declared author is an organisation by its words, or a medium by its address or its last characters."""
    if " " not in text and (is_domain(text) or (len(text) > SHORTEST_MEDIUM and text.endswith(MEDIA))):
        return True
    lows = [word.strip(",;.") for word in text.lower().split()]
    return len(lows) > 1 and not _COMMA.search(text) and ";" not in text and any(low in BODIES for low in lows)
