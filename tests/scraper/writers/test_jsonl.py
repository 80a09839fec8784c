"""JSON lines: what every reader must be able to split and parse."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from scraper.records import Failure, FailureKind, Outcome, OutcomeKind
from scraper.writers.jsonl import FailureLines, JsonLines, encode_line
from tests.scraper.fakes import article


class Pieces:
    """A sink that keeps what it is given."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.closed = 0

    def put(self, piece: bytes) -> None:
        self.pieces.append(piece)

    def close(self) -> None:
        self.closed += 1


def test_line_ends_of_unicode_and_controls_are_escaped() -> None:
    text = "a\u2028b\u2029c\u0085d\u009be\x7ff\ng\x1b"
    line = encode_line({"text": text})
    assert len(line.decode().splitlines()) == 1
    assert b"\\u2028" in line
    assert json.loads(line) == {"text": text}


def test_lone_surrogates_become_replacement_characters() -> None:
    assert json.loads(encode_line({"a\udc00": ["x\ud800y", {"z": "\udfff"}], "pair": "\ud83d\ude00"})) == {
        "a\ufffd": ["x\ufffdy", {"z": "\ufffd"}],
        "pair": "😀",
    }


def test_text_stays_readable() -> None:
    assert "Müller, 東京, مرحبا" in encode_line({"text": "Müller, 東京, مرحبا"}).decode()


@given(st.text(st.characters(blacklist_categories=())))
def test_any_text_is_one_line_that_parses(text: str) -> None:
    line = encode_line({"text": text})
    assert len(line.decode("utf-8").splitlines()) == 1
    back = json.loads(line)["text"]
    assert back == text or any(0xD800 <= ord(char) <= 0xDFFF for char in text)


def test_each_writer_keeps_its_own() -> None:
    records, failures = Pieces(), Pieces()
    failure = Failure(url="https://example.org/", kind=FailureKind.DNS, detail="unknown host")
    for writer in (JsonLines(records), FailureLines(failures)):
        writer.write(Outcome(kind=OutcomeKind.WRITTEN, url=None, article=article()))
        writer.write(Outcome(kind=OutcomeKind.FAILED, url=failure.url, failure=failure))
        writer.write(Outcome(kind=OutcomeKind.SKIPPED, url=None, reason="excluded"))
    assert [json.loads(piece)["title"] for piece in records.pieces] == ["Title"]
    assert [json.loads(piece)["kind"] for piece in failures.pieces] == ["dns"]


def test_a_record_with_a_surrogate_is_written() -> None:
    records = Pieces()
    JsonLines(records).write(Outcome(kind=OutcomeKind.WRITTEN, url=None, article=replace(article(), title="x\ud800")))
    assert json.loads(records.pieces[0])["title"] == "x\ufffd"
