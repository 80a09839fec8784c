"""Folded text has the length of the text, so that places in one are places in the other."""

import pytest

from extractors.boilerplate.folding import fold, folded, last_start, trimmed

__all__: list[str] = []


@pytest.mark.parametrize("text", ["İstanbul’da “tuz” – su", "ÄÖÜ «oui»", "ASCII", "水は。塩だ", "a\0b’"])
def test_fold_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert folded([text, "X’"]) == [fold(text), "x'"]


def test_fold_straightens_quotes() -> None:
    assert fold("“Don’t” – İ") == '"don\'t" - i'


@pytest.mark.parametrize(
    "text", ["It fell. |Who pays", 'He said "no." |It fell', "It fell! |(Who pays)", "塩だ。|誰が", "Non… |Oui", "It fell.\n|So"]
)
def test_where_the_last_sentence_begins(text: str) -> None:
    assert last_start(text.replace("|", "")) == text.index("|")


def test_one_sentence_has_no_last() -> None:
    assert last_start("It fell.") == 0


@pytest.mark.parametrize(
    "text", ["(編集:林)", "（編集:林）", "【編集:林】", "［編集:林］", "〔編集:林〕", "※編集:林", "・編集:林", "◆ 編集:林"]
)
def test_brackets_and_marks_of_east_asian_pages_are_ornaments(text: str) -> None:
    assert trimmed(text).startswith("編集:林")


def test_a_quotation_is_none() -> None:
    assert trimmed("「編集」と言った。") == "「編集」と言った。"
