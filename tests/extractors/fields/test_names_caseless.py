"""Names in scripts without capital letters, and what stands beside them."""

import pytest

from extractors.fields.byline.credit import Trust
from extractors.fields.byline.names import read_credit
from tests.extractors.fields.test_byline import authors, read


@pytest.mark.parametrize(
    ("credit", "people"),
    [
        ("陈静 港口大学海洋研究院院长", ["陈静"]),
        ("김하늘 건축 칼럼니스트", ["김하늘"]),
        ("大谷 翔平", ["大谷 翔平"]),
        ("港口日报记者 陈静 李小明", ["陈静", "李小明"]),
        ("采写：港口日报记者 陈静 李小明", ["陈静", "李小明"]),
        ("执笔/陈静、李小明", ["陈静", "李小明"]),
        ("港口发布 关注", ["港口发布"]),
        ("《春天的港口》", []),
        ("未知", []),
        ("网络整理", []),
    ],
)
def test_people(credit: str, people: list[str]) -> None:
    assert list(read_credit(credit).people) == people


@pytest.mark.parametrize("medium", ["港口时报网", "湾区日报", "바다신문", "harbour.net"])
def test_a_declared_medium_is_no_person(medium: str) -> None:
    found = read_credit(medium, Trust.DECLARED)
    assert (found.people, found.others) == ((), (medium,))
    assert not read_credit("jo[at]harbour.net", Trust.DECLARED).others


@pytest.mark.parametrize(
    "line",
    [
        "2024-03-05 10:20来源：港口时报网作者：李小山",
        "2024-03-05 10:20| 12次阅读| 来源Bay| 作者李小山",
        "时间：2024-03-05 作者：李小山 阅读：1644",
    ],
)
def test_a_name_inside_a_line_of_particulars(line: str) -> None:
    assert authors(read(f"<div>{line}</div>", head='<meta name="author" content="港口时报网">')) == ["李小山"]


def test_reporters_named_over_the_text() -> None:
    assert authors(read("<p>港口日报记者 陈静 李小明</p>")) == ["陈静", "李小明"]


@pytest.mark.parametrize(
    "word",
    [
        "發表於",
        "标签",
        "阅读时长",
        "更新日",
        "続きを読む",
        "작성일",
        "조회수",
        "نُشر في",
        "آخر تحديث",
        "دسته‌بندی",
        "עודכן",
        "קראו עוד",
        "प्रकाशित",
        "หมวดหมู่",
        "новини",
    ],
)
def test_what_a_page_prints_beside_names_is_none(word: str) -> None:
    assert not read_credit(word).people
    found = read_credit(word, Trust.CREDITED)
    assert (found.people, found.others) == ((), ())


@pytest.mark.parametrize("phrase", ["探索感兴趣的内容", "港口和灯塔之间的旧船坞", "この記事を編集する"])
def test_a_phrase_is_no_name(phrase: str) -> None:
    found = read_credit(phrase, Trust.CREDITED)
    assert (found.people, found.others) == ((), ())


def test_a_name_may_begin_with_a_letter_that_is_a_particle_elsewhere() -> None:
    assert read_credit("的場 浩司").people == ("的場 浩司",)
