"""What recurs as a table for the eye: one line a paragraph, in columns of fixed width, so that none waits for the others."""

from collections.abc import Iterable, Iterator

from scraper.dataset.paragraphs import is_label
from scraper.dataset.tally import Recurring

__all__ = ["as_row", "as_table"]

_TEXT = 60  # characters of a paragraph that a row shows; --json has it whole
_HOST = 26


def as_table(found: Iterable[Recurring]) -> Iterator[str]:
    """A heading and a row for each; nothing where nothing recurs."""
    for number, one in enumerate(found):
        if not number:
            yield f"{'host':<{_HOST}} articles  share   lead middle   tail  sites    cut  text"
        text = " ".join(one.text.split())
        shown = text if len(text) <= _TEXT else f"{text[: _TEXT - 1]}…"
        counts = "".join(f"{count:>7}" for count in (one.lead, one.middle, one.tail, one.sites, one.cut))
        yield f"{one.host:<{_HOST}} {one.articles:>8} {one.share:>6.1%}{counts}  {_mark(one)}{shown}"


def as_row(one: Recurring) -> dict[str, object]:
    """The same, whole, with plain values; `label` tells a short line, cut only where its place says so."""
    names = ("host", "articles", "share", "lead", "middle", "tail", "sites", "cut")
    values: dict[str, object] = {name: getattr(one, name) for name in names}
    return {**values, "verdict": one.verdict.value, "label": is_label(one.text), "text": one.text}


def _mark(one: Recurring) -> str:
    """Why it stays, where it does."""
    return "" if one.cut else f"({'label' if one.verdict.value == 'recurring' and is_label(one.text) else one.verdict.value}) "
