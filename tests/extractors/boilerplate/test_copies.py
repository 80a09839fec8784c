"""Text that a page holds twice stands in the body once; what an article repeats on purpose stays."""

import time

import pytest

from extractors import Options, extract
from extractors.article import Block, BlockType
from extractors.boilerplate.copies import copies
from extractors.piece import Piece

STORY = [
    "The ferry left at nine, an hour late, with forty passengers and a hearse on deck.",
    "What the harbour saw",
    "Nobody waved. The master sounded the horn twice, as the statutes of the company ask.",
    "By noon the fog had come in from the sound, and the second boat stayed where it was.",
]


def pieces(texts: list[str], *, out: tuple[int, ...] = ()) -> list[Piece]:
    return [Piece(block=Block(type=BlockType.PARAGRAPH, text=text), kept=at not in out) for at, text in enumerate(texts)]


def test_the_second_copy_of_a_body_goes_headings_and_all() -> None:
    assert copies(pieces([*STORY, "For phones", *STORY])) == [5, 6, 7, 8]


def test_a_second_copy_begins_no_earlier_than_with_its_headings() -> None:
    again = "The harbour in winter"
    story = [*STORY, again, "In winter the sound freezes to the second pier, and the boats lie on the green until the ice has gone."]
    body = [*story, "Prices", "A ticket costs four crowns.", again, "There is no boat."]
    standfirst = "Forty passengers and a hearse waited for an hour, and the company says that nobody has asked for the fare."
    assert copies(pieces([standfirst, standfirst, *body, *story])) == [1, *range(12, 18)]
    assert copies(pieces([standfirst, standfirst, STORY[1], *body, "For phones", STORY[1], *body])) == [1, *range(14, 25)]


def test_a_paragraph_right_after_itself_goes() -> None:
    assert copies(pieces([STORY[0], STORY[0], *STORY[1:], "A long way yet. " * 60])) == [1]


def test_a_block_that_runs_the_paragraphs_together_goes() -> None:
    long = [f"{text} {number}. " + "And so the day went on in the harbour office. " * 9 for number, text in enumerate(STORY)]
    assert copies(pieces([*long, "".join(long)])) == [4]
    assert copies(pieces(["".join(long), *long])) == [0]


PLAN = "Warm up: ten minutes of easy running in zone two, then strides."
REFRAIN = "Haul away, you sons of the sound, haul away, for the boat is bound to the north and the night is long."


@pytest.mark.parametrize(
    "texts",
    [
        [PLAN, *STORY, PLAN],  # a plan says the same of each day
        [STORY[0], REFRAIN, STORY[2], REFRAIN, STORY[3], REFRAIN],  # a song
        ["Row, row", "Gently", "Row, row", "Gently", "Row, row", "Gently"],
        [*STORY, "And then, from the end:", STORY[3], STORY[2], STORY[0]],  # not in the order of a copy
        [],
    ],
)
def test_what_an_article_repeats_on_purpose_stays(texts: list[str]) -> None:
    assert copies(pieces(texts)) == []


def test_looking_for_copies_is_bounded() -> None:
    lines = [f"Line {number} of a page that was made to take long, and that is all it says." for number in range(50_000)]
    start = time.process_time()
    assert copies(pieces([*lines, "".join(lines)])) == []
    assert copies(pieces([*lines, "".join(lines[:3000]) * 2])) == []
    assert time.process_time() - start < 3


def test_what_is_out_already_is_no_first_copy() -> None:
    assert copies(pieces([*STORY, *STORY], out=(0, 1, 2, 3))) == []


def test_a_page_with_a_second_copy_for_phones_has_one_body_and_says_why() -> None:
    story = [f"{text} The company's own log has the hour and the names of those on board, and no more, said the clerk." for text in STORY]
    copy = "".join(f"<p>{text}</p>" for text in story)
    twice = f"<div class='story desk'>{copy}</div><div class='story phone'>{copy}</div>"
    record = extract(f"<html><body><main><h1>Late ferry</h1>{twice}</main></body></html>", options=Options(profiles=())).to_dict()
    assert record["body"].count("Nobody waved") == 1
    assert {(entry["kind"], entry["rule"]) for entry in record["removed"]} == {("copy", "text.copy")}
