"""The recipe: decode, tell the kind, read the document, put the record together."""

import hashlib
from dataclasses import replace

from extractors.article import PROVENANCE_KEYS, UNCLASSIFIED, Article, Context, Options, Removal, rfc3339
from extractors.decode import decode, decoded
from extractors.errors import EmptyPage
from extractors.found import Found
from extractors.from_html import read_html
from extractors.from_text import read_text
from extractors.identity import content_hash, fingerprint, word_count
from extractors.kinds import Kind, kind_of
from extractors.piece import BY_MODEL, blocks_of
from extractors.render import markdown, plain
from extractors.urls import document_id, host_of
from extractors.version import extractor_version

__all__ = ["extract", "read", "record"]

_SHORT = 40  # words; of 940 gold bodies one has fewer (37), the next shortest has 53


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
    url, context, options = url or None, context or Context(), options or Options()
    found = read(data, url=url, content_type=content_type, context=context, options=options)
    return record(found, data, url=url, context=context, options=options)


def read(data: bytes | str, *, url: str | None, content_type: str | None, context: Context, options: Options) -> Found:
    """What a document holds. Raises as `extract` does."""
    source = decode(data, content_type) if isinstance(data, bytes) else decoded(data)
    text = source.text
    if kind_of(text, content_type) is Kind.HTML:
        found = read_html(text, url, context=context, options=options)
    else:
        found = read_text(text, context=context, options=options)
    told = {"encoding_damaged": source.damaged, "encoded_twice": source.twice}
    if any(told.values()):
        return replace(found, warnings=(*(name for name, holds in told.items() if holds), *found.warnings))
    return found


def record(found: Found, data: bytes | str, *, url: str | None, context: Context, options: Options) -> Article:
    """The record. Raises EmptyPage where nothing of the body is left."""
    blocks = blocks_of(found.pieces, captions=options.captions)
    text = plain(blocks)
    if not text:
        raise EmptyPage("the document has no text of an article")
    raw = data if isinstance(data, bytes) else data.encode("utf-8", "replace")
    fields = found.fields
    words = word_count(text)
    warnings = dict.fromkeys(found.warnings)
    warnings |= dict.fromkeys(_remarks(found, words))
    return Article(
        id=document_id(url, raw),
        url=url,
        url_requested=context.url_requested,
        url_canonical=fields.url_canonical,
        host=host_of(url),
        source=context.source,
        run_id=context.run_id,
        fetched_at=rfc3339(context.fetched_at) if context.fetched_at else None,
        http_status=context.http_status,
        title=fields.title,
        byline=fields.byline,
        authors=fields.authors,
        agencies=fields.agencies,
        date_published=fields.date_published,
        date_modified=fields.date_modified,
        date_precision=fields.date_precision,
        taxonomy=fields.taxonomy,
        description=fields.description,
        body=markdown(blocks) if options.markdown else text,
        blocks=tuple(blocks) if options.blocks else None,
        language=fields.language,
        site_name=fields.site_name,
        image=fields.image,
        is_free=fields.is_free,
        word_count=words,
        content_hash=content_hash(fields.title, text),
        fingerprint=fingerprint(text),
        payload_sha256=context.payload_sha256 or (hashlib.sha256(raw).hexdigest() if isinstance(data, bytes) else None),
        warc_record_id=context.warc_record_id,
        provenance={key: found.provenance.get(key) for key in PROVENANCE_KEYS},
        removed=tuple(_removals(found)),
        warnings=tuple(warnings),
        extractor_version=_version(options),
    )


def _version(options: Options) -> str:
    """The version with the digest of what these options make extraction read."""
    extra = (*options.rules, *(options.profiles or ()), *([options.weights] if options.weights else []))
    return extractor_version(extra, without="profiles" if options.profiles == () else "")


def _remarks(found: Found, words: int) -> list[str]:
    """What a reader of the record should know."""
    remarks = {
        "title_missing": found.fields.title is None,
        "body_short": words < _SHORT,
        "paywall_teaser": found.fields.is_free is False,
    }
    return [name for name, holds in remarks.items() if holds]


def _removals(found: Found) -> list[Removal]:
    return [Removal(piece.kind or UNCLASSIFIED, piece.rule or BY_MODEL, piece.block.text) for piece in found.pieces if not piece.kept]
