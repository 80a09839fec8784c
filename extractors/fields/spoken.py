"""Whether a page speaks of the labels that it bears: what is said nowhere is the site's, what repeats the headline is no label."""

import re
from collections.abc import Callable
from unicodedata import combining, normalize

from extractors.document import Document
from extractors.fields.cleaning import letters
from extractors.urls import path_of

__all__ = ["is_spam", "is_spoken", "own_words", "said_by"]

FEWEST_FOR_SPAM = 4  # a short list says too little to be told from spam
LONG_LABEL = 20  # characters of a lone label that is no tag where it is the title
SPOKEN = 60  # characters of a run that is a paragraph, no menu entry
LEAST_SPOKEN = 0.2  # share of meta keywords that the article's paragraphs must hold
LEAST_MEANT = 0.3  # share of a list's labels, where addresses alone tell of it
MOST_ECHOED = 0.8  # share of them that are words of the headline or the address; on 3 sites whose addresses keep an earlier headline


def said_by(document: Document, title: str) -> str:
    """The page's sentences, its description and its title, case folded."""
    return "\n".join([title, *document.metas("description"), *(run[0] for run in document.outline.runs if len(run[0]) > SPOKEN)]).casefold()


def own_words(document: Document, title: str) -> str:
    """What `said_by` gives, without the lines that are mostly links."""
    runs = (run for run in document.outline.runs if len(run.text) > SPOKEN and run.link * 2 < len(run.text))
    return "\n".join([title, *document.metas("description"), *(run.text for run in runs)]).casefold()


def is_spoken(labels: tuple[str, ...], said: str) -> bool:
    """Whether what is said holds some of the labels, their endings aside."""
    return sum(label.casefold()[: max(len(label) - 2, 4)] in said for label in labels) >= LEAST_MEANT * len(labels)


def _bare(text: str) -> str:
    """`text` in lower case, without accents: as addresses are made of headlines."""
    return text.lower() if text.isascii() else "".join(sign for sign in normalize("NFD", text.casefold()) if not combining(sign))


def _bare_words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", _bare(text)))


def is_spam(labels: tuple[str, ...], said: Callable[[], str], *, title: str, url: str | None) -> bool:
    """Whether the page's sentences hold too few of the labels (they are the site's), or they are words of headline or address."""
    if len(labels) < FEWEST_FOR_SPAM:
        return len(labels) == 1 and len(labels[0]) > LONG_LABEL and letters(labels[0]) == letters(title)
    echoed = _bare_words(title) | _bare_words(path_of(url or ""))
    if sum(label.islower() and _bare(label) in echoed for label in labels) >= MOST_ECHOED * len(labels):
        return True
    text = said()
    return sum(label.casefold() in text for label in labels) < LEAST_SPOKEN * len(labels)
