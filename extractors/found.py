"""What a reader of one kind of document hands over to be put in the record's order."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.article import DatePrecision, Image, Provenance, Taxonomy
from extractors.document import Document
from extractors.piece import Piece
from extractors.structured import Facts

__all__ = ["Fields", "Found", "Page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """The fields of the record that are read off the document, under their names there."""

    url_canonical: str | None = None
    title: str | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    date_published: str | None = None
    date_modified: str | None = None
    date_precision: DatePrecision | None = None
    taxonomy: Taxonomy = field(default_factory=Taxonomy)
    description: str | None = None
    language: str | None = None
    site_name: str | None = None
    image: Image | None = None
    is_free: bool | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What an HTML page was read from, for whoever asks why.

    `pieces` still hold the headline and byline printed over the text; `chosen` are those that the body's engine chose, before rules.
    """

    document: Document
    facts: Facts
    pieces: Sequence[Piece]
    chosen: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Found:
    """The fields, why they are so, the pieces of the article's region in page order, and warnings."""

    fields: Fields
    provenance: dict[str, Provenance]
    pieces: Sequence[Piece]
    warnings: tuple[str, ...] = ()
    page: Page | None = None
