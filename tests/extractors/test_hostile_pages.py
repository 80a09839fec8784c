"""Pages that break parsers, by the numbers of the cases of test input: an Article, warned of where something was cut, or a typed error.

Each test is bounded in time, and says what must be left of the article.
"""

import gzip
import json

import pytest

from extractors import Article, BodyEngine, ExtractionError, Options, extract, structured
from extractors.decode import decode
from extractors.document import parse
from extractors.errors import EmptyPage, NotAnArticle, NotHtml, NotText, TooComplex
from extractors.fields.taxonomy.filing import labelled_lines
from tests.hostile import PARAGRAPHS, PROSE, attempt, bounded, page, whole


def test_59_nesting_beyond_the_parsers_limit_keeps_the_article() -> None:
    with bounded():
        article = whole(page("<div>" * 3000 + PROSE + "</div>" * 3000))
    assert "nesting_flattened" in article.warnings


def test_59_a_flattened_page_keeps_what_its_attributes_and_data_say() -> None:
    data = '{"@type": "NewsArticle", "author": {"@type": "Person", "name": "Mara Ellis"}}'
    head = f"<meta property='og:site_name' content='The Quay'><script type='application/ld+json'>{data}</script>"
    crowd = " ".join(f"a{number}" for number in range(2000))
    body = f"<a\u00b2 \u00e9='1' x:y='2' {crowd}>{PROSE}<time class='published date' datetime='2024-05-06'>Monday</time>"
    with bounded():
        article = whole(page("<div>" * 2500 + body + "</div>" * 2500, head))
    assert (article.site_name, article.authors, article.date_published) == ("The Quay", ("Mara Ellis",), "2024-05-06")


def test_59_nesting_takes_time_by_its_depth_and_not_by_the_square() -> None:
    with bounded():
        whole(page("<div>" * 60_000 + PROSE + "</div>" * 60_000))


@pytest.mark.parametrize(
    "inside", ["<a>b</a> " * 40_000, "<b></b>x " * 40_000, "<div>word " * 100_000], ids=["links", "texts", "deeper ones"]
)
def test_59_what_stands_deep_takes_time_by_its_number_and_not_by_the_depth(inside: str) -> None:
    with bounded():  # they took 30 s and more
        whole(page("<div>" * 20_000 + PROSE + inside))


def test_59_what_stands_around_labels_is_passed_once() -> None:
    document = parse(page("<div>" * 1800 + "<p>Tags: Ab</p>" * 20_000))
    facts = structured.read(document)
    with bounded(1.5):  # 3 s
        assert len(list(labelled_lines(document, facts))) == 20_000


@pytest.mark.parametrize("tag", ["<span itemprop='author'>", "<q>"])
def test_59_what_has_its_text_read_may_stand_in_its_like(tag: str) -> None:
    with bounded(8):  # some 15 s
        whole(page(PROSE + tag * 1500 + "<b></b>" * 60_000 + "By Mara Ellis"))


def test_59_nesting_within_the_limit_is_read_as_it_is() -> None:
    article = whole(page("<div>" * 1500 + PROSE + "</div>" * 1500))
    assert "nesting_flattened" not in article.warnings


def test_60_a_hundred_thousand_blocks() -> None:
    with bounded():
        whole(page("<div></div>" * 100_000 + f"<article>{PROSE}</article>"))


def test_60_hundreds_of_thousands_of_lines_are_cut_with_a_warning() -> None:
    with bounded():
        article = whole(page(f"<article>{PROSE}</article><p>" + "some words<br>" * 250_000))
    assert "truncated" in article.warnings


def test_61_a_tag_with_a_hundred_thousand_attributes_is_dropped_with_a_warning() -> None:
    attributes = " ".join(f"a{number}='1'" for number in range(100_000))
    with bounded():
        article = whole(page(f"<div {attributes}></div><article>{PROSE}</article>"))
    assert "truncated" in article.warnings
    assert article.date_published is None


def test_60_lines_of_one_element_take_time_by_their_number() -> None:
    with bounded():  # by the square: a minute
        whole(page(f"<article>{PROSE}<blockquote>{'a<br>' * 80_000}</blockquote></article>"))


@pytest.mark.parametrize(
    "tag",
    [
        "<a b='<' {}>",
        "<a {}>",
        "<a b={}>",
        "<a b='>' {}>",
        '<a b="<script>" {}>',
        "<a b='<!--' {}>",
        '<i ="><a {}>',
        '<i a=b="><a {}>',
        '<i a="b"="><a {}>',
        "<!--><a {}>",
        "<!-- --!><a {}>",
        "\"'<a {}>",
    ],
)
@pytest.mark.parametrize("mark", ["a", "<a"])
def test_61_attributes_behind_signs_of_tags(tag: str, mark: str) -> None:
    attributes = " ".join(f"{mark}{number}" for number in range(60_000))
    with bounded(5):
        article = whole(page(f"{tag.format(attributes)}<article>{PROSE}</article>"))
    assert "truncated" in article.warnings


def test_61_a_crowded_tag_is_dropped_before_another_engine_reads_the_page() -> None:
    attributes = " ".join(f"a{number}" for number in range(60_000))
    with bounded(3):
        article = attempt(page(f"<div {attributes}></div><p>The ferry sails again.</p>"))
    assert isinstance(article, Article)
    assert article.body == "The ferry sails again."


def test_short_lines_without_end_take_another_engine_time_by_their_number() -> None:
    line = "<p><time datetime='2024-05-06'>published 6 May 2024</time></p>"
    with bounded(3):
        article = extract(page(line * 8_000 + PROSE), options=Options(body_engine=BodyEngine.TRAFILATURA))
    assert PARAGRAPHS[3] in article.body


def test_another_engine_is_not_asked_about_tens_of_thousands_of_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("extractors.body.read.borrow", lambda html: asked.append(html) or [])
    for empty in (10, 20_000):
        attempt(page("<p>The ferry left.</p>" * 3 + "<b></b>" * empty))
    assert len(asked) == 1


def test_61_one_long_attribute_is_kept() -> None:
    article = whole(page(f"<div data-config='{'x' * 200_000}'></div><article>{PROSE}</article>"))
    assert "truncated" not in article.warnings


def test_62_millions_of_tags_are_refused() -> None:
    with bounded(), pytest.raises(TooComplex):
        extract(page("<br>" * 2_000_000 + PROSE))


def test_63_fifty_megabytes() -> None:
    filler = f"<p>{'word ' * 2000}</p>"
    with bounded(60):
        result = attempt(page(f"<article>{PROSE}</article>" + filler * 5000))
    assert not isinstance(result, Article) or "truncated" in result.warnings


def test_64_one_huge_text_node() -> None:
    with bounded():
        result = attempt(page(f"<article>{PROSE}</article><pre>{'x' * 12_000_000}</pre>"))
    assert isinstance(result, Article)
    assert PARAGRAPHS[0] in result.body


def test_65_a_huge_attribute() -> None:
    with bounded():
        result = attempt(page(f"<article>{PROSE}</article><img alt='{'x' * 14_000_000}'>"))
    assert isinstance(result, Article)


@pytest.mark.parametrize("wrapped", ["<!--{}-->", "<script>{}</script>"])
def test_66_huge_comments_and_scripts(wrapped: str) -> None:
    with bounded():
        whole(page(wrapped.format("x" * 12_000_000) + f"<article>{PROSE}</article>"))


@pytest.mark.parametrize("opening", ["<!-- never closed ", "<script>var never = 'closed';"])
def test_67_68_an_unclosed_comment_or_script_is_no_silent_loss(opening: str) -> None:
    result = attempt(page(opening + PROSE))
    assert isinstance(result, NotAnArticle) or PARAGRAPHS[0] in result.body  # type: ignore[union-attr] # an error has no body


def test_69_null_bytes() -> None:
    whole(page(PROSE).replace("<p>", "<p>\0").encode())


def test_70_references_to_no_character() -> None:
    article = attempt(page(f"{PROSE}<p>&#xD800; &#55555; &#1114112; &#x110000; &#0; stays a paragraph of the article as before.</p>"))
    assert isinstance(article, Article)
    json.dumps(article.to_dict(), ensure_ascii=False).encode("utf-8")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_71_wide_encodings_without_a_mark(encoding: str) -> None:
    whole(page(PROSE).encode(encoding))


def test_72_utf8_labelled_utf16() -> None:
    whole(page(PROSE, "<meta charset='utf-16'>").encode())


ACCENTS = "<p>Le ministère a précisé que la réouverture était prévue après l’été, dès que les crédits seraient votés.</p>" * 3


def test_73_utf8_labelled_latin1() -> None:
    article = attempt(page(ACCENTS, "<meta charset='iso-8859-1'>").encode())
    assert isinstance(article, Article)
    assert "ministère a précisé" in article.body


def test_74_windows_1252_labelled_utf8() -> None:
    article = attempt(page(ACCENTS, "<meta charset='utf-8'>").encode("cp1252"))
    assert isinstance(article, Article)
    assert "l’été" in article.body


def test_75_gb18030_that_nothing_declares() -> None:
    text = "晚上九点半，江边的旧船厂还亮着灯。三年前，这里只剩下生锈的吊车和半人高的野草，如今四层楼的书架沿着船台一级一级排上去。"
    article = attempt(page(f"<p>{text}</p>" * 4).encode("gb18030"))
    assert isinstance(article, Article)
    assert "旧船厂" in article.body


def test_76_two_encodings_on_one_page() -> None:
    mixed = page(ACCENTS).encode() + b"<p>Une ligne d\xe9chapp\xe9e d'un autre syst\xe8me, avec ses propres octets, termine la page.</p>"
    article = attempt(mixed)
    assert isinstance(article, Article)
    assert "ministère" in article.body
    assert "encoding_damaged" in article.warnings


def test_76_as_many_bytes_of_another_encoding_as_a_page_holds() -> None:
    line = b"<p>Une ligne d\xe9chapp\xe9e, apr\xe8s l'\xe9t\xe9 : "
    line += "le ministère a précisé quà Noël tout sera réglé.</p>\n".encode()
    with bounded(5):
        found = decode(line * 40_000)
    assert found.damaged
    assert "\ufffd" not in found.text
    assert found.text.endswith("Une ligne déchappée, après l'été : le ministère a précisé quà Noël tout sera réglé.</p>\n")


def test_a_seven_bit_encoding_is_read_by_its_label() -> None:
    text = "晩の九時半、川沿いの古い造船所にはまだ明かりがついていた。三年前、ここには錆びたクレーンと草しか残っていなかった。"
    article = attempt(page(f"<p>{text}</p>" * 4, "<meta charset='iso-2022-jp'>").encode("iso2022_jp"))
    assert isinstance(article, Article)
    assert text in article.body
    assert not article.warnings


@pytest.mark.parametrize("label", ["zlib", "undefined", "idna", "rot13", "punycode", "unicode_escape", "hex"])
def test_a_label_of_no_charset_is_passed_over(label: str) -> None:
    article = extract(page(ACCENTS).encode("cp1252"), content_type=f"text/html; charset={label}")
    assert "la réouverture était prévue" in article.body


LINKED = [
    '{"a":' * 20_000 + "1" + "}" * 20_000,
    '{"@type": "NewsArticle", "wordCount": ' + "9" * 5000 + "}",
    '{"@type": "NewsArticle", "wordCount": NaN, "headline": "The ferry at nine"}',
    "[" * 50_000,
]


@pytest.mark.parametrize("script", LINKED, ids=["depth", "digits", "nan", "open"])
def test_77_78_79_linked_data_bombs(script: str) -> None:
    with bounded():
        whole(page(PROSE, f"<script type='application/ld+json'>{script}</script>"))


def test_80_a_hundred_thousand_metas() -> None:
    with bounded():
        whole(page(PROSE, "<meta name='date' content='2024-01-01'>" * 100_000))


@pytest.mark.parametrize("filler", [" ", "2024-01-01 ", ",", "\n", "a" * 50 + " "], ids=["space", "dates", "commas", "lines", "words"])
def test_81_megabytes_of_one_thing(filler: str) -> None:
    with bounded():
        result = attempt(page(f"<article>{PROSE}</article><div>{filler * (3_000_000 // len(filler))}</div>"))
    assert isinstance(result, Article)


@pytest.mark.parametrize("line", ["# a\n", "a\n=\n", "- a\n", "word " * 40 + "\n"], ids=["headings", "underlines", "items", "prose"])
def test_81_a_text_without_end_is_cut_with_a_warning(line: str) -> None:
    text = "\n\n".join(["# The ferry at nine", *PARAGRAPHS, line * (10_000_000 // len(line))])
    with bounded():
        article = extract(text, content_type="text/markdown")
    assert "truncated" in article.warnings
    assert PARAGRAPHS[3] in article.body


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyPage),
        (b"   \n\t ", EmptyPage),
        (b"<html></html>", EmptyPage),
        (b"<html><frameset><frame src='a'></frameset></html>", NotAnArticle),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", NotText),
        (b'{"articles": [{"title": "The ferry"}]}', NotHtml),
        (b"<?xml version='1.0'?><rss version='2.0'><channel></channel></rss>", NotHtml),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", NotText),
    ],
)
def test_82_what_is_no_article_is_named(data: bytes, error: type[ExtractionError]) -> None:
    with pytest.raises(error) as caught:
        extract(data, content_type="text/html")
    assert len(str(caught.value)) > 10


def test_83_entities_of_a_doctype_are_not_expanded() -> None:
    bomb = "<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    with bounded():
        article = attempt(f"{bomb}<html><body>{PROSE}<p>&b;&x; and the rest of this paragraph, which is plain prose.</p></body></html>")
    assert isinstance(article, Article)
    assert "root:" not in article.body


def test_84_a_gzip_file_is_named_not_inflated() -> None:
    with bounded(2), pytest.raises(NotText, match="gzip"):
        extract(gzip.compress(b"\0" * 50_000_000))


def test_85_addresses_of_other_schemes_are_not_taken() -> None:
    head = "<base href='javascript:alert(1)'><link rel='canonical' href='file:///etc/passwd'>"
    head += "<meta property='og:image' content='data:image/png;base64,AA'>"
    article = whole(page(PROSE, head))
    assert article.url_canonical is None
    assert article.image is None


def test_86_controls_that_turn_text_around_are_gone() -> None:
    hostile = PARAGRAPHS[0].replace("ferry", "fer\u202ery").replace("pier", "\x1b[31mpier\u2066")
    article = attempt(page(PROSE.replace(PARAGRAPHS[0], hostile)))
    assert isinstance(article, Article)
    assert not set("\u202e\x1b\u2066") & set(article.body)


@pytest.mark.parametrize("wrap", ["<p>{}</p>", "<p>Before.<br>{}</p>", "<pre>{}\n</pre>"])
@pytest.mark.parametrize("letter", ["", "é"])
def test_86_controls_are_gone_from_every_kind_of_line(wrap: str, letter: str) -> None:
    hostile = PARAGRAPHS[0].replace("ferry", f"fer\x1b\nry \x7f {letter}")
    article = attempt(page(PROSE + wrap.format(hostile)))
    assert isinstance(article, Article)
    assert not set("\x1b\x7f") & set(article.body)


@pytest.mark.parametrize("end", ["</body></html>", "</BODY></HTML>", "</html >"])
def test_what_follows_the_end_of_the_page_is_read(end: str) -> None:
    head, tail = page(ACCENTS).split("<body>")
    article = attempt(f"{head}<body><nav><a href='/'>Accueil</a></nav>{end}\n<div>{tail.replace('</body></html>', end)}")
    assert isinstance(article, Article)
    assert "ministère" in article.body


@pytest.mark.parametrize("joint", ["\n\n", "\r\n", "<br>", "</p><p>"])
def test_a_body_that_the_data_alone_hold_keeps_its_paragraphs(joint: str) -> None:
    data = json.dumps({"@type": "NewsArticle", "articleBody": f"{joint.join(PARAGRAPHS)}"})
    article = attempt(page("<p>Please wait.</p>", f"<script type='application/ld+json'>{data}</script>"))
    assert isinstance(article, Article)
    assert article.body.split("\n\n") == PARAGRAPHS
