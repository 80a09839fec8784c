"""Rules files: what is wrong with one is told with its file, line and reason; a user's folder adds to the packaged rules."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.article import Block, BlockType
from extractors.boilerplate import load, strip
from extractors.boilerplate.beginnings import beginning, beginnings, needs
from extractors.boilerplate.folding import HEAD, fold, trimmed
from extractors.boilerplate.load import PACKAGED, PACKED, parsed
from extractors.boilerplate.packing import unpacked
from extractors.errors import InvalidRules
from extractors.piece import Piece
from tests.packed_rules import wanted

GOOD = '[[rule]]\nid = "fees"\nkind = "related"\nstarts = ["harbour fees:"]\ncatches = ["Harbour fees: a list"]\nspares = ["Fees"]\n'


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (GOOD.replace("related", "relatd"), "line 3", "kind must be one of"),
        (GOOD.replace('"fees"', '"Fees!"'), "line 2", "lower-case words"),
        (GOOD.replace("harbour fees:", "harbour (fees:"), "line 4", "no regular expression"),
        (GOOD.replace("harbour fees:", "harbour (fees):"), "line 4", "use (?:...)"),
        (GOOD.replace("harbour fees:", "Harbour fees:"), "line 4", "lower case"),
        (GOOD.replace("harbour fees:", "x?"), "line 4", "matches nothing"),
        (GOOD + 'plase = "lead"\n', "line 7", "unknown key plase"),
        (GOOD + 'place = "middle"\n', "line 7", "place must be one of"),
        (GOOD + "most = 0\n", "line 7", "positive number"),
        (GOOD + "link = 2\n", "line 7", "share from 0 to 1"),
        (GOOD + 'has = ["x"]\n', "line 1", "cues"),
        (GOOD.replace('starts = ["harbour fees:"]\n', ""), "line 2", "needs starts"),
        (GOOD + GOOD, "line 8", "is there twice"),
        ("[[rule]\n", "line 1", ""),
        ("", "line 1", "no [[rule]]"),
        ('\nrule = [{id = "fees"}]\n', "line 2", "kind must be one of"),
        (GOOD.replace("[[rule]]", "[rule]"), "line 1", "each under [[rule]]"),
        ("rule = [3]\n", "line 1", "each under [[rule]]"),
        (f"words = 3\n{GOOD}", "line 1", "words must be a table"),
        (GOOD.replace("harbour fees:", "x{99999999999}"), "line 4", "no regular expression"),
    ],
)
def test_faults_name_file_line_and_reason(tmp_path: Path, text: str, line: str, reason: str) -> None:
    path = tmp_path / "en.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidRules) as caught:
        load((tmp_path,))
    message = str(caught.value)
    assert str(path) in message
    assert line in message
    assert reason in message


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "en.toml").mkdir()
    with pytest.raises(InvalidRules, match=r"en\.toml: it cannot be read"):
        load((tmp_path,))


def test_a_folder_adds_rules(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text(GOOD, encoding="utf-8")
    pieces = [Piece(block=Block(type=BlockType.PARAGRAPH, text="Harbour fees: the list"))]
    assert strip(pieces, language="en-GB", rules=load((tmp_path,)))[0].rule == "en.fees"
    assert strip(pieces, language="en-GB", rules=load())[0].kept


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(InvalidRules, match="no such folder"):
        load((tmp_path / "none",))


def test_languages_share_files() -> None:
    rules = load()
    assert rules.book("nb") is rules.book("no")
    assert rules.book("pt-BR") is rules.book("pt_PT")


@pytest.mark.parametrize(
    ("pattern", "starts"),
    [
        ("abc", "abc"),
        ("abcdef", "abcde"),
        ("(?:a|b)c", "ac bc"),
        ("a?b", "ab b"),
        ("[xy]z{2,}", "xzz xzzz xzzzz yzz yzzz yzzzz"),
        ("a{2,}b", "aaaaa aaaab aaab aab"),
        (r"(?!q)ab", "ab"),
        (r"ab\w", "ab"),
        (r"x\d?\W*$", "x x0"),
        ("(?:ab)?the", "abthe the"),
        ("(?:a|bc)(?:d|ef)", "ad aef bcd bcef"),
        (r"\d+", "00000 0000 000 00 0"),
        ("[34]x", "0x"),
        (r"\w+", ""),
        (".", ""),
        ("a|[^b]", ""),
        ("a?.b", ""),
        ("(?i:a)b", ""),
    ],
)
def test_beginnings(pattern: str, starts: str) -> None:
    found = beginnings(pattern)
    assert {start.strip() for start in found} == set(starts.split()) or (found == {""} and not starts)


@pytest.mark.parametrize("path", sorted(PACKAGED.glob("*.toml")), ids=lambda path: path.stem)
def test_every_example_meets_the_openings_that_match_it(path: Path) -> None:
    for rule in parsed(path, path.read_bytes()):
        for example in rule.catches:
            head = trimmed(fold(example[:HEAD]))
            matching = [phrase for phrase in rule.openings if re.match(phrase.text, head)]
            assert all(any(beginning(head).startswith(start) for start in phrase.starts) for phrase in matching)
            assert all(not needs(phrase.text) or any(word in head for word in needs(phrase.text)) for phrase in matching)
            assert all(phrase.least <= len(head) for phrase in matching)


def test_the_packed_rules_are_those_of_the_files() -> None:
    there = {path.name: path.read_bytes() for path in PACKED.iterdir()}
    assert there == wanted(), "a rules file was changed: run python -m tests.packed_rules"


def test_a_changed_file_is_read_and_not_its_packed_form() -> None:
    path = PACKAGED / "fi.toml"
    source = path.read_bytes()
    data = (PACKED / "fi.json").read_bytes()
    read = unpacked(data, source)
    assert read == tuple(replace(rule, catches=(), spares=()) for rule in parsed(path, source))
    assert unpacked(data, source + b"\n") is None


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "en.toml"
    path.write_bytes(GOOD.encode() + b"# caf\xe9\n")
    with pytest.raises(InvalidRules, match=r"en\.toml: line 7: not in UTF-8"):
        load((tmp_path,))


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\w+ contains? it", ["contain"]),
        (r"\w+ (?:is|was) \w", ["is", "was"]),
        (r"\w+(?:,? #\w+){2,}", ["#"]),
        (r"\w+(?: ?(?:>{1,2}|›) ?\w)+", [">", "›"]),
        (r"\w+(?:abc)?", []),
        (r"\w+(?:abc|\w)", []),
    ],
)
def test_needs(pattern: str, words: list[str]) -> None:
    assert [word.strip() for word in needs(pattern)] == words
