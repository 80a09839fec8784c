"""The standfirst is found by its name or by the description; teasers, captions and bylines are none."""

from lxml import html

from extractors.body.features import Hints
from extractors.body.standfirst import standfirsts
from extractors.outline import outline

__all__: list[str] = []

TITLE = "Ferries return to the bay"
DEK = "After two winters on land the white boats are back, and the harbour is not ready."
PROSE = "<p>The ferries came back to the harbour on Monday, said the port and the city, where fishing and tourism wait for boats.</p>" * 3


def found(between: str, *, description: str = "", heading: str = f"<h1>{TITLE}</h1>") -> list[str]:
    page = outline(html.document_fromstring(f"<html><body><main>{heading}{between}<div>{PROSE}</div></main></body></html>"))
    kept = [run.text.startswith("The ferries") for run in page.runs]
    return [page.runs[place].text for place in standfirsts(page, kept, Hints(title=TITLE, description=description))]


def test_by_name() -> None:
    assert found(f'<p class="Article_dek__x1">{DEK}</p><p class="byline">By Ada Holm</p>') == [DEK]
    assert found(f'<div class="standfirst"><p>{DEK}</p></div>') == [DEK]


def test_by_description() -> None:
    assert found(f"<p>{DEK}</p>", description=DEK) == [DEK]
    assert found(f"<p>{DEK}</p>", description=f"{DEK[:60]}…") == [DEK]
    assert found(f"<p>{DEK}</p>", description=DEK.replace(" on land", "")) == [DEK]


def test_what_is_none() -> None:
    assert found(f"<p>{DEK}</p>") == []
    assert found(f"<p>{DEK}</p>", description="Where the boats go in winter, and what the harbour pays for them.") == []
    assert found(f'<div class="related"><p class="dek">{DEK}</p></div>') == []
    assert found(f"<figure><figcaption>{DEK}</figcaption></figure>", description=DEK) == []
    assert (
        found(f"<p>{DEK} By Ada Holm on 3 May 2024 at noon, updated at nine in the evening, photographs by Bo Lind</p>", description=DEK)
        == []
    )


def test_no_headline_no_standfirst() -> None:
    assert found(f'<p class="dek">{DEK}</p>', heading="") == []
