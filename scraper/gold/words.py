"""Learns the lexicon: what share of the text under a class token, or of the lines with a word, is article, averaged over sites."""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import islice

import numpy as np

from extractors.body.lexicon import HEAD, LONGEST_LINE, MOST_WORDS, Lexicon
from extractors.marks import tokens_of
from scraper.gold.samples import Sample

__all__ = ["Counts", "count_site", "learn_lexicon"]

_PRIOR = 2.0  # sites' worth of doubt: a token of few sites stays near the average
_NAME_SITES = 4  # a name seen on fewer sites is that site's own
_WORD_SITES = 6
_DIGITS = 3
_WORD = re.compile(r"[^\W\d_]+")

Shares = dict[str, list[float]]  # token -> [article text, all text]


class Counts:
    """One site's sums for each token of names and each word of short lines."""

    __slots__ = ("names", "words")

    def __init__(self) -> None:
        self.names: Shares = defaultdict(lambda: [0.0, 0.0])
        self.words: Shares = defaultdict(lambda: [0.0, 0.0])


def count_site(pages: Iterable[Sample]) -> Counts:
    """Sum over a site's pages: for a name, shares of the page's characters below it; for a word, the lines that begin with it."""
    counts = Counts()
    for sample in pages:
        _count_names(sample, counts.names)
        for run, label in zip(sample.outline.runs, sample.labels, strict=True):
            if len(run.text) < LONGEST_LINE:
                for word in _words_of(run.text):
                    counts.words[word][0] += float(label)
                    counts.words[word][1] += 1.0
    return counts


def _words_of(line: str) -> dict[str, None]:
    """The distinct words at the head of a line, as extraction looks them up."""
    words = (found.group() for found in _WORD.finditer(line.lower()) if found.start() < HEAD)
    return dict.fromkeys(islice(words, MOST_WORDS))


def _count_names(sample: Sample, names: Shares) -> None:
    nodes = sample.outline.nodes
    running = np.concatenate(([0.0], np.cumsum(sample.chars)))
    body = np.concatenate(([0.0], np.cumsum(sample.chars * sample.labels)))
    for node in nodes:
        total = running[node.last] - running[node.first]
        if total and node.key:
            for token in set(tokens_of(node.key)):
                names[token][0] += float(body[node.last] - body[node.first]) / float(running[-1])
                names[token][1] += float(total) / float(running[-1])


def learn_lexicon(sites: Iterable[Counts]) -> Lexicon:
    """The lexicon of the given sites; each site has one voice for each token."""
    known = list(sites)
    return Lexicon(
        names=_averages((counts.names for counts in known), _NAME_SITES),
        words=_averages((counts.words for counts in known), _WORD_SITES),
    )


def _averages(tables: Iterable[Shares], least: int) -> dict[str, float]:
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for table in tables:
        for token, (body, total) in table.items():
            sums[token][0] += body / total
            sums[token][1] += 1.0
    everything = sum(count for _, count in sums.values()) or 1.0
    average = sum(share for share, _ in sums.values()) / everything
    return {
        token: round((share + _PRIOR * average) / (count + _PRIOR) - average, _DIGITS)
        for token, (share, count) in sorted(sums.items())
        if count >= least
    }
