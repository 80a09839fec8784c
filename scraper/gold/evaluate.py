"""Score the extractor on gold pages: as it stands, or by cross-validation in which no page is scored by a model that knew its site."""

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

import msgspec

from extractors import ExtractionError, Options, extract
from scraper.gold.calibration import Claim, bins, claims, lines
from scraper.gold.measures import MEASURES, measure, snippet_f1
from scraper.gold.pages import GoldPage, fold_of
from scraper.gold.samples import samples
from scraper.gold.train import Recipe, train

__all__ = ["Score", "evaluate", "held_out", "rank_correlation", "summarise", "table"]


@dataclass(frozen=True, slots=True)
class Score:
    """A page's measures; `language` and `confidence` are those of its record, `refused` the reason where there is none.

    `claims`: how sure the record is of its fields, and how far it was right.
    """

    page: GoldPage
    values: dict[str, float]
    language: str | None = None
    confidence: float | None = None
    refused: str | None = None
    claims: tuple[Claim, ...] = ()


def evaluate(pages: Iterable[GoldPage], options: Options) -> Iterator[Score]:
    """Each page's score, profiles as `options` say."""
    for page in pages:
        try:
            record = extract(page.html, url=page.url, options=options).to_dict()
        except ExtractionError as error:
            yield Score(page, measure(page.gold, {}), refused=f"{type(error).__name__}: {error}")
            continue
        values = measure(page.gold, record)
        told = tuple(claims(page.gold, record, values))
        yield Score(page, values, record["language"], record["provenance"]["body"]["confidence"], claims=told)


def held_out(
    pages: Sequence[GoldPage], recipe: Recipe, folds: int, *, also: Sequence[GoldPage] = ()
) -> Iterator[tuple[list[GoldPage], Options]]:
    """Part after part of the pages, with options for weights that were learned without its sites. A site's name alone decides its part.

    `also`: pages that are learned from and not scored. The weights are gone when the next part is asked for.
    """
    material = list(samples([*pages, *also]))
    with tempfile.TemporaryDirectory() as folder:
        for fold in range(folds):
            own = [page for page in pages if fold_of(page.site, folds) == fold]
            rest = [sample for sample in material if fold_of(sample.page.site, folds) != fold]
            if own and rest:
                file = Path(folder) / f"{fold}.json"
                file.write_bytes(msgspec.json.encode(train(rest, recipe)))
                yield own, Options(profiles=(), weights=file)


def summarise(scores: Iterable[Score]) -> dict[str, Any]:
    """Means by set, and of the body's measures by language, with the numbers of pages; and how far confidence ranks the bodies."""
    found = list(scores)
    return {
        "sets": _grouped(found, lambda score: score.page.set_name),
        "languages": _grouped(
            [score for score in found if "word" in score.values and score.language], lambda score: str(score.language)[:2]
        ),
        "confidence_rank_correlation": rank_correlation(
            [(score.confidence, score.values["word"]) for score in found if score.confidence is not None and "word" in score.values]
        ),
        "calibration": bins(claim for score in found for claim in score.claims),
        "refused": {f"{score.page.set_name}/{score.page.id}": score.refused for score in found if score.refused},
    }


def _grouped(scores: Sequence[Score], key: Callable[[Score], str]) -> dict[str, dict[str, float]]:
    groups: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        groups[key(score)].append(score)
    return {name: _means(group) for name, group in sorted(groups.items())}


def _means(group: Sequence[Score]) -> dict[str, float]:
    means: dict[str, float] = {"pages": len(group)}
    for name in MEASURES:
        values = [score.values[name] for score in group if name in score.values]
        if values:
            means[name] = round(mean(values), 4)
    if "shingle" in means:
        means["shingle"] = round(_f1_of_means(group), 4)
    if "snippet" in means:
        held, wrong, wanted = (_sum(group, f"snippets_{name}") for name in ("held", "wrong", "wanted"))
        means["snippet"] = round(snippet_f1(held, wrong, wanted=wanted), 4)
    return means


def _sum(group: Sequence[Score], name: str) -> float:
    return sum(score.values.get(name, 0.0) for score in group)


def _f1_of_means(group: Sequence[Score]) -> float:
    """The shingles' F1 as the article extraction benchmark (Zyte) takes it: of the mean precision and the mean recall over pages."""
    precision, recall = (
        mean(score.values[name] for score in group if name in score.values) for name in ("shingle_precision", "shingle_recall")
    )
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def rank_correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Spearman's correlation (ties share their mean rank); None for fewer than three pairs or no spread."""
    if len(pairs) < 3:
        return None
    first, second = (_ranks([pair[side] for pair in pairs]) for side in (0, 1))
    middle = (len(pairs) + 1) / 2
    spread = [sum((rank - middle) ** 2 for rank in ranks) for ranks in (first, second)]
    if not all(spread):
        return None
    shared = sum((one - middle) * (other - middle) for one, other in zip(first, second, strict=True))
    return round(float(shared / (spread[0] * spread[1]) ** 0.5), 4)


def _ranks(values: Sequence[float]) -> list[float]:
    places: dict[float, list[int]] = defaultdict(list)
    for rank, value in enumerate(sorted(values), 1):
        places[value].append(rank)
    return [mean(places[value]) for value in values]


def table(summary: dict[str, Any]) -> str:
    """The summary as a printed table, one row a set and a language."""
    rows = [f"{'':14}{'pages':>7}" + "".join(f"{name:>9}" for name in MEASURES)]
    for kind in ("sets", "languages"):
        for name, means in summary[kind].items():
            cells = "".join(f"{means[measure]:9.4f}" if measure in means else f"{'-':>9}" for measure in MEASURES)
            rows.append(f"{name:14}{means['pages']:>7}{cells}")
        rows.append("")
    rows.append(f"confidence of the body against its word F1, Spearman: {summary['confidence_rank_correlation']}")
    if summary["calibration"]:
        rows += ["", f"{'confidence':14}{'off by':>7}   by tenths: mean confidence, share right (pages)", *lines(summary["calibration"])]
    return "\n".join(rows)
