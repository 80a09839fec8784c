"""How far each signal of a credit is trusted."""

from extractors.document import GUIDED, Candidate
from extractors.fields.byline.credit import Credit
from extractors.fields.cleaning import clean

__all__ = ["FULL", "PRINTED", "WEIGHTS", "candidate_of"]

# Odds that a signal's people are the right set, from the gold pages (aed, fundus, wcxb, trafilatura): share right of the first candidate of
# each kind, its number of pages behind it. An odd of 9 is a share of 0.90.
WEIGHTS = {
    "jsonld.person": 15.0,  # 0.94 of 319
    "jsonld.author": 10.0,  # 0.91 of 105
    "jsonld.page": 6.0,  # 0.86 of 42; the page around the article says who posted it
    "meta.author": 5.7,  # 0.85 of 331
    "meta.other": 8.0,  # 0.89 of 236
    "itemprop": 6.7,  # 0.87 of 39
    "rel": 3.5,  # 0.78 of 27
    "link": 9.0,  # 0.90 of 360
    "link.near": 9.0,  # 0.94 of 247, of which nearly all are links of bylines, too
    "byline": 4.6,  # 0.82 of 565
    "byline.line": 1.4,  # 0.58 of 84
    "together": 1.5,  # 0.19 of 31 alone; it is there to agree with others
    "line": 4.0,  # 0.80 of 378
    "near.by": 6.7,  # 0.87 of 289
    "near.by.bare": 50.0,  # 140 of 144; of the other four, two have another author in gold than in print
    "near.opening": 6.0,  # 2 of 2, one site
    "near.dated.given.again": 10.0,  # 0.91 of 74
    "near.dated.given": 7.3,  # 0.88 of 51
    "near.dated.again": 1.9,  # 0.65 of 49
    "near.dated": 0.9,  # 0.47 of 45
    "near.given.again": 0.7,  # 0.89 of 27, but of pages whose gold names a person: elsewhere captions
    "near.given": 0.3,  # 0.63 of 19, as above
    "signature": 4.0,  # where nobody is credited
    "owner": 2.0,  # where nobody is credited
    "feed": 4.0,  # not on the gold pages
    "profile": GUIDED,
    "profile.byline": GUIDED / 2,  # its names are read out of a line
}
PRINTED = frozenset(WEIGHTS) - {
    "profile",
    "jsonld.person",
    "jsonld.author",
    "jsonld.page",
    "meta.author",
    "meta.other",
    "feed",
    "together",
    "owner",
}
FULL = frozenset(
    signal for signal in WEIGHTS if not signal.startswith("near") or signal == "near.by.bare"
)  # what names the author rather than perhaps a name


def candidate_of(credit: Credit, raw: str, *source: str) -> Candidate[Credit]:
    """A credit that a signal of an origin gives; `source` is (origin, signal)."""
    origin, signal = source
    return Candidate(credit, clean(raw), str(origin), signal, WEIGHTS[signal])
