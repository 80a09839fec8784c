"""Printed labels: which taxonomy list each decides, and what is no label."""

import tomllib
from pathlib import Path

import pytest

import extractors.labels
from extractors.labels import label_list, split_values

__all__: list[str] = []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Region: Europe & the Islands", ("region", "Europe & the Islands")),
        ("Theme: Water, Law", ("theme", "Water, Law")),
        ("In-depth Report: LAND GRAB", ("series", "LAND GRAB")),
        ("Filed under Gardens", ("section", "Gardens")),
        ("Filed under: Gardens", ("section", "Gardens")),
        ("Rubrik: Stadtleben", ("section", "Stadtleben")),
        ("Verschlagwortet mit Hefe, Mehl", ("tags", "Hefe, Mehl")),
        ("Thème\u00a0: Agriculture", ("theme", "Agriculture")),
        ("ETIQUETAS: pan, horno", ("tags", "pan, horno")),
        ("Теги: паром, остров", ("tags", "паром, остров")),
        ("الوسوم: النخيل، المياه", ("tags", "النخيل، المياه")),
        ("地域：北海道", ("region", "北海道")),
        ("标签：图书馆、江边", ("tags", "图书馆、江边")),
        ("Region:", ("region", "")),
    ],
)
def test_label_decides_the_list(text: str, expected: tuple[str, str]) -> None:
    assert label_list(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Region",
        "Theme parks are closing one after another",
        "The mayor said: Region by region we will rebuild",
        "Regional: not a label of the table",
        "Tagsüber: offen",
    ],
)
def test_other_text_is_no_label(text: str) -> None:
    assert label_list(text) is None


def test_values_are_split_at_commas_of_several_scripts_and_kept_once() -> None:
    assert split_values("Law, Water; Law | Land") == ("Law", "Water", "Land")
    assert split_values("النخيل، المياه") == ("النخيل", "المياه")
    assert split_values("图书馆、江边") == ("图书馆", "江边")
    assert split_values(" , ") == ()
    assert split_values("Middle East & North Africa") == ("Middle East & North Africa",)


def test_the_table_covers_twenty_languages_in_each_list() -> None:
    table = tomllib.loads((Path(extractors.labels.__file__).parent / "labels.toml").read_text("utf-8"))
    assert all(len(languages) >= 20 for languages in table["colon"].values())
    assert set(table["colon"]) == {"section", "region", "theme", "series", "tags"}
