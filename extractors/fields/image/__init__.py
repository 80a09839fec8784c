"""The article's picture: its absolute address, caption and credit; no logo, placeholder or tracking pixel."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice, takewhile
from typing import Any

from lxml.etree import _Element as Element

from extractors.article import Image, Origin
from extractors.document import GUIDED, Candidate, Document
from extractors.fields.choose import Chosen, choose
from extractors.fields.cleaning import clean
from extractors.fields.image.placeholders import is_placeholder
from extractors.inline import text_of
from extractors.letters import WIDE
from extractors.marks import Mark, marks_of
from extractors.structured import Facts
from extractors.urls import absolute_url, path_of

__all__ = ["candidates", "read", "shown"]

# Odds that the picture is the article's own when the signal stands alone: judged by hand on 60 gold pages, there is no gold for pictures.
WEIGHTS = {
    "jsonld": 9.0,
    "og": 8.0,
    "page": 4.0,
    "twitter": 5.0,
    "microdata": 4.0,
    "link": 3.0,
    "thumbnail": 3.0,
    "figure": 2.0,
    "text": 1.5,
}
MOST_IMAGES = 12
PARAGRAPH, LINKED = 100, 0.25  # characters of a paragraph of the text; the share of it in links at most
MOST_AROUND = 8  # elements around a picture inside the text
LEAST_SIDE = 100  # pixels; smaller pictures are icons and pixels
_FOREIGN = int(Mark.AD | Mark.RELATED | Mark.SHARE | Mark.BYLINE | Mark.NEWSLETTER | Mark.COMMENTS | Mark.SIDEBAR)
_DIGITS = 9  # of a side in pixels
_SIZE = re.compile(r"[-_]?\d{2,4}x\d{2,4}|[-_](?:scaled|small|medium|large|thumb(?:nail)?|\d{3,4}w?)(?=$|[-_.])|@\dx", re.IGNORECASE)
_CREDIT = re.compile(
    r"[\s(\[|/–-]*(?:(?:photo|foto|image|bild|picture|photograph|crédit|credit|créditos|fotografía|fotograf|quelle|source"
    r"|zdjęcie|kuva|фото|φωτ|摄影|攝影|撮影|写真|사진|تصوير)"
    r"\w*(?:\s(?:by|courtesy of|von|par|de|di|credit|crédit))?\s*[:：/]|©|\(c\)|photo by|foto von|photograph by)"
    r"\s*(?P<name>[^|]{2,80}?)[\s)\].]*$",
    re.IGNORECASE,
)
_LONGEST_CREDIT = 400  # characters from the end of a caption in which its credit is looked for
_SOURCES = ("src", "data-src", "data-lazy-src", "data-original", "srcset", "data-srcset")


def read(document: Document, facts: Facts) -> Chosen[Image] | None:
    """The picture that most of the page's voices name, or None."""
    found = [candidate for candidate in candidates(document, facts) if not is_placeholder(candidate.value)]
    picture = choose(found, key=lambda candidate: key(candidate.value))
    if picture and (logos := _logos(facts)) and key(picture.value) in logos:
        picture = choose(
            (candidate for candidate in found if key(candidate.value) not in logos), key=lambda candidate: key(candidate.value)
        )
    picture = picture or choose(shown(document), key=lambda candidate: key(candidate.value))
    if picture is None:
        return None
    caption, credit = _described(document, facts, picture.value)
    return Chosen(Image(url=picture.value, caption=caption, credit=credit), picture.provenance)


def _logos(facts: Facts) -> frozenset[str]:
    """The pictures that the linked data call logos."""
    nodes = (node for _, node in facts.graph.nodes if "logo" in node)
    return frozenset(key(url) for node in nodes for url in _addresses(facts, node["logo"], large=False))


@lru_cache(maxsize=1024)
def key(url: str) -> str:
    """What two sizes of one picture share: the last part of the path without sizes and ending."""
    path = path_of(url)
    name = path.rstrip("/").rpartition("/")[2].rpartition(".")[0] or path.rstrip("/").rpartition("/")[2]
    return _SIZE.sub("", name).lower() or path


def candidates(document: Document, facts: Facts) -> Iterator[Candidate[str]]:
    """Every signal's picture, absolute."""
    for raw, origin in document.guided("image"):
        if url := absolute_url(raw, document.base_url):
            yield Candidate(url, raw, origin, "profile", GUIDED)
    said: list[tuple[str, str, str]] = [("jsonld", Origin.JSONLD, url) for url in islice(_addresses(facts, *facts.values("image")), 1)]
    said += [("og", Origin.OPENGRAPH, url) for url in document.metas("og:image", "og:image:url", "og:image:secure_url")[:1]]
    said += [("twitter", Origin.META, url) for url in document.metas("twitter:image", "twitter:image:src")[:1]]
    said += [
        ("page", Origin.JSONLD, url) for url in islice(_addresses(facts, *facts.graph.values(facts.page, "primaryImageOfPage", "image")), 1)
    ]
    said += [("thumbnail", Origin.JSONLD, url) for url in islice(_addresses(facts, *facts.values("thumbnailUrl")), 1)]
    said += [("link", Origin.META, link.href) for link in document.links if "image_src" in link.rel]
    if not said:
        said += [("microdata", Origin.MICRODATA, url) for url in islice(_addresses(facts, (facts.item or {}).get("image")), 1)]
        said += [("figure", Origin.DOM, url) for url in islice(_figures(document), 1)]
    for signal, origin, raw in said:
        url = absolute_url(raw, document.base_url)
        if url:
            yield Candidate(url, raw, origin, signal, WEIGHTS[signal])


def shown(document: Document) -> Iterator[Candidate[str]]:
    """The first picture among the paragraphs, for pages that name none or a logo alone."""
    for raw in islice(_among_text(document), 1):
        if url := absolute_url(raw, document.base_url):
            yield Candidate(url, raw, Origin.DOM, "text", WEIGHTS["text"])


def _addresses(facts: Facts, *values: Any, large: bool = True) -> Iterator[str]:
    """The addresses in linked-data values: strings, lists, references, and ImageObjects (only `large` ones)."""
    for value in map(facts.graph.resolved, values):
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from _addresses(facts, *value, large=large)
        elif isinstance(value, Mapping) and not (large and _is_small(value.get("width"))):
            url = value.get("url") or value.get("contentUrl") or value.get("@id")
            if isinstance(url, list) and url:
                url = url[0]
            if isinstance(url, str):
                yield url


def _is_small(side: Any) -> bool:
    text = str(side or "").removesuffix("px")
    return text.isdecimal() and len(text) <= _DIGITS and int(text) < LEAST_SIDE


def _figures(document: Document) -> Iterator[str]:
    """The pictures of the page's figures, in page order."""
    for figure in islice(document.root.iter("figure"), MOST_IMAGES):
        for image in figure.iter("img", "amp-img"):
            source = image.get("src") or image.get("data-src")
            if source and not source.startswith("data:") and not _is_small(image.get("width")) and not is_placeholder(source):
                yield source


def _among_text(document: Document) -> Iterator[str]:
    """The pictures of the block that holds most of the paragraphs.

    Of the first ones of 60 gold pages without any other 57 are the article's.
    """
    outline = document.outline
    lengths: Counter[int] = Counter()
    for run in outline.runs:
        least = PARAGRAPH if run.text.isascii() or not WIDE.search(run.text) else PARAGRAPH // 2  # half as many say as much
        if len(run.text) >= least and run.link < LINKED * len(run.text):
            lengths[outline.nodes[run.node].parent] += len(run.text)
    for number, _ in lengths.most_common(1):
        holder = outline.nodes[number].element
        for image in islice(holder.iter("img", "amp-img"), MOST_IMAGES):
            source = image.get("data-src") or image.get("src")
            small = _is_small(image.get("width")) or _is_small(image.get("height"))
            if source and not source.startswith("data:") and not small and not is_placeholder(source) and not _is_foreign(image, holder):
                yield source


def _is_foreign(image: Element, holder: Element) -> bool:
    """Whether a picture inside the text belongs to an ad, a share bar, an author's box."""
    inside = takewhile(lambda above: above is not holder, islice(image.iterancestors(), MOST_AROUND))
    return any(marks_of(element.get("class") or "") & _FOREIGN for element in (image, *inside))


def _described(document: Document, facts: Facts, url: str) -> tuple[str | None, str | None]:
    """Caption and credit: what the linked data say of the picture, then the caption of the figure that shows it."""
    wanted = key(url)
    caption = credit = None
    for value in facts.values("image"):
        if isinstance(value, Mapping) and any(key(address) == wanted for address in _addresses(facts, value, large=False)):
            caption = caption or next(facts.graph.texts(value, "caption"), None)
            credit = credit or next(facts.graph.texts(value, "creditText", "copyrightHolder", "author", "creator"), None)
    shown = next(_captions(document, wanted), None)
    if shown is not None:
        text, name = _parted(shown)
        caption, credit = text or caption, name or credit
    return (clean(caption) or None) if caption else None, (clean(credit) or None) if credit else None


def _captions(document: Document, wanted: str) -> Iterator[Element]:
    """The captions of the figures that show the picture."""
    for caption in islice(document.outline.elements("figcaption"), MOST_IMAGES):
        holder = caption.getparent()
        if holder is not None and any(
            wanted in source.lower()
            for image in holder.iter("img", "amp-img", "source")
            for source in filter(None, map(image.get, _SOURCES))
        ):
            yield caption


def _parted(caption: Element) -> tuple[str, str]:
    """A caption as text and credit: an element named for the credit, else the words behind "Photo:"."""
    whole = text_of(caption)
    for part in caption.iter("span", "cite", "small", "em", "p", "div"):
        names = f"{part.get('class') or ''} {part.get('itemprop') or ''}"
        if any(word in names.lower() for word in ("credit", "copyright", "photographer", "author", "source", "byline")) and marks_of(
            names
        ) & (Mark.CAPTION | Mark.BYLINE):
            said = text_of(part)
            match = _CREDIT.match(said)
            return whole.replace(said, "").strip(" |/–-("), (match["name"] if match else said).strip(" ()[]")
    match = _CREDIT.search(whole, max(0, len(whole) - _LONGEST_CREDIT))
    return (whole[: match.start()].strip(), match["name"].strip()) if match else (whole, "")
