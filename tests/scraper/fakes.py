"""An extractor that needs no model: the first line is the title, words in capitals say what goes wrong.

As a program (`python -m tests.scraper.fakes ARGUMENTS`) it is the command `scraper` with this extractor in place of the real one.
"""

import hashlib
import re
import time

from extractors.article import PROVENANCE_KEYS, Article, Context, Options
from extractors.errors import ConsentWall, EmptyPage, InvalidRules
from extractors.urls import document_id, host_of
from scraper.records import Failure, FailureKind, Page, Target
from scraper.run.joining import whole

__all__ = ["article", "fake_extract", "fake_fetch", "judged"]


def article(text: str = "Title\n\nBody", *, url: str | None = None, day: str | None = None, language: str | None = None) -> Article:
    """A whole record of `text`."""
    return Article(
        id=document_id(url, text.encode("utf-8", "replace")),
        url=url,
        host=host_of(url),
        title=text.partition("\n")[0],
        date_published=day,
        body=text,
        language=language,
        word_count=len(text.split()),
        content_hash=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
        provenance=dict.fromkeys(PROVENANCE_KEYS),
        extractor_version="fake",
    )


def judged(text: str, *, url: str | None = None) -> Article:
    """An article, or the error that the text asks for: WALL, EMPTY, RULES, MEMORY or BOOM; SLOW takes five seconds, ENDLESS all of them."""
    if "SLOW" in text:
        time.sleep(5)
    if "ENDLESS" in text:
        re.match(r"(a+)+b", "a" * 60)
    if "MEMORY" in text:
        raise MemoryError
    errors = {"WALL": ConsentWall("a consent wall"), "EMPTY": EmptyPage("no text"), "RULES": InvalidRules("rules.toml line 3: no")}
    for word, error in errors.items():
        if word in text:
            raise error
    if "BOOM" in text:
        raise ZeroDivisionError("boom")
    return article(text, url=url)


def fake_extract(page: Page, digest: str) -> Article:
    """For the pipeline's argument."""
    return whole(page, lambda part: judged(part.data.decode("utf-8", "replace"), url=part.url))


def fake_fetch(target: Target) -> Page | Failure:
    """A page that says its address; a timeout for an address with "timeout" in it; a redirect to one place for "moved"."""
    if "timeout" in target.url:
        return Failure(url=target.url, kind=FailureKind.TIMEOUT, detail="no answer within 1 s")
    if "raise" in target.url:
        raise ZeroDivisionError("boom")
    url = "https://example.org/final" if "moved" in target.url else target.url
    return Page(data=f"Page of {url}".encode(), url=url, url_requested=target.url, source=target.source, http_status=200)


def _public(
    data: bytes, *, url: str | None = None, content_type: str | None = None, context: Context | None = None, options: Options | None = None
) -> Article:
    return judged(data.decode("utf-8", "replace"), url=url)


if __name__ == "__main__":
    import extractors
    from scraper.__main__ import main

    extractors.extract = _public  # type: ignore[attr-defined, unused-ignore]
    main()
