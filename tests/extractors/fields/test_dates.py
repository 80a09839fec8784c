"""When an article was published and changed: each signal, what is told apart, what is rejected; no clock."""

import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extractors.article import Context, DatePrecision, Evidence, Origin
from extractors.document import parse
from extractors.fields import dates
from extractors.fields.dates import Dates
from extractors.structured import read as read_facts

__all__: list[str] = []

ROOT = Path(__file__).resolve().parents[3]
FETCHED = Context(fetched_at=datetime(2024, 5, 10, 12, tzinfo=UTC))
TITLE = "The ferry that nobody took"
TEXT = "<p>The ferry left at dawn with nobody aboard but the crew, who had brought their own bread.</p>" * 4


def read(
    body: str, *, head: str = "", language: str = "en", url: str = "https://news.example.com/ferry", context: Context | None = None
) -> Dates:
    page = f'<html lang="{language}"><head>{head}</head><body>{body}</body></html>'
    document = parse(page, url=url, context=context)
    return dates.read(document, read_facts(document), title=TITLE)


def article(dateline: str, **options: object) -> Dates:
    return read(f"<h1>{TITLE}</h1>{dateline}{TEXT}", **options)  # type: ignore[arg-type]  # options of `read`


def published(found: Dates) -> str | None:
    return found.published.value.text if found.published else None


def modified(found: Dates) -> str | None:
    return found.modified.value.text if found.modified else None


def jsonld(properties: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{TITLE}", {properties}}}</script>'


def test_the_date_of_another_story_that_a_box_links_to_is_none() -> None:
    box = '<div><a href="/1"><h4>What became of the seven bridges</h4><time>18 April 2024</time></a></div>'
    assert published(article(f"<p>3 May 2024, Travel</p>{box}")) == "2024-05-03"
    assert published(article('<p><a href="/ferry"><time>3 May 2024</time></a></p>')) == "2024-05-03", "a post's link to itself"


def test_jsonld_gives_both_moments_with_their_offset() -> None:
    found = article("", head=jsonld('"datePublished": "2024-03-03T10:15:00+01:00", "dateModified": "2024-03-05T08:00:00+01:00"'))
    assert (published(found), modified(found)) == ("2024-03-03T10:15:00+01:00", "2024-03-05T08:00:00+01:00")
    assert found.precision is DatePrecision.ZONED
    assert found.published is not None
    assert found.published.provenance.origin == Origin.JSONLD
    assert found.published.provenance.raw == "2024-03-03T10:15:00+01:00"


@pytest.mark.parametrize(
    ("head", "origin"),
    [
        ('<meta property="article:published_time" content="2024-03-03T10:15:00+01:00">', Origin.OPENGRAPH),
        ('<meta name="dc.date.issued" content="2024-03-03T10:15:00+01:00">', Origin.META),
        ('<meta name="parsely-pub-date" content="2024-03-03T10:15:00+01:00">', Origin.META),
        ('<meta name="sailthru.date" content="2024-03-03 10:15:00 +0100">', Origin.META),
        ('<meta itemprop="datePublished" content="2024-03-03T10:15:00+01:00">', Origin.META),
    ],
)
def test_metas(head: str, origin: str) -> None:
    found = article("", head=head)
    assert published(found) == "2024-03-03T10:15:00+01:00"
    assert found.published is not None
    assert found.published.provenance.origin == origin


@pytest.mark.parametrize(
    ("dateline", "language", "expected"),
    [
        ('<time datetime="2024-03-03T10:15">3 March</time>', "en", "2024-03-03T10:15:00"),
        ("<time>3 March 2024</time>", "en", "2024-03-03"),
        ('<p class="meta">By Ann Lee | March 3, 2024</p>', "en", "2024-03-03"),
        ("<p>Veröffentlicht am 3. März 2024 um 10:15 Uhr</p>", "de", "2024-03-03T10:15:00"),
        ("<p>发布时间：2024年3月3日 10:15</p>", "zh", "2024-03-03T10:15:00"),
        ("<p>نشر في ٣ مارس ٢٠٢٤</p>", "ar", "2024-03-03"),
        ("<p>令和6年3月3日</p>", "ja", "2024-03-03"),
        ("<p>二○二四年三月三日</p>", "zh", "2024-03-03"),
        ("<p>3 Mar 24</p>", "en-GB", "2024-03-03"),
        ("<div><span>Ann Lee</span><span>Mar 3, 2024</span><span>5 min</span></div>", "en", "2024-03-03"),
        (
            '<div itemscope itemtype="https://schema.org/Article"><span itemprop="datePublished">3 March 2024</span></div>',
            "en",
            "2024-03-03",
        ),
    ],
)
def test_visible_datelines(dateline: str, language: str, expected: str) -> None:
    assert published(article(dateline, language=language)) == expected


def test_dates_that_a_style_sheet_parts_are_two() -> None:
    line = "<div><span>Mental Health</span><span>MARCH 3, 2024</span><span>Updated: MARCH 05, 2026</span></div>"
    found = article(line, head='<meta name="last-modified" content="March 3, 2024">')
    assert (published(found), modified(found)) == ("2024-03-03", "2026-03-05")


def test_a_dateline_below_the_text_counts_where_it_is_all_there_is() -> None:
    found = read(f"<h1>{TITLE}</h1>{TEXT * 12}<p>Publié le 3 mars 2024</p>", language="fr")
    assert published(found) == "2024-03-03"


def test_a_sentence_in_the_foot_tells_the_day_where_nothing_else_does() -> None:
    rest = "You can follow the comments. " * 5
    said = f"<footer><p>This entry was posted on 3 March 2024 at 10:15 by Ann and is filed under Boats. {rest}</p></footer>"
    assert published(read(f"<h1>{TITLE}</h1>{TEXT}{said}")) == "2024-03-03T10:15:00"
    assert published(read(f"<h1>{TITLE}</h1><p>5 March 2024</p>{TEXT}{said}")) == "2024-03-05"
    assert published(read(f"<h1>{TITLE}</h1>{TEXT}<footer><p>© 2019 - 3 March 2024 The Gazette</p></footer>")) is None


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Published 3 March 2024. Updated 5 March 2024", "en"),
        ("3. März 2024, aktualisiert am 5. März 2024", "de"),
        ("Publié le 3 mars 2024, mis à jour le 5 mars 2024", "fr"),
        ("Publicado el 3 de marzo de 2024 · Actualizado el 5 de marzo de 2024", "es"),
        ("Опубликовано: 3 марта 2024 Обновлено: 5 марта 2024", "ru"),
        ("公開 2024年3月3日 更新 2024年3月5日", "ja"),
        ("입력 2024.03.03 수정 2024.03.05", "ko"),
    ],
)
def test_words_tell_publication_from_change(line: str, language: str) -> None:
    found = article(f"<p>{line}</p>", language=language)
    assert (published(found), modified(found)) == ("2024-03-03", "2024-03-05")


def test_classes_tell_publication_from_change() -> None:
    found = article(
        '<time class="entry-date published" datetime="2024-03-03T10:15:00+01:00">3 March</time>'
        '<time class="updated" datetime="2024-03-05T08:00:00+01:00">5 March</time>'
    )
    assert (published(found), modified(found)) == ("2024-03-03T10:15:00+01:00", "2024-03-05T08:00:00+01:00")


@pytest.mark.parametrize("line", ['<p class="date">March 5, 2024</p>', "<p>Updated on March 5, 2024</p>"])
def test_a_printed_day_of_change_outvotes_a_publication_that_linked_data_alone_tell(line: str) -> None:
    head = jsonld('"datePublished": "2021-06-01T09:00:00+02:00", "dateModified": "2024-03-05T08:00:00+01:00"')
    found = article(line, head=head)
    assert (published(found), modified(found)) == ("2024-03-05T08:00:00+01:00", "2024-03-05T08:00:00+01:00")
    assert "date_published_from_modified" in found.warnings
    assert found.published is not None
    assert found.published.provenance.confidence <= 0.9


@pytest.mark.parametrize(
    ("line", "claims"),
    [
        ('<time class="header-publish-date">March 5, 2024</time>', True),
        ('<time class="header-date">March 5, 2024</time>', False),
        ('<time class="published updated">March 5, 2024</time>', False),
        ('<time class="published"><b>Last updated:</b> March 5, 2024</time>', False),
        ('<p>Updated <time class="published">March 5, 2024</time></p>', False),
        ('<p><b>Updated</b>: <time class="published">March 5, 2024</time></p>', False),
        ('<time class="published">June 1, 2021</time><time class="published">March 5, 2024</time>', False),
    ],
)
def test_a_change_that_the_page_shows_as_its_publication_is_taken_for_it(line: str, *, claims: bool) -> None:
    linked = jsonld('"datePublished": "2021-06-01T09:00:00+02:00", "dateModified": "2024-03-05T08:00:00+01:00"')
    found = article(line, head=linked + '<meta property="article:published_time" content="2021-06-01T09:00:00+02:00">')
    assert published(found) == ("2024-03-05T08:00:00+01:00" if claims else "2021-06-01T09:00:00+02:00")
    assert ("date_published_from_modified" in found.warnings) is claims


def test_a_creation_that_a_meta_alone_tells_does_not_outvote_the_change_that_is_printed() -> None:
    item = '<meta itemprop="dateCreated" content="01/01/2004"><meta itemprop="dateModified" content="03/05/2024">'
    found = article(f"{'<p>Serves four, takes an hour.</p>' * 12}<div>Updated March 5, 2024</div>", head=item)
    assert published(found) == "2024-03-05"
    assert "date_published_from_modified" in found.warnings


def test_a_change_that_print_alone_tells_further_down_may_be_a_tables() -> None:
    lines = "<p>Serves four, takes an hour.</p>" * 12
    head = jsonld('"datePublished": "2021-06-01T09:00:00Z"')
    assert published(article(f"{lines}<div>Updated March 5, 2024</div>", head=head)) == "2021-06-01T09:00:00+00:00"


@pytest.mark.parametrize(
    ("line", "head"),
    [
        ("<p>March 5, 2024</p>", '<meta property="article:published_time" content="2021-06-01T09:00:00+02:00">'),
        ("<p>March 5, 2024</p>", '<meta name="date" content="2021-06-01T09:00:00+02:00">'),
        ("<p>June 1, 2021. Updated March 5, 2024</p>", ""),
        ("<p><time datetime='2024-03-05T08:00:00+01:00'>8 am</time></p>", ""),
    ],
)
def test_a_printed_day_of_change_does_not_outvote_a_publication_that_more_tell(line: str, head: str) -> None:
    linked = jsonld('"datePublished": "2021-06-01T09:00:00+02:00", "dateModified": "2024-03-05T08:00:00+01:00"')
    found = article(line, head=linked + head)
    assert (published(found), modified(found)) == ("2021-06-01T09:00:00+02:00", "2024-03-05T08:00:00+01:00")


def test_only_a_day_of_change_stands_in_with_a_warning() -> None:
    found = article("<p>Last updated: 5 March 2024</p>")
    assert (published(found), modified(found)) == ("2024-03-05", "2024-03-05")
    assert "date_published_from_modified" in found.warnings
    assert found.published is not None
    assert found.published.provenance.confidence <= 0.7


def test_utc_and_local_time_of_one_minute_tell_the_offset() -> None:
    head = jsonld('"datePublished": "2024-03-04T02:15:54Z"')
    found = article("<p>March 3, 2024 at 9:15 p.m.</p>", head=head)
    assert published(found) == "2024-03-03T21:15:54-05:00"


def test_the_printed_day_stands_where_utc_has_the_day_beside_it() -> None:
    line = "<p>March 3, 2024</p>"
    linked, meta = (
        jsonld('"datePublished": "2024-03-04T02:15:54Z"'),
        '<meta property="article:published_time" content="2024-03-04T02:15:54+00:00">',
    )
    assert published(article(line, head=linked)) == "2024-03-03"
    assert published(article(line, head=meta)) == "2024-03-04T02:15:54+00:00"
    assert published(article(line, head=meta, url="https://news.example.com/2024/03/03/ferry")) == "2024-03-03"


def test_a_printed_day_is_meant_in_the_pages_own_zone() -> None:
    times = (
        '<time itemprop="datePublished" datetime="2024-03-03T20:35:36+01:00"></time>'
        '<time itemprop="dateModified" datetime="2024-03-04T13:21:30+01:00"></time>'
    )
    head = "".join(f'<meta name="{name}" content="2024-03-04T13:21:30+01:00">' for name in ("date", "dcterms.date"))
    page = f"<div>{times}Press</div><h1>{TITLE}</h1><p>Bergen, 4 March 2024</p>{TEXT}"
    item = f'<div itemscope itemtype="https://schema.org/Article">{page}</div>'
    assert published(read(item, head=head)) == "2024-03-04T13:21:30+01:00"


def test_the_pages_own_offset_is_kept_over_utc() -> None:
    head = jsonld('"datePublished": "2024-03-04T02:15:00Z"')
    found = article('<time datetime="2024-03-03T21:15:00-05:00">Sunday</time>', head=head)
    assert published(found) == "2024-03-03T21:15:00-05:00"


def test_a_padded_midnight_is_a_day_where_the_page_prints_a_day() -> None:
    head = jsonld('"datePublished": "2024-03-03T00:00:00Z"')
    padded = article("<p>March 3, 2024</p>", head=head)
    assert (published(padded), padded.precision) == ("2024-03-03", DatePrecision.DAY)
    assert published(article("", head=head)) == "2024-03-03T00:00:00+00:00"
    assert published(article("", head=jsonld('"datePublished": "2024-03-03 00:00:00"'))) == "2024-03-03"


def test_an_ambiguous_day_is_read_as_the_address_has_it() -> None:
    found = article("<p>03/10/2023</p>", url="https://news.example.com/2023/10/03/ferry")
    assert published(found) == "2023-10-03"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.example.com/2024/03/09/ferry", "2024-03-09"),
        ("https://news.example.com/2024-03-09-ferry.html", "2024-03-09"),
        ("https://news.example.com/a/20240309/ferry", "2024-03-09"),
        ("https://news.example.com/2024/mar/09/ferry", "2024-03-09"),
        ("https://news.example.com/ferry-09-03-2024-x", "2024-03-09"),
        ("https://news.example.com/article-1202403091/ferry", None),
        ("https://news.example.com/2024/03/ferry", None),
        ("https://news.example.com/2024/03/9-reasons-to-sail", None),
        ("https://news.example.com/2024/03/10-reasons-to-sail", None),
        ("https://news.example.com/2024/03/09.html", "2024-03-09"),
        ("https://news.example.com/2024/harbour/3/9/ferry", "2024-03-09"),
        ("https://news.example.com/2024/HARBOUR/old_town/03/09/ferry/index.html", "2024-03-09"),
        ("https://news.example.com/2024/harbour/3/9-reasons-to-sail", None),
    ],
)
def test_a_day_in_the_address_is_weak_evidence(url: str, expected: str | None) -> None:
    assert published(article("", url=url, language="en-GB")) == expected
    assert published(article("", url=url, head=jsonld('"datePublished": "2024-01-01T10:15:00+01:00"'))) == "2024-01-01T10:15:00+01:00"


def test_feed_and_sitemap_are_candidates_with_their_own_origins() -> None:
    for origin in (Origin.FEED, Origin.SITEMAP):
        context = Context(evidence=(Evidence(origin=origin, published="Sun, 03 Mar 2024 10:15:00 +0100"),))
        found = article("", context=context)
        assert published(found) == "2024-03-03T10:15:00+01:00"
        assert found.published is not None
        assert found.published.provenance.origin == origin


def test_a_date_after_the_fetch_is_rejected_with_a_warning() -> None:
    head = jsonld('"datePublished": "2031-03-03T10:15:00+01:00"')
    found = article("<p>March 3, 2024</p>", head=head, context=FETCHED)
    assert published(found) == "2024-03-03"
    assert "date_in_future" in found.warnings
    tomorrow = article("", head=jsonld('"datePublished": "2024-05-11T06:00:00+00:00"'), context=FETCHED)
    assert published(tomorrow) == "2024-05-11T06:00:00+00:00"
    assert published(article("", head=head)) == "2031-03-03T10:15:00+01:00"  # nothing is known of the fetch


def test_a_declared_date_before_the_web_is_rejected_but_a_printed_one_stands() -> None:
    found = article("<p>March 3, 2024</p>", head=jsonld('"datePublished": "1970-01-01T00:00:00Z"'))
    assert published(found) == "2024-03-03"
    assert "date_too_early" in found.warnings
    assert published(article("<p>Published: 3 March 1962</p>")) == "1962-03-03"


def test_a_birthday_is_no_publication_of_a_page_whose_data_tell_a_change() -> None:
    changed = '<meta name="last-modified" content="2024-03-05T08:00:00+01:00">'
    found = article("<ul><li>28 January 1975</li><li>Bergen</li></ul>", head=changed)
    assert published(found) == "2024-03-05T08:00:00+01:00"
    archived = article("<p>28 January 1975</p>", head=changed + '<meta name="date" content="1975-01-28">')
    assert published(archived) == "1975-01-28", "an archive's story, as its data say too"


def test_a_converted_calendar_is_warned_of() -> None:
    found = article("<p>۱۴ فروردین ۱۴۰۳</p>", language="fa")
    assert published(found) == "2024-04-02"
    assert "calendar_converted" in found.warnings


def test_a_site_generators_build_time_is_no_publication() -> None:
    head = jsonld('"datePublished": "Nov 05, 2025", "dateModified": "Nov 05, 2025"')
    found = article("<p>January 31, 2024</p>", head=head)
    assert published(found) == "2024-01-31"
    assert "date_of_build" in found.warnings
    head = jsonld('"datePublished": "2024-02-01T22:02:58.705Z", "dateModified": "2024-02-01T22:02:45.351Z"')
    assert published(article("<p>January 31, 2024</p>", head=head)) == "2024-01-31", "a day later, and no zone explains it"
    head = jsonld('"datePublished": "2024-02-01T02:02:58.705Z", "dateModified": "2024-02-01T02:02:45.351Z"')
    found = article("<p>January 31, 2024</p>", head=head)
    assert (published(found), found.warnings) == ("2024-01-31", ()), "the same evening, west of Greenwich"


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>{TITLE}</h1>{TEXT}<footer><p>© 2019 - 3 March 2024 The Gazette</p></footer>",
        f"<h1>{TITLE}</h1>{TEXT}<p>Copyright 3 March 2024</p>",
        f"<h1>{TITLE}</h1>{TEXT}<div class='event'><p>Event date: 3 March 2024</p></div>",
        f"<h1>{TITLE}</h1>{TEXT}<aside class='related'>{'<p>a</p>' * 6}<time>3 March 2024</time><time>4 March 2024</time></aside>",
    ],
)
def test_dates_of_other_things_are_not_the_articles(body: str) -> None:
    found = read(body)
    assert published(found) is None or (found.published is not None and found.published.provenance.confidence < 0.66)


def test_a_heading_that_links_to_the_page_is_its_headline_where_the_title_is_the_blogs_name() -> None:
    head, post = (
        "<h1>{0}</h1><h2>Boats and other things</h2>",
        '<h3><a href="{0}">A bridge for the bay</a></h3><p><a href="{0}">3 March 2024</a></p>',
    )
    others = '<h3><a href="/other/boats/and/oars">Oars again</a></h3><p><a href="/other/boats/and/oars">8 March 2024</a></p>'
    url = "https://blog.example.com/posts/a-bridge-for-the-bay"
    page = f"<div><div>{head.format(TITLE)}<p>{TITLE}, a blog, 9 March 2024</p></div><aside>{post}{TEXT}</aside>{others}</div>"
    assert published(read(page.format(url), url=url)) == "2024-03-03"
    assert published(read(page.format("/posts/a-bridge-for-the-bay"), url=url)) == "2024-03-03"
    assert published(read(page.format("#a-bridge-for-the-bay"), url=url)) == "2024-03-09", "a part of the page"


def test_an_aside_beside_the_headline_holds_the_dateline_where_an_element_of_it_is_named_for_dates() -> None:
    lines = "".join(f"<p>{word}</p>" for word in ("Harbour", "Ann Lee", "Photos", "Maps", "Boats", "Trains", "Ferries"))
    head = '<meta name="date" content="2024-03-08T14:32:06+02:00">'
    aside = '<div><aside class="{0}"><div class="row-posted"><p><time datetime="2024-03-03">3 March 2024</time></p></div>{1}</aside></div>'
    assert published(article("<p>Nobody took it.</p>" + aside.format("meta", lines), head=head)) == "2024-03-03"
    assert published(article("<p>Nobody took it.</p>" + aside.format("related-stories", lines), head=head)) == "2024-03-08T14:32:06+02:00"


def test_the_dateline_wins_over_teasers_and_over_dates_in_the_story() -> None:
    teasers = "".join(f"<article class='teaser'><h3>Story {day}</h3><time>{day} April 2024</time></article>" for day in range(1, 9))
    story = "<p>On 9 October 2019 the ferry was sold, and on 10 October 2019 it was bought back by the same two brothers.</p>"
    found = read(f"{teasers}<article><h1>{TITLE}</h1><p>By Ann Lee, 3 March 2024</p>{story}{TEXT}</article>{teasers}")
    assert published(found) == "2024-03-03"


def test_distances_need_the_time_of_the_fetch() -> None:
    assert published(article("<p>3 days ago</p>", context=FETCHED)) == "2024-05-07"
    assert published(article("<p>3 days ago</p>")) is None


def test_data_of_script_drawn_pages_is_the_last_resort() -> None:
    script = '<script>window.state = {"story": {"publishedAt": "2024-03-03T10:15:00+01:00", "id": 7}}</script>'
    assert published(read(f"{script}<div>Loading the article, please wait a moment.</div>")) == "2024-03-03T10:15:00+01:00"
    assert published(article("<p>4 March 2024</p>", head=script)) == "2024-03-04"


def test_a_date_that_a_script_writes_and_data_in_a_meta_are_the_last_resort_too() -> None:
    assert published(article('<p><script>showDate("2024/03/03 10:15:09 10:15:09")</script> 7 views</p>')) == "2024-03-03T10:15:09"
    assert published(article('<script>setVersion("2.4.1-beta")</script><script>load("2024/03/03");run()</script>')) is None
    assert published(article("", head='<script>build("2024-03-03")</script>')) is None
    held = "{&quot;@type&quot;: &quot;Article&quot;, &quot;datePublished&quot;: &quot;2024-03-03&quot;}"
    assert published(article("", head=f'<meta name="script:ld+json" content="{held}">')) == "2024-03-03"


def test_lines_of_plain_text() -> None:
    lines = [TITLE, "", "By Ann Lee", "Harbour Gazette, March 3, 2024", "", "The ferry left on 9 October 2019 with nobody aboard."]
    lines = [TITLE, "", "By Ann Lee", "Harbour Gazette, March 3, 2024", "", "The ferry left on 9 October 2019."]
    found = dates.read_lines(lines, language="en")
    assert published(found) == "2024-03-03"
    assert found.published is not None
    assert found.published.provenance.origin == Origin.TEXT
    assert published(dates.read_lines([TITLE, "no date at all"])) is None


PROGRAM = """
import sys
from tests.clock import set_clock
set_clock(float(sys.argv[1]))
from extractors.document import parse
from extractors.fields import dates
from extractors.structured import read
lines = ["<p>3 hours ago</p>", "<p>Yesterday, 10:30</p>", "<p>3/4/24</p>", "<p>March 3</p>",
         "<p>Published March 3, 2032</p>", "<time>10:30</time>"]
pages = ["<h1>The ferry that nobody took</h1>" + line for line in lines]
for page in pages:
    document = parse(page, url="https://news.example.com/a")
    print(dates.read(document, read(document)))
"""


def test_dates_do_not_depend_on_today() -> None:
    answers = set()
    for seconds in (1_000_000_000, 2_000_000_000):
        command = [sys.executable, "-c", PROGRAM, str(seconds)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, stdin=subprocess.DEVNULL)
        assert done.returncode == 0, done.stderr[-2000:]
        answers.add(done.stdout)
    assert len(answers) == 1
    assert "2032" in answers.pop()


def test_dates_by_the_thousand_are_read_in_bounded_time() -> None:
    days = [f"{year}-{month:02}-{day:02}" for year in range(1996, 2024) for month in range(1, 13) for day in range(1, 29)]
    head = "".join(f"<meta name='date' content='{day}'>" for day in days)
    lines = "".join(f"<p>{number}</p>" for number in range(300)) + "".join(f"<p>{day}</p>" for day in days)
    start = time.process_time()
    read(f"<h1>{TITLE}</h1>{TEXT}{lines}")
    read(f"<h1>{TITLE}</h1>{TEXT}", head=head)
    assert time.process_time() - start < 4
