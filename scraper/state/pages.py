"""What to ask with whether a page has changed, and the feeds and sitemaps that were read, whole."""

import zlib

from scraper.records import Page, Validators
from scraper.state.file import StateFile

__all__ = ["Pages"]

_LARGEST_LISTING = 8 * 2**20  # bytes, compressed: a sitemap of 50,000 addresses has about 300 kB


class Pages:
    """Validators of pages by their address after redirects, and listings."""

    def __init__(self, file: StateFile) -> None:
        self._file = file

    def validators(self, url: str) -> Validators | None:
        """What was kept to ask with whether the page at `url`, an address after redirects, has changed."""
        row = self._file.row("SELECT etag, last_modified FROM validators WHERE url = ?", url)
        return Validators(*row) if row else None

    def keep_validators(self, url: str, validators: Validators) -> None:
        """Keep what vouches for a record, in the transaction that commits it; nothing is kept where the server gave nothing."""
        if validators.etag or validators.last_modified:
            values = (url, validators.etag, validators.last_modified)
            self._file.write("INSERT OR REPLACE INTO validators VALUES (?, ?, ?)", *values)
        else:
            self._file.write("DELETE FROM validators WHERE url = ?", url)

    def forget_validators(self) -> None:
        """Drop all of them: the dataset that they vouched for begins anew."""
        self._file.write("DELETE FROM validators")

    def listing_validators(self, url: str) -> Validators | None:
        """What was kept to ask with whether the feed, sitemap or section page at `url` has changed."""
        row = self._file.row("SELECT etag, last_modified FROM listings WHERE url = ?", url)
        return Validators(*row) if row else None

    def listing(self, url: str) -> tuple[str | None, bytes] | None:
        """Content type and bytes of a listing that was kept."""
        row = self._file.row("SELECT content_type, body FROM listings WHERE url = ?", url)
        return (row[0], zlib.decompress(row[1])) if row else None

    def keep_listing(self, page: Page) -> None:
        """Keep a feed, sitemap or section page whole: what it names must be named in every run, whether it has changed or not."""
        etag, modified = page.headers.get("etag"), page.headers.get("last-modified")
        body = zlib.compress(page.data, 1) if page.url and (etag or modified) else b""
        if body and len(body) <= _LARGEST_LISTING:
            values = (page.url, etag, modified, page.content_type, body)
            self._file.write("INSERT OR REPLACE INTO listings VALUES (?, ?, ?, ?, ?)", *values)
        elif page.url:
            self._file.write("DELETE FROM listings WHERE url = ?", page.url)
