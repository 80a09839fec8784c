"""<q> comes out with the quotation marks that a browser prints, in the language of the text."""

import pytest

from extractors import extract

__all__: list[str] = []

AROUND = "and the ferryman, who had heard it all before, went on coiling the rope until the last of it lay round and dry on the planks."


def body(sentence: str, language: str) -> str:
    text = f"<p>{sentence} {AROUND}</p>" + "".join(f"<p>{number}: {AROUND}</p>" for number in range(3))
    return extract(f"<html lang='{language}'><title>The rope</title><body><article><h1>The rope</h1>{text}</article></body></html>").body


@pytest.mark.parametrize(
    ("language", "sentence", "printed"),
    [
        ("en", "She said <q>not today</q>,", "She said “not today”,"),
        ("en", "<q>He said <q>no</q> to <b>all</b></q>,", "“He said ‘no’ to all”,"),
        ("de-AT", "Sie sagte <q>heute nicht</q>,", "Sie sagte „heute nicht“,"),
        ("fr", "Elle dit <q>pas aujourd’hui</q>,", "Elle dit «pas aujourd’hui»,"),
        ("en", "Elle dit <q lang=fr>non</q> <span lang=de><q>nein</q></span>,", "Elle dit “non” „nein“,"),
        ("ja", "彼女は<q>今日はだめだ</q>と言い、", "彼女は「今日はだめだ」と言い、"),
        ("en", "She said <q>“not today”</q>,", "She said “not today”,"),
        ("en", "She said “<q>not today</q>”,", "She said “not today”,"),
        ("en", "She said <q></q> nothing,", "She said nothing,"),
    ],
)
def test_marks(language: str, sentence: str, printed: str) -> None:
    assert body(sentence, language).startswith(f"{printed} {AROUND[:20]}")
