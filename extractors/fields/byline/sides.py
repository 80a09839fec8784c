"""Elements side by side in one line, which styles alone set apart: "Jane Doe" and "12 March" print as one word."""

import re
from itertools import islice

from extractors.fields.cleaning import clean
from extractors.outline import Node
from extractors.runs import Run

__all__ = ["sides_parted"]

_MOST = 60  # texts of a line
_LONGEST = 160  # characters of a line that may be a credit
_GLUED = re.compile(r"[^\W\d_]{2}\d|[a-zß-ÿа-я]{2}[A-ZÀ-ÞА-Я]")  # "Jane Doe12 March", "Jane DoeLondon"


def sides_parted(run: Run, node: Node) -> str:
    """The text of a run of a node, with bars where two elements stand side by side without a space: styles set them apart.

    Where the node holds other runs, their parts are not even counted: it costs their number, for each of them.
    """
    if len(run.text) > _LONGEST or node.last - node.first > 1 or not len(node.element) or not _GLUED.search(run.text):
        return run.text
    parts = list(islice(node.element.itertext(), _MOST))
    if "".join("".join(parts).split()) != "".join(run.text.split()):  # the element holds more
        return run.text
    text = ""
    for part in parts:
        if text[-1:].isalnum() and part[:1].isalnum():
            text += " " if part[0].islower() else " | "
        text += part
    return clean(text)
