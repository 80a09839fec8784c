"""Sitemaps: every form, evidence, limits, and faults 87 to 92."""

import gzip
import time
import tracemalloc
from collections.abc import Mapping
from datetime import date

import pytest

from extractors.article import Evidence, Origin
from scraper.records import Failure, FailureKind, Page, Target
from scraper.sources.sitemaps import MAX_URLS, Sitemaps

ROOT = "https://news.example/sitemap.xml"
NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def _urlset(*locs: str, head: str = "") -> str:
    rows = "".join(f"<url><loc>{loc}</loc></url>" for loc in locs)
    return f'<?xml version="1.0"?>{head}<urlset {NAMESPACES}>{rows}</urlset>'


def _index(*locs: str, modified: str = "") -> str:
    rows = "".join(f"<sitemap><loc>{loc}</loc>{modified}</sitemap>" for loc in locs)
    return f"<sitemapindex {NAMESPACES}>{rows}</sitemapindex>"


def _walk(pages: Mapping[str, str | bytes], *, since: date | None = None) -> tuple[list[Target | Failure], list[str]]:
    asked: list[str] = []

    def get(target: Target) -> Page | Failure:
        asked.append(target.url)
        if target.url not in pages:
            return Failure(url=target.url, kind=FailureKind.HTTP_4XX, detail="status 404")
        data = pages[target.url]
        return Page(data=data.encode() if isinstance(data, str) else data, url=target.url)

    return list(Sitemaps(urls=(ROOT,), get=get, source="map", since=since)), asked


def _urls(pages: Mapping[str, str | bytes] | str | bytes, since: date | None = None) -> list[str | None]:
    found, _ = _walk({ROOT: pages} if isinstance(pages, (str, bytes)) else pages, since=since)
    assert all(isinstance(item, Target) for item in found), found
    return [item.url for item in found]


def _failures(pages: Mapping[str, str | bytes] | str | bytes) -> list[FailureKind]:
    found, _ = _walk({ROOT: pages} if isinstance(pages, (str, bytes)) else pages)
    return [item.kind for item in found if isinstance(item, Failure)]


def test_a_news_sitemap_carries_evidence() -> None:
    text = f"""<urlset {NAMESPACES} xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc>https://news.example/bridge</loc>
    <lastmod>2026-03-06</lastmod><news:news><news:publication><news:name>News</news:name></news:publication>
    <news:publication_date>2026-03-05T08:30:00+01:00</news:publication_date><news:title>Bridge &amp; tunnel</news:title>
    <news:keywords>Traffic, City</news:keywords></news:news><image:image><image:loc>https://news.example/a.jpg</image:loc></image:image></url></urlset>"""
    found, _ = _walk({ROOT: text})
    assert found == [
        Target(
            url="https://news.example/bridge",
            source="map",
            evidence=(
                Evidence(
                    origin=Origin.SITEMAP,
                    title="Bridge & tunnel",
                    published="2026-03-05T08:30:00+01:00",
                    modified="2026-03-06",
                    tags=("Traffic", "City"),
                ),
            ),
        )
    ]


def test_an_index_gzip_and_plain_text() -> None:
    pages = {
        ROOT: _index("https://news.example/a.xml.gz", "/b.txt", "https://news.example/gone.xml"),
        "https://news.example/a.xml.gz": gzip.compress(_urlset("https://news.example/1", "/2", "https://news.example/3").encode()),
        "https://news.example/b.txt": "\ufeffhttps://news.example/4\r\nhttps://news.example/1\n\nno address\n",
    }
    found, asked = _walk(pages)
    assert [item.url for item in found if isinstance(item, Target)] == [f"https://news.example/{number}" for number in (1, 2, 3, 4)]
    assert len(asked) == 4
    assert [item.kind for item in found if isinstance(item, Failure)] == [FailureKind.HTTP_4XX]


def test_since_leaves_out_what_is_older() -> None:
    rows = "".join(
        f"<url><loc>/{number}</loc>{modified}</url>"
        for number, modified in enumerate(
            ["<lastmod>2026-03-01</lastmod>", "<lastmod>2026-03-09T10:00Z</lastmod>", "", "<lastmod>soon</lastmod>"]
        )
    )
    assert _urls(f"<urlset>{rows}</urlset>", date(2026, 3, 5)) == [f"https://news.example/{number}" for number in (1, 2, 3)]


def test_since_leaves_out_whole_sitemaps() -> None:
    pages = {ROOT: _index("/old.xml", modified="<lastmod>2020-01-01</lastmod>")}
    found, asked = _walk(pages, since=date(2026, 1, 1))
    assert (found, asked) == ([], [ROOT])


def test_92_loops_end() -> None:
    other = "https://news.example/other.xml"
    found, asked = _walk({ROOT: _index(other, ROOT), other: _index(ROOT, other, other + "?utm_source=x")})
    assert (found, asked) == ([], [ROOT, other])


def test_92_depth_ends() -> None:
    class Endless(dict[str, str]):
        def __contains__(self, url: object) -> bool:
            return True

        def __missing__(self, url: str) -> str:
            return _index(url + "x")

    found, asked = _walk(Endless())
    assert len(asked) == 4
    assert [item.kind for item in found if isinstance(item, Failure)] == [FailureKind.BAD_INPUT]


def test_92_a_subdomain_is_the_same_site() -> None:
    source = Sitemaps(
        urls=("https://www.courier.co.uk/sitemap.xml",),
        get=lambda target: Page(data=_urlset("https://sport.courier.co.uk/1", "https://gazette.co.uk/2").encode(), url=target.url),
    )
    assert [item.url for item in source] == ["https://sport.courier.co.uk/1"]


def test_92_other_sites_are_left_out() -> None:
    pages = {
        ROOT: _index("https://other.example/x.xml", "/own.xml"),
        "https://news.example/own.xml": _urlset("https://evil.example/1", "/2"),
    }
    found, asked = _walk(pages)
    assert [item.url for item in found] == ["https://news.example/2"]
    assert asked == [ROOT, "https://news.example/own.xml"]


def test_92_a_sitemap_elsewhere_speaks_for_the_site_whose_robots_txt_names_it() -> None:
    pages = {
        "https://maps.cdn.example/news.xml": _index("https://maps.cdn.example/1.xml", "https://evil.example/1.xml"),
        "https://maps.cdn.example/1.xml": _urlset("https://www.courier.co.uk/1", "https://evil.co.uk/1"),
    }
    source = Sitemaps(
        urls=("https://courier.co.uk/",),
        get=lambda target: Page(data=pages[target.url].encode(), url=target.url),
        named=lambda _: ("https://maps.cdn.example/news.xml",),
    )
    assert [item.url for item in source] == ["https://www.courier.co.uk/1"]


@pytest.mark.parametrize("loc", ["javascript:alert(1)", "file:///etc/passwd", "", "http://[::1", "mailto:a@news.example"])
def test_what_is_no_address_is_left_out(loc: str) -> None:
    assert _urls(_urlset(loc, "/2")) == ["https://news.example/2"]


LAUGHS = (
    '<!DOCTYPE urlset [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)


@pytest.mark.parametrize(
    "head",
    [LAUGHS, f'<!DOCTYPE u [<!ENTITY j "{"x" * 50_000}">]>', '<!DOCTYPE u [<!ENTITY j SYSTEM "file:///etc/passwd">]>'],
    ids=["87 billion laughs", "88 quadratic blow-up", "89 external entity"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_87_88_89_declared_entities_are_refused(head: str, encoding: str) -> None:
    text = _urlset("&j;" * 1000, "/2", head=head).replace('<?xml version="1.0"?>', "")
    assert _failures(text.encode(encoding)) == [FailureKind.BAD_INPUT]


def test_89_an_external_dtd_is_not_fetched() -> None:
    assert _urls(_urlset("/2", head='<!DOCTYPE urlset SYSTEM "http://127.0.0.1:9/x.dtd">')) == ["https://news.example/2"]


def test_90_deep_nesting() -> None:
    started = time.monotonic()
    assert _failures("<urlset>" + "<a>" * 200_000) == [FailureKind.BAD_INPUT]
    assert time.monotonic() - started < 2


def test_91_more_addresses_than_the_protocol_allows() -> None:
    text = _urlset(*(f"/{number}" for number in range(MAX_URLS + 10)))
    started = time.monotonic()
    found, _ = _walk({ROOT: text})
    assert len(found) == MAX_URLS + 1
    assert isinstance(found[-1], Failure)
    assert found[-1].kind is FailureKind.TOO_LARGE
    assert time.monotonic() - started < 15


def test_91_memory_stays_flat() -> None:
    data = _urlset(*(f"/{number}" for number in range(10_000))).encode()
    source = Sitemaps(urls=(ROOT,), get=lambda target: Page(data=data, url=target.url))
    tracemalloc.start()
    for _ in source:
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * 2**20


def test_a_gzip_bomb() -> None:
    assert _failures(gzip.compress(bytes(60 * 2**20))) == [FailureKind.TOO_LARGE]


def test_what_came_before_the_break_is_kept() -> None:
    found, _ = _walk({ROOT: _urlset("/1", "/2").replace("</urlset>", "<url><loc>/3")})
    assert [item.url for item in found if isinstance(item, Target)] == ["https://news.example/1", "https://news.example/2"]
    assert [item.kind for item in found if isinstance(item, Failure)] == [FailureKind.BAD_INPUT]


_TWO = _urlset("/1", "/2")


@pytest.mark.parametrize(
    "text",
    [
        "\n\n" + _TWO,
        "\ufeff\n" + _TWO,
        _TWO.replace("</loc>", "</loc><news:title>Bread & butter&nbsp;&#11;&#x1F;</news:title>", 1),
        _TWO.replace("</loc>", "</loc><title>\x0b\x1f</title>", 1),
        _TWO.replace("<url>", "<url><video:title>Mill</video:title>", 1),
        _TWO + "\n<!-- made in 0.2 s --><script></script>",
        _TWO.encode().replace(b"</loc>", b"</loc><title>caf\xe9</title>", 1),
        _TWO.replace("1.0", '1.0" encoding="UTF-16', 1),
        _TWO.replace("1.0", '1.0" encoding="unicode', 1),
        _TWO.replace("1.0", '1.0" encoding="', 1),
    ],
    ids=[
        "blank lines",
        "mark and line",
        "ampersands",
        "control characters",
        "undeclared prefix",
        "something behind",
        "no UTF-8",
        "not the encoding",
        "unknown encoding",
        "empty encoding",
    ],
)
def test_xml_that_is_not_well_formed_costs_no_address(text: str | bytes) -> None:
    assert _urls(text) == ["https://news.example/1", "https://news.example/2"]


def test_an_address_with_bare_ampersands_is_whole() -> None:
    locs = ("/?id=1&amp;page=2&lang=en&copy=3", "<![CDATA[/?id=2&amp=1&lt;]]>", "/3&#38;4")
    assert _urls(_urlset(*locs)) == [
        "https://news.example/?id=1&page=2&lang=en&copy=3",
        "https://news.example/?id=2&amp=1&lt;",
        "https://news.example/3&4",
    ]


def test_other_encodings_keep_their_characters() -> None:
    data = _urlset("/1").replace("</loc>", "</loc><news:news><news:title>Caf\xe9</news:title></news:news>")
    for head, codec in (('<?xml version="1.0" encoding="ISO-8859-1"?>', "latin-1"), ("", "utf-16")):
        found, _ = _walk({ROOT: data.replace('<?xml version="1.0"?>', head).encode(codec)})
        assert [item.evidence[0].title for item in found if isinstance(item, Target)] == ["Caf\xe9"]


@pytest.mark.parametrize("mark", ["&", "&#", "\x0b", "<![CDATA[", "&#x0", "<n:a/>"])
def test_mending_takes_time_by_the_length(mark: str) -> None:
    started = time.monotonic()
    _walk({ROOT: "<urlset>" + mark * 100_000})
    assert time.monotonic() - started < 2


def test_a_gzip_file_of_several_members() -> None:
    text = _urlset("/1", "/2").encode()
    assert _urls(gzip.compress(text[:200]) + gzip.compress(text[200:])) == ["https://news.example/1", "https://news.example/2"]
    assert _failures(gzip.compress(bytes(30 * 2**20)) * 2) == [FailureKind.TOO_LARGE]


def test_a_feed_serves_as_a_sitemap() -> None:
    item = "<item><link>/1</link><title>Mill</title><pubDate>Thu, 05 Mar 2026 08:30:00 GMT</pubDate></item>"
    found, _ = _walk({ROOT: f"<rss version='2.0'><channel>{item}</channel></rss>"})
    evidence = Evidence(origin=Origin.FEED, title="Mill", published="Thu, 05 Mar 2026 08:30:00 GMT")
    assert found == [Target(url="https://news.example/1", source="map", evidence=(evidence,))]
    atom = "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='/news/'><entry><link href='1'/></entry></feed>"
    assert _urls(atom) == ["https://news.example/news/1"]


@pytest.mark.parametrize(
    "text", ["<urlset></urlset>", f"<urlset {NAMESPACES}/>", "<!-- none --><s:sitemapindex xmlns:s='x'></s:sitemapindex>"]
)
def test_an_empty_sitemap_is_one(text: str) -> None:
    assert _urls(text) == []


@pytest.mark.parametrize(
    "data",
    [
        b"\x1f\x8bbroken",
        b"<!doctype html><html><p>Not found</p></html>",
        b"<urlset>",
        b"<",
        b"<Error><Code>NoSuchKey</Code></Error>",
        b'{"error": "not found"}',
        b"Not found",
    ],
)
def test_what_is_no_sitemap(data: bytes) -> None:
    assert _failures(data) == [FailureKind.BAD_INPUT]


def test_nothing_is_asked_for_before_it_is_needed() -> None:
    asked: list[str] = []

    def get(target: Target) -> Page:
        asked.append(target.url)
        return Page(
            data=_index("/a.xml", "/b.xml").encode() if target.url == ROOT else _urlset("/1" + target.url[-5]).encode(), url=target.url
        )

    found = iter(Sitemaps(urls=(ROOT,), get=get))
    next(found)
    assert asked == [ROOT, "https://news.example/a.xml"]
