"""The JSON Schema (draft 2020-12) of the article record and of the failure record, derived from the records' own fields."""

import json
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from extractors.article import PROVENANCE_KEYS, SCHEMA_VERSION, TAXONOMY_KEYS, Article, Provenance
from scraper.records import Failure, FailureKind

__all__ = ["article_schema", "failure_schema", "schema_text"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_JSON_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean", datetime: "string"}

_MEANINGS = {
    "schema_version": "An added key raises the second number; a renamed, retyped or dropped one the first.",
    "id": "Hash of the normalised final URL; of the bytes for a document without URL.",
    "url": "Where the bytes came from, after redirects.",
    "url_requested": "What was asked for.",
    "url_canonical": "What the page calls itself.",
    "host": "Host of url.",
    "source": "Which source of the job gave the target.",
    "run_id": "Which run wrote the record.",
    "fetched_at": "When the bytes were fetched, RFC 3339 in UTC.",
    "http_status": "Status of the answer.",
    "title": "Headline without the site's name.",
    "byline": "As printed.",
    "authors": "People's names alone; an agency or desk only where nobody is named.",
    "agencies": "News agencies that the page credits.",
    "date_published": "RFC 3339 with the offset where the page gives one, else local time or the bare day.",
    "date_modified": "Written like date_published.",
    "date_precision": "Of date_published.",
    "taxonomy": "The labels that the page files its article under.",
    "description": "The page's own summary.",
    "body": "Paragraphs and headings parted by a blank line; Markdown where asked.",
    "blocks": "The blocks of the body, where asked; else null.",
    "language": "BCP 47, of the body.",
    "site_name": "The publication.",
    "image": "The article's picture.",
    "is_free": "False for a paywalled article, null where unknown.",
    "word_count": "Words of the body.",
    "content_hash": "SHA-256 of normalised title and body.",
    "fingerprint": "For near duplicates, algorithm:value.",
    "payload_sha256": "Of the very bytes.",
    "warc_record_id": "Where the bytes are kept.",
    "provenance": "Why each field has its value; null for a field without one.",
    "removed": "Blocks inside the article that were stripped, whole, in page order.",
    "warnings": "What to know before trusting the record.",
    "extractor_version": "The same bytes and the same extractor_version give the same record.",
}
_NEVER_EMPTY = (
    *("url", "url_requested", "url_canonical", "host", "source", "run_id", "fetched_at"),
    *("title", "byline", "description", "body", "language", "site_name", "fingerprint", "warc_record_id", "extractor_version"),
    *("caption", "credit"),
)
_LISTS = ("authors", "agencies", *TAXONOMY_KEYS, "warnings")
_DATE = r"^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$"
_NARROWER: dict[str, dict[str, Any]] = {
    "schema_version": {"const": SCHEMA_VERSION},
    "id": {"pattern": "^[0-9a-f]{32}$"},
    **{key: {"minLength": 1} for key in _NEVER_EMPTY},
    **{key: {"items": {"type": "string", "minLength": 1}} for key in _LISTS},
    "word_count": {"minimum": 0},
    "content_hash": {"pattern": "^[0-9a-f]{64}$"},
    "payload_sha256": {"pattern": "^[0-9a-f]{64}$"},
    "date_published": {"pattern": _DATE},
    "date_modified": {"pattern": _DATE},
    "confidence": {"minimum": 0, "maximum": 1},
}


def article_schema() -> dict[str, Any]:
    """Every key of the record in its order, all required, none else allowed."""
    schema = _object(Article)
    properties = schema["properties"]
    provenance = {"anyOf": [_object(Provenance), {"type": "null"}]}
    properties["provenance"] = _closed(dict.fromkeys(PROVENANCE_KEYS, provenance))
    for key, meaning in _MEANINGS.items():
        properties[key] = {"description": meaning, **properties[key]}
    return {"$schema": _DIALECT, "title": "Article", "description": "One line of a dataset.", **schema}


def failure_schema() -> dict[str, Any]:
    """Every key of a line of `<name>.failures.jsonl`."""
    hints = get_type_hints(Failure)
    sample = Failure(url=None, kind=FailureKind.INTERNAL, detail="").to_dict()
    keys = {key: _narrowed(key, str if key in {"schema_version", "id"} else hints[key]) for key in sample}
    return {"$schema": _DIALECT, "title": "Failure", "description": "One target that gave no article.", **_closed(keys)}


def schema_text(schema: Mapping[str, Any]) -> str:
    """The schema as it is printed and kept: indented, with a line end."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _object(record: type) -> dict[str, Any]:
    """A record's fields as an object."""
    hints = get_type_hints(record)
    names: tuple[str, ...] = record.__slots__  # type: ignore[attr-defined]  # every record is slotted
    return _closed({name: _narrowed(name, hints[name]) for name in names})


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _narrowed(name: str, hint: Any) -> dict[str, Any]:
    return {**_schema_of(hint), **_NARROWER.get(name, {})}


def _schema_of(hint: Any) -> dict[str, Any]:
    """A type as JSON Schema: scalars, enums, records, X | None, tuples of one type."""
    if isinstance(hint, UnionType):
        inner = _schema_of(next(part for part in get_args(hint) if part is not NoneType))
        if isinstance(inner.get("type"), str) and inner["type"] != "object" and "enum" not in inner:
            return {**inner, "type": [inner["type"], "null"]}
        return {"anyOf": [inner, {"type": "null"}]}
    if get_origin(hint) is not None:
        return {"type": "array", "items": _schema_of(get_args(hint)[0])} if get_origin(hint) is tuple else {"type": "object"}
    if hint in _JSON_TYPES:
        return {"type": _JSON_TYPES[hint]}
    if issubclass(hint, StrEnum):
        return {"type": "string", "enum": [member.value for member in hint]}
    return _object(hint)
