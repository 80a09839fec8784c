"""What a page says of itself for machines: JSON-LD, microdata, OpenGraph and other metas."""

from extractors.structured.facts import ARTICLE_TYPES, PAGE_TYPES, Facts, read
from extractors.structured.jsonld import Graph, Node, types_of
from extractors.structured.opengraph import METAS, origin_of, read_metas

__all__ = ["ARTICLE_TYPES", "METAS", "PAGE_TYPES", "Facts", "Graph", "Node", "origin_of", "read", "read_metas", "types_of"]
