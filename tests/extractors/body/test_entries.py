"""The times of a live blog's entries head them, in page order; other times of day stay what they are."""

import pytest

from extractors import Options, extract
from extractors.article import BlockType

__all__: list[str] = []

OPENING = (
    "The crane that is to lift the old bridge from its piers has come up the river in the night, and half the town is on the bank to see."
)
ENTRIES = [
    ("14:20", "The bridge hangs clear of its piers, and a cheer goes up from the bank that must be heard as far as the mill."),
    ("13:55", "The ropes are being drawn tight; the foreman waves the boats back for the third time, and now they obey him."),
    ("13:05", "Rain. Nobody goes home."),
    ("12:40", "The river police have closed the towpath on both sides, and the ferry will not run before the evening."),
]


def page(entry: str) -> str:
    entries = "".join(entry.format(time=time, text=text) for time, text in ENTRIES)
    body = f"<h1>The bridge comes down</h1><p>{OPENING}</p>{entries}"
    return f"<html lang='en'><title>The bridge comes down</title><body><article>{body}</article></body></html>"


@pytest.mark.parametrize(
    "entry",
    [
        "<div class=post><time>{time}</time><p>{text}</p></div>",
        "<div class=post><div class=stamp>{time} Uhr</div><div>{text}</div></div>",
        "<section><span>{time} GMT</span><p>{text}</p></section>",
    ],
)
def test_times_are_headings(entry: str) -> None:
    article = extract(page(entry), options=Options(blocks=True))
    assert article.blocks is not None
    heads = [block.text[:5] for block in article.blocks if block.type is BlockType.HEADING]
    assert heads == [time for time, _ in ENTRIES]
    assert article.body.index(ENTRIES[0][1]) < article.body.index("13:55") < article.body.index(ENTRIES[3][1])


def test_the_times_of_comments_are_none() -> None:
    said = "I stood by the mill myself, and nobody cheered there, as anybody can tell you who was on that side."
    comments = "".join(f"<li class=comment><span>{time}</span><p>{number}. {said}</p></li>" for number, (time, _) in enumerate(ENTRIES))
    article = extract(page("<p>{text}</p>").replace("</article>", f"</article><ol class=comments>{comments}</ol>"))
    assert "13:55" not in article.body


def test_two_times_are_when_a_page_came_out() -> None:
    times = "<div><span>12:40</span></div><div><span>14:20</span></div>"
    article = extract(page("<p>{text}</p>").replace("</h1>", f"</h1>{times}"), options=Options(blocks=True))
    assert article.blocks is not None
    assert not any(block.type is BlockType.HEADING for block in article.blocks)
