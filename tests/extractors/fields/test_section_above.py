"""The section that a link over the headline names: a folder of the page's own address."""

import pytest

from extractors import structured
from extractors.article import Taxonomy
from extractors.document import parse
from extractors.fields import taxonomy

TITLE = "Ferries return to the bay"
TEXT = "<p>The ferries came back to the harbour on Monday, said the port and the city, where fishing and tourism wait for boats.</p>"


def read(above: str, path: str, below: str = "") -> Taxonomy:
    html = f"<html><head><title>{TITLE}</title></head><body><div>{above}<h1>{TITLE}</h1>{TEXT}{below}</div></body></html>"
    document = parse(html, url=f"https://www.harbour-post.example{path}")
    return taxonomy.read(document, structured.read(document), TITLE).taxonomy


@pytest.mark.parametrize(
    ("folder", "label"),
    [
        ("/harbour/", "Harbour"),
        ("/gospodarka-wodna/", "Gospodarka wodna"),
        ("/lodz/", "Łódź"),
        ("/muenchen/", "München"),
        ("/obshchestvo/", "Общество"),
        ("/local/", "地域"),
        ("/india/", "India News"),
    ],
)
def test_a_folder_of_the_own_address(folder: str, label: str) -> None:
    assert read(f'<div><a href="{folder}">{label}</a></div>', f"{folder}ferries-return-12.html").section == (label,)


def test_the_outermost_of_a_trail() -> None:
    trail = '<div><a href="/coast/">Coast</a></div><div><a href="/coast/harbour/">Harbour</a></div>'
    assert read(trail, "/coast/harbour/ferries").section == ("Coast",)


@pytest.mark.parametrize(
    ("folder", "label"),
    [
        ("/blog/", "Blog"),
        ("/novosti/", "Новости"),
        ("/blog/", "Back to all posts"),
        ("/en/", "Harbour Post"),
        ("/author-blog/", "Mara Lind"),
        ("/2024/", "2024"),
    ],
)
def test_what_names_no_section(folder: str, label: str) -> None:
    assert read(f'<div><a href="{folder}">{label}</a></div>', f"{folder}ferries-return-12.html").section == ()


def test_a_folder_of_other_pages_is_none() -> None:
    assert read('<div><a href="/harbour/">Harbour</a></div>', "/coast/ferries").section == ()


@pytest.mark.parametrize("label", ["Etiquetas de este artículo", "Märksõnad", "Žymos", "แท็กที่เกี่ยวข้อง", "Etiquetes", "關鍵字", "Meer over"])
def test_labels_of_tags(label: str) -> None:
    below = f'<div>{label}: <a href="/1">fishing</a>, <a href="/2">tourism</a></div>'
    assert read("", "/ferries", below).tags == ("fishing", "tourism")


def test_a_label_over_a_word_for_news_alone_hides_no_tags() -> None:
    below = '<p>Etiket: <a href="/news">Haberler</a></p><p><a rel="tag" href="/t/1">fishing</a> <a rel="tag" href="/t/2">tourism</a></p>'
    assert read("", "/ferries", below).tags == ("fishing", "tourism")


def test_a_tag_may_be_one_han_letter_and_what_another_label_opens_is_none() -> None:
    assert read("", "/ferries", '<p>キーワード：<a href="/t/1">橋</a> <a href="/t/2">市議会</a></p>').tags == ("橋", "市議会")
    below = '<p>關鍵字：</p><p><a href="/t/1">渡輪</a></p><p><a href="/n/1">上一則：橋樑封閉</a></p>'
    assert read("", "/ferries", below).tags == ("渡輪",)
