"""The document that this project began with, and variants of our own in the same make, from bytes to record."""

from pathlib import Path
from typing import Any

import pytest

from extractors import extract

__all__: list[str] = []

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "global-research.md"

TITLE = "The Last Ferry From Dunmarrow"
FIRST = (
    "On the night of the storm the ferry company of Dunmarrow cancelled its last crossing, and with it the only road by which "
    "the sick of three islands could reach a doctor before the morning."
)
SECOND = (
    "It is worth asking who decided this. The harbour master says that he was not consulted, the company says that it followed his advice, "
    "and the log that would settle the matter ends, as logs sometimes do, an hour too early."
)
CUT = "The islanders have kept a log of their own. It is written in pencil on the back of tide tables, and it shows that of the last"
REST = "forty crossings that the company reported, eleven never left the quay."
LAST = "Therefore one question remains, and it is a simple one: either the company cannot count, or it counts on nobody else doing so."
BODY = "\n\n".join([FIRST, SECOND, f"{CUT} {REST}", LAST])

LEAD_2022 = (
    "All Global Research articles can be read in 51 languages by activating the “Translate Website” drop down menu on the top banner "
    "of our home page (Desktop version).",
    "To receive Global Research’s Daily Newsletter (selected articles), [click here](#).",
    "Visit and follow us on Instagram at [@globalresearch_crg](#).",
)
LEAD_LATER = (
    "***All Global Research articles can be read in 51 languages by activating the Translate Website button below the author’s name (only "
    "available in desktop version).***",
    "***To receive Global Research’s Daily Newsletter (selected articles), [click here](#).***",
    "***Click the share button below to email/forward this article to your friends and colleagues. Follow us on [Instagram](#) and "
    "[Twitter](#) and subscribe to our [Telegram Channel](#). Feel free to repost and share widely Global Research articles.***",
    "*First published on August 24, 2022*",
    "***",
)
TAIL = (
    "Note to readers: Please click the share buttons above or below. Follow us on Instagram, @globalresearch_crg. Forward this article "
    "to your email lists. Crosspost on your blog site, internet forums. etc.",
    "Morna Teague is a freelance journalist and former pilot who lives on the island of Sula.",
    "The original source of this article is Global Research\nCopyright © [Morna Teague](#), Global Research, 2023",
    "[Comment on Global Research Articles on our Facebook page](#)",
    "[Become a Member of Global Research](#)",
    "Articles by: [Morna Teague](#)",
    "Disclaimer: The contents of this article are the sole responsibility of the author(s). The Centre for Research on Globalization will "
    "not be responsible for any inaccurate or incorrect statement in it.\nwww.globalresearch.ca contains "
    "copyrighted material the use of which has "
    'not always been authorized by its owner. We make it available under the provisions of "fair use".',
    "For media inquiries: publications@globalresearch.ca",
)
KINDS_2022 = {
    "articles_by",
    "author_bio",
    "comments",
    "copyright",
    "disclaimer",
    "fair_use",
    "media_contact",
    "membership",
    "newsletter",
    "original_source",
    "share_follow",
    "translate_note",
}


def document(lead: tuple[str, ...], *, date: str = "Global Research, January 9, 2023", rule: str = "*", **other: str) -> bytes:
    """A document in the make of the seed, of our own sentences."""
    head = (TITLE, other.get("by", "By [Morna Teague](#)"), date, "Region: [Europe](#)", "Theme: [Law and Justice](#), [Poverty](#)")
    text = (*head, "In-depth Report: [THE ISLES](#)", *lead, f"*{FIRST}*", SECOND, CUT, REST, f"**{LAST}**", rule, *TAIL)
    return ("\n\n" + "\n\n".join(text)).encode()


def record(data: bytes) -> dict[str, Any]:
    return extract(data, content_type="text/markdown").to_dict()


def removed_kinds(found: dict[str, Any]) -> set[str]:
    return {removal["kind"] for removal in found["removed"]}


@pytest.mark.skipif(not SEED.exists(), reason=f"the starting document is not part of the repository: {SEED} is missing")
def test_the_starting_document() -> None:
    found = record(SEED.read_bytes())
    assert {key: found[key] for key in ("title", "authors", "byline", "date_published", "date_precision", "site_name", "language")} == {
        "title": "Turkish-Held Areas in Syria Become Asylum for ISIS",
        "authors": ["Armen Tigranakert"],
        "byline": "By Armen Tigranakert",
        "date_published": "2022-02-11",
        "date_precision": "day",
        "site_name": "Global Research",
        "language": "en",
    }
    assert found["taxonomy"] == {
        "section": [],
        "region": ["Middle East & North Africa"],
        "theme": ["Intelligence", "Terrorism"],
        "series": ["SYRIA"],
        "tags": [],
    }
    body = found["body"]
    assert len(body.split("\n\n")) == 8
    assert body.startswith("The news of an ISIS leader elimination")
    assert body.endswith("incompetent or involved in harbouring ISIS terrorists.")
    assert "its intelligence, which claims that it is struggling against terrorism" in body
    assert not [mark for mark in ("*", "](", "#", "_") if mark in body]
    strange = (
        "51 languages",
        "Newsletter",
        "Instagram",
        "Note to readers",
        "freelance journalist",
        "original source",
        "Copyright",
        "Comment on",
    )
    strange += ("Become a Member", "Articles by", "Disclaimer", "fair use", "media inquiries", "globalresearch")
    assert not [words for words in strange if words in body]
    assert removed_kinds(found) >= KINDS_2022


@pytest.mark.parametrize("rule", ["*", "***", "* * *", "---"])
def test_variants_of_2022_with_other_rules(rule: str) -> None:
    found = record(document(LEAD_2022, rule=rule))
    assert found["title"] == TITLE
    assert (found["byline"], found["authors"]) == ("By Morna Teague", ["Morna Teague"])
    assert (found["date_published"], found["date_precision"]) == ("2023-01-09", "day")
    assert (found["site_name"], found["language"]) == ("Global Research", "en")
    expected = {"section": [], "region": ["Europe"], "theme": ["Law and Justice", "Poverty"], "series": ["THE ISLES"], "tags": []}
    assert found["taxonomy"] == expected
    assert found["body"] == BODY
    assert removed_kinds(found) >= KINDS_2022


def test_variant_of_later_years() -> None:
    found = record(document(LEAD_LATER, date="Global Research, March 11, 2024", rule="***"))
    assert found["body"] == BODY
    assert found["title"] == TITLE
    assert found["taxonomy"]["series"] == ["THE ISLES"]
    assert removed_kinds(found) >= {"translate_note", "newsletter", "share_follow", "first_published", "author_bio"}


def test_variant_with_two_authors() -> None:
    found = record(document(LEAD_2022, by="By [Morna Teague](#) and [Ewan Strand](#)"))
    assert found["authors"] == ["Morna Teague", "Ewan Strand"]
    assert found["byline"] == "By Morna Teague and Ewan Strand"
    assert found["body"] == BODY


def test_variant_without_the_head_lines() -> None:
    data = "\n\n".join([TITLE, *LEAD_2022, FIRST, SECOND, LAST, "*", *TAIL]).encode()
    found = record(data)
    assert found["title"] == TITLE
    assert found["body"] == "\n\n".join([FIRST, SECOND, LAST])
    assert found["date_published"] is None
    assert found["taxonomy"] == {"section": [], "region": [], "theme": [], "series": [], "tags": []}


def test_nothing_is_lost() -> None:
    found = record(document(LEAD_2022))
    removed = " ".join(removal["text"] for removal in found["removed"])
    for line in ("51 languages", "Note to readers", "former pilot", "fair use", "For media inquiries"):
        assert line in removed
