"""Lists, tables and code amid kept text are kept where the model hesitates; links, and what stands at an end, are not."""

import numpy as np
import pytest
from lxml import html

from extractors.body.amid import amid
from extractors.outline import outline

PROSE = "<p>" + "The ferry left the pier at nine, as it had done on every working day. " * 4 + "</p>"


def kept(body: str, score: float = 0.3) -> list[str]:
    """The texts other than the prose that are kept where they score so much, and the prose surely."""
    page = outline(html.document_fromstring(f"<body><div>{body}</div><div>{PROSE}</div></body>"))
    chars = np.array([len(run.text) for run in page.runs], dtype=np.float32)
    prose = chars > 200
    scores = np.where(prose, 0.9, score).astype(np.float32)
    found = amid(page, scores, chars=chars, kept=prose)
    return [run.text for run, one, long in zip(page.runs, found, prose, strict=True) if one and not long]


@pytest.mark.parametrize(
    ("block", "texts"),
    [
        ("<ul><li>Bread</li><li><p>Salt</p></li></ul>", ["Bread", "Salt"]),
        ("<table><tr><th>Pier</th></tr><tr><td>Nine</td></tr></table>", ["Pier", "Nine"]),
        ("<pre>make run</pre>", ["make run"]),
        ("<ol><li>One<ul><li>Two</li></ul></li></ol>", ["One", "Two"]),
        ("<ul><li><a href=1>What became of the seven bridges</a></li></ul>", []),
        ("<div>Advertisement</div>", []),
    ],
)
def test_between_kept_text(block: str, texts: list[str]) -> None:
    assert kept(PROSE + block + PROSE) == texts
    assert kept(PROSE + block + PROSE, score=0.05) == []


def test_at_an_end_of_the_container() -> None:
    assert kept(PROSE + "<ul><li>Bread</li></ul>") == []
    assert kept("<ul><li>Bread</li></ul>" + PROSE) == []
