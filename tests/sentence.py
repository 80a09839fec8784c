"""What tests of a sentence share: an article that holds it, between "He saw" and "there."."""

from extractors import Options, extract

__all__ = ["body_with"]

_PROSE = "The harbour master counted the waves that reached the old pier, and wrote down how high each of them was in a long table. "


def body_with(markup: str) -> str:
    """The body of an article in which "He saw ... there." stands, amid prose."""
    page = f"<article><h1>Waves</h1><p>{_PROSE * 2}</p><p>He saw {markup} there. {_PROSE}</p><p>{_PROSE * 3}</p></article>"
    return extract(page, options=Options(profiles=())).body
