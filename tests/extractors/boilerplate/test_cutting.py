"""Promos in a paragraph go alone, in many languages: its last sentence, a bracket, a line of its own; what reads much alike stays."""

import tomllib
from pathlib import Path

import pytest

from extractors.article import Block, BlockType
from extractors.boilerplate import load, strip
from extractors.piece import Piece

__all__: list[str] = []

SENTENCES = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text(encoding="utf-8"))


def stripped(text: str, *, prose: str, language: str) -> tuple[list[str], list[str]]:
    """What is left, and what is gone, of a text amid four paragraphs of prose, which are numbered so that none is a copy."""
    around = [f"{number} {prose}" for number in range(4)]
    texts = [*around[:2], text, *around[2:]]
    pieces = [Piece(block=Block(type=BlockType.PARAGRAPH, text=each)) for each in texts]
    result = strip(pieces, language=language, rules=load())
    left = [prose if each.block.text in around else each.block.text for each in result if each.kept]
    return left, [each.block.text for each in result if not each.kept]


def prose_of(language: str) -> tuple[str, str]:
    """Two sentences of an article, and what stands between sentences."""
    space = "" if language in ("zh", "ja") else " "
    return space.join([SENTENCES[language]["prose"]] * 2), space


def test_enough_languages() -> None:
    assert len(SENTENCES) >= 14
    assert all(len(table["cut"]) >= 6 and table["line"] and len(table["stay"]) >= 2 for table in SENTENCES.values())


@pytest.mark.parametrize("language", SENTENCES)
def test_the_promo_alone_goes(language: str) -> None:
    prose, space = prose_of(language)
    for promo in SENTENCES[language]["cut"]:
        assert stripped(f"{prose}{space}{promo}", prose=prose, language=language) == ([prose] * 5, [promo])


@pytest.mark.parametrize("language", SENTENCES)
def test_the_line_alone_goes(language: str) -> None:
    prose, _ = prose_of(language)
    for promo in SENTENCES[language]["line"]:
        for text in (f"{prose}\n{promo}", f"{promo}\n{prose}"):
            assert stripped(text, prose=prose, language=language) == ([prose] * 5, [promo])
        left, gone = stripped(f"{prose}\n{promo}\n{prose}", prose=prose, language=language)
        assert (left[2], gone) == (f"{prose}\n{prose}", [promo])


@pytest.mark.parametrize("language", SENTENCES)
def test_lookalikes_stay(language: str) -> None:
    prose, space = prose_of(language)
    for words in SENTENCES[language]["stay"]:
        for text in (f"{prose}{space}{words}", f"{words}{space}{prose}", f"{prose}\n{words}", f"{prose}{space}({words.rstrip('.。')})"):
            assert stripped(text, prose=prose, language=language)[1] == []


def test_lines_that_are_all_promos_go_whole() -> None:
    promos = "Read more: Salt in the wells\nRead more: The well that moved"
    assert stripped(promos, prose="It rained.", language="en") == (["It rained."] * 4, [promos])


def test_a_number_is_no_sentence_before_a_promo() -> None:
    assert stripped("7. Newsletter", prose="Es regnete.", language="de")[1] == []
