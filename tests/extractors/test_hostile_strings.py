"""Strings that are built to be read again and again: each reader's time goes by their length, and what they say is still read."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from extractors.errors import NotHtml
from extractors.fields.byline.credit import Trust
from extractors.fields.byline.names import read_credit
from extractors.fields.image.placeholders import is_placeholder
from extractors.fields.moments import find
from extractors.fields.title.suffixes import Names, cut
from extractors.kinds import Kind, kind_of
from extractors.plaintext import parse
from extractors.structured.loosejson import load

LONG = 20_000
SLOWEST = 0.5  # seconds, on a busy machine; the square of their length took from two seconds to hours


def moments(text: str) -> list[str]:
    return [found.moment.text for found in find(text)]


def last(plain: str) -> str:
    return parse(plain).pieces[-1].block.text


READ: dict[str, tuple[Callable[[], Any], Any]] = {
    "comments before a page": (lambda: kind_of("<!--a-->" * 24 + "<html>", None), Kind.HTML),
    "openings of links": (lambda: kind_of("[a](" * LONG, "text/plain"), Kind.TEXT),
    "openings of comments in data": (lambda: load('{"a": 1 ' + "/* " * LONG + "}"), [{"a": 1}]),
    "at signs": (lambda: read_credit("Jane Doe, a" + "@" * 1600, Trust.DECLARED).people, ("Jane Doe",)),
    "spaces behind a time": (lambda: moments("2024-01-01T10:10" + " " * LONG + "x"), ["2024-01-01T10:10:00"]),
    "underscores in an address": (lambda: is_placeholder(f"https://example.org/{'_' * LONG}.jpg"), False),
    "separators of a title": (lambda: cut("A ferry" + "|" * 4000, Names(frozenset({"quay"}), "quay")), "A ferry" + "|" * 4000),
    "spaces in the rule of a table": (lambda: last(f"a|b\n{' ' * LONG}|x"), "|x"),
    "spaces behind a rule": (lambda: last(f"a\n\n- - -{' ' * LONG}x"), "- - x"),
    "spaces in a heading": (lambda: parse(f"# The{' ' * 4 * LONG}ferry {{#id}}\n\na").title, "The ferry"),
    "a fence of tildes": (lambda: last(f"a\n\n{'~' * LONG}`"), "~" * LONG + "`"),
}


@pytest.mark.parametrize(("read", "said"), READ.values(), ids=READ)
def test_time_by_length(read: Callable[[], Any], said: Any) -> None:
    kind_of("<html>", None), parse("a"), moments("3 March 2024")  # the tables are read before the clock runs
    start = time.process_time()
    found = read()
    assert time.process_time() - start < SLOWEST
    assert found == said


def test_comments_before_a_feed_are_passed() -> None:
    with pytest.raises(NotHtml):
        kind_of("<!-- one --> <!-- two -->\n<rss version='2.0'>", None)


@pytest.mark.parametrize("text", ["See [the notice](https://example.org/ferry_(ship)).", "[a](b)", "# Title", "**bold**"])
def test_links_with_brackets_are_markdown(text: str) -> None:
    assert kind_of(text, None) is Kind.MARKDOWN
