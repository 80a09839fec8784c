"""What kind of text a document is, by its content type, then by looking."""

import re
from enum import Enum, auto

from extractors.errors import EmptyPage, NotHtml, NotText

__all__ = ["Kind", "kind_of"]

_LOOK = 2048
_REFUSED = re.compile(r"^(?:image|audio|video|font)/|^application/(?:pdf|zip|gzip|octet-stream|msword|vnd\.)", re.IGNORECASE)
_ELEMENT = re.compile(r"<(?:!doctype\s+html|html|head|body|div|p|meta|title|script|article|table|span|h[1-6]|a|ul|br)\b", re.IGNORECASE)
_XML = re.compile(r"^\s*(?:<\?xml[^>]*>\s*)?(?:(?><!--.*?-->)\s*)*<(?:rss|feed|rdf:RDF|urlset|sitemapindex|svg|opml|kml)\b", re.DOTALL)
_JSON = re.compile(r'^\s*(?:\{\s*(?:"|\})|\[\s*[\[{"\d\]])')
_TARGET = (
    r"\([^()\n]*+(?:\([^()\n]*+\)[^()\n]*+)*+\)"  # brackets inside it are closed (CommonMark 6.3): else each would be looked for to the end
)
_MARKDOWN = re.compile(rf"^#{{1,6}} \S|\[[^\[\]\n]+\]{_TARGET}|\*\*[^*\n]+\*\*|^---\n.*?^---$", re.MULTILINE | re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class Kind(Enum):
    """The kinds of text that articles come in."""

    HTML = auto()
    MARKDOWN = auto()
    TEXT = auto()


_TYPES = {
    "text/html": Kind.HTML,
    "application/xhtml+xml": Kind.HTML,
    "text/markdown": Kind.MARKDOWN,
    "text/x-markdown": Kind.MARKDOWN,
}


def kind_of(text: str, content_type: str | None) -> Kind:
    """Tell the kind. Raises EmptyPage, NotText or NotHtml for what can hold no article."""
    if not text.strip():
        raise EmptyPage("the document has no text but white space")
    head = text[:_LOOK]
    if len(_CONTROL.findall(head)) * 20 > len(head):
        raise NotText("the document is full of control characters: no text")
    if _XML.match(head):
        raise NotHtml("the document is a feed, sitemap or other XML, not an article page")
    if _JSON.match(head) and not _ELEMENT.search(head):
        raise NotHtml("the document is JSON, not an article page")
    named = (content_type or "").partition(";")[0].strip().lower()
    if named in _TYPES:
        return _TYPES[named]
    if _ELEMENT.search(head) or _ELEMENT.search(text):
        return Kind.HTML
    if _REFUSED.match(named):
        raise NotText(f"the document is labelled {named} and does not look like text of an article")
    return Kind.MARKDOWN if _MARKDOWN.search(text) else Kind.TEXT
