"""What readers write below an article goes where they sign it, although nothing but a heading tells it from the article."""

import pytest

from extractors import extract

__all__: list[str] = []

ARTICLE = [
    "The old barge had lain behind the lock for eleven winters when a schoolteacher from the upper town "
    "came down and asked the owner what he wanted for it.",
    "He wanted nothing for it, he told her at the gate, but to see it float again, and so she brought her pupils "
    "down to the water every Saturday until the summer came.",
    "In June, on the Saturday before the fair, they pulled it out on rollers, and half the street stood on the bank to see "
    "whether the new planks would hold, which they did.",
]
COMMENTS = [
    (
        "Ada",
        "My father built boats like this one, and I should gladly show the children his drawings.",
    ),
    ("lockman", "Who pays for the mooring?"),
    (
        "R. Vale",
        "The upper town has always looked down on the river, so I am all the more glad to read of this.",
    ),
]


def page(label: str, comment: str, *, language: str = "en") -> str:
    body = "".join(f"<p>{text}</p>" for text in ARTICLE)
    below = "".join(comment.format(who=who, day=day, text=text) for day, (who, text) in enumerate(COMMENTS, 1))
    return f"<html lang={language}><title>The barge</title><body><main><h1>The barge</h1>{body}<h2>{label}</h2>{below}</main></body></html>"


@pytest.mark.parametrize(
    ("label", "comment"),
    [
        ("Comments (3)", "<div><b>{who}</b> {day} July 2023 10:15<p>{text}</p></div>"),
        ("Leserkommentare", "<dl><dt>{who}, {day}.7.2023, 10:15 Uhr</dt><dd>{text}</dd></dl>"),
        ("3 réactions", "<p><b>{who}</b> le {day} juillet 2023 à 10h15</p><p>{text}</p>"),
        ("Комментарии читателей", "<p>{who}, 0{day}.07.2023</p><p>{text}</p>"),
    ],
)
def test_signed_comments_go(label: str, comment: str) -> None:
    article = extract(page(label, comment))
    assert article.body == "\n\n".join(ARTICLE)
    assert {removal.kind for removal in article.removed} >= {"comments"}


def test_a_section_of_that_name_stays() -> None:
    text = "".join(f"<p>{who} thought otherwise. {text}</p>" for who, text in COMMENTS)
    article = extract(page("Discussion", "").replace("</main>", f"{text}</main>"))
    assert COMMENTS[2][1] in article.body
