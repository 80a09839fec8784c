"""Names in the boxes that content systems print ("Submitted by X on DATE"), and what stands behind a bar."""

import pytest

from extractors import extract
from extractors.fields.byline.credit import Trust
from extractors.fields.byline.names import read_credit

__all__: list[str] = []

PROSE = "The heron stood in the shallows until the last of the boats had gone by, and only then did it take the fish that it had seen. "


@pytest.mark.parametrize(
    ("language", "box"),
    [
        ("en", "Submitted by Ada Holm on Tue, 06/13/2023 - 08:30"),
        ("fr", "Soumis par Ada Holm le mar, 13/06/2023 - 08:30 | 2 commentaires"),
        ("de", "Eingetragen von Ada Holm am 13. Juni 2023 - 08:30"),
        ("es", "Enviado por Ada Holm el Mar, 13/06/2023 - 08:30 | Aves"),
        ("it", "Inviato da Ada Holm il Mar, 13/06/2023 - 08:30"),
        ("pt", "Enviado por Ada Holm em ter, 13/06/2023 - 08:30"),
        ("nl", "Ingediend door Ada Holm op di, 13/06/2023 - 08:30"),
    ],
)
def test_submitted(language: str, box: str) -> None:
    body = f"<h1>The heron</h1><div class=submitted>{box}</div><p>{PROSE * 2}</p>"
    article = extract(f"<html lang={language}><title>The heron</title><body>{body}</body></html>")
    assert article.authors == ("Ada Holm",)
    assert article.byline is not None
    assert "2023" not in article.byline


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Elena Marín | Palma de Mallorca", ("Elena Marín",)),
        ("Elena Marín | Bay Post | Harwick Town", ("Elena Marín",)),
        ("Elena Marín | Thomas Vale", ("Elena Marín", "Thomas Vale")),
        ("by elena » Fri Jun 09, 2023 8:30 am", ("elena",)),
    ],
)
def test_behind_a_bar(line: str, people: tuple[str, ...]) -> None:
    credit = read_credit(line, Trust.CREDITED)
    assert (*credit.people, *credit.others) == people
