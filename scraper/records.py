"""The vocabulary of a run: Target, Page, Failure, Outcome, and the one-method protocols that the parts fulfil."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from extractors.article import SCHEMA_VERSION, Article, Evidence, rfc3339
from extractors.urls import document_id, host_of

__all__ = [
    "Answer",
    "BrowserMode",
    "Failure",
    "FailureKind",
    "Fetch",
    "Format",
    "IfExists",
    "ListFormat",
    "NotYet",
    "Outcome",
    "OutcomeKind",
    "Page",
    "RobotsState",
    "Source",
    "StoredRobots",
    "Target",
    "Truncation",
    "Unchanged",
    "Validators",
    "Writer",
]


class FailureKind(StrEnum):
    """Why a target gave no article. The enum is closed; a new kind is a change of the record."""

    DNS = "dns"  # the host name could not be resolved
    CONNECT = "connect"  # no connection, or it broke before an answer began
    TLS = "tls"  # the certificate or the handshake was refused
    TIMEOUT = "timeout"  # the whole exchange took longer than its deadline
    TRUNCATED = "truncated"  # the body ended before its announced end
    PROTOCOL = "protocol"  # the answer was no valid HTTP, or in an unknown encoding
    HTTP_4XX = "http_4xx"  # the server refused: 400 to 499, other than 429
    HTTP_5XX = "http_5xx"  # the server failed: 500 to 599, or a status that HTTP does not know
    RATE_LIMITED = "rate_limited"  # 429, or 503 with Retry-After
    REDIRECT_LOOP = "redirect_loop"  # a circle, or more redirects than allowed
    REDIRECT_REFUSED = "redirect_refused"  # a redirect to a scheme or place that is never followed
    ADDRESS_REFUSED = "address_refused"  # the host resolves to a private or reserved address
    ROBOTS_DISALLOWED = "robots_disallowed"  # robots.txt forbids the path
    ROBOTS_UNAVAILABLE = "robots_unavailable"  # robots.txt could not be read, which forbids everything for now
    TOO_LARGE = "too_large"  # more bytes, or more markup, than the cap
    DECODE = "decode"  # bytes in no known text encoding
    NOT_HTML = "not_html"  # an image, PDF, feed or other file in place of a page
    EMPTY_PAGE = "empty_page"  # no text at all
    NOT_AN_ARTICLE = "not_an_article"  # an index page, a soft 404 or the like
    JAVASCRIPT_REQUIRED = "javascript_required"  # a shell that a browser would fill
    CONSENT_WALL = "consent_wall"  # a consent page in place of the article
    BOT_CHALLENGE = "bot_challenge"  # a test for browsers in place of the article
    LOGIN_WALL = "login_wall"  # a request to log in, and no article
    EXTRACT_TIMEOUT = "extract_timeout"  # extraction took longer than [extract] timeout, or than the run had left, and was ended
    EXTRACT_CRASHED = "extract_crashed"  # the extracting process died: of an engine that extracts in others, which the local one does not
    EXTRACT_MEMORY = "extract_memory"  # extraction needed more memory than the process may have
    BAD_INPUT = "bad_input"  # what the source named cannot be used: a line that is no address, a file that is missing or broken
    INTERNAL = "internal"  # a defect of this program; the detail says where


class OutcomeKind(StrEnum):
    """What became of a target; a run's totals over these add up to its targets."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicates"
    FAILED = "failures"
    SKIPPED = "skipped"
    PENDING = "pending"


class BrowserMode(StrEnum):
    """Which pages are filled in by a browser, besides those of the hosts that a job names."""

    NEVER = "never"
    NEEDED = "needed"  # those whose text appears only after scripts have run
    ALWAYS = "always"


class Format(StrEnum):
    """How records are written."""

    JSONL = "jsonl"
    MARKDOWN = "md"
    TEXT = "txt"


class IfExists(StrEnum):
    """What to do with an output that is there already."""

    REFUSE = "refuse"
    APPEND = "append"
    OVERWRITE = "overwrite"


class ListFormat(StrEnum):
    """How a list of addresses or files is written: one a line, a column, a key."""

    TXT = "txt"
    CSV = "csv"
    TSV = "tsv"
    JSONL = "jsonl"


class Truncation(StrEnum):
    """What is known of a body's end."""

    NO = "no"  # the whole body came
    MAYBE = "maybe"  # neither length nor chunks told where it ends
    LENGTH = "length"  # cut at the cap on size
    DISCONNECT = "disconnect"  # the connection ended early


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address to fetch. `source` names where it came from; `evidence` is what a feed or sitemap said of it."""

    url: str
    source: str | None = None
    evidence: tuple[Evidence, ...] = ()
    name: str | None = None  # the file and line that it was read from, for messages
    insist: bool = False  # its user named it: every round asks for it, not only those when it is due
    behalf: str | None = None  # the address for whose sake it is asked for, where that is another: a job's secrets are for the host of that


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Bytes that came from somewhere. `headers` has lower-case names; `fetched_at` carries a zone; `attempts` counts requests."""

    data: bytes
    url: str | None = None
    url_requested: str | None = None
    source: str | None = None
    http_status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str | None = None
    fetched_at: datetime | None = None
    evidence: tuple[Evidence, ...] = ()
    redirects: tuple[str, ...] = ()
    truncation: Truncation = Truncation.NO
    attempts: int = 1
    warc_record_id: str | None = None
    name: str | None = None  # the file or archive member that it was read from, for messages
    warnings: tuple[str, ...] = ()
    pages: tuple["Page", ...] = ()  # those on which its article goes on
    payload_sha256: str | None = None  # of the bytes as they were fetched, where `data` is what a browser made of them
    run_id: str | None = None  # the run that fetched it, where that is not the present one
    behalf: str | None = None  # its target's


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A target or document that gave no article: one line of `<name>.failures.jsonl`. `url` may be a file's name."""

    url: str | None
    kind: FailureKind
    detail: str
    http_status: int | None = None
    attempts: int = 1
    fetched_at: datetime | None = None
    retry_after: float | None = None  # seconds
    payload_sha256: str | None = None
    warc_record_id: str | None = None

    @property
    def put_off(self) -> bool:
        """Whether nothing was asked, since the host had answered others that it wants rest: that says nothing of this address."""
        return self.kind is FailureKind.RATE_LIMITED and not self.attempts

    def to_dict(self) -> dict[str, Any]:
        """The record, keys in the documented order."""
        return {
            "schema_version": SCHEMA_VERSION,
            "id": document_id(self.url, None),
            "url": self.url,
            "kind": str(self.kind),
            "detail": self.detail,
            "http_status": self.http_status,
            "attempts": self.attempts,
            "fetched_at": rfc3339(self.fetched_at) if self.fetched_at else None,
            "retry_after": self.retry_after,
            "payload_sha256": self.payload_sha256,
            "warc_record_id": self.warc_record_id,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """The server's word (304) that a page is what it was when its validators were kept. `url`: after redirects."""

    url: str
    url_requested: str
    source: str | None = None
    fetched_at: datetime | None = None
    attempts: int = 1


Answer = Page | Failure | Unchanged


@dataclass(frozen=True, slots=True, kw_only=True)
class NotYet:
    """A target whose host is not to be asked for so many seconds; what is tried then is its `attempt` (from 1).

    `pages`: what came before the page that is next of an article. `failed`: what a web archive is asked for a copy of.
    `host`: whose turn is waited for, where that is not the target's own; `resume`: how far the target has come, which its fetcher knows.
    """

    target: Target
    seconds: float = 0
    attempt: int = 1
    pages: tuple[Page, ...] = ()
    failed: Failure | None = None
    host: str | None = None
    resume: object | None = None

    @property
    def lane(self) -> str:
        """The host that is asked next."""
        return self.host or host_of(self.target.url) or ""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gives to ask with whether a page has changed: the values of ETag and Last-Modified, as they came."""

    etag: str | None
    last_modified: str | None


class RobotsState(StrEnum):
    """What is known of an origin's robots.txt."""

    READ = "read"  # there is one
    NONE = "none"  # "unavailable" of RFC 9309, 2.3.1.3: everything is allowed
    UNREACHABLE = "unreachable"  # 2.3.1.4: everything is forbidden until it can be read


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRobots:
    """An origin's robots.txt as a store keeps it. `expires`: seconds since 1970. `kind`: how it could not be reached."""

    state: RobotsState
    expires: float
    text: str = ""
    reason: str = ""
    kind: FailureKind | None = None
    retry_after: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one target: the article where it was written, the failure where it failed, the reason where it was skipped.

    `asked`: the address that was named, of a target that was asked for; redirects may have led elsewhere. `page`: what it was read from,
    without its bytes, where it was fetched. A failure that is as old as the round has a reason and no line of its own.
    """

    kind: OutcomeKind
    url: str | None
    asked: str | None = None
    article: Article | None = None
    failure: Failure | None = None
    reason: str | None = None
    page: Page | None = None


class Source(Protocol):
    """Something that names targets, or holds pages already; lazily, in a stable order."""

    def __iter__(self) -> Iterator[Target | Page | Failure]: ...


class Fetch(Protocol):
    """One target in, its answer out; it never raises for what the network does."""

    def __call__(self, target: Target) -> Answer: ...


class Writer(Protocol):
    """Takes outcomes, in order, and keeps them."""

    def write(self, outcome: Outcome) -> None: ...
