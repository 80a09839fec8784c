"""JSON as pages have it."""

import pytest

from extractors.structured.loosejson import MOST_DEPTH, MOST_VALUES, load


@pytest.mark.parametrize(
    ("script", "value"),
    [
        ('{"a": 1}', {"a": 1}),
        ('{"a": 1,}', {"a": 1}),
        ('{"a": ["x", "y",],}', {"a": ["x", "y"]}),
        ('<!-- {"a": "b"} -->', {"a": "b"}),
        ('//<![CDATA[\n{"a": "b"}\n//]]>', {"a": "b"}),
        ('{"a": "b\nc\td"}', {"a": "b\nc\td"}),
        ('{/* note */ "a": 1 // more\n}', {"a": 1}),
        ("{&quot;a&quot;: &quot;b&quot;}", {"a": "b"}),
        ('{"a": "He said "no" today", "b": 2}', {"a": 'He said "no" today', "b": 2}),
        ('{"a": "it\\\'s", "b": 3}', {"a": "it's", "b": 3}),
        ('{"a": "b" "c": "d"}', {"a": "b", "c": "d"}),
        ('{"a": NaN}', {"a": None}),
        ('{"a": [1, {"b": 3}}', {"a": [1, {"b": 3}]}),
        ('{"a": "x", "b": "cut off', {"a": "x", "b": "cut off"}),
        ('{"a": "\\ud83d\\ude00 \\ud83d", }', {"a": "\U0001f600 \ufffd"}),
        ('{"a": 1};', {"a": 1}),
        ('{"a": --5, "b": -5,}', {"a": "--5", "b": -5}),
        ('{"a": 5\u00b2, "b": 1,}', {"a": "5\u00b2", "b": 1}),
    ],
)
def test_one_value(script: str, value: object) -> None:
    assert load(script) == [value]


def test_several_in_a_row() -> None:
    assert load('{"a": 1}{"b": 2}\n,{"c": 3}') == [{"a": 1}, {"b": 2}, {"c": 3}]


def test_thousands_in_a_row_are_read_up_to_a_bound() -> None:
    assert load("[1] " * 5000) == [[1]] * MOST_VALUES


@pytest.mark.parametrize("script", ["", "garbage", "function() {", "\x00"])
def test_nothing(script: str) -> None:
    assert not any(value for value in load(script))


def test_long_integer_stays_a_string() -> None:
    assert load('{"a": ' + "9" * 5000 + "}") == [{"a": "9" * 5000}]


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":['])
def test_depth_is_bounded(opening: str) -> None:
    value = load(opening * 50_000)
    depth = 0
    while value:
        value = next(iter(value.values())) if isinstance(value, dict) else value[0]
        depth += 1
    assert depth <= MOST_DEPTH + 3


@pytest.mark.timeout(10)
def test_quotation_marks_without_end() -> None:
    assert len(load('{"a":' + '"' * 300_000)) <= 200
