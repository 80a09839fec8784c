"""Letters saved as text: the line that leads to their page on the web is neither the headline nor text."""

import time

import pytest

from extractors import extract

__all__: list[str] = []

TITLE = "The lock gates are back"
PROSE = [
    "On Monday the two oak gates of the upper lock were hung again, after a winter in which nothing but rain had gone through it.",
    "The carpenters had found the old drawings under the stairs of the keeper's house, and followed them to the last peg and wedge.",
]


@pytest.mark.parametrize(
    "line",
    [
        "View this email in your browser",
        "View this email in your browser (https://mail.example/v?u=1)",
        "View this email in your browser\nhttps://mail.example/v?u=1",
        "Trouble viewing this email? View it online | https://mail.example/v",
        "Newsletter im Browser ansehen <https://mail.example/v>",
        "Voir cet email dans votre navigateur",
        "Ver este correo en tu navegador",
        "Visualizza questa email nel tuo browser",
        "Bekijk deze nieuwsbrief in je browser",
        "Zobacz wiadomość w przeglądarce",
        "Открыть письмо в браузере",
        "ブラウザで表示する",
    ],
)
def test_the_way_to_the_web_goes(line: str) -> None:
    article = extract(f"{line}\n\n** {TITLE}\n{'-' * 60}\n\n" + "\n\n".join(PROSE), content_type="text/plain")
    assert article.title == TITLE
    assert article.body == "\n\n".join(PROSE)


def test_such_words_in_a_text_stay() -> None:
    text = "\n\n".join(
        [TITLE, *PROSE, "Read this online, he said, or do not read it at all; nobody prints such things any more in these days."]
    )
    assert "Read this online" in extract(text, content_type="text/plain").body


def test_hostile_lines_take_no_time() -> None:
    start = time.process_time()
    extract("view this email " * 20_000 + "\n\n" + "** " * 50_000 + PROSE[0], content_type="text/plain")
    assert time.process_time() - start < 3
