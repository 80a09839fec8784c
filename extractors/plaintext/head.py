"""The lines around a plain article that are not its text: headline, byline, date line, labelled lines, and whom it is copied from."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.article import BlockType
from extractors.labels import label_list, split_values
from extractors.letters import DENSE_ENDS, ENDS
from extractors.plaintext.blocks import Raw
from extractors.plaintext.inline import Inline

__all__ = [
    "Label",
    "Line",
    "byline_names",
    "dateline",
    "is_headline",
    "is_prose",
    "label_of",
    "opening_date",
    "parted",
    "publisher_of",
]


@dataclass(frozen=True, slots=True)
class Line:
    """A raw block and its text without marks."""

    raw: Raw
    inline: Inline


@dataclass(frozen=True, slots=True)
class Label:
    """A labelled line: the taxonomy list, its values in order, and the line as printed."""

    key: str
    values: tuple[str, ...]
    raw: str


# A headline seldom has more than 200 characters: the longest of the sample pages has 83.
_HEADLINE = 200
# A line that ends as a sentence and is longer than this is prose; so is every line longer than a headline.
_SENTENCE = 90
_LINKED = 0.8  # share of a byline of links alone
_END = re.compile(rf"[{ENDS}{DENSE_ENDS}][\"”’»')\]]*$")
_LABEL_LINE = 300
_VALUE = 60

# "By" as bylines begin in these languages: en de fr es pt it nl sv/nb/da pl cs ru uk el tr ar he id.
_BY = re.compile(
    r"(?:(?:written |reported )?by|von|par|por|di|door|av|af|autor(?:a|es|in)?\s*:|auteur\s*:|författare\s*:|автор(?:ы|и)?\s*:|"
    r"του|της|yazan\s*:|بقلم|كتب(?:ت)?\s*:|מאת|oleh|autore\s*:|作者\s*[:：]|文\s*[:：/／]|記者\s*[:：]?|author\s*:)(?:\s+|(?<=[:：/／]))(\S.{1,400})",
    re.IGNORECASE,
)
_AND = re.compile(
    r"\s*[,;、，]\s*(?:(?:and|und|et|y|e|en|och|og|i|a|и|та|και|ve|و)\s+)?|\s+(?:and|und|et|y|e|en|och|og|и|та|και|ve|&)\s+", re.IGNORECASE
)

_MONTH = r"[^\W\d_]{3,12}\.?"
_YEAR = r"(?:1[89]|20)\d\d"
_WEEKDAY = r"(?:[^\W\d_]{2,14}(?:-feira)?,?\s+(?:den |el |le )?)?"
_CLOCK = r"(?:,?\s+(?:at |um |à |a las |alle |om )?\d{1,2}[:.h]\d{2}(?:\s?[ap]\.?m\.?)?(?:\s?(?:uhr|[A-Z]{2,5}))?)?"
_DATE = (
    rf"{_WEEKDAY}(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+{_YEAR}"
    rf"|\d{{1,2}}(?:\.|er|º|ª|st|nd|rd|th)?\s+(?:de |of )?{_MONTH}(?:\s+de|\s+del)?,?\s+{_YEAR}"
    rf"|{_YEAR}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?|\d{{1,2}}[./]\d{{1,2}}[./]{_YEAR}"
    rf"|{_YEAR}\s?[年년]\s?\d{{1,2}}\s?[月월]\s?\d{{1,2}}\s?[日일]){_CLOCK}"
)
_PUBLISHED = (
    r"(?:(?:published|posted|released?|release date|for release|embargoed until|date|datum|veröffentlicht|erstellt|sperrfrist|publié"
    r"|publicado|pubblicato|gepubliceerd|publicerad|publisert|opublikowano|дата|опубликовано|公開日?|发布时间|發布時間|입력)"
    r"(?:\s+(?:on|am|le|el|em|il|op))?\s*[:：]?\s+)?"
)
_CHANGED = (
    r"(?:(?:last )?(?:updated?|modified|edited|revised)|aktualisiert|zuletzt geändert|stand|mis à jour|modifié|actualizado|atualizado"
    r"|aggiornato|bijgewerkt|uppdaterad|oppdatert|opdateret|päivitetty|aktualizacja|обновлено|更新日?|更新时间|수정)(?:\s+(?:on|am|le|el|em|il|op))?\s*[:：]?\s+"
)
_DATELINE = re.compile(
    rf"(?:(?P<publisher>[^|–—\n]{{2,80}}?)\s*(?:[,،，|–—]|\s-)\s*)?{_PUBLISHED}\(?(?P<date>{_DATE})\)?\.?", re.IGNORECASE
)
_OPENING = re.compile(rf"(?:[A-ZÀ-Þ][\w.' -]{{1,40}},\s+){{1,3}}\(?(?P<date>{_DATE})\)?\s*(?:[-–—/:]|\()")

_BARE_DATE = re.compile(rf"{_PUBLISHED}\(?(?P<date>{_DATE})\)?\.?", re.IGNORECASE)
_CHANGED_DATE = re.compile(rf"{_CHANGED}\(?(?P<date>{_DATE})\)?\.?", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:nr|no|n[°º]|№|issue|ausgabe|numéro|número)\W{0,3}\d{1,6}(?:\s?[-/–]\s?\d{1,4})?", re.IGNORECASE)
# What a paper calls those who write for it, behind their names; and where sites keep their pages.
_ROLE = re.compile(
    r"\b(?:staff|senior|writer|reporter|correspondent|editor|columnist|redakteur(?:in)?|korrespondent(?:in)?|journaliste|correspondante?"
    r"|corresponsal|redactora?|redattore|redattrice|redacteur|корреспондент|обозреватель)\b",
    re.IGNORECASE,
)
_AUTHORS = re.compile(r"/(?:authors?|people|profiles?|staff|contributors?|autor(?:es|en|in)?|auteurs?|autori)/[^/]", re.IGNORECASE)
_PARTS = re.compile(r"\s+[|·•]\s+")
_MOST_PARTS = 5
_PUBLISHER_AND_DATE = 2  # parts of "The Quay | May 3, 2024"

_SOURCE = re.compile(
    r"(?:the )?(?:original )?source of this article is (.+)|la source originale de cet article est (.+)"
    r"|la fuente original de este artículo es (.+)|a fonte original deste artigo é (.+)"
    r"|la fonte originale di questo articolo è (.+)|(?:die )?originalquelle (?:dieses|des) artikels ist (.+)"
    r"|المصدر الأصلي لهذا المقال هو (.+)",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    rf"(?:copyright\s*)?(?:©|\(c\)|copyright)\s*(?:{_YEAR}(?:\s*[-–]\s*{_YEAR})?)?[\s,]*(?P<holders>[^\n]{{2,200}})", re.IGNORECASE
)
_RIGHTS = re.compile(
    r"\.?\s*\b(?:all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|todos os direitos).*$",
    re.IGNORECASE,
)


def is_headline(line: Line) -> bool:
    """Whether the line can be the title: a heading, or one short line that opens with no label, byline or date."""
    if line.raw.type is BlockType.HEADING:
        return True
    text = line.inline.text
    if (
        line.raw.type is not BlockType.PARAGRAPH
        or len(text) > _HEADLINE
        or is_prose(line)
        or text.endswith((":", "："))
        or _NUMBERED.fullmatch(text)
    ):
        return False
    return label_of(line) is None and dateline(text) is None and not byline_names(line) and publisher_of(text) is None


def is_prose(line: Line) -> bool:
    """Whether the line is text of the article rather than a line about it."""
    text = line.inline.text
    return len(text) > _HEADLINE or (len(text) > _SENTENCE and _END.search(text) is not None and line.inline.link < 0.5)


def label_of(line: Line) -> Label | None:
    """The label that the line opens with and its values: what is linked, or else what commas part. None for a sentence."""
    text = line.inline.text
    if line.raw.type is not BlockType.PARAGRAPH or len(text) > _LABEL_LINE:
        return None
    found = label_list(text)
    if found is None:
        return None
    key, rest = found
    values = tuple(dict.fromkeys(words for words, _ in line.inline.links if words)) or split_values(rest)
    if not values or any(len(value) > _VALUE for value in values) or (not line.inline.links and _END.search(rest)):
        return None
    return Label(key, values, text)


def byline_names(line: Line) -> tuple[str, ...]:
    """The names of a line such as "By [Ann Lee](#) and Bo Ek": what is linked, or else what commas and "and" part. Empty for no byline."""
    text = line.inline.text
    pages = tuple(dict.fromkeys(words for words, target in line.inline.links if _AUTHORS.search(target) and _is_name(words)))
    if pages and line.inline.link >= _LINKED:
        return pages
    found = _BY.fullmatch(text)
    if found is None or line.raw.type is not BlockType.PARAGRAPH or _END.search(text.rstrip(".")) or len(text) > _LABEL_LINE:
        return ()
    linked = tuple(words for words, _ in line.inline.links if _is_name(words))
    parts = (part.strip() for part in _AND.split(found[1].strip()))
    return tuple(dict.fromkeys(linked or (part for part in parts if _is_name(part))))


def dateline(text: str) -> tuple[str | None, str] | None:
    """Publisher and date string of a line that holds no more than these: "Global Research, February 11, 2022". None for other lines."""
    line = _western(text) if len(text) <= _HEADLINE else ""
    found = _DATELINE.fullmatch(line)
    if found is None or _CHANGED_DATE.fullmatch(line):
        return None
    publisher = found["publisher"]
    return (publisher.strip() if publisher and not re.search(r"[\d:]", publisher) else None), found["date"]


@dataclass(frozen=True, slots=True)
class Parted:
    """The parts of a line that say something: "By Ann Lee | May 3, 2024 | Updated May 5, 2024 | 4 min read"."""

    byline: str | None
    published: str | None
    modified: str | None


def parted(text: str) -> Parted | None:
    """A line of several parts of which one is a date, or a line that is a date of change. None for other lines."""
    parts = [_western(part) for part in _PARTS.split(text)] if len(text) <= _HEADLINE else []
    published = [found["date"] for part in parts if (found := _BARE_DATE.fullmatch(part))]
    modified = [found["date"] for part in parts if (found := _CHANGED_DATE.fullmatch(part))]
    bylines = [part for part in parts if _BY.fullmatch(part)]
    told = bool(modified) or bool(published and (bylines or len(parts) > _PUBLISHER_AND_DATE))
    if not told or len(parts) > _MOST_PARTS:
        return None
    return Parted(*(next(iter(found), None) for found in (bylines, published, modified)))


def _western(text: str) -> str:
    """Digits of every script as ASCII ones."""
    return text if text.isascii() else "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in text)


def opening_date(text: str) -> str | None:
    """The date string with which a press release's first paragraph opens: "LEEDS, May 3, 2024 - ..."."""
    found = _OPENING.match(text[:_HEADLINE])
    return found["date"] if found else None


def publisher_of(text: str, *, authors: Sequence[str] = ()) -> str | None:
    """Who published, by a line that names the original source or the copyright's last holder who is no author."""
    if found := _SOURCE.match(text):
        return next(group for group in found.groups() if group).strip(" .")
    found = _COPYRIGHT.match(text)
    if found is None:
        return None
    holders = [holder.strip(" .") for holder in re.sub(rf"\b{_YEAR}\b", "", _RIGHTS.sub("", found["holders"])).split(",")]
    holders = [holder for holder in holders if holder and holder not in authors]
    return holders[-1] if holders else None


def _is_name(text: str) -> bool:
    """Two to six words without digits, each with a capital or in a script that has none; particles may be small."""
    words = text.split()
    if not 1 <= len(words) <= 6 or any(character.isdigit() or character in "@/:|" for character in text) or _ROLE.search(text):
        return False
    return not words[0].islower() or words[0] in {"de", "van", "von", "al", "el", "da", "di"}
