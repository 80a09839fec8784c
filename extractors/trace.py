"""Why a document gives its record: the candidates of each field with the one that won, and the article's blocks, kept and removed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from extractors.article import PROVENANCE_KEYS, TAXONOMY_KEYS, Article, BlockType, Context, Image, Options, Origin, Provenance
from extractors.document import GUIDED, Candidate
from extractors.extract import read, record
from extractors.fields import access, byline, canonical, dates, description, image, language, site, taxonomy, title
from extractors.fields.byline.credit import Credit
from extractors.fields.dates.ledger import CHANGED
from extractors.fields.dates.reading import Reading
from extractors.fields.image.placeholders import is_placeholder
from extractors.fields.moments import Moment
from extractors.found import Found, Page
from extractors.letters import letters_of
from extractors.piece import Piece

__all__ = ["APART", "CAPTION", "MASTHEAD", "FieldTrace", "Trace", "Verdict", "Voice", "trace"]

MASTHEAD = "masthead"  # kind and rule of a line over the text that the record holds under a key of its own; `removed` does not list it
CAPTION = "caption"  # likewise of a picture's caption, which the body holds where captions are asked for
APART = frozenset({CAPTION, MASTHEAD})
_DAY = 10  # characters of RFC 3339 that name the day


class Verdict(StrEnum):
    """What became of a candidate."""

    WON = "won"
    AGREES = "agrees"  # it says the same as the winner
    LOST = "lost"
    REFUSED = "refused"  # it cannot be: a date in the future, a logo, another site's address


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One candidate of a field.

    `weight`: its odds, or for taxonomy the share of its labels that are right; None where nothing was weighed.
    """

    value: str
    raw: str
    origin: str
    signal: str
    weight: float | None
    verdict: Verdict
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldTrace:
    """A field of the record: its value there, why it is so, and all that was heard of it, in page order."""

    name: str
    value: Any
    provenance: Provenance | None
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """The article, as `extract` gives it, the fields in the record's order, and the pieces of the article's region in page order."""

    article: Article
    fields: tuple[FieldTrace, ...]
    pieces: tuple[Piece, ...]


Heard = tuple[Candidate[Any], str | None]  # a candidate, and why it was refused


def trace(
    data: bytes | str,
    *,
    url: str | None = None,
    content_type: str | None = None,
    context: Context | None = None,
    options: Options | None = None,
) -> Trace:
    """Extract and explain. The arguments and the errors are those of `extract`, and so is the article."""
    context, options = context or Context(), options or Options()
    found = read(data, url=url, content_type=content_type, context=context, options=options)
    article = record(found, data, url=url, context=context, options=options)
    heard = _heard(found.page, article) if found.page else {}
    return Trace(
        article=article,
        fields=tuple(_field(name, article, heard.get(name, ())) for name in PROVENANCE_KEYS),
        pieces=tuple(_as_shown(found, captions=options.captions)),
    )


def _heard(page: Page, article: Article) -> Mapping[str, Sequence[Heard]]:
    """Every field's candidates, read by the functions that extraction reads them by, from the document that it read."""
    document, facts, heading = page.document, page.facts, article.title
    credited, people = byline.voices(document, facts, heading)
    agencies = [candidate for candidate in credited if candidate.value.agencies]
    ledger = dates.read_ledger(document, facts, title=heading)
    filed = [replace(candidate, weight=taxonomy.share_of(candidate.signal)) for candidate in taxonomy.candidates(document, facts, heading)]
    plain: dict[str, Iterable[Candidate[Any]]] = {
        "title": title.candidates(document, facts),
        "byline": credited,
        "authors": people or agencies,
        "agencies": agencies,
        "description": description.candidates(document, facts),
        "language": language.candidates(document, facts),
        "site_name": site.candidates(document, facts),
        "is_free": access.candidates(document, facts),
        "body": _bodies(page),
    }
    plain |= {key: [one for one in filed if one.signal.startswith(f"{key}.")] for key in TAXONOMY_KEYS}
    rejected = [(_dated(reading), reason) for reading, reason in ledger.rejected]
    modified = [(_dated(reading), None) for reading in ledger.modified]
    published = [(_dated(reading), None) for reading in ledger.published]
    return {
        **{name: [(candidate, None) for candidate in found] for name, found in plain.items()},
        "date_published": [*published, *(modified if CHANGED in article.warnings else ()), *rejected],
        "date_modified": modified,
        "image": [
            (one, "no picture of an article" if is_placeholder(one.value) else None)
            for one in (*image.candidates(document, facts), *image.shown(document))
        ],
        "url_canonical": [(one, _not_canonical(one, document.url)) for one in canonical.candidates(document, facts)],
    }


def _bodies(page: Page) -> Iterator[Candidate[str]]:
    """The choices of the body where the site's profile has one besides the model's."""
    guide = page.document.guide
    if guide is not None and guide.body:
        yield Candidate("", "profile", guide.origin, "profile", GUIDED)
        yield Candidate("", "model", Origin.MODEL, "model", 1.0)


def _dated(reading: Reading) -> Candidate[Moment]:
    return Candidate(reading.moment, reading.raw, str(reading.origin), reading.signal, reading.weight)


def _not_canonical(candidate: Candidate[str], url: str | None) -> str | None:
    return canonical.refused(candidate.value, url) if candidate.value else "canonical_not_http"


def _field(name: str, article: Article, heard: Sequence[Heard]) -> FieldTrace:
    value = getattr(article.taxonomy if name in TAXONOMY_KEYS else article, name)
    provenance = article.provenance[name]
    best = _winner(heard, provenance, _words(value)) if provenance else -1
    told = _key(name, _words(heard[best][0].value)) if best >= 0 else ""
    voices = [_voice(name, one, won=place == best, told=told) for place, one in enumerate(heard)]
    if provenance and best < 0:  # nothing was weighed: the text itself, or the first line that says it
        said = "" if name == "body" else _words(value)
        only = Voice(
            value=said, raw=provenance.raw, origin=provenance.origin, signal=str(provenance.origin), weight=None, verdict=Verdict.WON
        )
        voices.append(only)
    return FieldTrace(name=name, value=value, provenance=provenance, voices=tuple(voices))


def _winner(heard: Sequence[Heard], provenance: Provenance, value: str) -> int:
    """The place of the candidate that the record names: of its origin and raw string, best of its very value, the heaviest; -1 for none."""
    places = [
        (_words(one.value) == value, one.weight, -place)
        for place, (one, reason) in enumerate(heard)
        if reason is None and (str(one.origin), one.raw) == (str(provenance.origin), provenance.raw)
    ]
    return -max(places)[2] if places else -1


def _voice(name: str, heard: Heard, *, won: bool, told: str) -> Voice:
    candidate, reason = heard
    value = _words(candidate.value)
    verdict = Verdict.REFUSED if reason else Verdict.WON if won else Verdict.LOST
    if verdict is Verdict.LOST and told and _key(name, value) == told:
        verdict = Verdict.AGREES
    return Voice(
        value=value,
        raw=candidate.raw,
        origin=str(candidate.origin),
        signal=candidate.signal,
        weight=round(candidate.weight, 3),
        verdict=verdict,
        note=reason,
    )


def _key(name: str, text: str) -> str:
    """What two candidates of a field share that say the same: the day of a date, the letters of all else."""
    return text[:_DAY] if name.startswith("date_") else letters_of(text)


def _words(value: Any) -> str:
    """A value in words."""
    match value:
        case Moment(text=text) | Image(url=text):
            return text
        case Credit():
            return ", ".join(dict.fromkeys((*value.people, *value.others, *value.agencies)))
        case tuple():
            return ", ".join(map(str, value))
        case bool():
            return str(value).lower()
    return "" if value is None else str(value)


def _as_shown(found: Found, *, captions: bool) -> Iterator[Piece]:
    """The pieces, those told apart that are neither in the body nor removed from it."""
    for piece in _with_masthead(found.page.pieces, found.pieces) if found.page else found.pieces:
        if piece.kept and piece.block.type is BlockType.CAPTION and not captions:
            yield replace(piece, kept=False, kind=CAPTION, rule=CAPTION)
        else:
            yield piece


def _with_masthead(before: Sequence[Piece], after: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces `after` the masthead was taken off, and what it took in its place."""
    at = 0
    for piece in before:
        left = after[at] if at < len(after) else None
        if left is not None and piece == left:
            yield left
            at += 1
        elif left is not None and piece == replace(left, block=replace(left.block, text=piece.block.text)) and _is_part(left, piece):
            kept = left.block.text.split("\n")
            yield _off(piece, "\n".join(line for line in piece.block.text.split("\n") if line not in kept))
            yield left
            at += 1
        else:
            yield _off(piece, piece.block.text)


def _is_part(left: Piece, piece: Piece) -> bool:
    return set(left.block.text.split("\n")) < set(piece.block.text.split("\n"))


def _off(piece: Piece, text: str) -> Piece:
    return replace(piece, block=replace(piece.block, text=text), kept=False, kind=MASTHEAD, rule=MASTHEAD)
