"""What a record is worth against its gold row: one number from 0 to 1 a measure, None where the row says nothing of it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import datetime
from typing import Any

from scraper.gold.labels import words

__all__ = ["MEASURES", "measure", "snippet_f1"]

MEASURES = ("word", "shingle", "para", "snippet", "title", "authors", "date", "topics")
_SHINGLE = 4
_MOST_EDITS = 2  # letters by which a title may differ: a quotation mark or an ellipsis is no other headline
_LIST_MARK = re.compile(r"^\s*(?:[-*•–#>]+|\d+[.)])\s+")
_BRACKETED = re.compile(r"^\[(.*)\]$", re.DOTALL)  # brackets around a whole gold paragraph do not count
_QUOTES = str.maketrans("‘’‛`´“”„«»‐‑‒–—―−", "'''''\"\"\"\"\"-------")
_SEVERAL = re.compile(r"\s*(?:;|,|&|\band\b|\bund\b)\s*")
# Bylines of desks and agencies name nobody: pages that have only these do not count.
_NOBODY = re.compile(
    r"\b(?:staff|team|redaktion|redacción|editors?|editorial|desk|newsroom|reuters|afp|dpa|associated press|agency|admin)\b"
)


def measure(gold: Mapping[str, Any], record: Mapping[str, Any]) -> dict[str, float]:
    """The measures that the gold row allows. An empty record is one that extraction refused: it scores 0."""
    body = record.get("body") or ""
    found: dict[str, float | None] = {}
    if gold.get("body") is not None:
        whole = "\n".join(_BRACKETED.sub(r"\1", paragraph) for paragraph in gold["body"])
        found["word"] = _f1(words(body), words(whole))
        found["shingle"], found["shingle_precision"], found["shingle_recall"] = _shared(_shingles(body), _shingles(whole))
        found["para"] = _f1(_lines(body), _lines(whole))
    if gold.get("with") is not None:
        spaced = _spaced(body)
        held, wrong = (sum(_spaced(text) in spaced for text in gold[name]) for name in ("with", "without"))
        found["snippet"] = snippet_f1(held, wrong, wanted=len(gold["with"]))
        found |= {"snippets_held": held, "snippets_wrong": wrong, "snippets_wanted": len(gold["with"])}
    checks: dict[str, tuple[str, Callable[[Any, Any], float | None]]] = {
        "title": ("title", _title),
        "authors": ("authors", _authors),
        "date": ("published", _day),
        "topics": ("topics", _topics),
    }
    for name, (key, check) in checks.items():
        if gold.get(key):
            found[name] = check(gold[key], record)
    return {name: value for name, value in found.items() if value is not None}


def _fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text.replace("\u00ad", "")).casefold().translate(_QUOTES).split())


def _spaced(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).replace("\u00ad", "").split())


def _f1(found: Iterable[Hashable], wanted: Iterable[Hashable]) -> float:
    return _shared(found, wanted)[0]


def _shared(found: Iterable[Hashable], wanted: Iterable[Hashable]) -> tuple[float, float, float]:
    """F1, precision and recall over two bags; of two empty ones all is 1."""
    have, want = Counter(found), Counter(wanted)
    if not have and not want:
        return 1.0, 1.0, 1.0
    shared = sum((have & want).values())
    return 2 * shared / (have.total() + want.total()), shared / max(have.total(), 1), shared / max(want.total(), 1)


def _shingles(text: str) -> list[tuple[str, ...]]:
    tokens = words(text)
    return [tuple(tokens[at : at + _SHINGLE]) for at in range(max(1, len(tokens) - _SHINGLE + 1))] if tokens else []


def _lines(text: str) -> list[str]:
    return [_fold(_LIST_MARK.sub("", line)) for line in text.split("\n") if line.strip()]


def snippet_f1(held: float, wrong: float, *, wanted: float) -> float:
    """F1 of the `wanted` snippets, `held` of which stand in the text as do `wrong` unwanted ones; 1 where there are none of either."""
    total = held + wrong + wanted
    return 2 * held / total if total else 1.0


def _title(gold: str, record: Mapping[str, Any]) -> float:
    found, wanted = (re.sub(r"[\W_]+", "", _fold(text or "")) for text in (record.get("title"), gold))
    return float(bool(found) and _edits(found, wanted) <= _MOST_EDITS)


def _edits(first: str, second: str) -> int:
    """Levenshtein's distance, given up beyond `_MOST_EDITS`."""
    if abs(len(first) - len(second)) > _MOST_EDITS:
        return _MOST_EDITS + 1
    row = list(range(len(second) + 1))
    for at, letter in enumerate(first, 1):
        last, row[0] = row[0], at
        for place, other in enumerate(second, 1):
            last, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, last + (letter != other))
        if min(row) > _MOST_EDITS:
            return _MOST_EDITS + 1
    return row[-1]


def _authors(gold: list[str], record: Mapping[str, Any]) -> float | None:
    wanted = [_fold(name) for name in gold]
    if any(_NOBODY.search(name) for name in wanted):
        return None
    if len(wanted) == 1:
        wanted = [name for name in _SEVERAL.split(wanted[0]) if name]
    return _f1(
        *(
            {" ".join(re.sub(r"[^\w ]+", " ", name).split()) for name in names}
            for names in (map(_fold, record.get("authors") or ()), wanted)
        )
    )


def _topics(gold: list[str], record: Mapping[str, Any]) -> float:
    taxonomy = record.get("taxonomy") or {}
    return _f1((_fold(label) for labels in taxonomy.values() for label in labels), map(_fold, gold))


def _day(gold: str, record: Mapping[str, Any]) -> float:
    found, wanted = _moment(record.get("date_published")), _moment(gold)
    if found is None or wanted is None:
        return 0.0
    if found.tzinfo and wanted.tzinfo:
        found = found.astimezone(wanted.tzinfo)
    return float(found.date() == wanted.date())


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00")) if text else None
    except ValueError:
        return None
