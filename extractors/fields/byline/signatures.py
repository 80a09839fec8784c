"""Who signed a text: a name alone in an emphasised line below its last paragraph, or in brackets behind its last sentence in Japanese."""

import re
from collections.abc import Iterator

from extractors.article import Origin
from extractors.document import Candidate, Document
from extractors.fields.byline.credit import Credit
from extractors.fields.byline.names import read_credit
from extractors.fields.byline.person import has_given_name, is_caseless
from extractors.fields.byline.weights import candidate_of
from extractors.fields.cleaning import letters
from extractors.fields.survey import HEADINGS
from extractors.fields.words import AGENCIES, DESKS, MEDIA, NOBODY
from extractors.outline import Node, Outline
from extractors.runs import Run

__all__ = ["signatures"]

LEAST, MOST = 6, 60  # characters of a name
PARAGRAPH = 80  # characters of the paragraph above at least
# "...という。（高橋健太）", "...した。【高橋健太、林美咲】": Japanese papers sign so. Kana in the paragraph tell it from Chinese.
_SIGNED = re.compile(r"[。」』！？][\s　]*[（(【]([\u3005\u4e00-\u9fff]{3,6}(?:[、，・　 ]{1,2}[\u3005\u4e00-\u9fff]{3,6}){0,4})[】)）]$")
_CLOSING = frozenset("】)）")
_KANA = re.compile("[\u3041-\u3096]")
SIGNED = 30  # characters of such a paragraph at least


def signatures(document: Document) -> Iterator[Candidate[Credit]]:
    """The credit of the last line below a paragraph that is a name with a known given name, emphasised or set to the right.

    Of scripts without capitals there is no list that tells a name from a sub-heading or a caption: there nobody signs without a by-word,
    but Japanese papers' reporters do in brackets.
    """
    outline = document.outline
    for place in range(len(outline.runs) - 1, 0, -1):
        run = outline.runs[place]
        if run.text[-1:] in _CLOSING and (signed := _bracketed(run.text)):
            yield candidate_of(Credit(people=signed), "、".join(signed), Origin.TEXT, "signature")
            return
        if LEAST <= len(run.text) < MOST and _is_below(outline, place) and (_is_emphasised(run) or _is_right(outline.nodes[run.node])):
            credit = read_credit(run.text)
            named = bool(credit.people) and has_given_name(credit.people[0]) and not is_caseless(credit.people[0])
            if named and sum(map(len, credit.people)) > len(run.text) - LEAST:
                yield candidate_of(credit, run.text, Origin.TEXT, "signature")
                return


def _bracketed(text: str) -> tuple[str, ...]:
    """The names in brackets behind the last sentence of a Japanese paragraph; none where one of them is an agency, a desk or a remark."""
    found = _SIGNED.search(text[-SIGNED * 2 :]) if len(text) >= SIGNED and _KANA.search(text) else None
    names = tuple(re.split("[、，・　 ]+", found[1])) if found else ()
    return () if any(letters(name) in NOBODY or letters(name) in AGENCIES or name.endswith((*DESKS, *MEDIA)) for name in names) else names


def _is_below(outline: Outline, place: int) -> bool:
    """Whether a run stands below a paragraph in the same block and above none but notes."""
    runs, nodes = outline.runs, outline.nodes
    block = nodes[runs[place].node].parent
    above, below = runs[place - 1], runs[place + 1 : place + 2]
    if nodes[runs[place].node].tag in HEADINGS or len(above.text) <= PARAGRAPH or nodes[above.node].parent != block:
        return False
    return not any(len(run.text) > PARAGRAPH and nodes[run.node].parent == block and run.text[0].isalpha() for run in below)


def _is_emphasised(run: Run) -> bool:
    return not run.link and max(run.bold, run.italic) >= len(run.text) - 1


def _is_right(node: Node) -> bool:
    return "right" in f"{node.element.get('align')} {node.element.get('style')}"
