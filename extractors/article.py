"""The records: what extraction is given (Context, Options) and what it gives (Article and its parts)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

__all__ = [
    "PROVENANCE_KEYS",
    "REMOVAL_KINDS",
    "SCHEMA_VERSION",
    "TAXONOMY_KEYS",
    "UNCLASSIFIED",
    "Article",
    "Block",
    "BlockType",
    "BodyEngine",
    "Context",
    "DatePrecision",
    "Evidence",
    "Image",
    "Options",
    "Origin",
    "Provenance",
    "Removal",
    "Taxonomy",
    "rfc3339",
]

SCHEMA_VERSION = "1.0"

TAXONOMY_KEYS = ("section", "region", "theme", "series", "tags")

PROVENANCE_KEYS = (
    "title",
    "byline",
    "authors",
    "agencies",
    "date_published",
    "date_modified",
    *TAXONOMY_KEYS,
    "description",
    "body",
    "language",
    "site_name",
    "image",
    "is_free",
    "url_canonical",
)


UNCLASSIFIED = "unclassified"  # the kind of a removed block that no rule knows

# What a rule may remove a block as.
REMOVAL_KINDS = frozenset(
    "newsletter subscribe share_follow translate_note donate membership disclaimer fair_use copyright permission media_contact "
    "original_source "
    "first_published author_bio articles_by related read_more tag_list comments ad_label photo_credit app_promo event_promo cookie paywall "
    "navigation print_tools reading_time ai_summary audio_player survey pull_quote copy".split()
)


class Origin(StrEnum):
    """Where a value was read. A profile's origin is written "profile:<name>"."""

    JSONLD = "jsonld"
    OPENGRAPH = "opengraph"
    META = "meta"
    MICRODATA = "microdata"
    DOM = "dom"
    TEXT = "text"
    MODEL = "model"
    URL = "url"
    FEED = "feed"
    SITEMAP = "sitemap"


class BodyEngine(StrEnum):
    """Which engine chooses the body: the packaged model, or trafilatura."""

    MODEL = "model"
    TRAFILATURA = "trafilatura"


class BlockType(StrEnum):
    """What a block of the body is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    TABLE = "table"
    CODE = "code"
    CAPTION = "caption"


class DatePrecision(StrEnum):
    """How much of the moment of publication the page tells."""

    DAY = "day"
    LOCAL = "local"
    ZONED = "zoned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of the body. `level` is 1 to 6 for headings, `depth` counts from 1 for list items, `rows` holds a table's cells."""

    type: BlockType
    text: str
    level: int | None = None
    ordered: bool | None = None
    depth: int | None = None
    rows: tuple[tuple[str, ...], ...] | None = None


@dataclass(frozen=True, slots=True)
class Removal:
    """A block inside the article that was stripped: its kind, the id of the rule that did it, and its whole text."""

    kind: str
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Why a field has its value: `raw` is the string as the page has it, `confidence` a probability from 0 to 1."""

    origin: str
    raw: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """The article's picture; `url` is absolute."""

    url: str
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy:
    """The five lists of labels that a page files its article under."""

    section: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a feed or a sitemap says of an article. `origin` is Origin.FEED or Origin.SITEMAP; dates are strings as they stood there."""

    origin: Origin
    title: str | None = None
    published: str | None = None
    modified: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the world knows and the page does not. `fetched_at` must carry a zone; header names are lower case."""

    url_requested: str | None = None
    http_status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    fetched_at: datetime | None = None
    source: str | None = None
    run_id: str | None = None
    payload_sha256: str | None = None
    warc_record_id: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to extract.

    `profiles`: a user's folders of site profiles, asked before the packaged ones; None for the packaged alone, () for no profile at all.
    `rules`: folders of further boilerplate rules. `weights`: a file made by `scraper train`; None for the packaged weights.
    """

    body_engine: BodyEngine = BodyEngine.MODEL
    markdown: bool = False
    blocks: bool = False
    captions: bool = False
    profiles: tuple[Path, ...] | None = None
    rules: tuple[Path, ...] = ()
    weights: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article. The fields stand in the order of the record's keys; `to_dict` gives the record."""

    schema_version: str = SCHEMA_VERSION
    id: str
    url: str | None = None
    url_requested: str | None = None
    url_canonical: str | None = None
    host: str | None = None
    source: str | None = None
    run_id: str | None = None
    fetched_at: str | None = None
    http_status: int | None = None
    title: str | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    date_published: str | None = None
    date_modified: str | None = None
    date_precision: DatePrecision | None = None
    taxonomy: Taxonomy = field(default_factory=Taxonomy)
    description: str | None = None
    body: str
    blocks: tuple[Block, ...] | None = None
    language: str | None = None
    site_name: str | None = None
    image: Image | None = None
    is_free: bool | None = None
    word_count: int
    content_hash: str
    fingerprint: str | None = None
    payload_sha256: str | None = None
    warc_record_id: str | None = None
    provenance: Mapping[str, Provenance | None]
    removed: tuple[Removal, ...] = ()
    warnings: tuple[str, ...] = ()
    extractor_version: str

    def to_dict(self) -> dict[str, Any]:
        """The record: plain dicts, lists and scalars, every key on every record, in the documented order."""
        return {name: _plain(getattr(self, name)) for name in Article.__slots__}


def _plain(value: Any) -> Any:
    """A record, enum, mapping or tuple as the plain value that JSON knows."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return {name: _plain(getattr(value, name)) for name in value.__slots__}


def rfc3339(moment: datetime) -> str:
    """A time as records have it: in UTC; as it is without a zone, and in the first and last year, which another zone may leave."""
    return (moment.astimezone(UTC) if moment.tzinfo and MINYEAR < moment.year < MAXYEAR else moment).isoformat()
