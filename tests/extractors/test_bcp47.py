"""Language tags as pages write them."""

import pytest

from extractors.bcp47 import primary_subtag

__all__: list[str] = []


@pytest.mark.parametrize(
    ("tag", "language"),
    [("en", "en"), ("en-US", "en"), ("EN_us", "en"), (" zh-Hant-TW", "zh"), ("", ""), (None, "")],
)
def test_the_language_of_a_tag(tag: str | None, language: str) -> None:
    assert primary_subtag(tag) == language
