"""Training on a handful of made pages: the weights work, repeat under one seed, and evaluation keeps sites apart."""

import gzip
import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

from extractors import Options, extract
from extractors.body.model import parse_weights
from scraper.errors import SourceError
from scraper.gold.evaluate import evaluate, held_out, summarise, table
from scraper.gold.labels import run_keys
from scraper.gold.pages import GoldPage, fold_of, labelled, read_gold
from scraper.gold.samples import samples
from scraper.gold.train import Recipe, train

pytest.importorskip("catboost", reason="training needs the extra `train`")

WORDS = "harbour ferry morning council bridge water letter winter engine school meadow number lamp question river market".split()
RECIPE = Recipe(trees=12, depth=3, inner=2, threads=1)


def prose(rng: random.Random, length: int) -> str:
    return (" ".join(rng.choice(WORDS) for _ in range(length)) + ", and so on.").capitalize()


def gold_set(folder: Path, sites: int = 6) -> Path:
    """Two pages a site: a menu, a body, a list of teasers."""
    rng = random.Random(5)
    (folder / "html").mkdir(parents=True)
    rows = []
    for number in range(sites * 2):
        body = [prose(rng, 40) for _ in range(4)]
        menu = "".join(f"<li><a href='/{word}'>{word}</a></li>" for word in WORDS[:8])
        teasers = "".join(f"<div class='teaser'><a href='/{k}'>{prose(rng, 6)}</a></div>" for k in range(6))
        paragraphs = "".join(f"<p>{text}</p>" for text in body)
        html = (
            f"<html><head><title>Page {number}</title></head><body><ul class='menu'>{menu}</ul>"
            f"<div class='story-text'><h1>Page {number}</h1>{paragraphs}</div><div class='related'>{teasers}</div></body></html>"
        )
        (folder / "html" / f"{number}.html.gz").write_bytes(gzip.compress(html.encode()))
        rows.append({"id": str(number), "url": f"https://site{number // 2}.example/{number}", "title": f"Page {number}", "body": body})
    (folder / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[GoldPage]:
    return list(read_gold((gold_set(tmp_path_factory.mktemp("gold") / "made"),)))


def test_same_seed_same_weights_and_they_extract(pages: list[GoldPage], tmp_path: Path) -> None:
    material = list(samples(pages))
    first, second = (json.dumps(train(material, RECIPE)) for _ in range(2))
    assert first == second
    file = tmp_path / "weights.json"
    file.write_text(first, encoding="utf-8")
    page = pages[0]
    article = extract(page.html, url=page.url, options=Options(profiles=(), weights=file))
    assert article.body == "\n\n".join(page.gold["body"])


def test_trees_in_numpy_answer_as_catboost_does(pages: list[GoldPage]) -> None:
    model = parse_weights(train(list(samples(pages)), RECIPE))
    assert model.trees.column.shape == (12, 3)
    assert model.trees.leaf.shape == (12, 8)
    assert 0.0 <= model.confidence[0][1] <= 1.0


def test_cross_validation_scores_each_page_once(pages: list[GoldPage]) -> None:
    scores = [score for own, options in held_out(pages, RECIPE, 3) for score in evaluate(own, options)]
    assert sorted(score.page.id for score in scores) == sorted(page.id for page in pages)
    summary = summarise(scores)
    assert summary["sets"]["made"]["pages"] == len(pages)
    assert summary["sets"]["made"]["word"] > 0.9
    assert "made" in table(summary)


def test_pages_without_a_gold_body_are_learned_from_by_labels(pages: list[GoldPage], tmp_path: Path) -> None:
    told = list(samples(pages))
    bare = [replace(page, gold={"title": page.gold["title"]}) for page in pages]
    assert list(samples(bare)) == []
    rows = []
    for sample in told:
        keys = run_keys([run.text for run in sample.outline.runs])
        chosen = [key for key, label in zip(keys, sample.labels, strict=True) if label]
        rows.append({"set": "made", "id": sample.page.id, "runs": chosen})
    file = tmp_path / "labels.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    material = list(samples(labelled(bare, file)))
    assert [sample.labels.tolist() for sample in material] == [sample.labels.tolist() for sample in told]
    assert all(sample.weights.sum() < other.weights.sum() for sample, other in zip(material, told, strict=True))
    assert train(material, RECIPE)["columns"]
    # A gold body says more than labels, and what is learned from need not be scored.
    assert [page.gold for page in labelled(pages, file)] == [page.gold for page in pages]
    also = list(labelled(bare[4:], file))
    scores = [score for own, options in held_out(pages[:4], RECIPE, 2, also=also) for score in evaluate(own, options)]
    assert sorted(score.page.id for score in scores) == sorted(page.id for page in pages[:4])


def test_labels_that_are_none_are_named_by_their_line(pages: list[GoldPage], tmp_path: Path) -> None:
    file = tmp_path / "labels.jsonl"
    file.write_text('{"set": "made", "id": "1", "runs": []}\n{"set": "made", "id": 2}\n', encoding="utf-8")
    with pytest.raises(SourceError, match=r"labels\.jsonl, line 2: no row of labels"):
        list(labelled(pages, file))


def test_evaluate_counts_refused_pages_as_lost(pages: list[GoldPage], tmp_path: Path) -> None:
    empty = tmp_path / "empty.html.gz"
    empty.write_bytes(gzip.compress(b"<html></html>"))
    lost = GoldPage("made", "lost", "https://site9.example/", empty, {"body": ["Some text that is not there."]})
    (score,) = evaluate([lost], Options(profiles=()))
    assert score.refused is not None
    assert score.refused.startswith("EmptyPage")
    assert score.values["word"] == 0.0


def test_one_site_one_fold() -> None:
    page = GoldPage("set", "1", "https://a.b.example.co.uk/x", Path("1.html.gz"), {})
    assert page.site == "example.co.uk"
    assert fold_of("example.co.uk", 5) == fold_of("example.co.uk", 5)
    assert {fold_of(f"site{number}.example", 5) for number in range(60)} == set(range(5))


def test_what_is_no_gold_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no gold\.jsonl"):
        list(read_gold((tmp_path,)))
    (tmp_path / "gold.jsonl").write_text('{"id": "1"}\n{broken\n', encoding="utf-8")
    with pytest.raises(SourceError, match="line 1: its page is missing"):
        list(read_gold((tmp_path,)))
