"""Gold pages to weights: lexicon, trees, cut and confidence, with the folds grouped by site."""

import json
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from extractors.body.features import column_names, tabulate
from extractors.body.lexicon import Lexicon
from extractors.body.model import FORMAT
from scraper.errors import UsageError
from scraper.gold.confidence import confidence_table, judged
from scraper.gold.pages import fold_of
from scraper.gold.samples import Sample
from scraper.gold.words import Counts, count_site, learn_lexicon

__all__ = ["Recipe", "train"]

Floats = npt.NDArray[np.float32]
_NEVER = 1e30  # a border above every value


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How to train. By cross-validation on 940 gold pages, 400 trees at a rate of 0.06 are better than 260 at 0.1 by up to 0.002 word F1
    on each set, and by 0.006 snippet F1 on the pages of a set without bodies; other seeds differ by 0.002. With 628 labelled pages
    more, 500 trees fit the gold pages as 400 did without them, and are level with 400 on sites unseen.

    `inner`: parts into which the sites are split so that no page is described by a lexicon that knew it.
    """

    trees: int = 500
    depth: int = 6
    rate: float = 0.06
    l2: float = 5.0
    borders: int = 64
    subsample: float = 0.7
    inner: int = 5
    threshold: float = 0.5
    seed: int = 1
    threads: int = 2


def train(pages: Sequence[Sample], recipe: Recipe) -> dict[str, Any]:
    """The object of a weights file. The same pages, recipe and library versions give the same weights."""
    by_site: dict[str, list[Sample]] = defaultdict(list)
    for sample in pages:
        by_site[sample.page.site].append(sample)
    counts = {site: count_site(by_site[site]) for site in sorted(by_site)}
    part = {site: fold_of(site, recipe.inner, "lexicon") for site in counts}
    lexicons = [_without(counts, part, number) for number in range(recipe.inner)]
    names = column_names()
    described = [tabulate(sample.outline, sample.hints, lexicons[part[sample.page.site]], names=names) for sample in pages]
    matrix = np.ascontiguousarray(np.hstack(described).T)
    labels = np.concatenate([sample.labels for sample in pages])
    weights = np.concatenate([sample.weights for sample in pages])
    learned = _weights(_fit(matrix, labels, weights=weights, recipe=recipe), names, lexicon=learn_lexicon(counts.values()), recipe=recipe)
    row_parts = np.concatenate([np.full(len(sample.labels), part[sample.page.site]) for sample in pages])
    pairs: list[tuple[float, float]] = []
    for number in range(recipe.inner):
        rest = row_parts != number
        if rest.any() and not rest.all():
            fitted = _fit(matrix[rest], labels[rest], weights=weights[rest], recipe=recipe)
            own = (sample.page for sample in pages if part[sample.page.site] == number and sample.page.gold.get("body") is not None)
            pairs += judged(own, _weights(fitted, names, lexicon=lexicons[number], recipe=recipe))
    learned["confidence"] = confidence_table(pairs)
    return learned


def _without(counts: Mapping[str, Counts], part: Mapping[str, int], number: int) -> Lexicon:
    return learn_lexicon(counts[site] for site in counts if part[site] != number)


def _fit(matrix: Floats, labels: npt.NDArray[np.bool_], *, weights: Floats, recipe: Recipe) -> Mapping[str, Any]:
    """CatBoost's symmetric trees, as the object of its own JSON format."""
    try:
        from catboost import CatBoostClassifier  # noqa: PLC0415 # only training needs it: the extra `train`
    except ImportError as error:
        raise UsageError("training needs CatBoost", remedy="install it with: pip install 'article-scraper[train]'") from error
    model = CatBoostClassifier(
        iterations=recipe.trees,
        depth=recipe.depth,
        learning_rate=recipe.rate,
        l2_leaf_reg=recipe.l2,
        border_count=recipe.borders,
        bootstrap_type="Bernoulli",
        subsample=recipe.subsample,
        random_seed=recipe.seed,
        thread_count=recipe.threads,
        allow_writing_files=False,
        verbose=0,
    )
    model.fit(matrix, labels.astype(np.int8), sample_weight=weights)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "model.json"
        model.save_model(str(file), format="json")
        return dict(json.loads(file.read_text(encoding="utf-8")))


def _weights(fitted: Mapping[str, Any], names: tuple[str, ...], *, lexicon: Lexicon, recipe: Recipe) -> dict[str, Any]:
    """CatBoost's object in this program's format, with the unused columns left out."""
    used = sorted({split["float_feature_index"] for tree in fitted["oblivious_trees"] for split in tree["splits"]})
    place = {column: at for at, column in enumerate(used)}
    scale, (bias,) = fitted["scale_and_bias"]
    trees = [
        {
            "columns": [place[split["float_feature_index"]] for split in tree["splits"]] + [0] * missing,
            "borders": [float(f"{split['border']:.6g}") for split in tree["splits"]] + [_NEVER] * missing,
            "leaves": [round(float(value) * scale, 4) for value in tree["leaf_values"]]
            + [0.0] * ((1 << recipe.depth) - len(tree["leaf_values"])),
        }
        for tree in fitted["oblivious_trees"]
        for missing in (recipe.depth - len(tree["splits"]),)  # a tree may stop short of its depth
    ]
    return {
        "format": FORMAT,
        "columns": [names[column] for column in used],
        "bias": round(float(bias), 6),
        "threshold": recipe.threshold,
        "confidence": [[0.0, 0.0], [1.0, 1.0]],
        "trees": trees,
        "names": dict(lexicon.names),
        "words": dict(lexicon.words),
    }
