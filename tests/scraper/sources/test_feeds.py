"""Feeds: every form, discovery, evidence, and faults 87 to 91. A source asks only through the `get` that it is given."""

import gzip
import json
import time
from collections.abc import Mapping

import pytest

from extractors.article import Evidence, Origin
from scraper.records import Failure, FailureKind, Page, Target
from scraper.sources.feeds import BULK, Feeds, feed_links

FEED = "https://news.example/feed"

RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>News</title>
<item><title>Bridge &amp; tunnel</title><link>https://news.example/bridge</link><pubDate>Thu, 05 Mar 2026 08:30:00 +0100</pubDate>
<dc:creator>Ada Fielding</dc:creator><category>Traffic</category><category>City</category></item>
<item><title>Mill</title><link>/mill</link></item></channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry><title>Bridge</title>
<link rel="alternate" href="https://news.example/bridge"/><published>2026-03-05T08:30:00+01:00</published><updated>2026-03-06T09:00:00Z</updated>
<author><name>Ada Fielding</name></author><author><name>Ben Moor</name></author><category term="Traffic"/></entry></feed>"""
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>News</title></channel><item rdf:about="https://news.example/bridge">
<title>Bridge</title><link>https://news.example/bridge</link><dc:date>2026-03-05</dc:date></item></rdf:RDF>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {
                "url": "https://news.example/bridge",
                "title": "Bridge",
                "date_published": "2026-03-05",
                "authors": [{"name": "Ada"}],
                "tags": ["City"],
            },
            {"url": 5, "external_url": "https://news.example/mill", "author": {"name": "Ben"}},
            "no item",
        ],
    }
)


def _feeds(pages: Mapping[str, str | bytes], *urls: str) -> tuple[list[Target | Failure], list[str]]:
    asked: list[str] = []

    def get(target: Target) -> Page | Failure:
        asked.append(target.url)
        if target.url not in pages:
            return Failure(url=target.url, kind=FailureKind.HTTP_4XX, detail="status 404", http_status=404)
        data = pages[target.url]
        return Page(data=data.encode() if isinstance(data, str) else data, url=target.url)

    return list(Feeds(urls=urls or (FEED,), get=get, source="news")), asked


def _targets(data: str | bytes) -> list[Target]:
    found, _ = _feeds({FEED: data})
    assert all(isinstance(item, Target) for item in found), found
    return [item for item in found if isinstance(item, Target)]


def _failure(data: str | bytes) -> Failure:
    found, _ = _feeds({FEED: data})
    [failure] = [item for item in found if isinstance(item, Failure)]
    return failure


def test_rss() -> None:
    first, second = _targets(RSS)
    assert (first.url, first.source) == ("https://news.example/bridge", "news")
    assert first.evidence == (
        Evidence(
            origin=Origin.FEED,
            title="Bridge & tunnel",
            published="Thu, 05 Mar 2026 08:30:00 +0100",
            authors=("Ada Fielding",),
            tags=("Traffic", "City"),
        ),
    )
    assert second.url == "https://news.example/mill"


def test_atom() -> None:
    [target] = _targets(ATOM)
    [evidence] = target.evidence
    assert (evidence.published, evidence.modified) == ("2026-03-05T08:30:00+01:00", "2026-03-06T09:00:00Z")
    assert evidence.authors == ("Ada Fielding", "Ben Moor")
    assert evidence.tags == ("Traffic",)


def test_rdf() -> None:
    [target] = _targets(RDF)
    assert target.url == "https://news.example/bridge"
    assert "2026-03-05" in {target.evidence[0].published, target.evidence[0].modified}


def test_json_feed() -> None:
    first, second = _targets(JSON)
    assert first.evidence == (Evidence(origin=Origin.FEED, title="Bridge", published="2026-03-05", authors=("Ada",), tags=("City",)),)
    assert (second.url, second.evidence[0].authors) == ("https://news.example/mill", ("Ben",))


def test_a_json_feed_whose_ids_are_its_addresses() -> None:
    items = [{"id": "https://news.example/mill"}, {"id": 5}, {"id": "mill-5"}, {"id": "https://news.example/id", "url": "/url"}]
    found = _targets(json.dumps({"items": items}))
    assert [target.url for target in found] == ["https://news.example/mill", "https://news.example/url"]


@pytest.mark.parametrize("content_type", ["text/xml", "text/xml; charset=us-ascii", "application/rss+xml; charset=utf-8", None])
def test_a_feed_in_utf_16_goes_by_its_mark(content_type: str | None) -> None:
    data = RSS.replace("utf-8", "utf-16").encode("utf-16")
    found = list(Feeds(urls=(FEED,), get=lambda target: Page(data=data, url=target.url, content_type=content_type)))
    assert [item.url for item in found] == ["https://news.example/bridge", "https://news.example/mill"]


def test_a_large_feed_that_is_not_well_formed_costs_no_entry() -> None:
    items = "".join(f"<item><title>Bread & butter</title><link>/{number}?a=1&b=2</link></item>" for number in range(BULK + 1))
    found = _targets(f'\n<?xml version="1.0"?><rss><channel>{items}</channel></rss>')
    assert len(found) == BULK + 1
    assert found[0].url == "https://news.example/0?a=1&b=2"


def test_discovery_from_a_home_page() -> None:
    home = (
        '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/feed">'
        '<link rel="alternate" hreflang="de" href="/de"><link rel="ALTERNATE" type="application/atom+xml" href="https://news.example/atom"></head></html>'
    )
    found, asked = _feeds({"https://news.example/": home, FEED: RSS, "https://news.example/atom": ATOM}, "https://news.example/")
    assert asked == ["https://news.example/", FEED, "https://news.example/atom"]
    assert [item.url for item in found] == ["https://news.example/bridge", "https://news.example/mill"]


def test_feeds_of_comments_are_not_discovered() -> None:
    hrefs = [
        "/feed/",
        "/comments/feed/",
        "/feeds/comments/default?alt=rss",
        "/?feed=comments-rss2",
        "/crss",
        "/comment",
        "/commentary/feed",
    ]
    home = "".join(f'<link rel="alternate" type="application/rss+xml" href="{href}">' for href in hrefs)
    assert feed_links(home.encode(), "https://news.example/") == ("https://news.example/feed/", "https://news.example/commentary/feed")


def test_a_discovered_page_is_not_searched_again() -> None:
    home = '<html><head><link rel="alternate" type="application/rss+xml" href="/"></head></html>'
    found, asked = _feeds({"https://news.example/": home}, "https://news.example/")
    assert len(asked) == 2
    assert [item.kind for item in found if isinstance(item, Failure)] == [FailureKind.BAD_INPUT]


def test_feed_links_are_capped() -> None:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="/f{number}">' for number in range(500))
    assert len(feed_links(f"<html>{links}</html>".encode(), FEED)) == 10
    assert feed_links(b"", FEED) == ()


def test_what_is_no_feed() -> None:
    for data in ("plain words", "{}", '{"items": 5}', "<html><p>x</p></html>", "<data><a/></data>", "[" * 100_000, "{" * 100_000):
        assert _failure(data).kind is FailureKind.BAD_INPUT


def test_a_feed_that_cannot_be_fetched() -> None:
    found, _ = _feeds({})
    assert [item.kind for item in found if isinstance(item, Failure)] == [FailureKind.HTTP_4XX]


def test_the_bytes_are_never_taken_for_an_address_or_a_file() -> None:
    for data in (b"http://127.0.0.1:9/feed", b"/etc/hostname", b"file:///etc/hostname"):
        assert _failure(data).kind is FailureKind.BAD_INPUT


LAUGHS = (
    '<!DOCTYPE rss [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)


@pytest.mark.parametrize(
    "declaration",
    [
        LAUGHS,
        f'<!DOCTYPE rss [<!ENTITY a "{"x" * 50_000}">]>',
        '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>',
    ],
    ids=["87 billion laughs", "88 quadratic blow-up", "89 external entity", "89 parameter entity"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_87_88_89_declared_entities_are_refused(declaration: str, encoding: str) -> None:
    text = RSS.replace('<?xml version="1.0" encoding="utf-8"?>', declaration).replace("Mill", "&a;" * 1000)
    started = time.monotonic()
    failure = _failure(text.encode(encoding))
    assert failure.kind is FailureKind.BAD_INPUT
    assert "entities" in failure.detail
    assert time.monotonic() - started < 1


def test_90_deep_nesting() -> None:
    started = time.monotonic()
    _feeds({FEED: RSS.replace("Mill", "<b>" * 20_000 + "</b>" * 20_000)})
    _feeds({FEED: "<rss><channel>" + "<item>" * 20_000})
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    "inside",
    [
        "<item " + " ".join(f'x{number}="1"' for number in range(30_000)) + "/>",
        "<b><i>" * 100_000,
        f"<item><description><![CDATA[{'<p>Words</p>' * 800_000}]]></description></item>",
    ],
    ids=["61 attributes", "90 open tags", "63 megabytes"],
)
def test_a_feed_for_which_feedparser_needs_long_is_read_in_bounds(inside: str) -> None:
    item = "<item><link>https://news.example/mill</link></item>"
    started = time.monotonic()
    found, _ = _feeds({FEED: f'<?xml version="1.0"?><rss version="2.0"><channel>{item}{inside}</channel></rss>'})
    assert time.monotonic() - started < 1.5
    assert "https://news.example/mill" in [target.url for target in found if isinstance(target, Target)]


def test_91_a_feed_of_many_items_is_streamed() -> None:
    """Each form that a large feed may have gives what feedparser makes of a small one."""
    for text in (RSS, ATOM, RDF):
        small = _targets(text)
        tag = "entry" if text is ATOM else "item"
        head, _, rest = text.partition(f"<{tag}")
        filler = f"<{tag}><title>Filler</title></{tag}>" * BULK
        large = _targets(f"{head}{filler}<{tag}{rest}")
        assert [target.url for target in large] == [target.url for target in small]
        for one, other in zip(large, small, strict=True):
            assert one.evidence[0].title == other.evidence[0].title
            assert one.evidence[0].tags == other.evidence[0].tags
            assert one.evidence[0].authors == other.evidence[0].authors
            assert one.evidence[0].published == other.evidence[0].published


def test_91_a_large_feed_that_breaks_gives_what_came_before() -> None:
    items = "".join(f"<item><link>https://news.example/{number}</link></item>" for number in range(BULK + 1))
    found, _ = _feeds({FEED: f"<rss><channel>{items}<item><link>https://news.example/cut"})
    assert len(found) == BULK + 2
    assert isinstance(found[-1], Failure)


@pytest.mark.parametrize("charset", ["undefined", "punycode"])
def test_a_header_that_names_a_codec_that_reads_nothing(charset: str) -> None:
    def get(target: Target) -> Page | Failure:
        return Page(data=RSS.encode(), url=target.url, content_type=f"application/rss+xml; charset={charset}")

    found = list(Feeds(urls=(FEED,), get=get))
    assert [item.url for item in found] == ["https://news.example/bridge", "https://news.example/mill"]


def test_a_defect_met_in_one_feed_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_data: bytes) -> int:
        raise ZeroDivisionError("boom")

    pages = {FEED: RSS, "https://news.example/other": JSON}
    monkeypatch.setattr("scraper.sources.feeds._count", broken)  # which JSON has no need of
    (first, *rest), _ = _feeds(pages, FEED, "https://news.example/other")
    assert isinstance(first, Failure)
    assert (first.url, first.kind) == (FEED, FailureKind.INTERNAL)
    assert first.detail.startswith("ZeroDivisionError: boom (")
    assert [item.url for item in rest] == ["https://news.example/bridge", "https://news.example/mill"]


def test_halves_of_characters_are_joined_or_replaced() -> None:
    """Writers that take UTF-16 for Unicode make them; no state or archive could hold them, and no parser reads their references."""
    names = '"tags": ["\\ud800"], "authors": [{"name": "Ada \\udc00"}]'
    item = f'{{"url": "https://news.example/a\\ud800", "title": "\\ud83d\\ude00 and \\udfff", {names}}}'
    (target,) = _targets(f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{item}]}}')
    (said,) = target.evidence
    assert (target.url, said.title, said.tags, said.authors) == (
        "https://news.example/a\ufffd",
        "\U0001f600 and \ufffd",
        ("\ufffd",),
        ("Ada \ufffd",),
    )
    link, title = "https://news.example/a&#xD800;", "&#55357;&#56832; &#xD83D;&#xde00; and &#57343;"
    for count in (1, BULK + 1):
        xml = f"<rss version='2.0'><channel>{f'<item><title>{title}</title><link>{link}</link></item>' * count}</channel></rss>"
        found = _targets(xml)
        assert found[0].url.startswith("https://news.example/a")
        assert found[0].evidence[0].title == "\U0001f600 \U0001f600 and \ufffd"


def test_a_feed_in_a_gzip_file_is_read() -> None:
    """As sitemaps are: some servers keep both so, and say nothing of it in a header."""
    assert [target.url for target in _targets(gzip.compress(RSS.encode()))] == ["https://news.example/bridge", "https://news.example/mill"]
    found, _ = _feeds({FEED: gzip.compress(RSS.encode())[:10] + b"\xff" * 40})
    assert [item.detail.partition(":")[0] for item in found if isinstance(item, Failure)] == ["a broken gzip file"]
    assert _failure(gzip.compress(b"")).kind is FailureKind.BAD_INPUT
