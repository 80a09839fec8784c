"""The language of the text: its script, its function words, else a statistical model; what the page declares is evidence. BCP 47."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractors.article import Origin, Provenance
from extractors.document import Candidate, Document
from extractors.fields.choose import Chosen
from extractors.structured import Facts

__all__ = ["ENOUGH", "candidates", "identify", "read"]

# Two parts of the text, from its beginning and its middle: on 940 gold bodies 250 characters each gave the same answer as the whole text on
# every page, 500 characters of its beginning alone on all but one.
PART = 400
ENOUGH = 3000  # characters of a body that a caller need hand over: several times the two parts
LEAST_LETTERS = 24  # below, a text says less than the declaration
SHARE_OF_SCRIPT = 0.5  # Japanese mixes kana with Han; a quotation in another script is shorter
SHARE_OF_KANA = 0.08
# Words needed, share of function words among them, how many different ones, and their lead over each rival's: to confirm what the
# page declares, and to tell a language alone. Of 1,565 texts of gold pages these tell all but 16; on three the model disagrees: two
# German texts and an English one, which it takes for Latin, or for no language.
CONFIRMING = (10, 0.04, 3, 1.3)
TELLING = (15, 0.07, 4, 2.5)
SURE = 0.9  # the model's probability under which the declaration decides
CONFIRMED = 0.99  # the script, enough function words, or the model and the page together
DECLARED_ONLY = 0.7  # share of gold pages whose html lang names the language of the body, where the text says nothing itself

# Languages that a model confuses because they share most of their words: the page's own word decides among them.
_SIBLINGS = (
    {"no", "nb", "nn", "da"},
    {"hr", "sr", "bs", "sh", "me"},
    {"id", "ms"},
    {"zh", "yue", "wuu"},
    {"ar", "ary", "arz"},
    {"fa", "prs"},
    {"tl", "fil"},
)
_CANONICAL = {
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "jp": "ja",
    "cn": "zh",
    "kr": "ko",
    "gr": "el",
    "cz": "cs",
    "ua": "uk",
    "dk": "da",
    "se": "sv",
    "tl": "fil",
}
_DIALECTS = {"yue": "zh", "wuu": "zh", "ary": "ar", "arz": "ar", "prs": "fa"}
_TAG = re.compile(r"^\s*([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8})*\s*$")
# Whatever stands between spaces, digits, dashes, quotes and stops: letters alone would split Devanagari at its vowel signs.
_WORD = re.compile(r"[^\s\d!-/:-@\[-`{-~\u00a0-\u00bf\u2000-\u206f\u3000-\u303f\u060c\u061b\u061f\u06d4\u0964\u0965]+")


def read(document: Document, facts: Facts, text: str) -> Chosen[str] | None:
    """The language of `text`, the page's body; what the page declares is evidence. None where neither tells it."""
    return identify(text, next(candidates(document, facts), None))


def identify(text: str, declared: Candidate[str] | None = None) -> Chosen[str] | None:
    """The language of a text, with a declaration of it as evidence. None where neither tells it."""
    part = text[:PART] if len(text) <= 2 * PART else f"{text[:PART]} {text[len(text) // 2 : len(text) // 2 + PART]}"
    if sum(map(str.isalpha, part)) < LEAST_LETTERS:
        return _as_declared(declared, DECLARED_ONLY) if declared else None
    script = _by_script(part)
    if script:
        return _chosen(_sibling(script, declared), Origin.TEXT, raw=f"script: {script}", confidence=CONFIRMED)
    told = _by_words(part, declared.value if declared else "")
    if declared and _sibling(told.language, declared) == declared.value and told.is_plain(CONFIRMING):
        return _as_declared(declared, CONFIRMED)
    if told.is_plain(TELLING):
        return _chosen(_sibling(told.language, declared), Origin.TEXT, raw=f"function words: {told.language}", confidence=CONFIRMED)
    name, sure = _identifier().classify(part)
    confirmed = declared and _sibling(name, declared) == declared.value
    if declared and (confirmed or sure < SURE):
        return _as_declared(declared, CONFIRMED if confirmed else DECLARED_ONLY)
    return _chosen(name, Origin.MODEL, raw=f"py3langid: {name}", confidence=round(sure, 3))


def _as_declared(declared: Candidate[str], confidence: float) -> Chosen[str]:
    return _chosen(declared.value, declared.origin, raw=declared.raw, confidence=confidence)


def _chosen(language: str, origin: str, *, raw: str, confidence: float) -> Chosen[str]:
    return Chosen(_DIALECTS.get(language, language), Provenance(origin, raw, confidence))


def candidates(document: Document, facts: Facts) -> Iterator[Candidate[str]]:
    """The primary subtag of each declaration, the document's own element first."""
    said: list[tuple[str, Any]] = [(origin, raw) for raw, origin in document.guided("language")]
    said += [(Origin.DOM, document.declared_language)]
    said += [(Origin.OPENGRAPH, raw) for raw in document.metas("og:locale")]
    said += [(Origin.META, raw) for raw in document.metas("content-language", "dc.language", "dcterms.language", "language")]
    said += [(Origin.JSONLD, node["inLanguage"]) for _, node in facts.graph.nodes if "inLanguage" in node]
    for origin, value in said:
        raw = value.get("alternateName") or value.get("name") if isinstance(value, Mapping) else value
        match = _TAG.match(raw) if isinstance(raw, str) else None
        if match:
            primary = match[1].lower()
            yield Candidate(_CANONICAL.get(primary, primary), match[0].strip(), origin, "declared", 1.0)


def _sibling(language: str, declared: Candidate[str] | None) -> str:
    """`language`, or the declared one where both are of one family that no model parts."""
    if declared and any({language, declared.value} <= family for family in _SIBLINGS):
        return declared.value
    return language


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[tuple[str, tuple[tuple[int, int], ...]], ...], dict[str, frozenset[str]]]:
    """The scripts' ranges and the function words."""
    table = tomllib.loads(Path(__file__).with_name("scripts.toml").read_text(encoding="utf-8"))
    scripts = tuple((entry["language"], tuple((low, high) for low, high in entry["ranges"])) for entry in table["script"])
    return scripts, {language: frozenset(words.split()) for language, words in table["words"].items()}


def _by_script(text: str) -> str | None:
    """The language whose own script most letters belong to."""
    if text.isascii():
        return None
    counts: Counter[str] = Counter()
    letters = 0
    for letter in text:
        if letter.isalpha():
            letters += 1
            if ord(letter) >= 0x370:
                counts[_language_of(letter)] += 1
    if counts["ja"] >= letters * SHARE_OF_KANA and counts["ja"] + counts["zh"] >= letters * SHARE_OF_SCRIPT:
        return "ja"
    best, count = counts.most_common(1)[0] if counts else ("", 0)
    return best if best and count >= letters * SHARE_OF_SCRIPT else None


@lru_cache(maxsize=8192)
def _language_of(letter: str) -> str:
    code = ord(letter)
    return next((language for language, ranges in _rules()[0] if any(low <= code <= high for low, high in ranges)), "")


@dataclass(frozen=True, slots=True)
class _Told:
    """The language whose function words are most frequent in `words` words: how many there are of them, how many
    different ones, and how many times those of them that a rival lacks outnumber the rival's that it lacks.
    """

    language: str
    words: int
    own: int
    kinds: int
    lead: float

    def is_plain(self, needed: tuple[int, float, int, float]) -> bool:
        words, share, kinds, lead = needed
        return self.kinds >= kinds and self.words >= words and self.own >= share * self.words and self.lead > lead


def _by_words(text: str, declared: str) -> _Told:
    """What the function words of `text` say; languages of the `declared` one's family are no rivals."""
    words = _WORD.findall(text.lower())
    index = _index()
    knowing = Counter(index[word] for word in words if word in index)  # how many words a set of languages shares
    counts: Counter[str] = Counter()
    for languages, count in knowing.items():
        for language in languages:
            counts[language] += count
    if not counts:
        return _Told("", len(words), 0, 0, 0.0)
    best, own = min(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    family = next((family for family in _SIBLINGS if {best, declared} <= family), {best})
    lead = min((_lead(best, rival, knowing) for rival in counts.keys() - family), default=float(own))
    return _Told(best, len(words), own, sum(best in index.get(word, ()) for word in frozenset(words)), lead)


def _lead(language: str, rival: str, knowing: Mapping[tuple[str, ...], int]) -> float:
    """How many times the words that `language` alone of the two knows outnumber those that `rival` alone knows."""
    alone = sum(count for languages, count in knowing.items() if language in languages and rival not in languages)
    other = sum(count for languages, count in knowing.items() if rival in languages and language not in languages)
    return alone / max(other, 1)


@lru_cache(maxsize=1)
def _index() -> dict[str, tuple[str, ...]]:
    """The languages of each function word."""
    table = _rules()[1]
    return {word: tuple(name for name in table if word in table[name]) for words in table.values() for word in words}


@lru_cache(maxsize=1)
def _identifier() -> Any:
    """py3langid's model, loaded when a text first needs it: a second and 100 MB."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - see above

    load: Any = LanguageIdentifier.from_model_file  # py3langid ships no types
    return load(MODEL_FILE, norm_probs=True)
