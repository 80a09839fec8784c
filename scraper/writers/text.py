"""Articles for reading: Markdown or plain text, one after another."""

import re

from extractors.article import Article, Block, BlockType
from extractors.render import markdown
from scraper.records import Format, Outcome
from scraper.writers.sink import Sink

__all__ = ["Reading", "as_markdown", "as_text"]

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # a terminal obeys these; prose never needs them
_MARKS = re.compile(r"([\\`*_\[\]<>#])")


def as_text(article: Article) -> str:
    """Title, a line on who, when and where, the body; one line end at the end."""
    return "\n\n".join(part for part in (article.title, _origin(article), article.body) if part) + "\n"


def as_markdown(article: Article) -> str:
    """The same with the title as a heading, and no marks in the line below it. The body must have been extracted as Markdown."""
    title = "# " + _MARKS.sub(r"\\\1", article.title) if article.title else None
    origin = markdown([Block(type=BlockType.PARAGRAPH, text=_origin(article))])
    return "\n\n".join(part for part in (title, origin, article.body) if part) + "\n"


def _origin(article: Article) -> str:
    return " · ".join(part for part in (article.byline or ", ".join(article.authors), article.date_published, article.url) if part)


class Reading:
    """Articles as text, parted by a rule: `***` in Markdown, a line of "=" in plain text."""

    def __init__(self, sink: Sink, form: Format) -> None:
        self._sink = sink
        self._render = as_markdown if form is Format.MARKDOWN else as_text
        self._rule = "\n***\n\n" if form is Format.MARKDOWN else f"\n{'=' * 72}\n\n"
        self._first = True

    def write(self, outcome: Outcome) -> None:
        """Writes the article of `outcome`, if it has one."""
        if outcome.article is not None:
            text = _CONTROLS.sub("\ufffd", self._render(outcome.article))
            self._sink.put(("" if self._first else self._rule).encode() + text.encode())
            self._first = False
