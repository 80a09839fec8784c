"""Names in credits of many languages."""

import pytest

from extractors.fields.byline.credit import Credit, Trust
from extractors.fields.byline.names import read_credit
from extractors.fields.byline.person import has_given_name


@pytest.mark.parametrize(
    ("credit", "people"),
    [
        ("By Nina Pine Friday, November 14, 2025", ["Nina Pine"]),
        ("ByNina Pine", ["Nina Pine"]),
        ("Von A. B. Meier und Clara Groß", ["A. B. Meier", "Clara Groß"]),
        ("par Jean Dupont avec Marie-Claire O'Neil", ["Jean Dupont", "Marie-Claire O'Neil"]),
        ("Por Ana López y Juan Pérez Gil", ["Ana López", "Juan Pérez Gil"]),
        ("By José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("By JAMES HILL and ANNE DE VRIES", ["James Hill", "Anne de Vries"]),
        ("Audrey Huang, Print Managing Editor", ["Audrey Huang"]),
        ("Dr. Max Kolt", ["Dr. Max Kolt"]),
        ("Ursula von der Linde", ["Ursula von der Linde"]),
        ("Автор: Иван Петров, Пётр Сидоров и Анна Ким", ["Иван Петров", "Пётр Сидоров", "Анна Ким"]),
        ("بقلم: محمد علي", ["محمد علي"]),
        ("作者：李明", ["李明"]),
        ("記者王小明", ["王小明"]),
        ("Posted on May 3, 2020 by John Smith", ["John Smith"]),
        ("Michael Green, M.D. FACLM", ["Michael Green"]),
        ("By Bob Lee | bob@news.example | @bob", ["Bob Lee"]),
        ("Text: Lisa Müller, Foto: Hans Schmidt", ["Lisa Müller"]),
        ("By Ann Lee | Dec 17, 2025 | Boats, Harbours | 3 comments", ["Ann Lee"]),
        ("By Ann Lee, Bo Ray, Cy Day, Di Fay, Ed Gay, Flo Hay, Gus Jay, Ida Kay, Jo Lay, Ken May, Lou Nay and Max Orr", 12),
        ("By Dan Hart, Institute of Art and Design", ["Dan Hart"]),
        ("Per-Erik Holm", ["Per-Erik Holm"]),
        ("Nina Pine in Boats and Harbours", ["Nina Pine"]),
        ("By Sophie in 't Veld", ["Sophie in 't Veld"]),
        ("Login Menu", []),
        ("By Skip Deal and Anne Douglas-Home", ["Skip Deal", "Anne Douglas-Home"]),
        ("Frequently Asked Questions", []),
        ("Berg, Tomas van den", ["Tomas van den Berg"]),
        ("Leestijd≈", []),
        ("More from Harbour Weekly", []),
        ("More from Jane Wells", ["Jane Wells"]),
        ("All posts by Harbour Weekly", []),
        ("The Bay's Journalistic Standards", []),
        ("Comisión de Puertos). Resolución Nº", []),
        ("نوشته شده در ۲۰۲۴-۰۳-۰۵", []),
        ("박지영 기자 입력 : 2020.07.07 10:42", ["박지영"]),
        ("MORE FROM HARBOURPOST.CO.UK", []),
        ("Yayınlandı 2024-03-05 Düzenlendi 2024-03-07 İçinde Limanlar", []),
        ("Autor: Rechtsanwalt Max Kolt", ["Max Kolt"]),
        ("Alles von Max Kolt", ["Max Kolt"]),
        ("Ann LeeAnn Lee", ["Ann Lee"]),
        ("Ann Lee Dr. Ann Lee", ["Ann Lee"]),
        ("By Team Bay Data", []),
        ("Fact-checked by Paul Rank", []),
        ("By Staff Writer", []),
        ("11 minutes", []),
        ("Share", []),
        ("5 min read", []),
        ("By Tim Cook", ["Tim Cook"]),
        ("Tim Redaksi", []),
        ("By June Kelly and April Roach", ["June Kelly", "April Roach"]),
        ("By Nina Pine June 3, 2024", ["Nina Pine"]),
        ("Nina Pine March", ["Nina Pine"]),
        ("Kim Se-jeong", ["Kim Se-jeong"]),
        ("Simon Field BBC News", ["Simon Field"]),
        ("Simon FieldMar 3, 2024", ["Simon Field"]),
        ("GullBay 18.10.2019", []),
        ("Vera Hill Harbour News", ["Vera Hill"]),
        ("MIKE LONGFIELD AP Sports Writer", ["Mike Longfield"]),
        ("Jane Roe AP Business Writer", ["Jane Roe"]),
        ("Jean Paul DUPONT", ["Jean Paul DUPONT"]),
        ("AFP, AP", []),
        ("ANNA KIM", ["Anna Kim"]),
        ("AJ SMITH", ["AJ Smith"]),
        ("J.R.R. BELLMAN", ["J.R.R. Bellman"]),
        ("Words by Jane Roe.", ["Jane Roe"]),
        ("By Sam Hill Jr.", ["Sam Hill Jr."]),
        ("责任编辑：刘小明", []),
        ("By Emily Post", ["Emily Post"]),
        ("Herbert Read", ["Herbert Read"]),
        ("By Harbour Post", []),
        ("Von der Luke zum Kessel", []),
        ("Von Iron Bay zu", []),
        ("By Anil Das and Minh Le", ["Anil Das", "Minh Le"]),
        ("Nina Pine in „Der Hafen“", ["Nina Pine"]),
        ("Autorin: Nina Pine, Projektleiterin der Hafenwacht in Kiel", ["Nina Pine"]),
        ("Nina Pine, Päätoimittaja Kaupunki", ["Nina Pine"]),
        ("By Hans Anwalt", ["Hans Anwalt"]),
        ("By Nina Pine, nina[at]bay.example", ["Nina Pine"]),
    ],
)
def test_printed(credit: str, people: list[str] | int) -> None:
    found = list(read_credit(credit).people)
    assert (len(found) if isinstance(people, int) else found) == people


@pytest.mark.parametrize(
    ("credit", "people", "others"),
    [
        ("jo field", ["jo field"], []),
        ("Gabo", ["Gabo"], []),
        ("King, Andrew", ["Andrew King"], []),
        ("Roy, Anna; Patel, Jo T.", ["Anna Roy", "Jo T. Patel"], []),
        ("admin", [], []),
        ("Staff", [], []),
        ("Center for Water and Research", [], ["Center for Water and Research"]),
        ("NZZ-Redaktion", [], ["NZZ-Redaktion"]),
        ("https://news.example/authors/jo", [], []),
        ("15 minutes", [], []),
        ("deinen Hafenbloggern", [], ["deinen Hafenbloggern"]),
        ("heather.maurer.77", [], ["Heather Maurer"]),
        ("heather.blog", [], ["heather.blog"]),
        ("gull.bay", [], ["gull.bay"]),
        ("www.gullbay.com.ar", [], []),
        ("WWW.Gullbay.de", [], []),
        ("Copyright Gullbay Verlag GmbH & Co. KG - all rights reserved", [], []),
        ("pine[at]bay.example", [], []),
    ],
)
def test_declared(credit: str, people: list[str], others: list[str]) -> None:
    found = read_credit(credit, Trust.DECLARED)
    assert list(found.people) == people
    assert list(found.others) == others


@pytest.mark.parametrize(
    ("credit", "people", "agencies"),
    [
        ("Reuters", [], ["Reuters"]),
        ("Jane Doe, Reuters", ["Jane Doe"], ["Reuters"]),
        ("By Jane Doe and Ann Lee The Associated Press", ["Jane Doe", "Ann Lee"], ["The Associated Press"]),
        ("dpa/AFP", [], ["dpa", "AFP"]),
    ],
)
def test_agencies_stand_apart(credit: str, people: list[str], agencies: list[str]) -> None:
    found = read_credit(credit)
    assert list(found.people) == people
    assert list(found.agencies) == agencies


@pytest.mark.timeout(10)
def test_hostile_lengths() -> None:
    for text in ("," * 200_000, " and " * 50_000, "By " * 50_000, "A B, " * 40_000, "(" * 100_000, "a" * 100_000 + "("):
        assert len(read_credit(text).people) <= 60


def test_an_authors_box_names_its_author_alone() -> None:
    box = "この記事を書いた人\n渡辺洋介\n東京社会部\n専門・関心分野\n戦争、平和、核問題"
    assert read_credit(box, Trust.CREDITED).people == ("渡辺洋介",)
    assert read_credit("阿部", Trust.CREDITED).people == ("阿部",)


@pytest.mark.parametrize("name", ["Denise Roe", "Ken Hill", "Owain Pryce", "Kaitlin Moss", "Øyvind Dahl", "Dr. Vaibhav Rao", "Max Kolt"])
def test_given_names_of_many_languages(name: str) -> None:
    assert has_given_name(name)


@pytest.mark.parametrize("line", ["Una casa", "Savannah Port", "Clay Courts", "Harbour Rail"])
def test_common_words_and_places_are_no_given_names(line: str) -> None:
    assert not has_given_name(line)


@pytest.mark.parametrize("word", ["Leestijd≈", "İçinde"])
def test_a_sign_is_no_letter_of_another_script(word: str) -> None:
    assert not has_given_name(word)


@pytest.mark.parametrize("credit", ["Leestijd≈", "More from harbourpost.co.uk", "By Harbour.org"])
def test_what_a_single_credited_word_may_not_be(credit: str) -> None:
    assert read_credit(credit, Trust.CREDITED) == Credit()


@pytest.mark.parametrize(
    ("credit", "people"),
    [
        ("By Nina Pine Science reporter, Bay News", ["Nina Pine"]),
        ("By Nina Pine Health and science reporter, Bay News", ["Nina Pine"]),
        ("Will Ross BBC Nigeria correspondent", ["Will Ross"]),
        ("By NINA PINE The_Harbour_Post", ["Nina Pine"]),
        ("By DONALD G. McNEIL Jr.", ["Donald G. McNeil Jr."]),
        ("By Mark Sport", ["Mark Sport"]),
        ("Author: Emma Grey Ellis. Emma Grey Ellis", ["Emma Grey Ellis"]),
    ],
)
def test_what_stands_behind_a_name_is_no_part_of_it(credit: str, people: list[str]) -> None:
    assert list(read_credit(credit).people) == people


@pytest.mark.parametrize(
    ("credit", "people"),
    [
        ("Von unserer Mitarbeiterin Stefanie Maurer", ["Stefanie Maurer"]),
        ("Door onze verslaggever Anna de Boer", ["Anna de Boer"]),
        ("Par notre envoyée spéciale Claire Morel", ["Claire Morel"]),
        ("Por Ana Prates e Caio Lima — De Vila Verde", ["Ana Prates", "Caio Lima"]),
        ("記者王曉明／港口即時報導", ["王曉明"]),
        ("ติดต่อ PayPal คลิกที่นี่", []),
        ("Pressemitteilung Nr. 41 vom 12. März 2024", []),
    ],
)
def test_what_a_paper_calls_its_reporters_and_where_they_wrote_is_no_name(credit: str, people: list[str]) -> None:
    assert list(read_credit(credit).people) == people


@pytest.mark.parametrize("credit", ["Par Nina Pine (avec AFP et Reuters)", "Nina Pine (AFP/Reuters)", "Von Nina Pine (mit AFP, Reuters)"])
def test_agencies_in_brackets_are_credited(credit: str) -> None:
    assert read_credit(credit) == Credit(("Nina Pine",), ("AFP", "Reuters"), ())
    assert read_credit("Par Nina Pine (avec Vera Hill)").agencies == ()
