"""Which runs are labelled as body."""

from scraper.gold.labels import chosen_runs, label_runs, run_keys

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


def test_a_run_goes_by_its_words_and_by_its_number_among_the_same() -> None:
    keys = run_keys(["Bread", "Salt", "bread!", "Bread", ""])
    assert keys[2] == f"{keys[0]}.2"
    assert keys[3] == f"{keys[0]}.3"
    assert len(set(keys)) == 5


def test_chosen_runs_are_the_body_and_a_page_that_is_parted_otherwise_has_no_labels() -> None:
    runs = ["Menu", *BODY, "Bread"]
    keys = run_keys(runs)
    chosen = chosen_runs(runs, [*keys[1:3], keys[5]])
    assert chosen is not None
    assert chosen.tolist() == [0, 1, 1, 0, 0, 1]
    assert chosen_runs(runs[2:], keys[1:5]) is None
    assert chosen_runs(runs, []) is None
