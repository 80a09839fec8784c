"""What a profile reads wins where its layout fits; where it does not, the general answer stands and the record says so."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from extractors import Article, Context, Options, extract
from extractors.trace import Verdict, trace

__all__: list[str] = []

PROFILE = """
hosts = ["example.org"]
timezone = "Europe/Paris"
[labels]
"File" = "series"
[phrases]
newsletter = ["the harbour post to your"]
[[layout]]
from = 2023-01-01
title = "h2.real"
authors = ["span.nobody", "span.who"]
byline = "p.credit"
date_published = { select = "p.when", pattern = "on (.*)" }
date_modified = "time.again @datetime"
section = "//ul[@class='path']/li[2]/text()"
tags = "a.tag"
description = "p.intro"
site_name = { value = "The Harbour Post" }
image = "img.lead @src"
url_canonical = "a.permanent @href"
barrier = "div.locked"
body = "div.words"
[layout.drop]
related = "div.box"
"""
LINES = "".join(f"<p>The ferry left pier {number} at nine, as on every working day since the bridge was closed.</p>" for number in range(9))
PAGE = f"""<html><head><title>Another headline | Post</title></head><body>
<h1>Another headline</h1><h2 class="real">The headline that counts</h2>
<ul class="path"><li>Home</li><li>Harbour</li></ul>
<p class="intro">What the profile calls the summary of it all.</p>
<p class="credit">Words by Ada Moreau</p><span class="who">Ada Moreau</span>
<p class="when">Printed on 3 July 2023 10:30</p><time class="again" datetime="2023-07-04T08:00:00+02:00">later</time>
<p>File: Ferries, Bridges</p><img class="lead" src="/pier.jpg">
<div class="words">{LINES}<div class="box"><p>Another story that stands here for no good reason at all.</p></div>
<p>The Harbour Post to your door every morning.</p><p>Last words of the text, which stand at the end of it.</p></div>
<a class="tag" href="/t/1">Ferries</a><a class="tag" href="/t/2">Piers</a>
<a class="permanent" href="https://example.org/1">link</a><div class="locked">Log in to read on.</div></body></html>"""


@pytest.fixture
def options(tmp_path: Path) -> Options:
    (tmp_path / "example.org.toml").write_text(PROFILE, "utf-8")
    return Options(profiles=(tmp_path,))


def _read(page: str, options: Options, year: int = 2024) -> Article:
    return extract(page, url="https://www.example.org/1", context=Context(fetched_at=datetime(year, 1, 2, tzinfo=UTC)), options=options)


def test_every_field_of_a_fitting_layout_wins(options: Options) -> None:
    article = _read(PAGE, options)
    assert article.title == "The headline that counts"
    assert article.byline == "Words by Ada Moreau"
    assert article.authors == ("Ada Moreau",)
    assert article.date_published == "2023-07-03T10:30:00+02:00"
    assert article.date_modified == "2023-07-04T08:00:00+02:00"
    assert article.taxonomy.section == ("Harbour",)
    assert article.taxonomy.series == ("Ferries", "Bridges")
    assert article.taxonomy.tags == ("Piers",), "a label stands in one list"
    assert article.description == "What the profile calls the summary of it all."
    assert article.site_name == "The Harbour Post"
    assert article.image is not None
    assert article.image.url == "https://www.example.org/pier.jpg"
    assert article.url_canonical == "https://example.org/1"
    assert article.is_free is False
    assert article.body.startswith("The ferry left pier 0")
    assert article.body.endswith("at the end of it.")
    assert {(one.kind, one.rule) for one in article.removed} == {("related", "profile:example.org"), ("newsletter", "profile:example.org")}
    origins = {name for name, given in article.provenance.items() if given and given.origin == "profile:example.org"}
    assert origins >= {"title", "byline", "authors", "date_published", "date_modified", "section", "series", "tags", "body", "image"}
    assert "profile_stale" not in article.warnings


def test_a_redesign_leaves_the_general_answers_and_says_so(options: Options) -> None:
    page = PAGE.replace('class="real"', "").replace('class="words"', 'class="other"')
    stale, general = _read(page, options), _read(page, Options(profiles=()))
    assert "profile_stale" in stale.warnings
    assert "profile_stale" not in general.warnings
    assert (stale.title, stale.body, stale.date_published) == (general.title, general.body, general.date_published)


def test_a_container_that_holds_little_of_the_text_is_not_believed(options: Options) -> None:
    page = PAGE.replace('<div class="words">', '<div class="words"><p>A teaser.</p></div><div>')
    article = _read(page, options)
    assert "profile_stale" in article.warnings
    assert "The ferry left pier 8" in article.body
    assert article.title == "The headline that counts", "what it reads soundly stands"


def test_a_date_that_cannot_be_read_is_said(options: Options) -> None:
    article = _read(PAGE.replace("on 3 July 2023 10:30", "on one fine day"), options)
    assert "profile_stale" in article.warnings


def test_a_day_of_change_does_not_take_the_place_of_the_profiles_date(tmp_path: Path) -> None:
    profile = 'hosts = ["example.org"]\n[[layout]]\ntitle = "h1"\ndate_published = "p.when @data-day"\n'
    (tmp_path / "example.org.toml").write_text(profile, "utf-8")
    when = '<p class="when" data-day="2023-07-03">Updated: 5 August 2023</p>'
    article = _read(f"<html><body><h1>The ferries of the bay</h1>{when}{LINES}</body></html>", Options(profiles=(tmp_path,)))
    assert (article.date_published, article.date_modified) == ("2023-07-03", "2023-08-05")
    assert "date_published_from_modified" not in article.warnings


def test_a_layout_holds_for_its_days(options: Options) -> None:
    article = _read(PAGE, options, year=2022)
    assert article.title == "Another headline"
    assert "profile_stale" not in article.warnings


def test_marks_of_the_site_part_paragraphs(tmp_path: Path) -> None:
    profile = 'hosts = ["example.org"]\nbreaks = "span.gap"\n[[layout]]\ntitle = "h1"\n'
    (tmp_path / "example.org.toml").write_text(profile, "utf-8")
    lines = [f"The ferry left pier {number} at nine, as on every working day since the bridge was closed." for number in range(9)]
    gap = '<span class="gap"></span>'
    page = f"<html><body><h1>The ferries of the bay</h1><div>{gap.join(lines)}<span class='gap'> It did.</span></div></body></html>"
    own, general = _read(page, Options(profiles=(tmp_path,))), _read(page, Options(profiles=()))
    assert own.body.split() == [*" ".join(lines).split(), "It", "did."]
    assert len(own.body.split("\n\n")) == len(lines)
    assert len(general.body.splitlines()) == 1


def test_other_hosts_and_pages_without_address_are_left_alone(options: Options) -> None:
    for url in ("https://example.net/1", None):
        article = extract(PAGE, url=url, options=options)
        assert article.title == "Another headline"
        assert not article.warnings or "profile_stale" not in article.warnings


def test_the_trace_shows_the_profiles_candidates(options: Options) -> None:
    told = {field.name: field for field in trace(PAGE, url="https://example.org/1", options=options).fields}
    for name in ("title", "authors", "date_published", "series", "body"):
        assert next(voice.verdict for voice in told[name].voices if voice.origin == "profile:example.org") is Verdict.WON, name
    assert any(voice.verdict is Verdict.LOST for voice in told["title"].voices)
    assert {voice.origin for voice in told["body"].voices} == {"profile:example.org", "model"}
