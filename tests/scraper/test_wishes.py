"""What a page's meta elements wish of those who keep it."""

import pytest

from scraper.wishes import page_wishes


@pytest.mark.parametrize(
    ("tag", "wishes"),
    [
        ('<meta name="robots" content="noarchive">', ("robots_noarchive",)),
        ("<META CONTENT='NoAI, noimageai, max-snippet:-1' NAME='robots'>", ("robots_noai", "robots_noimageai")),
        ("<meta name=robots content=noindex>", ("robots_noindex",)),
        ('<meta name="robots" content="index, follow">', ()),
        ('<meta name="description" content="noai">', ()),
        ('<meta property="og:title" content="robots noarchive">', ()),
        ("", ()),
    ],
)
def test_wishes(tag: str, wishes: tuple[str, ...]) -> None:
    assert page_wishes(f"<html><head>{tag}<title>noai</title></head>".encode()) == wishes


def test_a_page_without_end_is_read_in_its_head_only() -> None:
    assert page_wishes(b" " * 200_000 + b'<meta name="robots" content="noai">') == ()
    assert page_wishes(b"<meta " * 100_000) == ()
