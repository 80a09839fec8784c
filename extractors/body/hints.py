"""What the head and the linked data of a page say of its body: the headline, the description, the text itself."""

import re
from html import unescape

from extractors.body.features import Hints
from extractors.document import Document
from extractors.structured import Facts

__all__ = ["read_hints"]

_BREAK = re.compile(r"</?(?:p|br|div|li|h[1-6]|blockquote)\b[^<>]{0,300}>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,300}>")


def read_hints(document: Document, facts: Facts) -> Hints:
    """The hints of a page, empty strings where it gives none."""
    titles = document.metas("og:title", "twitter:title")
    descriptions = document.metas("description", "og:description")
    bodies = [text for text in facts.texts("articleBody") if len(text) > 200]
    return Hints(
        title=titles[0] if titles else document.title_tag or "",
        description=" ".join(descriptions[0].split()) if descriptions else "",
        article_body=_lines(bodies[0]) if bodies else "",
    )


def _lines(stated: str) -> str:
    """A stated text without markup, its paragraphs as lines, white space folded."""
    text = _TAG.sub(" ", _BREAK.sub("\n", unescape(stated)))
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))
