"""The packaged weights, the trees in numpy, the columns and their card."""

import json
import re
import time
from pathlib import Path

import numpy as np
import pytest
from lxml import etree

from extractors.body.characters import count_characters, find_words, shared_words
from extractors.body.features import Hints, column_names, tabulate
from extractors.body.lexicon import Lexicon
from extractors.body.model import Trees, load
from extractors.body.select import select
from extractors.errors import InvalidRules
from extractors.outline import outline

CARD = Path(__file__).parents[3] / "data" / "MODEL.md"
WEIGHTS = Path(__file__).parents[3] / "extractors" / "body" / "weights.json"


def test_weights_are_small_text_and_fit_the_columns() -> None:
    assert WEIGHTS.stat().st_size < 1_500_000
    model = load()
    assert set(model.columns) <= set(column_names())
    assert model.lexicon.names
    assert model.lexicon.words
    values = [value for _, value in model.confidence]
    assert values == sorted(values)


def test_every_column_stands_in_the_card() -> None:
    named = re.findall(r"`([a-z0-9_{}]+)`", CARD.read_text(encoding="utf-8"))
    patterns = [re.compile(re.sub(r"\{\w+\}", r"[-+\\w]+", name)) for name in named]
    missing = [name for name in column_names() if not any(pattern.fullmatch(name) for pattern in patterns)]
    assert missing == []


def test_trees_answer_bit_by_bit() -> None:
    trees = Trees(
        column=np.array([[0, 1], [1, 1]], dtype=np.int32),
        border=np.array([[0.5, 10.0], [0.0, 20.0]], dtype=np.float32),
        leaf=np.array([[1.0, 2.0, 4.0, 8.0], [0.0, 16.0, 32.0, 64.0]], dtype=np.float32),
        bias=-20.0,
    )
    matrix = np.array([[0.0, 1.0, 1.0], [5.0, 5.0, 30.0]], dtype=np.float32)
    logits = np.array([1 + 16, 2 + 16, 8 + 64]) - 20.0
    assert trees.scores(matrix) == pytest.approx(1 / (1 + np.exp(-logits)), rel=1e-5)


@pytest.mark.parametrize("text", ["{}", "[]", "not json", '{"format": 99}'])
def test_weights_of_another_make_are_refused_with_the_file(text: str, tmp_path: Path) -> None:
    file = tmp_path / "weights.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidRules, match=r"weights\.json.*scraper train"):
        load(file)


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidRules, match="cannot be read"):
        load(tmp_path / "none.json")


def test_trees_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    weights = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    weights["columns"] = weights["columns"][:3]
    file = tmp_path / "weights.json"
    file.write_text(json.dumps(weights), encoding="utf-8")
    with pytest.raises(InvalidRules):
        load(file)


def test_character_classes() -> None:
    found = count_characters(["Ada, 12 “yes”.", "東京です。", "© 2024"])
    assert found.count("digit").tolist() == [2, 0, 4]
    assert found.count("comma").tolist() == [1, 0, 0]
    assert found.count("quote").tolist() == [2, 0, 0]
    assert found.count("wide").tolist() == [0, 4, 0]
    assert found.ends_with("stop").tolist() == [1, 1, 0]
    assert found.count("symbol").tolist() == [0, 0, 1]


def test_words_are_runs_of_letters_known_by_their_spelling() -> None:
    words = find_words(count_characters(["Read on: read 2nd", "lire", "READ", "12"]))
    assert words.owners.tolist() == [0, 0, 0, 0, 1, 2]
    assert words.lengths.tolist() == [4, 2, 4, 2, 4, 4]
    assert words.offsets.tolist() == [0, 5, 9, 15, 0, 0]
    assert words.ranks.tolist() == [0, 1, 2, 3, 0, 0]
    read, on, again, ordinal, lire, shouted = words.numbers.tolist()
    assert read == again == shouted
    assert len({read, on, ordinal, lire}) == 4


def test_the_lexicon_scores_the_heads_of_short_lines() -> None:
    page = outline(etree.HTML(f"<body><p>Read more</p><p>Nothing known</p><p>Read {'on ' * 60}</p><p>12</p></body>"))
    lexicon = Lexicon(words={"read": -0.5, "more": 0.1, "the": 0.4})
    columns = tabulate(page, Hints(), lexicon, names=("word_mean", "word_min", "word_before"))
    assert columns.T.tolist() == [pytest.approx(row) for row in ([-0.2, -0.5, 0], [0, 0, -0.2], [0, 0, 0], [0, 0, 0])]


def test_shared_words_are_those_that_stand_elsewhere_in_the_prose() -> None:
    texts = ["The harbour ferry left", "A HARBOUR ferry again", "Quite another topic here", "of it"]
    share, count = shared_words(find_words(count_characters(texts)), np.array([True, True, False, False]))
    assert share.tolist() == pytest.approx([1.0, 2 / 3, 0.0, -1.0])
    assert count.tolist() == [2, 3, 3, 0]


def test_tabulate_gives_the_asked_columns_in_order() -> None:
    page = outline(
        etree.HTML(
            "<body><ul class='menu'><li><a href='/'>Home</a></li></ul><div><p>Some prose, long enough to count as such.</p></div></body>"
        )
    )
    both = tabulate(page, Hints(title="Home"), Lexicon(), names=("link_share", "is_p"))
    assert both.tolist() == [[1.0, 0.0], [0.0, 1.0]]
    assert tabulate(page, Hints(), Lexicon(), names=("is_p",)).tolist() == [[0.0, 1.0]]


def test_selection_and_its_region() -> None:
    html = "<body><p>Menu</p><main><h1>Head</h1><p>One of the paragraphs.</p><p>Ad</p><p>The other paragraph.</p></main><p>Foot</p></body>"
    page = outline(etree.HTML(html))
    scores = np.array([0.0, 0.1, 0.9, 0.1, 0.9, 0.0], dtype=np.float32)
    choice = select(page, scores, load())
    assert choice.kept.tolist() == [False, False, True, False, True, False]
    assert choice.region == (1, 5)
    assert choice.doubt == 0.0
    elsewhere = select(page, np.array([0.4, 0.1, 0.9, 0.4, 0.9, 0.0], dtype=np.float32), load())
    assert elsewhere.doubt == pytest.approx(4 * 0.8)  # of the menu alone
    assert select(page, scores * 0, load()).region == (0, 0)


def test_a_stated_text_is_searched_in_bounded_time() -> None:
    said = "".join(f"The ferry left the pier at nine on day {number} of the new timetable. " for number in range(40_000))
    rows = "".join(f"<p>Row {number} of a table is not in the text of the article at all</p>" for number in range(20_000))
    page = outline(etree.fromstring(f"<body>{rows}</body>"))
    hints = Hints(title="The ferry", description=said, article_body=said)
    start = time.process_time()
    tabulate(page, hints, Lexicon(), names=("in_article_body", "in_description"))
    assert time.process_time() - start < 3
