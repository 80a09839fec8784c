"""What the words beside a printed date say that it is the date of."""

import pytest

from tests.extractors.fields.test_dates import article, modified, published

__all__: list[str] = []


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Published: 3 March 2024 | Modified date: 5 March 2024", "en"),
        ("Fecha: 3/3/2024 - Fecha de actualización: 5/3/2024", "es"),
        ("发布日期：2024-03-03 更新日期：2024-03-05", "zh"),
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
