"""Articles for reading."""

from dataclasses import replace

from scraper.records import Format, Outcome, OutcomeKind
from scraper.writers.text import Reading, as_markdown, as_text
from tests.scraper.fakes import article
from tests.scraper.writers.test_jsonl import Pieces


def test_text_has_title_origin_and_body() -> None:
    made = replace(article("One", url="https://example.org/a_b", day="2026-01-02"), body="Body.", byline="By Ann Lee")
    assert as_text(made) == "One\n\nBy Ann Lee · 2026-01-02 · https://example.org/a_b\n\nBody.\n"


def test_markdown_marks_in_a_title_are_no_marks() -> None:
    made = replace(article("x"), title="The *new* [a_b]", body="**Bold** body.", authors=("Ann Lee", "Bo Chen"))
    assert as_markdown(made) == "# The \\*new\\* \\[a\\_b\\]\n\nAnn Lee, Bo Chen\n\n**Bold** body.\n"


def test_markdown_marks_in_the_line_of_origin_are_no_marks() -> None:
    made = replace(article("x", url="https://example.org/a_b_c"), title=None, body="Body.", byline="- By *Ann* <b>Lee</b> [x](y)")
    assert as_markdown(made) == "\\- By \\*Ann\\* \\<b\\>Lee\\</b\\> \\[x\\](y) · https://example.org/a\\_b\\_c\n\nBody.\n"


def test_what_is_missing_leaves_no_gap() -> None:
    assert as_text(replace(article("x"), title=None, body="Body.")) == "Body.\n"


def test_articles_are_parted_and_controls_replaced() -> None:
    sink = Pieces()
    reading = Reading(sink, Format.TEXT)
    for text in ("one\x1b[2J\x9b", "two"):
        made = replace(article(text), title=None, body=text)
        reading.write(Outcome(kind=OutcomeKind.WRITTEN, url=None, article=made))
    reading.write(Outcome(kind=OutcomeKind.SKIPPED, url=None))
    assert b"".join(sink.pieces).decode() == f"one\ufffd[2J\ufffd\n\n{'=' * 72}\n\ntwo\n"


def test_markdown_articles_are_parted_by_a_rule() -> None:
    sink = Pieces()
    reading = Reading(sink, Format.MARKDOWN)
    for _ in range(2):
        reading.write(Outcome(kind=OutcomeKind.WRITTEN, url=None, article=replace(article("x"), title=None, body="Body.")))
    assert b"".join(sink.pieces) == b"Body.\n\n***\n\nBody.\n"
