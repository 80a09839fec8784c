"""Who signed a text: a name alone in an emphasised line below its last paragraph."""

from collections.abc import Iterator

from extractors.article import Origin
from extractors.document import Candidate, Document
from extractors.fields.byline.names import read_credit
from extractors.fields.byline.person import has_given_name, is_caseless
from extractors.fields.byline.weights import candidate_of
from extractors.fields.survey import HEADINGS
from extractors.outline import Node, Outline
from extractors.runs import Run

__all__ = ["signatures"]

LEAST, MOST = 6, 60  # characters of a name
PARAGRAPH = 80  # characters of the paragraph above at least


def signatures(document: Document) -> Iterator[Candidate]:
    """The credit of the last line below a paragraph that is a name with a known given name, emphasised or set to the right.

    Of scripts without capitals there is no list that tells a name from a sub-heading or a caption: there nobody signs without a by-word.
    """
    outline = document.outline
    for place in range(len(outline.runs) - 1, 0, -1):
        run = outline.runs[place]
        if LEAST <= len(run.text) < MOST and _is_below(outline, place) and (_is_emphasised(run) or _is_right(outline.nodes[run.node])):
            credit = read_credit(run.text)
            named = bool(credit.people) and has_given_name(credit.people[0]) and not is_caseless(credit.people[0])
            if named and sum(map(len, credit.people)) > len(run.text) - LEAST:
                yield candidate_of(credit, run.text, Origin.TEXT, "signature")
                return


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
