"""A Markdown or plain text article to its fields and pieces."""

from collections.abc import Mapping

from extractors import boilerplate
from extractors.article import TAXONOMY_KEYS, Context, Options, Origin, Provenance, Taxonomy
from extractors.bounds import MOST_CHARACTERS
from extractors.fields import dates, language
from extractors.fields.choose import value_of
from extractors.found import Fields, Found
from extractors.plaintext import Plaintext, parse

__all__ = ["read_text"]

_MOST_LINES = 100_000  # of two novels, wrapped; a line costs ten microseconds, however short
_CERTAIN = 0.9  # a labelled or first line of a document without furniture; no gold page is plain text, so this is a judgement


def read_text(text: str, *, context: Context, options: Options) -> Found:
    """Read a document without markup. It always gives pieces; their number may be none."""
    whole, text = text, _bounded(text)
    plain = parse(text)
    spoken = language.identify("\n".join(piece.block.text for piece in plain.pieces)[: language.ENOUGH])
    tongue = value_of(spoken)
    printed = [line for line in (plain.published, *plain.front.get("date", ()), plain.modified and f"updated {plain.modified}") if line]
    when = dates.read_lines(printed, language=tongue, context=context)
    pieces = boilerplate.strip(plain.pieces, language=tongue, rules=boilerplate.load(options.rules), authors=plain.authors)
    filed, raw = _filed(plain)
    description = " ".join(plain.front.get("description", plain.front.get("summary", ()))) or None
    texts: Mapping[str, str | None] = {
        "title": plain.title,
        "byline": plain.byline,
        "authors": plain.byline or ", ".join(plain.authors) or None,
        "site_name": plain.publisher,
        "description": description,
        **raw,
    }
    provenance = {name: Provenance(Origin.TEXT, value, _CERTAIN) for name, value in texts.items() if value}
    provenance["body"] = Provenance(Origin.TEXT, "plaintext", _CERTAIN)
    chosen = {"language": spoken, "date_published": when.published, "date_modified": when.modified}
    provenance |= {name: choice.provenance for name, choice in chosen.items() if choice}
    fields = Fields(
        title=plain.title,
        byline=plain.byline,
        authors=plain.authors,
        date_published=when.published.value.text if when.published else None,
        date_modified=when.modified.value.text if when.modified else None,
        date_precision=when.precision,
        description=description,
        taxonomy=filed,
        language=tongue,
        site_name=plain.publisher,
    )
    cut = ("truncated",) if len(text) < len(whole) else ()
    return Found(fields, provenance, pieces, (*cut, *when.warnings))


def _bounded(text: str) -> str:
    """The text as far as reading it has a bound, in characters and in lines."""
    text = text[:MOST_CHARACTERS]
    if text.count("\n") <= _MOST_LINES:
        return text
    lines = text.split("\n", _MOST_LINES)
    return text[: len(text) - len(lines[-1])]


def _filed(plain: Plaintext) -> tuple[Taxonomy, dict[str, str]]:
    """The labelled lines as taxonomy, each label once, and the lines as printed."""
    lists: dict[str, dict[str, None]] = {key: {} for key in TAXONOMY_KEYS}
    raw: dict[str, str] = {}
    for label in plain.labels:
        lists[label.key].update(dict.fromkeys(label.values))
        raw.setdefault(label.key, label.raw)
    return Taxonomy(**{key: tuple(values) for key, values in lists.items()}), raw
