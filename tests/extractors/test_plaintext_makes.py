"""Whole documents of several makes: what a careful reader takes for title, authors, dates, lists and text."""

import time
from dataclasses import dataclass, field

import pytest

from extractors import Article, extract
from extractors.plaintext import parse

__all__: list[str] = []

LONG = "Nobody had expected the ferry to leave at all, as the wind had blown from the north for nine days and the quay was white with ice."
WRAPPED = (
    "Nobody had expected the ferry to leave at all, as the wind had blown\nfrom the north for nine days and the quay was white with ice."
)
NEXT = "The captain had other ideas. He had bread on board, he said."


@dataclass(frozen=True)
class Expected:
    """What a document says. `removed`: texts that stand in `removed`, in order."""

    body: str
    title: str = "A Ferry in Winter"
    authors: tuple[str, ...] = ("Ada Moss",)
    published: str | None = "2024-05-03"
    modified: str | None = None
    tags: tuple[str, ...] = ()
    site_name: str | None = None
    removed: tuple[str, ...] = field(default=())


MAKES: dict[str, tuple[str, Expected]] = {
    "press release": (
        "FOR IMMEDIATE RELEASE\n\nContact:\nAda Moss\nHarbour Trust Press Office\n+44 20 5550 1234\n\n"
        f"A Ferry in Winter\n\nLEEDS, England, May 3, 2024 -- {LONG}\n\n{NEXT}\n\n###\n",
        Expected(
            f"LEEDS, England, May 3, 2024 -- {LONG}\n\n{NEXT}",
            authors=(),
            removed=("Contact:", "Ada Moss", "Harbour Trust Press Office", "+44 20 5550 1234"),
        ),
    ),
    "letter": (
        "From: The Quay Weekly <letters@quay.example>\nTo: readers@quay.example\nDate: Fri, 3 May 2024 07:30:00 +0100\n"
        f"Subject: A Ferry\n in Winter\n\nA ferry in winter\n\nBy Ada Moss\n\n{WRAPPED}\n\n{NEXT}\n",
        Expected(f"{LONG}\n\n{NEXT}", published="2024-05-03T07:30:00+01:00", site_name="The Quay Weekly"),
    ),
    "YAML": (
        "---\ntitle: A Ferry in Winter\nauthor:\n  - name: Ada Moss\n    role: Editor\ndate: 2024-05-03\nlastmod: 2024-05-05T10:00:00Z\n"
        f"summary: >-\n  Nobody expected it,\n  and it left.\ntags:\n  - ice\n---\n\n{LONG}\n\n{NEXT}",
        Expected(f"{LONG}\n\n{NEXT}", modified="2024-05-05T10:00:00+00:00", tags=("ice",)),
    ),
    "TOML": (
        '+++\ntitle = "A Ferry in Winter"\ndate = 2024-05-03T07:30:00Z\nauthors = ["Ada Moss"]\n\n[taxonomies]\ntags = ["ice", "sea"]\n\n'
        f'[extra]\nimage = "ferry.jpg"\n+++\n\n# A Ferry in Winter\n\n{LONG}',
        Expected(LONG, published="2024-05-03T07:30:00+00:00", tags=("ice", "sea")),
    ),
    "a site generator's headers": (
        f"Title: A Ferry in Winter\nDate: 2024-05-03\nModified: 2024-05-05\nTags: ice, sea\nSlug: ferry\n"
        f"Author: Ada Moss\n\n{LONG}\n\n{NEXT}",
        Expected(f"{LONG}\n\n{NEXT}", modified="2024-05-05", tags=("ice", "sea")),
    ),
    "a page with its navigation": (
        "[Skip to content](#main)\n\n* [News](/news)\n* [Travel](/travel)\n\n[Home](/) > [Travel](/travel)\n\n# A Ferry in Winter\n\n"
        f"By [Ada Moss](/ada)\n\nMay 3, 2024\n\n{LONG}\n\n{NEXT}\n\nTags: [Ice](/ice)",
        Expected(f"{LONG}\n\n{NEXT}", tags=("Ice",), removed=("Skip to content", "News", "Travel", "Home > Travel", "Tags: Ice")),
    ),
    "reStructuredText": (
        "=================\nA Ferry in Winter\n=================\n\n:Author: Ada Moss\n:Date: 2024-05-03\n:Tags: ice, sea\n\n"
        ".. contents::\n   :depth: 2\n\n"
        f"{WRAPPED}\n\n.. image:: ferry.jpg\n   :alt: The ferry\n\nThe captain\n===========\n\n"
        "See `the timetable <https://quay.example/t>`_ too.\n\nThe mate\n^^^^^^^^\n\n.. note:: He was ill.\n\n.. only:: html\n",
        Expected(f"{LONG}\n\nThe captain\n\nSee the timetable too.\n\nThe mate\n\nHe was ill.", tags=("ice", "sea")),
    ),
    "wire copy": (
        f"^BC-EU--Winter Ferry,310<\n^A Ferry in Winter<\n^Eds: UPDATES with quotes.<\n"
        f"^By Ada Moss=\n^May 3, 2024<\n\nLEEDS (HP) — {LONG}\n\n{NEXT}\n",
        Expected(f"LEEDS (HP) — {LONG}\n\n{NEXT}"),
    ),
    "lines of the head without empty ones": (
        f"A Ferry in Winter\nBy Ada Moss\nMay 3, 2024\n\n{WRAPPED}\n\n{NEXT}\n",
        Expected(f"{LONG}\n\n{NEXT}"),
    ),
    "Arabic": (
        f"عبّارة في الشتاء\n\nبقلم هدى المعمري\n\n٣ مايو ٢٠٢٤\n\n{'لم يتوقع أحد أن تغادر العبّارة على الإطلاق. ' * 4}\n",
        Expected(("لم يتوقع أحد أن تغادر العبّارة على الإطلاق. " * 4).strip(), title="عبّارة في الشتاء", authors=("هدى المعمري",)),
    ),
    "Chinese": (
        f"冬天的渡轮\n\n作者：林晓舟\n2024年5月3日 07:30\n\n{'谁也没有想到渡轮会出发，因为北风已经刮了九天。' * 4}\n\n标签：渡轮、冬天",
        Expected(
            "谁也没有想到渡轮会出发，因为北风已经刮了九天。" * 4,
            title="冬天的渡轮",
            authors=("林晓舟",),
            published="2024-05-03T07:30:00",
            tags=("渡轮", "冬天"),
            removed=("标签：渡轮、冬天",),
        ),
    ),
    "pandoc": (
        f"% A Ferry in Winter\n% Ada Moss; Per Lind\n% May 3, 2024\n\n# The crossing {{#crossing .unnumbered}}\n\n{LONG[:-1]}[^ice].\n\n"
        "1. The boat\n    - two tractors\n        - one of them red\n2. The mail\n\n[^ice]: It was thin.\n",
        Expected(
            f"The crossing\n\n{LONG}\n\n1. The boat\n  - two tractors\n    - one of them red\n2. The mail\n\nIt was thin.",
            authors=("Ada Moss", "Per Lind"),
        ),
    ),
    "a release under embargo, with a number": (
        f"PRESSEMITTEILUNG\nNr. 12/2024\n\nSperrfrist: 3. Mai 2024\n\nA Ferry in Winter\n\n{LONG}\n\n{NEXT}",
        Expected(f"Nr. 12/2024\n\n{LONG}\n\n{NEXT}", authors=()),
    ),
    "a head that tells the change": (
        f"A Ferry in Winter\n-----------------\nBy ADA MOSS, Staff Writer\nPublished: 3 May 2024 | Updated: 5 May 2024\n\n{LONG}\n\n{NEXT}",
        Expected(f"{LONG}\n\n{NEXT}", authors=("ADA MOSS",), modified="2024-05-05"),
    ),
    "an author's page": (
        f"# A Ferry in Winter\n\n[Ada Moss](/author/ada-moss) | May 3, 2024 | [Travel](/travel)\n\n{LONG}\n\n[1] Of ice.\n[2] Of bread.\n",
        Expected(f"{LONG}\n\n[1] Of ice.\n\n[2] Of bread."),
    ),
    "a head of parts": (
        f"A Ferry in Winter\n=================\n\nBy Ada Moss | May 3, 2024 | 4 min read\n\n{LONG}\n\n{NEXT}",
        Expected(f"{LONG}\n\n{NEXT}"),
    ),
}


def read(text: str) -> Article:
    return extract(text, content_type="text/markdown")


@pytest.mark.parametrize("make", MAKES)
def test_documents_of_several_makes(make: str) -> None:
    text, expected = MAKES[make]
    article = read(text)
    assert (article.title, article.authors) == (expected.title, expected.authors)
    assert (article.date_published, article.date_modified) == (expected.published, expected.modified)
    assert (article.taxonomy.tags, article.site_name) == (expected.tags, expected.site_name)
    assert article.body == expected.body
    assert tuple(removal.text for removal in article.removed) == expected.removed


def test_texts_of_several_lines_in_front_matter_are_one() -> None:
    assert read(MAKES["YAML"][0]).description == "Nobody expected it, and it left."


@pytest.mark.parametrize(
    "text",
    [
        f"Note: this stands at the top\nSubject: nothing\n\n{LONG}",
        f"Date: the fruit of the palm\nIt is sweet.\n\n{LONG}",
        f"Title: A Ferry\n\n{LONG}",
    ],
)
def test_lines_with_a_colon_are_no_headers(text: str) -> None:
    assert parse(text).front == {}


def test_pictures_that_are_links_and_links_by_name_leave_their_words() -> None:
    badge = "[![build](https://ci.example/b.svg)](https://ci.example/run)"
    names = '[timetable]: https://quay.example/t\n[prices]: <https://quay.example/p> "Prices"\n'
    article = read(
        f"# A Ferry in Winter {badge} {badge}\n\n{LONG} See the [new times][timetable] and [prices][], but no [1][2].\n\n{names}"
    )
    assert (article.title, article.body) == ("A Ferry in Winter", f"{LONG} See the new times and prices, but no [1][2].")


def test_the_first_heading_of_a_document_is_its_title_however_it_is_underlined() -> None:
    article = read(f"A Ferry in Winter\n*****************\n\nThe crossing\n============\n\n{LONG}\n")
    assert (article.title, article.body) == ("A Ferry in Winter", f"The crossing\n\n{LONG}")


def test_a_contact_that_no_empty_line_ends_takes_no_headline_along() -> None:
    article = read(f"Contact: Ada Moss\nA Ferry in Winter\n{LONG}")
    assert "A Ferry in Winter" in (article.title or "") + article.body


def test_short_lines_in_wrapped_prose_go_on_where_the_sentence_does() -> None:
    text = f"A Ferry in Winter\n\n{WRAPPED}\nHe laughed.\nThe captain had\nother ideas than the mate, and said so.\n"
    assert read(text).body == f"{LONG} He laughed. The captain had other ideas than the mate, and said so."


@pytest.mark.parametrize(
    "unit", [":a: b\n", "%\n", "^a<\n", "Title: a\n", "`a <", "[^", "Contact:\n", "a | ", ".. a::\n", "x-a: b\n ", "[a]: b\n", "[a]["]
)
def test_hostile_heads_cost_bounded_time(unit: str) -> None:
    started = time.process_time()
    parse(unit * (100_000 // len(unit)))
    assert time.process_time() - started < 5


def test_a_speaker_in_brackets_is_no_reference() -> None:
    assert "[Ada]: Yes." in read(f"A Ferry in Winter\n\n{LONG}\n\n[Ada]: Yes.\n").body
