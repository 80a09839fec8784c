"""The glyphs of icon fonts are no text."""

from extractors import Options, extract

__all__: list[str] = []

PROSE = "<p>The keeper climbed the hundred and twelve steps every evening, and counted them aloud each time so as not to fall asleep.</p>"


def test_glyphs_go() -> None:
    text = f"<h2><i class='ico'>\ue905</i>The lamp</h2>{PROSE}"
    text += f"<p>\uf0a9 The lamp burns oil, and has done so since it was lit.</p><p>\ue80f</p>{PROSE}"
    table = (
        "<table><tr><th>\ue001 Step</th><th>Time</th></tr><tr><td>1</td><td>\ue002 20:15</td></tr><tr><td>2</td><td>20:16</td></tr></table>"
    )
    head = "<html lang='en'><title>The keeper \ue900</title><body><article><h1>The keeper \ue900</h1>"
    page = f"{head}{PROSE}{text}{table}{PROSE}</article></html>"
    article = extract(page, options=Options(blocks=True))
    assert article.title == "The keeper"
    assert not any("\ue000" <= letter <= "\uf8ff" for letter in str(article.to_dict()["blocks"]) + article.body)
    assert "\n\nThe lamp\n\n" in article.body
    assert "\n\nThe lamp burns oil, and has done so since it was lit.\n\n" in article.body
