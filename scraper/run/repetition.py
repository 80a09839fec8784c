"""What comes twice in a run that has no state: the same fetch, the same bytes, the same article."""

from dataclasses import dataclass

from extractors.article import Article
from extractors.urls import document_id
from scraper.records import Page

__all__ = ["Repetition"]


_BYTES, _CONTENT = "00", "01"  # what a mark is of


@dataclass(frozen=True, slots=True)
class _Line:
    """The newest article of an id, and what it was read from."""

    content_hash: str
    digest: str
    name: str


class Repetition:
    """What was judged so far, by id.

    Two fetches of the run that end at one address are one article. Saved copies of an address may be its revisions: each content is one
    line. What an archive replays is judged as the run that fetched it did, by the newest line alone: what changes back is a line again.
    """

    def __init__(self) -> None:
        self._names: dict[bytes, str] = {}  # the first of each fetch, bytes and content
        self._newest: dict[str, _Line] = {}

    def of_page(self, page: Page, digest: str) -> str | None:
        """What a page repeats that needs no extraction to be known; None where it may be new. `digest`: the SHA-256 of its bytes."""
        identity = document_id(page.url, page.data)
        if page.run_id is not None:
            line = self._newest.get(identity)
            return line.name if line is not None and line.digest == digest and not page.pages else None
        return self._known(identity, "" if page.url_requested is not None else _BYTES + digest, name=_name(page) or identity)

    def of_article(self, article: Article, page: Page, digest: str) -> str | None:
        """What an article repeats; None where it is to be written, and then it is the newest of its id."""
        line, name = self._newest.get(article.id), _name(page) or article.id
        if page.run_id is not None:
            known = line.name if line is not None and line.content_hash == article.content_hash else None
        else:
            known = self._known(article.id, _CONTENT + article.content_hash, name=name)
        if known is None:
            self._newest[article.id] = _Line(article.content_hash, digest, name)
        return known

    def _known(self, identity: str, mark: str, *, name: str) -> str | None:
        """The first that had that mark; it is this one from now on where there was none."""
        key = bytes.fromhex(identity + mark)  # a fifth of the memory that two strings take
        known = self._names.get(key)
        if known is None:
            self._names[key] = name
        return known


def _name(page: Page) -> str | None:
    return page.url_requested or page.name
