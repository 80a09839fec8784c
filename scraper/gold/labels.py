"""Which runs of a page belong to its body: told by the three-word sequences of a gold body, or by a list of runs that a reader chose."""

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["chosen_runs", "label_runs", "run_keys", "words"]

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[{_CJK}]|[^\W{_CJK}]+")
_MAYBE = 0.3  # a line of up to three words that stands somewhere in the gold text, but is no line of it
_PART = 0.5  # share of three-word sequences from which a run counts as body
_FOUND = 0.9  # of the chosen runs: where a page is parted in another way by now, its labels say nothing
_NEIGHBOURHOOD = 6  # runs on either side that tell the article's copy of a repeated line from another

Labels = npt.NDArray[np.float32]


def words(text: str) -> list[str]:
    """Case-folded words; each character of a script without word spaces is one."""
    return _WORD.findall(unicodedata.normalize("NFC", text).replace("\u00ad", "").lower())


def label_runs(texts: Sequence[str], body: Sequence[str]) -> Labels:
    """One value a run, 0 to 1: the share of the run that stands in the gold paragraphs `body`."""
    tokens = [words(text) for text in texts]
    gold = [word for paragraph in body for word in words(paragraph)]
    joined = f" {' '.join(gold)} "
    known = {tuple(gold[at : at + 3]) for at in range(len(gold) - 2)}
    lines = {tuple(words(line)) for paragraph in body for line in paragraph.split("\n")}
    labels = _settled([_share(run, known, lines=lines, joined=joined) for run in tokens])
    _one_copy(labels, tokens, joined)
    return np.array(labels, dtype=np.float32)


def run_keys(texts: Sequence[str]) -> list[str]:
    """A name for each run: eight hex digits, its words' BLAKE2b hash, then ".2", ".3" where runs before it have the same words."""
    keys: list[str] = []
    seen = Counter[str]()
    for text in texts:
        key = hashlib.blake2b(" ".join(words(text)).encode(), digest_size=4).hexdigest()
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key}.{seen[key]}")
    return keys


def chosen_runs(texts: Sequence[str], chosen: Collection[str]) -> Labels | None:
    """1 for each run whose key a reader chose, else 0; None where a tenth of the chosen ones is not on the page."""
    wanted = set(chosen)
    labels = np.array([key in wanted for key in run_keys(texts)], dtype=np.float32)
    return labels if labels.sum() >= _FOUND * len(wanted) > 0 else None


def _share(run: list[str], known: set[tuple[str, ...]], *, lines: set[tuple[str, ...]], joined: str) -> float:
    if len(run) > 3:
        return sum(tuple(run[at : at + 3]) in known for at in range(len(run) - 2)) / (len(run) - 2)
    if not run:
        return 0.0
    if tuple(run) in lines:
        return 1.0
    return _MAYBE if f" {' '.join(run)} " in joined else 0.0


def _settled(labels: list[float]) -> list[float]:
    """A doubtful short line belongs to the body where its neighbours on both sides do."""
    sure = [at for at, label in enumerate(labels) if label != _MAYBE]
    settled = list(labels)
    for at, label in enumerate(labels):
        if label == _MAYBE:
            place = int(np.searchsorted(sure, at))
            before = labels[sure[place - 1]] if place else 0.0
            after = labels[sure[place]] if place < len(sure) else 0.0
            settled[at] = float(before > _PART and after > _PART)
    return settled


def _one_copy(labels: list[float], tokens: list[list[str]], joined: str) -> None:
    """Of a text that the page repeats more often than the gold body, only the copies amid other body text are body."""
    copies: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, run in enumerate(tokens):
        if labels[at] > _PART:
            copies[tuple(run)].append(at)
    for text, places in copies.items():
        wanted = joined.count(f" {' '.join(text)} ")
        if wanted and len(places) > wanted:
            amid = {at: _body_near(at, text, labels=labels, tokens=tokens) for at in places}
            for at in sorted(places, key=lambda place: (-amid[place], place))[wanted:]:
                labels[at] = 0.0


def _body_near(at: int, text: tuple[str, ...], *, labels: list[float], tokens: list[list[str]]) -> int:
    """Words of other body text within a few runs."""
    return sum(len(tokens[near]) for near in _around(at, len(tokens)) if labels[near] > _PART and tuple(tokens[near]) != text)


def _around(at: int, size: int) -> range:
    return range(max(at - _NEIGHBOURHOOD, 0), min(at + _NEIGHBOURHOOD + 1, size))
