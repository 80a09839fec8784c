"""Text that was encoded twice is read as it was meant; a text about that stays as it is."""

import pytest

from extractors import Options, extract
from extractors.fields.cleaning import clean
from extractors.mojibake import is_written_twice, mended

PROSE = "The ferry didn’t leave – “not in this fog,” said the master… A café on the quay stayed open, and the naïve waited till nine."


def twice(text: str) -> str:
    return text.encode().decode("latin-1")


@pytest.mark.parametrize("text", ["don’t", "café", "“so”", "Приве́т", "naïve – yes", "⭐⭐ 5", "a\u00a0b", "مرحبا"])
def test_what_was_encoded_twice_is_put_right(text: str) -> None:
    assert mended(twice(text)) == text


def test_windows_1252_too_where_it_has_the_letters() -> None:
    assert mended("donâ€™t stop â€” itâ€™s a cafÃ©") == "don’t stop — it’s a café"


@pytest.mark.parametrize("text", ["SÃO PAULO, NÃO", "château à la carte", "Â", "Ångström über Ærø", "л Ñ л", ""])
def test_sound_letters_stay(text: str) -> None:
    assert mended(text) == text


def test_a_headline_is_mended_where_it_tells() -> None:
    assert clean("Itâ€™s late") == "It’s late"
    assert clean("«L’ÉTÉ»") == "«L’ÉTÉ»"


def test_a_page_that_was_encoded_twice_is_known_by_its_punctuation() -> None:
    assert is_written_twice(twice(PROSE))
    assert not is_written_twice(PROSE)
    assert not is_written_twice(f"{PROSE} They read “donâ€™t”, “itâ€™s” and “â€¦” in place of ’ and ….")
    assert not is_written_twice("It reads donâ€™t and itâ€™s.")


def test_the_record_of_such_a_page_reads_well_and_says_so() -> None:
    paragraphs = "".join(f"<p>{number} {PROSE}</p>" for number in range(6))
    page = f"<html><head><meta charset=utf-8><title>Late</title></head><body><main><h1>Late</h1>{paragraphs}</main></body></html>"
    spelled = twice(page).encode("ascii", "xmlcharrefreplace").decode().replace("&#226;", "&acirc;").replace("&#8364;", "&euro;")
    for document in (twice(page), twice(page).encode(), spelled):
        record = extract(document, options=Options(profiles=())).to_dict()
        assert "didn’t leave – “not in this fog,” said" in record["body"]
        assert "encoded_twice" in record["warnings"]
    assert "encoded_twice" not in extract(page.encode(), options=Options(profiles=())).to_dict()["warnings"]
