"""One name of a credit: whether words may be a person's name, where the name ends, and how it is written."""

import re
from itertools import takewhile

from extractors.fields.byline.credit import Trust
from extractors.fields.byline.spelling import once, spelled
from extractors.fields.cleaning import letters
from extractors.fields.words import (
    AGENCIES,
    ARTICLES,
    BODIES,
    CALLINGS,
    CALLINGS_BEHIND,
    CREDENTIALS,
    CUT,
    DESKS,
    GIVEN,
    MONTHS,
    NOBODY,
    OURS,
    PARTICLES,
    ROLE_ENDINGS,
    ROLES,
    SUBJECTS,
    SURNAMES,
    TEAMS,
    TITLES,
)

__all__ = [
    "EDGE",
    "MOST_CHARACTERS",
    "has_given_name",
    "is_account",
    "is_cased",
    "is_caseless",
    "is_credential",
    "is_domain",
    "is_full_name",
    "named_account",
    "person",
    "without_our_role",
]

MOST_WORDS = 6  # of one name; "Maria del Carmen Fernández de la Vega Sanz" is the kind that is lost
MOST_CHARACTERS = 60
MOST_CASELESS = 5  # words of one in a script without capitals
LONGEST_WHOLE = 4  # characters of a whole name without a space in Han or Hangul

_SHORTENED = re.compile(r"(?:[^\W\d_]\.?){1,2}|[JS]r\.?")  # what a full stop belongs to
# "jo.field", "jo.field.77", but no domain: "jo.blog".
_NAMED_ACCOUNT = re.compile(
    r"([^\W\d_]+)\.(?!(?:com|net|org|info|blog|news|shop|online|site|biz|app|dev|tech|cloud)\b)([^\W\d_]{3,})(?:\.?\d+)?"
)
_ACCOUNT = re.compile(r"^[^\W\d_][\w.-]{2,23}$")
_SPOKEN = re.compile("(?<=.)[的を]|[\u3400-\u9fff]{9}")  # a particle behind the first letter, or more Han letters than a name has
_CASELESS = re.compile("[\u0590-\u07ff\u0900-\u0e7f\u1000-\u109f\u10d0-\u10ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LATIN_WORD = re.compile(r"[A-Za-z]{3}")  # in a printed name of another script: "โอนเงิน PayPal"
_NO_NAMES = ROLES | BODIES
_MEDIA = frozenset({"media", "news", "press", "service", "services", "agency"})
_NO_ACCOUNTS = CUT | MONTHS | ROLES | PARTICLES | BODIES
_NO_MARKS = frozenset(":：=≈<>~%$€£+^{}()[]《》〈〉『』")  # that no name holds
_POSSESSIVE = re.compile(r"\w['’]s (?=\S)")  # "The Bay's Standards"
_JOINTS = str.maketrans("", "", ".-")
_DOMAIN = re.compile(r"[a-z]{2}\.(?:com|net|org|info|[a-z]{2})$")
_DIGITS = frozenset("0123456789")
_LATIN = "\u024f"  # the last of the Latin letters
EDGE = " \u3000.,:;-–—|/'\"“”«»„_·•"


def is_caseless(name: str) -> bool:
    """Whether a name is written in a script without capital letters."""
    return bool(_CASELESS.search(name))


def is_full_name(name: str) -> bool:
    """Whether a name is one of two words or more that may be a person's."""
    return " " in name and _is_name(name.split(), Trust.PRINTED)


def has_given_name(name: str) -> bool:
    """Whether a name in Latin letters begins with a common given name, a title apart; of other scripts there is no list."""
    first = next((low for word in name.split() if (low := word.lower()) not in TITLES), "")
    return first in GIVEN or first.partition("-")[0] in GIVEN or any(letter > _LATIN and letter.isalpha() for letter in first)


def person(part: str, trust: Trust) -> str | None:
    """The name of a person in a part of a credit from which by-words are gone, or None."""
    if not part.isascii() and letters(part) in NOBODY:
        return None
    kept = _words_of_name(part.split(), trust)
    if len(kept) > 1 and is_caseless(kept[0]):
        kept = _without_behind(kept)
    while kept and (is_credential(kept[-1]) and len(kept) > 2):
        kept.pop()
    if trust is not Trust.DECLARED and len(kept) > 2 and kept[-1].lower() in SUBJECTS:
        kept.pop()
    kept = once(kept)
    if len(kept) > 2 and kept[0].lower() in CALLINGS:  # "Rechtsanwalt Max Muster"
        kept = kept[1:]
    name = " ".join(kept).strip(EDGE)
    if kept and _SHORTENED.fullmatch(kept[-1]) and part.startswith(f"{name}."):
        name += "."
    if not name or len(name) > MOST_CHARACTERS or letters(name) in NOBODY or not _NO_MARKS.isdisjoint(name) or _POSSESSIVE.search(name):
        return None
    return spelled(name) if _is_name(name.split(), trust) else None


def _without_behind(words: list[str]) -> list[str]:
    """A name in a script without capitals without the button or the calling that stands behind it: "陈静 关注", "陈静 港口大学教授"."""
    if letters(words[-1]) in NOBODY:
        return words[:-1]
    return words[:1] if words[-1].endswith(CALLINGS_BEHIND) and 1 < len(words[0]) <= LONGEST_WHOLE else words


def _words_of_name(words: list[str], trust: Trust) -> list[str]:
    """The first words, as far as they may belong to a name."""
    if len(words) == 2 and _is_namesake(*map(str.lower, words)):
        return words
    kept: list[str] = []
    for place, word in enumerate(words, 1):
        low = word.lower().strip(",:")
        following = words[place : place + 1]
        if low == "in" and kept and following and following[0].strip(EDGE)[:1].isupper():
            break  # "Jane Doe in Markets"; "Sophie in 't Veld" goes on in small letters
        if (
            _has_digit(word)
            or ("_" in word and len(kept) > 1)
            or (low in CUT and not (low in PARTICLES and kept))
            or (low in MONTHS and _is_month(following, kept))
        ):
            break
        if len(kept) > 1 and word.isupper() and AGENCIES.get(letters(word)) == word:
            break  # "Jane Doe AP Business Writer"
        if trust is not Trust.DECLARED and len(kept) > 1 and low.strip(".") in ROLES and low not in BODIES:
            is_house = (low in TEAMS and not following) or (low in _MEDIA and following == ["for"])  # "Bay Media for bay.com"
            is_team = is_house and kept[0].lower() not in GIVEN
            return [] if is_team else _without_outlet(kept, low)
        kept.append(word)
    return kept


def _is_namesake(given: str, family: str) -> bool:
    """Whether a word that calls an office or a paper is a family name: "Emily Post"."""
    return family in SURNAMES and given in GIVEN


def _is_month(following: list[str], kept: list[str]) -> bool:
    """Whether a word that may be a month or a given name is a month: a number follows, or a whole name stands before it."""
    return _has_digit(following[0]) if following else len(kept) > 1


def _without_outlet(kept: list[str], role: str) -> list[str]:
    """A name without the first words of a medium's that stands behind it: "Jane Doe BBC News", "Jane Doe Sporting News"."""
    if kept[0].lower() in ARTICLES:
        return []  # "The Harbour Team"
    if not all(map(str.isupper, kept)):
        for place, word in enumerate(kept[2:], 2):
            if word.isupper() and 1 < len(word) < 5 and word.lower() not in TITLES:
                return kept[:place]  # "Jane Doe BBC Nigeria correspondent"
    return kept[:-1] if len(kept) > 2 and role == "news" else kept


def _has_digit(word: str) -> bool:
    return not _DIGITS.isdisjoint(word) if word.isascii() else any(map(str.isdigit, word))


def _is_name(tokens: list[str], trust: Trust) -> bool:
    """Whether words may be a name: few, no role among them, capital letters where the script has them."""
    lows = [token.lower().strip(".,") for token in tokens]
    pieces = [piece for low in lows for piece in ((low, *low.split("-")) if "-" in low else (low,))]
    if len(tokens) > MOST_WORDS or not (_NO_NAMES.isdisjoint(pieces) or (len(lows) == 2 and _is_namesake(*lows))):
        return False
    if not any(letter.isalpha() for letter in tokens[0]) or (len(tokens) > 1 and _is_phrase(tokens, lows)):
        return False
    whole = "".join(tokens)
    if not whole.isascii() and _CASELESS.search(whole):
        is_short = len(tokens) <= MOST_CASELESS and not _SPOKEN.search(whole) and not _LATIN_WORD.search(whole)
        return len(whole) >= 2 and (trust is Trust.DECLARED or (is_short and not (len(whole) > 2 and whole.endswith(DESKS))))
    named = [
        token
        for place, (token, low) in enumerate(zip(tokens, lows, strict=True))
        if low not in PARTICLES or (place in {0, len(tokens) - 1} and is_cased(token))
    ]
    if trust is Trust.DECLARED:
        is_phrase = tokens[0].islower() and lows[0] not in PARTICLES and any(map(is_cased, tokens[1:]))
        return len(whole) > 1 and (len(tokens) > 1 or is_cased(tokens[0])) and not is_phrase
    if trust is Trust.CREDITED and len(tokens) == 1:
        return len(tokens[0]) > 2 and is_cased(tokens[0]) and lows[0] not in CUT and lows[0] not in MONTHS and not _DOMAIN.search(lows[0])
    return len(named) > 1 and all(is_cased(token) for token in named) and len("".join(named)) > (3 if trust is Trust.CREDITED else 4)


def _is_phrase(tokens: list[str], lows: list[str]) -> bool:
    """Whether several words are none of a name: "der Weg zum Ziel", "Iron Man zu", "Projektleiterin der Hafenwacht"."""
    is_role = any(low.endswith(ROLE_ENDINGS) and low not in ROLE_ENDINGS for low in lows)
    return is_role or tokens[0] in ARTICLES or tokens[-1] in PARTICLES


def is_account(part: str) -> bool:
    """Whether a credited word is what a person calls herself in a system: "uriebe", "Bo2man"."""
    low = part.lower()
    if not part.isascii() and _SPOKEN.search(part):
        return False
    return bool(_ACCOUNT.match(part)) and letters(part) not in NOBODY and low not in _NO_ACCOUNTS and not _DOMAIN.search(low)


def named_account(part: str) -> str:
    """An account that is made of a known given name and a family name as that name ("jo.field.77"), any other as it is."""
    names = _NAMED_ACCOUNT.fullmatch(part) if "." in part else None
    return f"{names[1]} {names[2]}".title() if names and names[1] in GIVEN else part


def is_cased(word: str) -> bool:
    """Whether a word has a capital or caseless letter in front, after an article or apostrophe."""
    first = next((letter for letter in word if letter.isalpha()), "")
    return bool(first) and (first.isupper() or not first.islower() or any(letter.isupper() for letter in word[1:3]))


def is_credential(word: str) -> bool:
    """Whether a text is nothing but degrees and professional letters: "M.D. FACLM"."""
    return all(token.strip(EDGE) in CREDENTIALS or token.strip(",;") in CREDENTIALS for token in word.lower().split())


def is_domain(word: str) -> bool:
    """Whether a word is a site's address: "harbour.net"."""
    return "." in word and word.translate(_JOINTS).isalnum() and bool(_DOMAIN.search(word.lower()))


def without_our_role(line: str) -> str:
    """A credit without what a paper calls its own reporter: "unserer Mitarbeiterin Ann Lee", "onze verslaggever Ann Lee"."""
    first, _, rest = line.partition(" ")
    if first.lower() not in OURS:
        return line
    words = rest.split(" ")
    is_role = (word.islower() or word.lower() in ROLES or word.lower().endswith(ROLE_ENDINGS) for word in words)
    return " ".join(words[sum(1 for _ in takewhile(bool, is_role)) :]) or line
