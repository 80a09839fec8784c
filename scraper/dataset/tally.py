"""Counts of paragraphs by host, kept in a temporary database on disk, so that memory does not grow with the dataset."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from scraper.errors import StateError
from scraper.sites import site_of

__all__ = ["Recurring", "Tally", "Thresholds", "Verdict", "open_tally"]

# One row for each paragraph of each line. All numbers are 64-bit hashes but the spot and what is counted. An article is one id, one
# content and one title at once: revisions share the id, copies at other addresses the content or the title. So a count of articles
# is the least of the three counts, and a paragraph does not recur by its article's having been fetched again.
_TABLES = """
CREATE TABLE host (host INTEGER PRIMARY KEY, name TEXT NOT NULL, site INTEGER NOT NULL);
CREATE TABLE article (host INTEGER, id INTEGER, content INTEGER, title INTEGER);
CREATE TABLE seen (host INTEGER, paragraph INTEGER, id INTEGER, content INTEGER, title INTEGER, spot INTEGER);
CREATE TABLE recurring (host INTEGER, paragraph INTEGER, articles INTEGER, share REAL, lead INTEGER, middle INTEGER, tail INTEGER,
  sites INTEGER, verdict TEXT, cut INTEGER DEFAULT 0, text TEXT, PRIMARY KEY (host, paragraph)) WITHOUT ROWID;
"""
_COUNT = """
CREATE INDEX seen_by_paragraph ON seen (paragraph, host);
CREATE TABLE size AS SELECT host, MIN(COUNT(DISTINCT id), COUNT(DISTINCT content), COUNT(DISTINCT title)) AS articles
  FROM article GROUP BY host;
CREATE UNIQUE INDEX size_by_host ON size (host);
CREATE TABLE often AS SELECT paragraph, host FROM seen GROUP BY paragraph, host HAVING COUNT(*) >= :least;
INSERT INTO recurring (host, paragraph, articles, share, lead, middle, tail, sites)
  SELECT host, paragraph, counted, CAST(counted AS REAL) / size.articles, lead, middle, tail, 0 FROM (
    SELECT seen.host AS host, seen.paragraph AS paragraph,
      MIN(COUNT(DISTINCT id), COUNT(DISTINCT content), COUNT(DISTINCT title)) AS counted,
      COUNT(DISTINCT CASE spot WHEN 0 THEN id END) AS lead, COUNT(DISTINCT CASE spot WHEN 1 THEN id END) AS middle,
      COUNT(DISTINCT CASE spot WHEN 2 THEN id END) AS tail
    FROM often JOIN seen USING (paragraph, host) GROUP BY seen.paragraph, seen.host
  ) JOIN size USING (host) WHERE counted >= :least AND counted >= :share * size.articles;
CREATE TABLE spread AS SELECT paragraph, COUNT(DISTINCT site) AS sites
  FROM (SELECT DISTINCT paragraph FROM recurring) JOIN seen USING (paragraph) JOIN host USING (host) GROUP BY paragraph;
CREATE UNIQUE INDEX spread_by_paragraph ON spread (paragraph);
UPDATE recurring SET sites = (SELECT spread.sites FROM spread WHERE spread.paragraph = recurring.paragraph);
UPDATE recurring SET verdict = CASE WHEN sites >= :sites AND share < :wire THEN 'wire' ELSE 'recurring' END;
"""
# The pages that SQLite holds in memory, in KiB when below zero. Peak memory over 2,000, 20,000 and 60,000 records of 1.3 KB: 67, 69 and
# 69 MB; with four times as much cache 67 and 76.
_CACHE = -2000
_WIRE_SHARE = 0.5  # see Thresholds


class Verdict(StrEnum):
    """What a paragraph that recurs on a host is: the host's own boilerplate, or wire copy that many sites print."""

    RECURRING = "recurring"
    WIRE = "wire"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """From when on a paragraph recurs: in `min_count` articles of its host, and in the share `min_share` of them.

    One that stands on `wire_sites` sites or more (registrable domains) is wire copy, unless half of the host's articles have it: an
    agency's background paragraph comes with its subject, a publisher's footer with every article. No gold set has more than five pages
    of a host, so these are judgements: on 940 gold pages no paragraph stands in more than two articles of a host.
    """

    min_count: int = 5
    min_share: float = 0.05
    wire_sites: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurring:
    """A paragraph that recurs on a host: its articles and their share of the host's, and in how many of them it stands where.

    `sites`: on how many it is found; `cut`: how often it was cut; `text`: how it reads, of several spellings the first in code point order.
    """

    host: str
    verdict: Verdict
    articles: int
    share: float
    lead: int
    middle: int
    tail: int
    sites: int
    cut: int
    text: str


@contextmanager
def open_tally() -> Iterator["Tally"]:
    """A tally with nothing in it, gone from disk at the end. Raises StateError where the disk refuses, inside the block too."""
    try:
        # The empty name: a database of its own in the folder for temporary files, deleted when it is closed.
        connection = sqlite3.connect("", isolation_level=None)
        try:
            connection.execute(f"PRAGMA cache_size = {_CACHE}")
            for pragma in ("journal_mode = OFF", "synchronous = OFF", "temp_store = FILE"):
                connection.execute(f"PRAGMA {pragma}")
            connection.executescript(_TABLES)
            connection.execute("BEGIN")
            yield Tally(connection)
        finally:
            connection.close()
    except sqlite3.Error as error:
        remedy = "free space for temporary files, or name another folder for them with TMPDIR"
        raise StateError(f"cannot count on disk: {error}", remedy=remedy) from error


class Tally:
    """Paragraphs are added, then settled, then asked for. None of this depends on the order in which they were added."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, host: str, article: tuple[str, str, str], paragraphs: Iterable[tuple[int, int]]) -> None:
        """Adds an article, by its id, content and title, with keys and spots of its paragraphs, each key once."""
        where = _number(host)
        who = tuple(map(_number, article))
        self._connection.execute("INSERT OR IGNORE INTO host VALUES (?, ?, ?)", (where, host, _number(site_of(host))))
        self._connection.execute("INSERT INTO article VALUES (?, ?, ?, ?)", (where, *who))
        self._connection.executemany("INSERT INTO seen VALUES (?, ?, ?, ?, ?, ?)", ((where, key, *who, spot) for key, spot in paragraphs))

    def settle(self, thresholds: Thresholds) -> None:
        """Finds what recurs. To be called once, after the last article."""
        values = {
            "least": thresholds.min_count,
            "share": thresholds.min_share - 1e-9,  # so that 5 of 100 are 0.05, whatever the product's last bit
            "sites": thresholds.wire_sites,
            "wire": _WIRE_SHARE,
        }
        for statement in filter(str.strip, _COUNT.split(";")):
            named = {name: value for name, value in values.items() if f":{name}" in statement}
            self._connection.execute(statement, named)

    def verdict(self, host: str, key: int) -> Verdict | None:
        """What a paragraph of a host is; None where it does not recur."""
        row = self._connection.execute("SELECT verdict FROM recurring WHERE host = ? AND paragraph = ?", (_number(host), key)).fetchone()
        return Verdict(row[0]) if row else None

    def note(self, host: str, key: int, *, text: str, cut: int) -> None:
        """Notes how a recurring paragraph reads in one line, and how often it was cut there."""
        self._connection.execute(
            "UPDATE recurring SET cut = cut + ?, text = MIN(COALESCE(text, ?), ?) WHERE host = ? AND paragraph = ?",
            (cut, text, text, _number(host), key),
        )

    def recurring(self) -> Iterator[Recurring]:
        """What recurs, host by host, the most frequent first."""
        rows = self._connection.execute(
            "SELECT name, verdict, articles, share, lead, middle, tail, sites, cut, COALESCE(text, '')"
            " FROM recurring JOIN host USING (host) ORDER BY name, articles DESC, 10"
        )
        for host, verdict, articles, share, lead, middle, tail, sites, cut, text in rows:
            yield Recurring(
                host=host,
                verdict=Verdict(verdict),
                articles=articles,
                share=round(share, 4),
                lead=lead,
                middle=middle,
                tail=tail,
                sites=sites,
                cut=cut,
                text=text,
            )


def _number(text: str) -> int:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
