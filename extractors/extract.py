"""The recipe: decode, tell the kind, parse once, read the fields, choose the body, strip it, put the record together."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors import boilerplate, structured
from extractors.article import (
    PROVENANCE_KEYS,
    Article,
    Block,
    BlockType,
    Context,
    Options,
    Provenance,
    Removal,
)
from extractors.body.hints import read_hints
from extractors.body.read import read_body
from extractors.decode import decode
from extractors.document import parse
from extractors.errors import EmptyPage
from extractors.fields import dates, title
from extractors.identity import content_hash, fingerprint, word_count
from extractors.kinds import Kind, kind_of
from extractors.piece import Piece
from extractors.refuse import refuse_index, refuse_walls
from extractors.render import markdown, plain
from extractors.urls import document_id, host_of
from extractors.version import extractor_version

__all__ = ["extract"]


def extract(
    data: bytes | str,
    *,
    url: str | None = None,
    content_type: str | None = None,
    context: Context | None = None,
    options: Options | None = None,
) -> Article:
    """The article of a document: HTML, XHTML, Markdown or plain text, told apart by `content_type`, then by looking.

    Pure: the same arguments and the same extractor_version give the same Article. Raises an error of `extractors.errors` that says why
    the document holds no article, or InvalidRules where a file named in `options` cannot be used.
    """
    context, options = context or Context(), options or Options()
    if isinstance(data, bytes):
        decoded = decode(data, content_type)
        text, warnings = decoded.text, ["encoding_damaged"] if decoded.damaged else []
    else:
        text, warnings = data, []
    kind = kind_of(text, content_type)
    read = _from_html if kind is Kind.HTML else _from_html
    found = read(text, url, context=context, options=options)
    found.warnings[:0] = warnings
    return _article(found, data, url=url, context=context, options=options)


@dataclass(slots=True)
class _Found:
    """What was read of a document, before it is put in the record's order."""

    pieces: Sequence[Piece]
    fields: dict[str, object]
    provenance: dict[str, Provenance]
    warnings: list[str] = field(default_factory=list)


def _from_html(text: str, url: str | None, *, context: Context, options: Options) -> _Found:
    document = parse(text, url=url, context=context)
    facts = structured.read(document)
    refuse_walls(document, text, has_article=facts.article is not None)
    headline = title.read(document, facts)
    when = dates.read(document, facts, title=headline.value if headline else None)
    body = read_body(document, read_hints(document, facts), html=text, options=options)
    types = frozenset(name for node in document.nodes for name in structured.types_of(node))
    refuse_index(document, body.pieces, types=types, has_article=facts.article is not None)
    language = document.declared_language
    pieces = boilerplate.strip(body.pieces, language=language, rules=boilerplate.load(options.rules))
    return _Found(
        pieces=pieces,
        fields={
            "title": headline.value if headline else None,
            "date_published": when.published.value.text if when.published else None,
            "date_modified": when.modified.value.text if when.modified else None,
            "date_precision": when.precision,
            "language": language,
        },
        provenance={
            name: chosen.provenance
            for name, chosen in (("title", headline), ("date_published", when.published), ("date_modified", when.modified))
            if chosen
        }
        | {"body": Provenance(body.origin, body.engine, body.confidence)},
        warnings=[*document.warnings, *when.warnings],
    )


def _article(found: _Found, data: bytes | str, *, url: str | None, context: Context, options: Options) -> Article:
    """The record. Raises EmptyPage where nothing of the body is left."""
    blocks = _kept(found.pieces, options)
    body = markdown(blocks) if options.markdown else plain(blocks)
    if not body:
        raise EmptyPage("the page has no text of an article")
    raw = data if isinstance(data, bytes) else None
    return Article(
        id=document_id(url, raw if raw is not None else str(data).encode("utf-8", "replace")),
        url=url,
        url_requested=context.url_requested,
        host=host_of(url),
        source=context.source,
        run_id=context.run_id,
        fetched_at=context.fetched_at.isoformat() if context.fetched_at else None,
        http_status=context.http_status,
        body=body,
        blocks=tuple(blocks) if options.blocks else None,
        word_count=word_count(body),
        content_hash=content_hash(found.fields["title"], plain(blocks)),
        fingerprint=fingerprint(body),
        payload_sha256=context.payload_sha256 or (hashlib.sha256(raw).hexdigest() if raw is not None else None),
        warc_record_id=context.warc_record_id,
        provenance={key: found.provenance.get(key) for key in PROVENANCE_KEYS},
        removed=tuple(
            Removal(piece.kind or "unclassified", piece.rule or "model", piece.block.text) for piece in found.pieces if not piece.kept
        ),
        warnings=tuple(dict.fromkeys(found.warnings)),
        extractor_version=extractor_version(options.rules),
        **found.fields,
    )


def _kept(pieces: Sequence[Piece], options: Options) -> list[Block]:
    return [piece.block for piece in pieces if piece.kept and (options.captions or piece.block.type is not BlockType.CAPTION)]
