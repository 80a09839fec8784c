"""What the head and the linked data of a page say of its body: the headline, the description, the text itself."""

import re
from html import unescape

from extractors.body.features import Hints
from extractors.document import Document
from extractors.structured import Facts

__all__ = ["read_hints"]

_TAG = re.compile(r"<[^<>]{1,300}>")


def read_hints(document: Document, facts: Facts) -> Hints:
    """The hints of a page, empty strings where it gives none."""
    titles = document.metas("og:title", "twitter:title")
    descriptions = document.metas("description", "og:description")
    bodies = [text for text in facts.texts("articleBody") if len(text) > 200]
    return Hints(
        title=titles[0] if titles else document.title_tag or "",
        description=" ".join(descriptions[0].split()) if descriptions else "",
        article_body=" ".join(_TAG.sub(" ", unescape(bodies[0])).split()) if bodies else "",
    )
