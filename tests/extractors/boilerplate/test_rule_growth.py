"""No rule takes time by a power of a block's length: its repetitions read each text in one way, and what it matches is short."""

import time

import pytest

from extractors import Options, extract
from extractors.boilerplate.folding import HEAD, first_end, last_start, starts
from extractors.boilerplate.load import PACKAGED, parsed
from tests.ambiguity import ambiguous

PATTERNS = [
    (rule.id, pattern)
    for path in sorted(PACKAGED.glob("*.toml"))
    for rule in parsed(path, path.read_bytes())
    for pattern in (*(phrase.text for phrase in rule.openings), *filter(None, [rule.inside]))
]
PROSE = "<p>The ferry left the pier at nine, as it had done on every working day since the bridge was closed for repairs.</p>" * 3


@pytest.mark.parametrize(
    "pattern", ["(a+)+b", "(?:a b|a)(?:[ ,]+(?:a b|a|b))*c", r"(?: ?/ ?\w{0,12})*", r"(?: ?\d+| x)*", "(?:(?:a|b|ab){2})+"]
)
def test_what_is_ambiguous(pattern: str) -> None:
    assert ambiguous(pattern)


@pytest.mark.parametrize(
    "pattern", ["(?:a|ab)+c", "[ab]+[bc]+", r"(?: ?/(?: ?\w{1,12})?)*", r"(?: ?\d++| x)*", "(?:and |or )*(?:a|b)", "a*a*a*"]
)
def test_what_is_not(pattern: str) -> None:
    assert ambiguous(pattern) is None


def test_no_rule_is_ambiguous() -> None:
    assert {(name, text) for name, pattern in PATTERNS if (text := ambiguous(pattern))} == set()


@pytest.mark.parametrize(
    "line",
    [
        "google+ " * 24 + "zebra",
        "home " + "/ ab " * 20 + ";q",
        "For more ferries and " * 16 + "zebra on facebook",
        "Responses " + "1" * 30 + ";q",
    ],
)
def test_lines_that_nearly_fit(line: str) -> None:
    data = f"<html lang='en'><head><title>The ferry</title></head><body><article>{PROSE}<p>{line}</p></article></body></html>"
    extract(data.replace(line, "zebra"), options=Options(profiles=()))  # the rules are read before the clock runs
    start = time.process_time()
    article = extract(data, options=Options(profiles=()))
    assert time.process_time() - start < 1  # they took from one second to years
    assert line.rsplit(maxsplit=1)[-1] in article.body


def test_rows_of_full_stops() -> None:
    row = "\u3002" + "." * (HEAD - 1)
    start = time.process_time()
    for _ in range(250):
        assert (starts(row + " a"), first_end(row), last_start(row)) == ([1, HEAD + 1], 1, 1)
    assert time.process_time() - start < 0.3  # by their square they took a second
