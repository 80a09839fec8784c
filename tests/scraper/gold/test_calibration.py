"""Claims of records against gold rows, by tenths of confidence."""

from scraper.gold.calibration import Bin, Claim, bins, claims, lines

RECORD = {
    "title": "Ferries return",
    "authors": ["Jo Field"],
    "date_published": "2024-03-03",
    "taxonomy": {"section": ["Travel"], "region": [], "theme": [], "series": [], "tags": ["Boats", "Kiel"]},
    "provenance": {
        "title": {"confidence": 0.9},
        "authors": {"confidence": 0.8},
        "date_published": None,
        "section": {"confidence": 0.6},
        "tags": {"confidence": 0.7},
        "region": None,
        "theme": None,
        "series": None,
    },
}


def test_claims_are_what_the_gold_row_knows() -> None:
    gold = {"title": "Ferries return", "authors": ["Ann Lee"], "topics": ["Boats", "Travel"]}
    assert list(claims(gold, RECORD, {"title": 1.0, "authors": 0.0, "date": 0.0})) == [
        Claim("title", 0.9, 1.0),
        Claim("authors", 0.8, 0.0),
        Claim("section", 0.6, 1.0),
        Claim("tags", 0.7, 0.5),
    ]
    assert list(claims({}, RECORD, {})) == []


def test_tenths() -> None:
    found = bins([Claim("title", 0.91, 1.0), Claim("title", 1.0, 0.0), Claim("title", 0.25, 0.0)])
    assert found == {"title": [Bin(0.25, 0.0, 1), Bin(0.955, 0.5, 2)]}


def test_a_small_tenth_does_not_tell_how_far_off_a_field_is() -> None:
    tenths = {"title": [Bin(0.25, 1.0, 3), Bin(0.95, 0.9, 40)], "date": [Bin(0.5, 0.1, 2)]}
    first, second = lines(tenths)
    assert first.split()[:2] == ["title", "0.050"]
    assert second.split()[:2] == ["date", "-"]
