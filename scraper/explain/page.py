"""A trace as one self-contained HTML page in which nothing of the explained page can run, load or be sent."""

import base64
import hashlib
from collections import Counter
from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from extractors.trace import FieldTrace, Trace
from extractors.urls import host_of
from scraper.explain.plain import KEPT, field_value, json_text, kind_of, lines, ranked, reason, state_of

__all__ = ["as_page", "safe_link"]


def as_page(trace: Trace) -> str:
    """The page: blocks in page order, the candidates of each field, the record.

    Every text of the explained page goes through autoescape; controls and overrides of writing direction stand as escapes; links
    lead to http and https alone. The Content-Security-Policy allows the page's own style and script by their hashes and nothing else.
    """
    kinds = Counter(map(kind_of, trace.pieces))
    places = {kind: place for place, kind in enumerate(sorted(kinds, key=lambda kind: (kind != KEPT, kind)))}
    style = _packaged("page.css") + "".join(
        f"body:has(#k{place}:not(:checked)) .k{place} {{ display: none }}\n" for place in places.values()
    )
    script = _packaged("page.js")
    environment = Environment(
        loader=DictLoader({"page": _packaged("page.jinja")}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["lines"] = lines
    return environment.get_template("page").render(
        style=Markup(style),  # noqa: S704 - our own file, and numbers
        script=Markup(script),  # noqa: S704 - our own file
        policy=policy(style, script),
        article=trace.article,
        spoken=Markup(' lang="{}"').format(trace.article.language) if trace.article.language else "",
        link=safe_link(trace.article.url),
        filters=[(place, kind, kinds[kind], state_of(kind)) for kind, place in places.items()],
        blocks=[(piece, places[kind_of(piece)], state_of(kind_of(piece)), reason(piece)) for piece in trace.pieces],
        fields=[_field(trace, field) for field in trace.fields],
        record=json_text(trace.article.to_dict()),
    )


def policy(style: str, script: str) -> str:
    """The Content-Security-Policy: nothing is loaded, run, framed, sent or rebased but the style and script given."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )


def safe_link(url: str | None) -> str | None:
    """`url` where it may be a link: http or https, with a host, without white space or controls; None otherwise."""
    return url if url and host_of(url) and url.isprintable() and " " not in url else None


def _field(trace: Trace, field: FieldTrace) -> dict[str, object]:
    value = field_value(trace, field)
    return {
        "trace": field,
        "voices": ranked(field.voices),
        "value": value,
        "link": safe_link(value) if field.name in {"image", "url_canonical"} else None,
    }


def _packaged(name: str) -> str:
    """A file of this folder, its text as a browser reads it: with line feeds alone."""
    return (files("scraper.explain") / name).read_text("utf-8").replace("\r\n", "\n")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
