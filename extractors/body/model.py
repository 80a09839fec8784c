"""The model: trees of equal questions a level (oblivious trees) over the columns, evaluated in numpy; read from a text file of weights."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from extractors.body.lexicon import Lexicon
from extractors.errors import InvalidRules

__all__ = ["FORMAT", "Model", "load", "parse_weights"]

FORMAT = 1
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Trees:
    """T trees of depth D: `column` and `border` have shape (T, D), `leaf` (T, 2**D); a row's score is the sum of its leaves plus `bias`."""

    column: npt.NDArray[np.int32]
    border: Floats
    leaf: Floats
    bias: float

    def scores(self, matrix: Floats) -> Floats:
        """Probabilities, shape (runs,), of a matrix of shape (columns, runs)."""
        count, depth = self.column.shape
        leaf = np.zeros((count, matrix.shape[1]), dtype=np.uint16)  # narrow numbers: a third of the time of 32 bits
        for level in range(depth):
            answers = matrix[self.column[:, level]] > self.border[:, level, np.newaxis]
            leaf |= answers.astype(np.uint16) << np.uint16(level)
        places = leaf + (np.arange(count) << depth)[:, np.newaxis]
        total = self.leaf.ravel().take(places).sum(axis=0, dtype=np.float64) + self.bias
        return np.asarray(1.0 / (1.0 + np.exp(-total)), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Model:
    """What `scraper train` learned: the names of its columns, the trees, the lexicon, the cut and the table of confidence."""

    columns: tuple[str, ...]
    trees: Trees
    lexicon: Lexicon
    threshold: float
    confidence: tuple[tuple[float, float], ...]


def load(path: Path | None = None) -> Model:
    """The model in the file at `path`, or the packaged one; read once. Raises InvalidRules where the file is no such model."""
    return _loaded(str(path) if path else None)


@lru_cache(maxsize=4)
def _loaded(name: str | None) -> Model:
    source = Path(name) if name else files("extractors.body") / "weights.json"
    try:
        data = source.read_bytes()
    except OSError as error:
        raise InvalidRules(f"{source}: the weights cannot be read: {error.strerror}") from error
    try:
        return parse_weights(json.loads(data))
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidRules(f"{source}: no weights of this program (make them with `scraper train`): {error!r}") from error


def parse_weights(weights: Mapping[str, Any]) -> Model:
    """The model of a weights file's object. Raises KeyError, TypeError or ValueError where it is malformed."""
    if weights["format"] != FORMAT:
        raise ValueError(f"format {weights['format']}, but this program reads format {FORMAT}")
    columns = tuple(weights["columns"])
    trees = Trees(
        column=np.array([tree["columns"] for tree in weights["trees"]], dtype=np.int32),
        border=np.array([tree["borders"] for tree in weights["trees"]], dtype=np.float32),
        leaf=np.array([tree["leaves"] for tree in weights["trees"]], dtype=np.float32),
        bias=float(weights["bias"]),
    )
    if trees.column.min() < 0 or trees.column.max() >= len(columns) or trees.leaf.shape[1] != 1 << trees.column.shape[1]:
        raise ValueError("trees that do not fit their columns")
    lexicon = Lexicon(names=dict(weights["names"]), words=dict(weights["words"]))
    confidence = tuple((float(at), float(value)) for at, value in weights["confidence"])
    return Model(columns, trees, lexicon, float(weights["threshold"]), confidence)
