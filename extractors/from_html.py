"""An HTML page to its fields and pieces: parsed once, refused where it is no article, each field read, the body chosen and stripped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from extractors import boilerplate, profiles, structured
from extractors.article import TAXONOMY_KEYS, Context, Image, Options, Provenance
from extractors.body.hints import read_hints
from extractors.body.read import Body, read_body, sure_of
from extractors.document import Document, Guide, parse
from extractors.fields import access, byline, canonical, dates, description, image, language, particulars, site, taxonomy, title
from extractors.fields.choose import Chosen, value_of
from extractors.found import Fields, Found, Page
from extractors.masthead import Printed, without_masthead
from extractors.piece import Piece, blocks_of
from extractors.refuse import refuse_bare, refuse_kinds, refuse_walls
from extractors.structured import Facts
from extractors.urls import host_of

__all__ = ["read_html"]

_PHRASED = 600  # characters: a longer block is more than a phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answers:
    """What the readers of the fields answered."""

    headline: Chosen[str] | None
    credit: byline.Byline
    when: dates.Dates
    filing: taxonomy.Filing
    own: canonical.Canonical
    summary: Chosen[str] | None
    spoken: Chosen[str] | None
    site: Chosen[str] | None
    picture: Chosen[Image] | None
    free: Chosen[bool] | None


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
    answers = _answers(document, facts, _sample(body.pieces))
    fields, provenance = _fields_of(answers), _provenance_of(answers)
    rules = boilerplate.load(options.rules)
    stripped = boilerplate.strip(body.pieces, language=fields.language, rules=rules, authors=fields.authors)
    if document.guide and document.guide.phrases:
        stripped = _without_phrases(stripped, document.guide)
    pieces = without_masthead(stripped, _printed(fields, provenance), unsaid=particulars.unsaid)
    provenance["body"] = Provenance(body.origin, body.engine, sure_of(body, pieces, options))
    warnings = (*document.warnings, *answers.when.warnings, *answers.own.warnings)
    return Found(fields, provenance, pieces, warnings, Page(document, facts, stripped, body.pieces))


def _answers(document: Document, facts: Facts, sample: str) -> _Answers:
    """Each field, read. `sample`: of the body's text, for its language."""
    headline = title.read(document, facts)
    heading = value_of(headline)
    credit = byline.read(document, facts, heading)
    return _Answers(
        headline=headline,
        credit=credit,
        when=dates.read(document, facts, title=heading),
        filing=taxonomy.read(document, facts, heading, authors=value_of(credit.authors) or ()),
        own=canonical.read(document, facts),
        summary=description.read(document, facts, title=heading),
        spoken=language.read(document, facts, sample),
        site=site.read(document, facts),
        picture=image.read(document, facts),
        free=access.read(document, facts),
    )


def _fields_of(answers: _Answers) -> Fields:
    credit, when = answers.credit, answers.when
    return Fields(
        url_canonical=value_of(answers.own.chosen),
        title=value_of(answers.headline),
        byline=value_of(credit.byline),
        authors=value_of(credit.authors) or (),
        agencies=value_of(credit.agencies) or (),
        date_published=when.published.value.text if when.published else None,
        date_modified=when.modified.value.text if when.modified else None,
        date_precision=when.precision,
        taxonomy=answers.filing.taxonomy,
        description=value_of(answers.summary),
        language=value_of(answers.spoken),
        site_name=value_of(answers.site),
        image=value_of(answers.picture),
        is_free=value_of(answers.free),
    )


def _provenance_of(answers: _Answers) -> dict[str, Provenance]:
    chosen: Mapping[str, Chosen[Any] | None] = {
        "title": answers.headline,
        "byline": answers.credit.byline,
        "authors": answers.credit.authors,
        "agencies": answers.credit.agencies,
        "date_published": answers.when.published,
        "date_modified": answers.when.modified,
        "description": answers.summary,
        "language": answers.spoken,
        "site_name": answers.site,
        "image": answers.picture,
        "is_free": answers.free,
        "url_canonical": answers.own.chosen,
    }
    return {key: choice.provenance for key, choice in chosen.items() if choice} | answers.filing.provenance


def _without_phrases(pieces: Sequence[Piece], guide: Guide) -> list[Piece]:
    """The pieces, those taken out that begin with a phrase of the site's profile."""
    found = []
    for piece in pieces:
        text = piece.block.text
        kind = next((kind for kind, phrase in guide.phrases if phrase.match(text)), None) if len(text) <= _PHRASED else None
        found.append(replace(piece, kept=False, kind=kind, rule=guide.origin) if kind and piece.kept else piece)
    return found


def _printed(fields: Fields, provenance: Mapping[str, Provenance]) -> Printed:
    """What the page may print once more over the text: values of the record, and byline and dates as the page has them."""
    raw = [provenance[key].raw for key in ("byline", "date_published", "date_modified") if key in provenance]
    texts = [fields.byline, fields.site_name, *raw]
    return Printed(
        headline=fields.title,
        texts=tuple(text for text in texts if text),
        day=(fields.date_published or "")[:10] or None,
        changed=(fields.date_modified or "")[:10] or None,
        labels=tuple(chain.from_iterable(getattr(fields.taxonomy, key) for key in TAXONOMY_KEYS)),
        authors=(*fields.authors, *fields.agencies),
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
