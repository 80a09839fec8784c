"""Whether a page speaks of the labels that it bears: what is said nowhere is the site's, what repeats the headline is no label."""

import re
from collections.abc import Callable
from operator import or_

from extractors.document import Document
from extractors.fields.cleaning import letters
from extractors.fields.taxonomy.labelling import label_key
from extractors.fields.words import GENERAL
from extractors.letters import unaccented
from extractors.urls import path_of

__all__ = ["FOLDERS", "articles_own", "is_headline_cut", "is_menu", "is_spam", "is_spoken", "said_by"]

FEWEST_FOR_SPAM = 4  # a short list says too little to be told from spam
LONG_LABEL = 20  # characters of a lone label that is no tag where it is the title
SPOKEN = 60  # characters of a run that is a paragraph, no menu entry
LEAST_SPOKEN = 0.2  # share of meta keywords that the article's paragraphs must hold
LEAST_MEANT = 0.3  # share of a list's labels, where addresses alone tell of it
LONG_LIST = 6  # labels of a list that is a menu where the article speaks of few of them
LEAST_OWN, FEWEST_OWN = 0.6, 8  # share of a site's own words that makes a list its own; labels of such a list
FEWEST_GENERAL = 2  # words like "news" that are left out of a list: one alone may be a tag of the site
LEAST_CUT = 0.9  # of the headline's letters
LEAST_SPELLED = 0.7  # of them, where all labels follow one another in it
MOST_ECHOED = 0.8  # share of them that are words of the headline or the address; on 3 sites whose addresses keep an earlier headline

_NEWS, _SECTIONS, FOLDERS = (frozenset(map(label_key, GENERAL[name])) for name in ("news", "sections", "folders"))


def said_by(document: Document, title: str, *, links: bool) -> str:
    """The page's sentences, its description and its title, case folded; without `links` no lines that are mostly these."""
    runs = (run for run in document.outline.runs if len(run.text) > SPOKEN)
    lines = (run.text for run in runs if links or run.link * 2 < len(run.text))
    return "\n".join([title, *document.metas("description"), *lines]).casefold()


def is_spoken(labels: tuple[str, ...], said: str) -> bool:
    """Whether what is said holds some of the labels, their endings aside."""
    return sum(label.casefold()[: max(len(label) - 2, 4)] in said for label in labels) >= LEAST_MEANT * len(labels)


def _bare(text: str) -> str:
    """`text` in lower case, without accents: as addresses are made of headlines."""
    return unaccented(text.casefold())


def _bare_words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", _bare(text)))


def is_spam(labels: tuple[str, ...], said: Callable[[], str], *, title: str, url: str | None) -> bool:
    """Whether the page's sentences hold too few of the labels (they are the site's), or they are words of headline or address."""
    if len(labels) < FEWEST_FOR_SPAM:
        return len(labels) == 1 and len(labels[0]) > LONG_LABEL and letters(labels[0]) == letters(title)
    echoed = _bare_words(title) | _bare_words(path_of(url or ""))
    if sum(label.islower() and _bare(label) in echoed for label in labels) >= MOST_ECHOED * len(labels):
        return True
    return _is_unsaid(labels, said())


def articles_own(labels: tuple[str, ...], is_site: Callable[[str], bool]) -> tuple[str, ...]:
    """What of a list of keywords is the article's: nothing where it is words like "news", the site's name and sections; not such words."""
    sites = list(map(is_site, labels))
    news = [_is_news(label) for label in labels]
    own = sum(map(or_, sites, news))
    menu = sum(map(or_, map(or_, sites, news), (label_key(label) in _SECTIONS for label in labels)))
    if own == len(labels) or (len(labels) >= FEWEST_OWN and menu >= LEAST_OWN * len(labels)):
        return ()
    few = sum(is_news > is_name for is_news, is_name in zip(news, sites, strict=True)) < FEWEST_GENERAL
    return labels if few else tuple(label for label, is_news in zip(labels, news, strict=True) if not is_news)


def _is_news(label: str) -> bool:
    """Whether a label is a word like "news", or such a word and sections: "World news today"."""
    if label_key(label) in _NEWS:
        return True
    words = list(map(label_key, label.split()))
    return len(words) > 1 and all(word in _NEWS or word in _SECTIONS for word in words) and any(word in _NEWS for word in words)


def is_headline_cut(labels: tuple[str, ...], title: str) -> bool:
    """Whether the labels are the headline, cut at its commas or between its words, of which small ones may be left out."""
    said, whole = letters("".join(labels)), letters(title)
    if len(labels) > 1 and whole.startswith(said) and len(said) >= LEAST_CUT * len(whole):
        return True
    if len(labels) < FEWEST_FOR_SPAM or len(said) < LEAST_SPELLED * len(whole):
        return False
    place = 0
    for label in map(letters, labels):
        place = whole.find(label, place) + len(label)
        if place < len(label):
            return False
    return True


def is_menu(labels: tuple[str, ...], said: Callable[[], str]) -> bool:
    """Whether a printed list is a site's menu of topics: long, and the article speaks of few of them."""
    return len(labels) >= LONG_LIST and _is_unsaid(labels, said())


def _is_unsaid(labels: tuple[str, ...], said: str) -> bool:
    """Whether what is said holds too few of the labels."""
    return sum(label.casefold() in said for label in labels) < LEAST_SPOKEN * len(labels)
