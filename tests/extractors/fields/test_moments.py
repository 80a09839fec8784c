"""Date strings: forms, languages, calendars, order of day and month, times and offsets; what is no date."""

from datetime import UTC, date, datetime

import pytest

from extractors.article import DatePrecision
from extractors.fields.moments import DayOrder, day_order, find, parse, relative

__all__: list[str] = []

FORMS: list[tuple[str, str | None, str]] = [
    ("2024-04-03", None, "2024-04-03"),
    ("2024-04-03T10:20:30Z", None, "2024-04-03T10:20:30+00:00"),
    ("2024-04-03 10:20:30 +0200", None, "2024-04-03T10:20:30+02:00"),
    ("2024-04-03T10:20:30.123456-05:00", None, "2024-04-03T10:20:30-05:00"),
    ("2024-04-03T10:20", None, "2024-04-03T10:20:00"),
    ("2022-5-5 22:17:36", None, "2022-05-05T22:17:36"),
    ("2020-12-05T23:15:0Z", None, "2020-12-05T23:15:00+00:00"),
    ("2024-04-03T25:00:00", None, "2024-04-03"),
    ("20240403", None, "2024-04-03"),
    ("20201123T11:02:35Z", None, "2020-11-23T11:02:35+00:00"),
    ("1712139630", None, "2024-04-03T10:20:30+00:00"),
    ("1712139630000", None, "2024-04-03T10:20:30+00:00"),
    ("Wed, 03 Apr 2024 10:20:30 +0200", "en", "2024-04-03T10:20:30+02:00"),
    ("Sat, 23 Dec 2023 05:42:00 PST", "en", "2023-12-23T05:42:00-08:00"),
    ("Wed Apr 03 2024 10:20:30 GMT+0200 (CEST)", "en", "2024-04-03T10:20:30+02:00"),
    ("Tue Mar  5 10:20:30 EST 2024", "en", "2024-03-05T10:20:30-05:00"),
    ("10:30 AM EST, Tue March 3, 2024", "en", "2024-03-03T10:30:00-05:00"),
    ("March 3rd, 2024", "en", "2024-03-03"),
    ("Saturday 5th of October 2019", "en", "2019-10-05"),
    ("Published 3 March 2024 at 10:30 pm", "en", "2024-03-03T22:30:00"),
    ("3/5/2024 22:41", "en-GB", "2024-05-03T22:41:00"),
    ("3 March 2024 20:05", "en", "2024-03-03T20:05:00"),
    ("3 March 2024 2:05", "en", "2024-03-03T02:05:00"),
    ("Sept. 5, 2023", "en", "2023-09-05"),
    ("5-Sep-23", "en", "2023-09-05"),
    ("Sep 5 '23", "en", "2023-09-05"),
    ("Issue 12 May 5, 2024", "en", "2024-05-05"),
    ("28.09.1912:34", "de", "2019-09-28"),
    ("3.4.24", "de", "2024-04-03"),
    ("Mi, 03.04.2024 - 10.30 Uhr", "de", "2024-04-03T10:30:00"),
    ("Wed 3 Apr 2024 10.30 GMT", "en-GB", "2024-04-03T10:30:00+00:00"),
    ("Wed 3 Apr 2024 10.30 BST", "en-GB", "2024-04-03T10:30:00"),
    ("3 April 2024 (Wednesday) 10:30", "en-GB", "2024-04-03T10:30:00"),
    ("03 / 04 / 2024", "es", "2024-04-03"),
    ("/Date(1712139630000)/", None, "2024-04-03T10:20:30+00:00"),
    ("03.04.2024/10:30 Uhr", "de", "2024-04-03T10:30:00"),
    ("3 IV 2024", "pl", "2024-04-03"),
    ("12 XI 2023 r.", "pl", "2023-11-12"),
    ("3/IV/2024", "it", "2024-04-03"),
    ("3. IV. 2024.", "hr", "2024-04-03"),
    ("10.05, 3.3.2024", "fi", "2024-03-03T10:05:00"),
    ("1005hrs, 3 March 2024", "en", "2024-03-03T10:05:00"),
    ("3 March 2024, 1005 GMT", "en", "2024-03-03T10:05:00+00:00"),
    ("3 Apr 24 10:30 AM", "en-GB", "2024-04-03T10:30:00"),
    ("Von Ann Lee, Redaktion Hafen und Meer | 03.04.24, 10:30 Uhr", "de", "2024-04-03T10:30:00"),
]

LANGUAGES: list[tuple[str, str | None, str]] = [
    ("3. März 2024, 10:30 Uhr", "de", "2024-03-03T10:30:00"),
    ("3. März 2024, 23.15 Uhr", "de", "2024-03-03T23:15:00"),
    ("7. Jänner 2024", "de-AT", "2024-01-07"),
    ("mar. 3 mars 2024 à 10h30", "fr", "2024-03-03T10:30:00"),
    ("1er avril 2024", "fr", "2024-04-01"),
    ("3 de marzo de 2024", "es", "2024-03-03"),
    ("3 ago 2024", "es", "2024-08-03"),
    ("3 d'abril de 2024", "ca", "2024-04-03"),
    ("3 Aprile 2024 alle 10:30", "it", "2024-04-03T10:30:00"),
    ("3 de março de 2024 às 10h30", "pt", "2024-03-03T10:30:00"),
    ("3 maart 2024", "nl", "2024-03-03"),
    ("3 mars 2024 kl. 10.30", "sv", "2024-03-03T10:30:00"),
    ("3. marts 2024", "da", "2024-03-03"),
    ("3. mars 2024", "nb", "2024-03-03"),
    ("3.4.2024 klo 10.30", "fi", "2024-04-03T10:30:00"),
    ("3. huhtikuuta 2024", "fi", "2024-04-03"),
    ("3.4.2024 10.30 Päivitetty", "fi", "2024-04-03T10:30:00"),
    ("3 April 2024 10.30", "id", "2024-04-03T10:30:00"),
    ("3.4.2024 10.30 euroa", "fi", "2024-04-03"),
    ("3.4.2024 10.30 %", "fi", "2024-04-03"),
    ("3. apríl 2024", "is", "2024-04-03"),
    ("21 listopada 2023", "pl", "2023-11-21"),
    ("21. listopada 2023.", "hr", "2023-10-21"),
    ("3. dubna 2024", "cs", "2024-04-03"),
    ("3. apríla 2024", "sk", "2024-04-03"),
    ("3. aprila 2024", "sl", "2024-04-03"),
    ("3. априла 2024.", "sr", "2024-04-03"),
    ("3 април 2024", "bg", "2024-04-03"),
    ("5 апреля 2024 г. в 10:30", "ru", "2024-04-05T10:30:00"),
    ("12:05, 04 квітня 2024", "uk", "2024-04-04T12:05:00"),
    ("2024. március 3., 10:20", "hu", "2024-03-03T10:20:00"),
    ("3 aprilie 2024", "ro", "2024-04-03"),
    ("3 ARALIK 2024", "tr", "2024-12-03"),
    ("3 aprel 2024", "az", "2024-04-03"),
    ("2019 жылғы 3 сәуір", "kk", "2019-04-03"),
    ("3 Απριλίου 2024", "el", "2024-04-03"),
    ("2024 m. balandžio 3 d.", "lt", "2024-04-03"),
    ("2024. gada 3. aprīlis", "lv", "2024-04-03"),
    ("2024(e)ko apirilak 3", "eu", "2024-04-03"),
    ("3. aprill 2024", "et", "2024-04-03"),
    ("3 prill 2024", "sq", "2024-04-03"),
    ("3 Ebrill 2024", "cy", "2024-04-03"),
    ("3 אפריל 2024", "he", "2024-04-03"),
    ("3 באפריל 2024", "he", "2024-04-03"),
    ("3 أبريل 2024", "ar", "2024-04-03"),
    ("٣ كانون الثاني ٢٠٢٤", "ar", "2024-01-03"),
    ("3 अप्रैल 2024", "hi", "2024-04-03"),
    ("৩ এপ্রিল ২০২৪", "bn", "2024-04-03"),
    ("3 ஏப்ரல் 2024", "ta", "2024-04-03"),
    ("3 აპრილი 2024", "ka", "2024-04-03"),
    ("3 ապրիլի 2024", "hy", "2024-04-03"),
    ("3 April 2024 10:30 WIB", "id", "2024-04-03T10:30:00+07:00"),
    ("12 марта 2024, 06:15 (МСК)", "ru", "2024-03-12T06:15:00+03:00"),
    ("12 марта 2024, 06:15 мск", "ru", "2024-03-12T06:15:00+03:00"),
    ("Thứ tư, 3/4/2024, 10:30 (GMT+7)", "vi", "2024-04-03T10:30:00+07:00"),
    ("12 tháng 3, 2024", "vi", "2024-03-12"),
    ("3 Aprili 2024", "sw", "2024-04-03"),
    ("3 Abril 2024", "fil", "2024-04-03"),
    ("2024年4月3日 10:30", "zh", "2024-04-03T10:30:00"),
    ("二〇二四年四月十三日", "zh", "2024-04-13"),
    ("2024年4月3日 下午3:30", "zh", "2024-04-03T15:30:00"),
    ("2024년 4월 3일 오후 3:30", "ko", "2024-04-03T15:30:00"),
    ("2024.04.03. 15:30", "ko", "2024-04-03T15:30:00"),
    ("2024年04月03日10:30 来源", "zh", "2024-04-03T10:30:00"),
    ("2024年4月3日(水) 午前10時5分", "ja", "2024-04-03T10:05:00"),
    ("2024年4月3日 15時", "ja", "2024-04-03T15:00:00"),
    ("2024/04/03 PM10:05", "zh", "2024-04-03T22:05:00"),
    ("2024-04-03 오전 12:05", "ko", "2024-04-03T00:05:00"),
    ("2024-04-03 오후 12:05", "ko", "2024-04-03T12:05:00"),
    ("03/04/2024 10:05 CH", "vi", "2024-04-03T22:05:00"),
    ("03/04/2024 12:05 SA", "vi", "2024-04-03T00:05:00"),
    ("3 avril 2024 à 10 heures 05", "fr", "2024-04-03T10:05:00"),
    ("03 Nisan 2024 Çarşamba, 10:30", "tr", "2024-04-03T10:30:00"),
    ("2024. április 3., szerda 10:30", "hu", "2024-04-03T10:30:00"),
    ("3 kwietnia 2024 roku, godz. 10:30", "pl", "2024-04-03T10:30:00"),
    ("الأربعاء 3 أبريل 2024 11:10 م", "ar", "2024-04-03T23:10:00"),
    ("3 أبريل 2024 - 12:10 ص", "ar", "2024-04-03T00:10:00"),
    ("3 Απριλίου 2024 11:10 μ.μ.", "el", "2024-04-03T23:10:00"),
    ("3 Απριλίου 2024, 10:05 πμ", "el", "2024-04-03T10:05:00"),
    ("3 เม.ย. 2024 เวลา 10.30 น.", "th", "2024-04-03T10:30:00"),
]

CONVERTED = [
    ("R6.3.13", "ja", "2024-03-13"),
    ("H30年4月1日", "ja", "2018-04-01"),
    ("۱۴ فروردین ۱۴۰۳", "fa", "2024-04-02"),
    ("۱۴۰۳/۰۱/۰۱ - ۱۰:۳۰", "fa", "2024-03-20T10:30:00"),
    ("30 اسفند 1399", "fa", "2021-03-20"),
    ("3 เม.ย. 2567", "th", "2024-04-03"),
    ("วันพุธที่ 3 เมษายน พ.ศ. 2567", "th", "2024-04-03"),
    ("令和6年4月3日", "ja", "2024-04-03"),
    ("民國113年4月3日", "zh-Hant", "2024-04-03"),
    ("113/04/03 10:30", "zh-TW", "2024-04-03T10:30:00"),
    ("03 เม.ย. 67 10:30 น.", "th", "2024-04-03T10:30:00"),
]


@pytest.mark.parametrize(("text", "language", "expected"), FORMS + LANGUAGES)
def test_a_date_is_read(text: str, language: str | None, expected: str) -> None:
    order = DayOrder.MONTH_FIRST if language == "en" else DayOrder.DAY_FIRST
    moment = parse(text, language, order)
    assert moment is not None
    assert moment.text == expected
    assert not moment.converted


@pytest.mark.parametrize(("text", "language", "expected"), CONVERTED)
def test_other_calendars_are_converted_and_say_so(text: str, language: str, expected: str) -> None:
    moment = parse(text, language)
    assert moment is not None
    assert (moment.text, moment.converted) == (expected, True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no date",
        "2020-02-30",
        "0001-01-01T00:00:00Z",
        "192.168.10.24",
        "May 2024",
        "3 March",
        "30 اسفند 1400",
        "10:30",
        "call 555-0199-22",
        "113/04/03",
        "Louis XIV 1703",
        "Part 3 I 202",
        "Release R6.3.13",
        "3–5 March 2024",
        "3.-5. März 2024",
        "Page 3 of 24",
        "March \u2074 2024",
        "tháng \u2074 2024",
    ],
)
def test_what_is_no_day_is_no_date(text: str) -> None:
    assert parse(text, "en") is None


def test_an_offset_is_never_guessed() -> None:
    for name in ("IST", "BST", "ET", "Eastern", "XYZ"):
        moment = parse(f"04 April 2024 12:05 {name}", "en")
        assert moment is not None
        assert moment.precision is DatePrecision.LOCAL
    assert (moment := parse("2024-04-04T12:05:00+99:00")) is not None
    assert moment.precision is not DatePrecision.ZONED


@pytest.mark.parametrize(
    ("language", "host", "expected"),
    [
        ("en", "example.com", "2024-03-04"),
        ("en-US", "example.com", "2024-03-04"),
        (None, "example.com", "2024-03-04"),
        ("en-GB", "example.com", "2024-04-03"),
        ("en-US", "example.co.uk", "2024-04-03"),
        ("en", "example.com.au", "2024-04-03"),
        ("de", "example.com", "2024-04-03"),
        ("es-US", "example.com", "2024-04-03"),
    ],
)
def test_the_order_of_day_and_month_is_the_pages(language: str | None, host: str, expected: str) -> None:
    moment = parse("03/04/2024", language, day_order(language, host))
    assert moment is not None
    assert moment.text == expected
    assert moment.swapped().text != expected


def test_a_day_above_twelve_and_a_dotted_date_are_not_ambiguous() -> None:
    for text in ("13/04/2024", "03.04.2024", "2024-04-03"):
        moment = parse(text, "en", DayOrder.MONTH_FIRST)
        assert moment is not None
        assert (moment.day.month, moment.other) == (4, None)


def test_each_date_of_a_line_is_found_with_its_time() -> None:
    found = [entry.moment.text for entry in find("Published 3 March 2024 10:15, updated 5 March 2024 12:00", "en")]
    assert found == ["2024-03-03T10:15:00", "2024-03-05T12:00:00"]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("3 hours ago", "en", "2024-05-10"),
        ("Updated 2 days ago", None, "2024-05-08"),
        ("vor einer Stunde", "de", "2024-05-10"),
        ("vor 3 Tagen", "de", "2024-05-07"),
        ("il y a 2 jours", "fr", "2024-05-08"),
        ("hace 5 días", "es", "2024-05-05"),
        ("2 дня назад", "ru", "2024-05-08"),
        ("3日前", "ja", "2024-05-07"),
        ("منذ 3 أيام", "ar", "2024-05-07"),
        ("3 hari yang lalu", "id", "2024-05-07"),
        ("3 hari lalu", "id", "2024-05-07"),
        ("3 hari yang", "id", None),
        ("2 روز پیش", "fa", "2024-05-08"),
        ("i går", "da", "2024-05-09"),
        ("gestern", "de", "2024-05-09"),
        ("3 months ago", "en", None),
        ("5 min read", "en", None),
        ("Today in the garden: what to sow", "en", None),
    ],
)
def test_distances_are_told_from_the_fetch(text: str, language: str | None, expected: str | None) -> None:
    moment = relative(text, language, datetime(2024, 5, 10, 12, tzinfo=UTC))
    assert (moment.text if moment else None) == expected


@pytest.mark.parametrize("tag", ["en", "en-US", "en_US"])
def test_a_distance_is_read_in_the_languages_own_words_however_its_tag_is_spelled(tag: str) -> None:
    now = datetime(2024, 5, 10, 12, tzinfo=UTC)
    told = relative("yesterday", tag, now)
    assert told is not None
    assert told.day == date(2024, 5, 9)
    assert relative("gestern", tag, now) is None


def test_long_texts_are_searched_only_at_their_beginning() -> None:
    assert parse("word " * 200 + "3 March 2024", "en") is None


def test_a_dotted_date_with_a_short_year_is_american_on_an_american_page() -> None:
    found = parse("12.09.16", "en", DayOrder.MONTH_FIRST)
    assert found is not None
    assert (found.day, found.other) == (date(2016, 12, 9), date(2016, 9, 12))


@pytest.mark.parametrize(
    ("text", "language", "order"),
    [("12.09.16", "en", DayOrder.DAY_FIRST), ("12.09.16", "de", DayOrder.DAY_FIRST), ("12.09.2016", "en", DayOrder.MONTH_FIRST)],
)
def test_other_dotted_dates_begin_with_the_day(text: str, language: str, order: DayOrder) -> None:
    found = parse(text, language, order)
    assert found is not None
    assert found.day == date(2016, 9, 12)
