"""An HTML page to its fields and pieces: parsed once, refused where it is no article, each field read, the body chosen and stripped."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from extractors import boilerplate, profiles, structured
from extractors.article import TAXONOMY_KEYS, Context, Options, Provenance, Taxonomy
from extractors.body.hints import read_hints
from extractors.body.read import Body, read_body, sure_of
from extractors.document import Document, Guide, parse
from extractors.fields import access, byline, canonical, dates, description, image, language, particulars, site, taxonomy, title
from extractors.fields.choose import Chosen
from extractors.found import Fields, Found, Page
from extractors.masthead import Printed, without_masthead
from extractors.piece import Piece, blocks_of
from extractors.refuse import refuse_bare, refuse_kinds, refuse_walls
from extractors.structured import Facts
from extractors.urls import host_of

__all__ = ["read_html"]

_PHRASED = 600  # characters: a longer block is more than a phrase


def read_html(text: str, url: str | None, *, context: Context, options: Options) -> Found:
    """Read a page. Raises NotAnArticle's kinds where it holds none."""
    document = parse(text, url=url, context=context)
    facts = structured.read(document)
    has_article = facts.article is not None
    refuse_walls(document, text, has_article=has_article)
    _take_profile(document, options)
    body = read_body(document, read_hints(document, facts), html=text, options=options)
    types = frozenset[str]().union(*facts.graph.types)
    refuse_kinds(document, body.pieces, types=types, has_article=has_article)
    found = _read(document, facts, body, options=options)
    if not blocks_of(found.pieces, captions=options.captions):
        refuse_bare(document, has_article=has_article)
    return found


def _take_profile(document: Document, options: Options) -> None:
    """What the profile of the page's site says of it. Where none of its layouts fits, the general answers stand, with a warning."""
    site = profiles.find(host_of(document.url), options.profiles)
    if site is not None and any(layout.was_served(document.context.fetched_at) for layout in site.layouts):
        profiles.part_lines(document, site)
        document.guide = profiles.guide_to(document, site)
        if document.guide is None:
            document.warnings.append("profile_stale")


def _read(document: Document, facts: Facts, body: Body, *, options: Options) -> Found:
    headline = title.read(document, facts)
    heading = headline.value if headline else None
    credit = byline.read(document, facts, heading)
    when = dates.read(document, facts, title=heading)
    filing = taxonomy.read(document, facts, heading, authors=credit.authors.value if credit.authors else ())
    own = canonical.read(document, facts)
    spoken = language.read(document, _sample(body.pieces))
    chosen = {
        "title": headline,
        "byline": credit.byline,
        "authors": credit.authors,
        "agencies": credit.agencies,
        "date_published": when.published,
        "date_modified": when.modified,
        "description": description.read(document, facts, title=heading),
        "language": spoken,
        "site_name": site.read(document, facts),
        "image": image.read(document, facts),
        "is_free": access.read(document, facts),
        "url_canonical": own.chosen,
    }
    values: dict[str, Any] = {name: choice.value for name, choice in chosen.items() if isinstance(choice, Chosen)}
    values |= {name: values[name].text for name in ("date_published", "date_modified") if name in values}
    stripped = boilerplate.strip(
        body.pieces,
        language=values.get("language"),
        rules=boilerplate.load(options.rules),
        authors=values.get("authors", ()),
    )
    if document.guide and document.guide.phrases:
        stripped = _without_phrases(stripped, document.guide)
    printed = _printed(values, filing.taxonomy, credit.byline, when.published, when.modified)
    pieces = without_masthead(stripped, printed, unsaid=particulars.unsaid)
    provenance = {name: choice.provenance for name, choice in chosen.items() if isinstance(choice, Chosen)} | filing.provenance
    provenance["body"] = Provenance(body.origin, body.engine, sure_of(body, pieces, options))
    fields = Fields(taxonomy=filing.taxonomy, date_precision=when.precision, **values)
    warnings = (*document.warnings, *when.warnings, *own.warnings)
    return Found(fields, provenance, pieces, warnings, Page(document, facts, stripped, body.pieces))


def _without_phrases(pieces: Sequence[Piece], guide: Guide) -> list[Piece]:
    """The pieces, those taken out that begin with a phrase of the site's profile."""
    found = []
    for piece in pieces:
        text = piece.block.text
        kind = next((kind for kind, phrase in guide.phrases if phrase.match(text)), None) if len(text) <= _PHRASED else None
        found.append(replace(piece, kept=False, kind=kind, rule=guide.origin) if kind and piece.kept else piece)
    return found


def _printed(values: Mapping[str, Any], filed: Taxonomy, *choices: Chosen[Any] | None) -> Printed:
    """What the page may print once more over the text."""
    texts = [values.get("byline"), values.get("site_name"), *(choice.provenance.raw for choice in choices if choice)]
    return Printed(
        headline=values.get("title"),
        texts=tuple(text for text in texts if text),
        day=(values.get("date_published") or "")[:10] or None,
        changed=(values.get("date_modified") or "")[:10] or None,
        labels=tuple(chain.from_iterable(getattr(filed, key) for key in TAXONOMY_KEYS)),
        authors=(*values.get("authors", ()), *values.get("agencies", ())),
    )


def _sample(pieces: Sequence[Piece]) -> str:
    parts, size = [], 0
    for piece in pieces:
        if piece.kept:
            parts.append(piece.block.text)
            size += len(piece.block.text)
            if size >= language.ENOUGH:
                break
    return "\n".join(parts)
