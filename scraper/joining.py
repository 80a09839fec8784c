"""One article from the articles of its pages: what the later pages add to the first."""

from collections.abc import Sequence
from dataclasses import replace

from extractors.article import Article
from extractors.identity import content_hash, fingerprint, word_count

__all__ = ["joined"]


def joined(articles: Sequence[Article]) -> Article:
    """The first article with the bodies of the others behind its own; what a page repeats of those before it is said once."""
    first = articles[0]
    parts = list(first.body.split("\n\n"))
    blocks = list(first.blocks or ())
    known, shown = set(parts), {block.text for block in blocks}
    for article in articles[1:]:
        fresh = [part for part in article.body.split("\n\n") if part not in known]
        parts += fresh
        known.update(fresh)
        added = [block for block in article.blocks or () if block.text not in shown]
        blocks += added
        shown.update(block.text for block in added)
    body = "\n\n".join(parts)
    return replace(
        first,
        body=body,
        blocks=None if first.blocks is None else tuple(blocks),
        word_count=word_count(body),
        content_hash=content_hash(first.title, body),
        fingerprint=fingerprint(body),
        removed=tuple(removal for article in articles for removal in article.removed),
        warnings=tuple(dict.fromkeys([*(warning for article in articles for warning in article.warnings), "pages_joined"])),
    )
