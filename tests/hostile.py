"""What tests of hostile pages share: an article to be found in them, and a bound of time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from extractors import Article, ExtractionError, extract

__all__ = ["PARAGRAPHS", "PROSE", "attempt", "bounded", "page", "whole"]

PARAGRAPHS = [
    "The ferry left the pier at nine, as it had done on every working day since the bridge was closed for repairs.",
    "Nobody on the quay waved; the few people who had come to see it off were reading the notice about the new fares.",
    "The captain, who has held the post for eleven years, said that she expected the winter timetable to be kept.",
    "Her company carries four hundred passengers a day, a third of them pupils of the two schools on the northern shore.",
]
PROSE = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
SLOWEST = 20.0  # seconds, on a busy machine; unbounded cases took minutes or never ended


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html lang='en'><head><title>The ferry at nine</title>{head}</head><body>{body}</body></html>"


@contextmanager
def bounded(seconds: float = SLOWEST) -> Iterator[None]:
    start = time.process_time()
    yield
    assert time.process_time() - start < seconds


def attempt(data: bytes | str) -> Article | ExtractionError:
    """The article or the typed error; anything else fails the test."""
    try:
        return extract(data, url="https://news.example.org/ferry")
    except ExtractionError as error:
        return error


def whole(data: bytes | str) -> Article:
    article = attempt(data)
    assert isinstance(article, Article), article
    for text in PARAGRAPHS:
        assert text in article.body
    return article
