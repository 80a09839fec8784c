"""Who signed a text."""

import pytest

from extractors import structured
from extractors.document import parse
from extractors.fields import byline

TITLE = "Ferries return to the bay"
TEXT = "<p>The ferries came back on Monday, and so did the gulls, the buskers and the queue at the kiosk.</p>"


def authors(last: str) -> list[str]:
    page = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div>{TEXT * 9}{last}</div><p>More</p></body></html>"
    document = parse(page, url="https://www.harbour-post.example/news/1")
    found = byline.read(document, structured.read(document), TITLE)
    return list(found.authors.value) if found.authors else []


@pytest.mark.parametrize(
    "last",
    [
        "<p><b><i>Stefan Maurer</i></b></p>",
        '<p align="right">Stefan Maurer</p>',
        '<p style="text-align: right">Stefan Maurer</p>',
        f"<p><em>Stefan Maurer</em></p><p>(1) {TEXT[3:]}",
    ],
)
def test_a_name_alone_below_the_last_paragraph_signs_it(last: str) -> None:
    assert authors(last) == ["Stefan Maurer"]
    assert authors(f"<p>By Ann Lee</p>{TEXT}{last}") == ["Ann Lee"]


@pytest.mark.parametrize(
    "last",
    ["<p>Stefan Maurer</p>", "<p><b>Harbour Rail</b></p>", "<h4><b>Stefan Maurer</b></h4>", f"<p><b>Stefan Maurer</b></p>{TEXT}"],
)
def test_other_last_lines_sign_nothing(last: str) -> None:
    assert authors(last) == []


@pytest.mark.parametrize("last", ["港口合理的票价结构", "第六章 港口合作", "春の港の夕暮れ", "항구의 저녁 풍경"])
def test_an_emphasised_line_in_a_script_without_capitals_signs_nothing(last: str) -> None:
    assert authors(f"<p><strong>{last}</strong></p>") == []


@pytest.mark.parametrize(
    ("end", "people"),
    [
        ("（高橋健太）", ["高橋健太"]),
        ("【高橋健太、林美咲】", ["高橋健太", "林美咲"]),
        ("（敬称略）", []),
        ("（社会部取材班）", []),
        ("（共同）", []),
    ],
)
def test_japanese_papers_sign_in_brackets(end: str, people: list[str]) -> None:
    text = "<p>市は月末までに迂回路の計画を示す。バスは国道を走ることになり、所要時間はおよそ十二分長くなる見込みだ。</p>"
    body = f"<h1>古い橋</h1>{text}{text.replace('</p>', end + '</p>')}<p>会社概要</p>"
    document = parse(f"<html><head><title>古い橋</title></head><body>{body}</body></html>", url="https://www.bodaiju.example/1")
    found = byline.read(document, structured.read(document), "古い橋").authors
    assert (list(found.value) if found else []) == people


CHINESE = "渡轮周一恢复通航，码头边的商户说，停航三个月来客人少了一半，如今总算等到了游客。"
KOREAN = "나룻배가 월요일에 다시 다니기 시작했다. 상인들은 석 달 동안 손님이 절반으로 줄었다고 말했다."


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"<p>新华社海港3月4日电（记者陈静、李明）{CHINESE}</p><p>{CHINESE}</p>", ["陈静", "李明"]),
        (f"<p>本报讯 （通讯员 陈静 整合）{CHINESE}</p>", ["陈静"]),
        (f"<p>{CHINESE}</p><p>采写：港口日报记者 陈静 李小明</p>", ["陈静", "李小明"]),
        (f"<p>{CHINESE}</p><p>撰文：记者陈静</p>", ["陈静"]),
        (f"<p>{KOREAN}</p><p>김하늘 기자 haneul@harbour.example</p>", ["김하늘"]),
        (f"<p>[항구=항구일보] 김하늘·박바다 기자 = {KOREAN}</p>", ["김하늘", "박바다"]),
        (f"<p>{KOREAN} 기자 회견은 없었다.</p>", []),
        (f"<p>{CHINESE}</p><p>{CHINESE}（记者节）</p>", []),
    ],
)
def test_reporters_named_in_chinese_and_korean_stories(text: str, names: list[str]) -> None:
    page = f"<html><head><title>渡轮</title></head><body><h1>渡轮</h1><div>{text}</div></body></html>"
    document = parse(page, url="https://www.harbour-post.example/news/1")
    found = byline.read(document, structured.read(document), "渡轮")
    assert (list(found.authors.value) if found.authors else []) == names
