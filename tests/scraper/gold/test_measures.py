"""What each measure counts and what it forgives."""

from pathlib import Path

import pytest

from scraper.gold.evaluate import Score, rank_correlation, summarise
from scraper.gold.measures import measure
from scraper.gold.pages import GoldPage


def record(**values: object) -> dict[str, object]:
    return {"body": "", "title": None, "authors": [], "date_published": None, "taxonomy": {}, **values}


def test_body_measures_see_words_order_and_paragraphs() -> None:
    gold = {"body": ["The ferry left at nine.", "Nobody waved."]}
    whole = measure(gold, record(body="The ferry left at nine.\n\nNobody waved."))
    assert whole == dict.fromkeys(("word", "shingle", "shingle_precision", "shingle_recall", "para"), 1.0)
    turned = measure(gold, record(body="Nobody waved.\n\nThe ferry left at nine."))
    assert turned["word"] == 1.0
    assert turned["para"] == 1.0
    assert turned["shingle"] < 1.0
    half = measure(gold, record(body="The ferry left at nine."))
    assert half["para"] == pytest.approx(2 / 3)


def test_shingles_of_a_set_are_judged_by_mean_precision_and_mean_recall() -> None:
    page = GoldPage("aed", "1", None, Path("1"), {})
    values = [
        {"shingle": 0.5, "shingle_precision": 1.0, "shingle_recall": 1 / 3},
        {"shingle": 1.0, "shingle_precision": 1.0, "shingle_recall": 1.0},
    ]
    means = summarise(Score(page, found) for found in values)["sets"]["aed"]
    assert means["shingle"] == pytest.approx(0.8)


def test_list_marks_soft_hyphens_and_the_brackets_of_gold_do_not_count_in_paragraphs() -> None:
    assert measure({"body": ["bread", "[salt]"]}, record(body="- bre\u00adad\n- salt"))["para"] == 1.0


def test_snippets() -> None:
    gold = {"with": ["nine sharp", "a  wave"], "without": ["Subscribe"]}
    assert measure(gold, record(body="At nine sharp, a wave."))["snippet"] == 1.0
    assert measure(gold, record(body="At nine sharp. Subscribe"))["snippet"] == pytest.approx(2 / 4)


def test_snippets_of_a_set_are_counted_together() -> None:
    page = GoldPage("wcxb", "1", None, Path("1"), {})
    values = [measure({"with": ["nine"] * wanted, "without": []}, record(body=body)) for wanted, body in ((3, "nine"), (1, "ten"))]
    means = summarise(Score(page, found) for found in values)["sets"]["wcxb"]
    assert means["snippet"] == pytest.approx(2 * 3 / (3 + 4), abs=1e-4)


@pytest.mark.parametrize(
    ("found", "right"),
    [("The Ferry, at nine", 1.0), ("The ferry at nine!", 1.0), ("The ferry at nine | Harbour Ledger", 0.0), (None, 0.0)],
)
def test_title_forgives_two_letters(found: str | None, right: float) -> None:
    assert measure({"title": "The ferry at nine"}, record(title=found))["title"] == right


def test_authors_in_one_string_are_parted_and_desks_do_not_count() -> None:
    assert measure({"authors": ["Ada Moor and Ben Sund"]}, record(authors=["Ada Moor", "Ben Sund"]))["authors"] == 1.0
    assert "authors" not in measure({"authors": ["News Desk"]}, record(authors=["Ada Moor"]))


def test_day_is_compared_in_the_zone_of_gold() -> None:
    gold = {"published": "2024-05-04T00:30:00+02:00"}
    assert measure(gold, record(date_published="2024-05-03T22:30:00+00:00"))["date"] == 1.0
    assert measure(gold, record(date_published="2024-05-03"))["date"] == 0.0


def test_topics_pool_the_lists() -> None:
    taxonomy = {"section": ["Sea"], "tags": ["Ferries", "Fog"]}
    assert measure({"topics": ["sea", "ferries"]}, record(taxonomy=taxonomy))["topics"] == pytest.approx(4 / 5)


def test_rank_correlation() -> None:
    assert rank_correlation([(0.1, 1.0), (0.2, 2.0), (0.3, 3.0)]) == 1.0
    assert rank_correlation([(0.1, 3.0), (0.2, 2.0), (0.3, 1.0)]) == -1.0
    assert rank_correlation([(0.1, 1.0), (0.1, 2.0)]) is None
