"""The samples in the make of the starting document, in four languages: once more as Markdown, where only rules tell what is text."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from extractors import extract

__all__: list[str] = []

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
LANGUAGES = ("ar", "de", "es", "fr")
HEAD = frozenset(
    {"postAuthor", "postDate", "postTax", "byline", "posted-on", "cat-links", "entry-meta", "entry-terms", "info-publi"}
)  # classes of the lines over the text
FOOT = frozenset({"originalSource", "articlesBy"})
ENDS = frozenset({"related", "liste", "relacionados", "related-posts"})  # the class with which the page's further matter begins
KINDS = set(
    "articles_by author_bio comments copyright disclaimer donate fair_use first_published media_contact membership newsletter "
    "original_source permission photo_credit share_follow translate_note".split()
)


def _lines(page: bytes) -> Iterator[str]:
    """The lines of a sample's article and of all that is hung on it, in page order."""
    root = html.document_fromstring(page.decode())
    headline = root.xpath("//h1")[0]
    begun = False
    for element in root.iter("h1", "p", "span", "div", "aside"):
        begun = begun or element is headline
        named = set((element.get("class") or "").split())
        if named & ENDS:
            return
        inside = any(set((one.get("class") or "").split()) & HEAD for one in element.iterancestors())
        if begun and not inside and (element.tag in {"h1", "p"} or named & (HEAD | FOOT)):
            for line in element.iter("br"):
                line.tail = "\n" + (line.tail or "").lstrip()
            text = re.sub(r"[ \t]+", " ", str(element.text_content())).strip()
            yield text.replace("\n", "\n\n") if named & HEAD else text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_document_as_markdown(language: str) -> None:
    folder = SAMPLES / f"centre-{language}"
    golden = json.loads((folder / "record.json").read_text("utf-8"))
    lines = [line for line in _lines((folder / "page.html").read_bytes()) if line]
    found = extract("\n\n".join(lines), content_type="text/markdown").to_dict()
    keys = ("title", "byline", "authors", "date_published", "date_precision", "taxonomy", "language", "site_name", "body")
    assert {key: found[key] for key in keys} == {key: golden[key] for key in keys}
    assert {removal["kind"] for removal in found["removed"]} >= KINDS


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_is_lost(language: str) -> None:
    page = (SAMPLES / f"centre-{language}" / "page.html").read_bytes()
    lines = [line for line in _lines(page) if line]
    found = extract("\n\n".join(lines), content_type="text/markdown")
    kept = "\n".join([found.body, *(removal.text for removal in found.removed)])
    prose = [line for line in lines if len(line) > 120 and "\n\n" not in line]
    assert len(prose) > 9
    assert [line for text in prose for line in text.split("\n") if line not in kept] == []
