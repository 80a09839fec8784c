"""One article from a page and those on which it goes on: what the later pages add to the first."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from itertools import chain, groupby
from typing import TypeVar

from extractors.article import Article, Block, BlockType
from extractors.errors import NotAnArticle
from extractors.identity import content_hash, fingerprint, word_count
from extractors.render import markdown, plain
from scraper.records import Page

__all__ = ["joined", "whole"]

Paragraph = TypeVar("Paragraph", bound=Hashable)


def whole(page: Page, extract: Callable[[Page], Article]) -> Article:
    """The article of a page and those on which it goes on; what follows a page without an article is left. Raises as `extract` does."""
    articles, missing = [extract(page)], False
    for later in page.pages:
        try:
            articles.append(extract(later))
        except NotAnArticle:
            missing = True
            break
    article = joined(articles) if page.pages else articles[0]
    return replace(article, warnings=(*article.warnings, "page_missing")) if missing else article


def joined(articles: Sequence[Article]) -> Article:
    """The first article with the bodies of the others behind its own; what a page repeats of those before it is said once.

    Where all have blocks, the body is made of those that are left, and hash, words and fingerprint of their plain text, as for one page;
    else a body is parted at its blank lines.
    """
    first = articles[0]
    blocks: tuple[Block, ...] | None = None
    if any(article.blocks is None for article in articles):
        body = text = "\n\n".join(_fresh(article.body.split("\n\n") for article in articles))
    else:
        blocks = tuple(chain.from_iterable(_fresh(_paragraphs(article.blocks or ()) for article in articles)))
        text = plain(blocks)
        body = text if all(article.body == plain(article.blocks or ()) for article in articles) else markdown(blocks)
    return replace(
        first,
        body=body,
        blocks=blocks,
        word_count=word_count(text),
        content_hash=content_hash(first.title, text),
        fingerprint=fingerprint(text),
        removed=tuple(removal for article in articles for removal in article.removed),
        warnings=tuple(dict.fromkeys([*(warning for article in articles for warning in article.warnings), "pages_joined"])),
    )


def _fresh(pages: Iterable[Sequence[Paragraph]]) -> list[Paragraph]:
    """The paragraphs of all pages, without those that an earlier page had."""
    known: set[Paragraph] = set()
    found: list[Paragraph] = []
    for page in pages:
        fresh = [paragraph for paragraph in page if paragraph not in known]
        found += fresh
        known.update(fresh)
    return found


def _paragraphs(blocks: Iterable[Block]) -> list[tuple[Block, ...]]:
    """The blocks as a body shows them: the items of a list together, each other one by itself."""
    numbered = enumerate(blocks)
    groups = groupby(numbered, key=lambda one: None if one[1].type is BlockType.LIST_ITEM else one[0])
    return [tuple(block for _, block in group) for _, group in groups]
