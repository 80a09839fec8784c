"""Which runs are labelled as body."""

from scraper.gold.labels import label_runs

BODY = ["The ferry left the pier at nine, as it does on every day but Sunday.", "Nobody waved.", "Bread", "Salt"]


def test_long_runs_by_shared_words_and_short_lines_by_equality() -> None:
    runs = ["Menu", BODY[0], "Nobody waved.", "Subscribe to the letter of the harbour now", "Bread", "Salt"]
    assert (label_runs(runs, BODY) > 0.5).tolist() == [False, True, True, False, True, True]


def test_part_of_a_paragraph_counts_and_a_stray_word_does_not() -> None:
    runs = ["The ferry left the pier at nine,", "ferry", "as it does on every day but Sunday.", "ferry"]
    labels = (label_runs(runs, BODY) > 0.5).tolist()
    assert labels[0]
    assert labels[2]
    assert labels[1]  # between two body runs
    assert not labels[3]


def test_of_repeated_texts_the_copy_amid_the_article_counts() -> None:
    runs = [BODY[0], "Home", "News", "Sport", "Weather", "Ads", "Jobs", "Cars", BODY[0], "Nobody waved."]
    labels = (label_runs(runs, BODY) > 0.5).tolist()
    assert not labels[0]
    assert labels[8]
