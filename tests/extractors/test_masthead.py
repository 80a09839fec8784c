"""Headline, byline and date over the text go; the same words further down stay."""

from extractors.article import Block, BlockType
from extractors.fields.particulars import unsaid
from extractors.masthead import Printed, without_masthead
from extractors.piece import Piece

__all__: list[str] = []

TITLE = "Ferries return to the bay"
PRINTED = Printed(TITLE, ("By Ada Holm", "3 May 2024", "Harbour Post"), "2024-05-03", ("Baltic Sea", "Fishing"), ("Ada Holm",))
PROSE = "The ferries came back to the harbour on Monday, said the port."


def texts(*blocks: str, kept: bool = True) -> list[str]:
    pieces = [Piece(block=Block(type=BlockType.PARAGRAPH, text=text), kept=kept) for text in blocks]
    return [piece.block.text for piece in without_masthead(pieces, PRINTED)]


def test_lines_over_the_text_go() -> None:
    assert texts(TITLE, "By Ada Holm", "3 May 2024", PROSE) == [PROSE]
    assert texts(f"{TITLE}\nBy Ada Holm\n3 May 2024", PROSE) == [PROSE]
    assert texts("3 May 2024 | by ADA HOLM", PROSE) == [PROSE]


def test_a_piece_keeps_its_other_lines() -> None:
    assert texts(f"{TITLE}\nA letter from the coast\n3 May 2024", PROSE) == ["A letter from the coast", PROSE]


def test_name_and_date_behind_the_first_paragraph_stay() -> None:
    assert texts(PROSE, "Ada Holm", "3 May 2024") == [PROSE, "Ada Holm", "3 May 2024"]


def test_a_byline_under_the_standfirst_goes() -> None:
    assert texts(PROSE, "By Ada Holm", PROSE) == [PROSE, PROSE]
    assert texts(*[PROSE] * 6, "By Ada Holm", PROSE)[-2] == "By Ada Holm"


def test_a_bare_name_over_the_text_goes() -> None:
    assert texts("ADA HOLM", PROSE) == [PROSE]
    assert texts("Ada Holm has seen it", PROSE) == ["Ada Holm has seen it", PROSE]


def test_the_headline_far_down_stays() -> None:
    assert texts(*[PROSE] * 6, TITLE)[-1] == TITLE


def test_what_is_out_does_not_count_where_the_headline_is_looked_for() -> None:
    out = [Piece(block=Block(type=BlockType.PARAGRAPH, text=f"Share {number}"), kept=False) for number in range(9)]
    pieces = [*out, *(Piece(block=Block(type=BlockType.PARAGRAPH, text=text), kept=True) for text in (TITLE, PROSE))]
    assert [piece.block.text for piece in without_masthead(pieces, PRINTED) if piece.kept] == [PROSE]


def test_removed_bylines_stay_listed() -> None:
    assert texts("By Ada Holm", kept=False) == ["By Ada Holm"]


def test_the_day_in_other_words() -> None:
    assert texts("Harbour Post, 3. Mai 2024", PROSE) == [PROSE]
    assert texts("3 de mayo de 2024 - 05:00 CET", PROSE) == [PROSE]
    assert texts("In 2024, 3 boats were lost off the bay", PROSE)[0].startswith("In 2024")
    assert texts("4 May 2024", PROSE) == ["4 May 2024", PROSE]


def test_the_day_behind_a_place() -> None:
    assert texts("LONDON | Fri May 3, 2024 5:09am EDT", PROSE) == [PROSE]
    assert texts("On 3 May 2024 the port closed.", PROSE) == ["On 3 May 2024 the port closed.", PROSE]


def test_labels_that_the_record_has() -> None:
    assert texts("Region: Baltic Sea", "Theme: Fishing, Baltic Sea", PROSE) == [PROSE]
    assert texts("Region: North Sea", PROSE) == ["Region: North Sea", PROSE]


FOREIGN = Printed("Мост закрыт", ("12 марта 2024, 06:15",), "2024-03-12", authors=("Марина Тетерина", "Ritzau"), changed="2024-03-13")
STANDFIRST = "Seit Juni dürfen nur noch Fußgänger über die Brücke."


def left(*blocks: str) -> list[str]:
    pieces = [Piece(block=Block(type=BlockType.PARAGRAPH, text=text), kept=True) for text in blocks]
    return [piece.block.text for piece in without_masthead(pieces, FOREIGN, unsaid=unsaid)]


def test_particulars_in_many_languages_go_over_and_under_the_standfirst() -> None:
    lines = (
        "Veröffentlicht: 12.03.2024, 06:15 Uhr · Aktualisiert: 13.03.2024, 9.05 Uhr · Lesedauer: 3 Min.",
        "Publicat: marți, 12 martie 2024, 06:15 | Actualizat: 13 martie 2024, 09:05",
        "Δημοσίευση: Τρίτη, 12 Μαρτίου 2024, 06:15 | Τελευταία ενημέρωση: 13 Μαρτίου 2024, 09:05",
        "Последнее обновление: 13 марта 2024, 09:05 (мск)",
        "Текст: Марина Тетерина Фото: Глеб Северов",
        "Af Марина Тетерина og Ritzau",
        "12 मार्च 2024, 06:15 बजे",
        "發布時間：2024年3月12日（星期二）06:15",
    )
    for line in lines:
        assert left(line, PROSE) == [PROSE], line
        assert left(STANDFIRST, line, PROSE) == [STANDFIRST, PROSE], line


def test_what_says_more_than_who_and_when_stays() -> None:
    for line in ("12 марта 2024, 06:15: мост закрыт", "Марина Тетерина видела мост", "12.03.2024, Hafen von Lindau am Bodensee"):
        assert left(line, PROSE)[0] == line


def test_a_day_or_a_name_alone_below_a_paragraph_stays() -> None:
    assert left(PROSE, "12 марта 2024", "Марина Тетерина", PROSE) == [PROSE, "12 марта 2024", "Марина Тетерина", PROSE]


def test_particulars_in_a_list_go_and_its_facts_stay() -> None:
    items = ("Autor: Марина Тетерина", "Data: 12.03.2024, 06:15", "Мост закрыт", "Lipowa")
    pieces = [Piece(block=Block(type=BlockType.LIST_ITEM, text=text), kept=True) for text in items]
    assert [piece.block.text for piece in without_masthead(pieces, FOREIGN, unsaid=unsaid)] == ["Мост закрыт", "Lipowa"]


def test_a_credit_below_the_text_goes_and_a_name_that_signs_it_stays() -> None:
    assert left(PROSE, PROSE, "Autorka: Марина Тетерина, Ritzau") == [PROSE, PROSE]
    assert left(PROSE, PROSE, "Марина Тетерина")[-1] == "Марина Тетерина"
