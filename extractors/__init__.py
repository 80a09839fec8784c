"""Bytes in, Article out. Pure: no network, no clock, no writing."""

from extractors.article import (
    Article,
    Block,
    BlockType,
    BodyEngine,
    Context,
    Evidence,
    Image,
    Options,
    Origin,
    Provenance,
    Removal,
    Taxonomy,
)
from extractors.errors import ExtractionError, InvalidRules, NotAnArticle, UndecodableText
from extractors.extract import extract
from extractors.version import VERSION

__all__ = [
    "VERSION",
    "Article",
    "Block",
    "BlockType",
    "BodyEngine",
    "Context",
    "Evidence",
    "ExtractionError",
    "Image",
    "InvalidRules",
    "NotAnArticle",
    "Options",
    "Origin",
    "Provenance",
    "Removal",
    "Taxonomy",
    "UndecodableText",
    "extract",
]
__version__ = VERSION
