"""What the words beside a printed date say that it is the date of."""

import pytest

from tests.extractors.fields.test_dates import FETCHED, article, modified, published

__all__: list[str] = []


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Published: 3 March 2024 | Modified date: 5 March 2024", "en"),
        ("Fecha: 3/3/2024 - Fecha de actualización: 5/3/2024", "es"),
        ("发布日期：2024-03-03 更新日期：2024-03-05", "zh"),
        ("Data publikacji: 03.03.2024 Data aktualizacji: 05.03.2024", "pl"),
        ("Дата публикации: 3 марта 2024 Дата обновления: 5 марта 2024", "ru"),
        ("公開日時 2024年3月3日 更新日時 2024年3月5日", "ja"),
    ],
)
def test_a_word_for_date_says_no_more_than_the_word_before_it(line: str, language: str) -> None:
    found = article(f"<p>{line}</p>", language=language)
    assert (published(found), modified(found)) == ("2024-03-03", "2024-03-05")


@pytest.mark.parametrize(
    ("label", "language"),
    [("Closing date: ", "en"), ("Expiry date: ", "en"), ("出生日期：", "zh"), ("比赛时间：", "zh"), ("Дата рождения: ", "ru")],
)
def test_the_date_of_something_is_no_label_of_publication(label: str, language: str) -> None:
    assert published(article(f"<p>Ann Lee, 2024-03-03</p><p>{label}2024-03-20</p>", language=language)) == "2024-03-03"


@pytest.mark.parametrize(("label", "language"), [("Date: ", "en"), ("Ann Lee | Datum: ", "de"), ("日期：", "zh"), ("時間：", "zh")])
def test_a_word_for_date_alone_is_one(label: str, language: str) -> None:
    assert published(article(f"<p>Oslo, 2024-03-20</p><p>{label}2024-03-03</p>", language=language)) == "2024-03-03"


def test_the_release_of_what_a_story_is_about_does_not_outweigh_the_dateline() -> None:
    box = "<h4>The Ferry Song</h4><p>Author: Ann Lee<br>Released: June 17, 2023 by Harbour Press</p>"
    assert published(article(f"<p>by Bo Berg · March 3, 2024 at 3:00 am</p>{box}")) == "2024-03-03T03:00:00"
    assert published(article("<p>Released: June 17, 2023</p>")) == "2023-06-17", "a press release alone"


@pytest.mark.parametrize(
    ("line", "language", "told"),
    [
        ("<p>03/05/2024 05h01 Atualizado há 2 dias</p>", "pt-BR", "2024-05-08"),
        ('<p><time>03/05/2024 05h01</time> <span class="relative">Atualizado <time>há 2 dias</time></span></p>', "pt-BR", "2024-05-08"),
        ("<p>3 May 2024, 05:01 (Updated 2 days ago)</p>", "en-GB", "2024-05-08"),
        ("<p>3 mai 2024 à 05:01 · Mis à jour hier</p>", "fr", "2024-05-09"),
    ],
)
def test_a_change_told_by_its_distance_is_not_the_publication_beside_it(line: str, language: str, told: str) -> None:
    assert (published(article(line, language=language)), modified(article(line, language=language))) == ("2024-05-03T05:01:00", None)
    found = article(line, language=language, context=FETCHED)
    assert (published(found), modified(found)) == ("2024-05-03T05:01:00", told)


@pytest.mark.parametrize(
    ("line", "language", "expected"),
    [
        ("3 May 2024, 05:01 | Updated: 08:30", "en-GB", "2024-05-03T08:30:00"),
        ("3. Mai 2024, 05:01 Uhr, aktualisiert um 8.30 Uhr", "de", "2024-05-03T08:30:00"),
        ("3 May 2024, 05:01 | Updated: 04:30", "en-GB", None),
        ("3 May 2024, 05:01 (updated)", "en-GB", "2024-05-03T05:01:00"),
    ],
)
def test_a_time_behind_a_word_of_change_is_one_of_the_same_day(line: str, language: str, expected: str | None) -> None:
    found = article(f"<p>{line}</p>", language=language)
    assert (published(found), modified(found)) == ("2024-05-03T05:01:00", expected)


def test_two_distances_in_a_line_are_told_apart() -> None:
    found = article("<p>Published 3 days ago. Updated 2 hours ago</p>", context=FETCHED)
    assert (published(found), modified(found)) == ("2024-05-07", "2024-05-10")


def test_of_two_publications_in_a_line_the_earlier_is_it() -> None:
    found = article("<p>Stand: 5. März 2024 | Erstellt: 3. März 2024</p>", language="de")
    assert (published(found), modified(found)) == ("2024-03-03", "2024-03-05")
    assert published(article("<p>Stand: 5. März 2024</p>", language="de")) == "2024-03-05", "the only one"


@pytest.mark.parametrize(
    "line", ["Release date: 3 March 2024", "Released: 3-Mar-2024", "Embargoed until 3 March 2024", "FOR RELEASE MARCH 3, 2024"]
)
def test_the_release_beside_the_headline_is_the_publication(line: str) -> None:
    assert published(article(f"<p>{line}</p>")) == "2024-03-03"
    assert published(article(f"<p>Posted 5 March 2024</p><p>{line.replace('Embargoed until', 'Release')}</p>")) == "2024-03-05", "a film's"


PROSE = (
    "the ferry crossed the bay in the morning with no more than four people aboard, and came back in the evening with three of them. " * 2
)


@pytest.mark.parametrize(
    "opening",
    [
        "May 3, 2024 -- ",
        "LEEDS, May 3, 2024 /Harbour Wire/ -- ",
        "PORT ELLEN, Scotland, May 3, 2024 (Harbour Wire) — ",
        "PARIS, 3 mai 2024 – ",
    ],
)
def test_the_date_that_opens_a_report(opening: str) -> None:
    assert published(article(f"<p>{opening}On Friday {PROSE}</p>")) == "2024-05-03"


@pytest.mark.parametrize("opening", ["On May 3, 2024 – a Friday – ", "May 3, 2024: ", "In the harbour of Leeds, May 3, 2024 - "])
def test_a_sentence_or_a_chronicle_that_begins_with_a_date_is_no_dateline(opening: str) -> None:
    assert published(article(f"<p>{opening}{PROSE}</p>")) is None
    assert published(article(f"<p>May 3, 2024 – {PROSE}</p><p>May 9, 2024 – {PROSE}</p>")) is None


def test_elements_inside_a_line_say_what_their_dates_are() -> None:
    line = '<span class="post-create-date"><i></i> <span>2024-03-03 09:30</span></span>'
    found = article(f'<div class="meta">{line} <span class="post-update-date"><span>2024-03-05 10:00</span></span></div>')
    assert (published(found), modified(found)) == ("2024-03-03T09:30:00", "2024-03-05T10:00:00")


def test_a_change_keeps_the_offset_that_the_page_gives() -> None:
    head = '<meta property="article:modified_time" content="2024-03-05T10:00:00+01:00">'
    assert modified(article("<p>3 March 2024, updated 5 March 2024 10:00</p>", head=head)) == "2024-03-05T10:00:00+01:00"


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Sperrfrist: 3. März 2024", "de"),
        ("Sous embargo jusqu'au 3 mars 2024", "fr"),
        ("Embargado hasta el 3 de marzo de 2024", "es"),
        ("Sotto embargo fino al 3 marzo 2024", "it"),
        ("Onder embargo tot 3 maart 2024", "nl"),
    ],
)
def test_a_release_appears_when_its_embargo_ends(line: str, language: str) -> None:
    assert published(article(f"<p>{line}</p>", language=language)) == "2024-03-03"
