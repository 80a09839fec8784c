"""Letters alone: case, spaces and punctuation go, in every script."""

import pytest

from extractors.letters import letters_of

__all__: list[str] = []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Quay, at 9.30!", "thequayat930"),
        ("snake_case – “Straße”", "snakecasestrasse"),
        ("Ο Ήλιος, 東京・大阪", "οήλιοσ東京大阪"),
        (" …!\n", ""),
        ("", ""),
    ],
)
def test_letters_and_digits_are_left(text: str, expected: str) -> None:
    assert letters_of(text) == expected


def test_all_of_ascii_is_told_as_python_tells_it() -> None:
    every = "".join(map(chr, range(128)))
    assert letters_of(every) == letters_of(every + "—") == "".join(filter(str.isalnum, every.casefold()))
