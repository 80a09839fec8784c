"""`scraper prune`: what recurs on a host, what only seems to, and that nothing of it is lost."""

import gzip
import io
import json
import random
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from extractors.article import Block, BlockType
from extractors.identity import content_hash, fingerprint, word_count
from extractors.render import plain
from scraper.schema import article_schema
from tests.scraper.dataset.conftest import Scraper
from tests.scraper.dataset.datasets import FOOTER, PROMPT, host, prose, read, record, write
from tests.scraper.test_schema import faults

Record = dict[str, Any]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def report(scraper: Scraper, capsys: pytest.CaptureFixture[str], *arguments: str) -> list[Record]:
    capsys.readouterr()
    assert scraper("prune", *arguments, "--json") == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def pruned(scraper: Scraper, folder: Path, records: list[Record], *arguments: str) -> list[Record]:
    write(folder / "in.jsonl", records)
    assert scraper("prune", "in.jsonl", "-o", "new.jsonl", *arguments) == 0
    return read(folder / "new.jsonl")


def restored(one: Record) -> str:
    """The body before pruning, by the recipe of scraper/dataset/prune.py."""
    at = [int(number) for number in one["warnings"][-1].removeprefix("pruned_at:").split(",")]
    texts = [removal["text"] for removal in one["removed"] if removal["rule"] == "host:recurring"][-len(at) :]
    parts = one["body"].split("\n\n")
    for number, text in zip(at, texts, strict=True):
        parts[number:number] = text.split("\n\n")
    return "\n\n".join(parts)


def test_what_recurs_is_reported_with_its_counts(scraper: Scraper, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder / "in.jsonl", [*host("one.example", 40), *host("two.example", 10)])
    found = report(scraper, capsys, "in.jsonl")
    assert [(one["host"], one["text"], one["articles"], one["share"]) for one in found] == [
        ("one.example", f"{FOOTER} (one.example)", 40, 1.0),
        ("one.example", PROMPT, 20, 0.5),
        ("two.example", f"{FOOTER} (two.example)", 10, 1.0),
        ("two.example", PROMPT, 5, 0.5),
    ]
    assert [(one["lead"], one["middle"], one["tail"], one["sites"]) for one in found[:2]] == [(0, 0, 40, 1), (0, 20, 0, 2)]
    assert [path.name for path in folder.iterdir()] == ["in.jsonl"], "a report writes nothing"


def test_what_recurs_is_cut_and_kept_whole(scraper: Scraper, folder: Path) -> None:
    before = list(host("one.example", 40))
    after = pruned(scraper, folder, before)
    for old, new in zip(before, after, strict=True):
        assert FOOTER not in new["body"]
        assert PROMPT not in new["body"]
        cut = [text for text in old["body"].split("\n\n") if text not in new["body"].split("\n\n")]
        assert new["removed"] == [{"kind": "unclassified", "rule": "host:recurring", "text": text} for text in cut]
        assert restored(new) == old["body"]
        assert new["word_count"] == word_count(new["body"]) < old["word_count"]
        assert new["content_hash"] == content_hash(old["title"], new["body"])
        assert new["fingerprint"] == fingerprint(new["body"])
        assert faults(new, article_schema()) == []
        same = old.keys() - {"body", "removed", "word_count", "content_hash", "fingerprint", "warnings"}
        assert {key: old[key] for key in same} == {key: new[key] for key in same}


def test_pruning_twice_is_restored_twice(scraper: Scraper, folder: Path) -> None:
    before = list(host("one.example", 20))
    once = pruned(scraper, folder, before, "--min-share", "0.9")
    assert all(PROMPT in one["body"] for one in once[1::2])
    write(folder / "again.jsonl", once)
    assert scraper("prune", "again.jsonl", "-o", "twice.jsonl") == 0
    twice = read(folder / "twice.jsonl")[1]
    assert PROMPT not in twice["body"]
    assert len(twice["removed"]) == 2
    assert restored(twice) == once[1]["body"]


def test_thresholds(scraper: Scraper, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rare = [
        record(f"https://one.example/r{number}", prose(f"r{number}"), "Background that four articles share, word for word.")
        for number in range(4)
    ]
    five = [
        record(f"https://one.example/f{number}", prose(f"f{number}"), "Background that five articles share, word for word.")
        for number in range(5)
    ]
    rest = [record(f"https://one.example/s{number}", prose(f"s{number}")) for number in range(91)]
    write(folder / "in.jsonl", [*rare, *five, *rest])
    assert [one["articles"] for one in report(scraper, capsys, "in.jsonl")] == [5], "five of a hundred are 5 %"
    assert report(scraper, capsys, "in.jsonl", "--min-share", "0.06") == []
    assert [one["articles"] for one in report(scraper, capsys, "in.jsonl", "--min-count", "4", "--min-share", "0.04")] == [5, 4]


def test_wire_copy_stays(scraper: Scraper, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wire = "The ferry company, founded in 1921, carries two million passengers a year between the islands."
    records = [
        record(f"https://{name}.example/{number}", prose(f"{name}{number}"), *([wire] if number < 6 else []), prose(f"{name}/{number}"))
        for name in ("a", "b", "c", "d")
        for number in range(20)
    ]
    after = pruned(scraper, folder, records)
    assert after == records
    assert {(one["verdict"], one["cut"], one["sites"]) for one in report(scraper, capsys, "in.jsonl")} == {("wire", 0, 4)}
    assert {one["verdict"] for one in report(scraper, capsys, "in.jsonl", "--wire-sites", "5")} == {"recurring"}


def test_a_prompt_of_many_sites_goes(scraper: Scraper, folder: Path) -> None:
    records = [one for name in "abcdef" for one in host(f"{name}.example", 10)]
    assert not any(PROMPT in one["body"] for one in pruned(scraper, folder, records))


def test_revisions_and_copies_are_one_article(scraper: Scraper, folder: Path) -> None:
    own = [prose(f"own{part}") for part in range(4)]
    revisions = [record("https://one.example/live", *own, prose(f"update{number}")) for number in range(8)]
    copies = [record(f"https://one.example/copy{number}", *own, title="One story") for number in range(8)]
    variants = [record(f"https://one.example/amp{number}", *own, prose(f"amp{number}"), title="Another story") for number in range(8)]
    records = [*revisions, *copies, *variants, *(record(f"https://one.example/{number}", prose(number)) for number in range(8))]
    write(folder / "in.jsonl", records)
    assert pruned(scraper, folder, records) == records


def test_subheadings_stay_and_closing_lines_go(scraper: Scraper, folder: Path) -> None:
    records = [
        record(f"https://one.example/{n}", "Pros", prose(f"p{n}"), "Cons", prose(f"c{n}"), "Share this story", "* * *") for n in range(10)
    ]
    after = pruned(scraper, folder, records)
    assert [one["body"].split("\n\n")[::2] for one in after] == [["Pros", "Cons", "* * *"]] * 10
    assert all(restored(new) == old["body"] for old, new in zip(records, after, strict=True))
    anywhere = pruned(scraper, folder, records, "--labels", "anywhere", "--overwrite")
    assert [len(one["removed"]) for one in anywhere] == [3] * 10


def test_an_article_with_nothing_else_stays_whole(scraper: Scraper, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wall = [record(f"https://one.example/w{number}", f"{FOOTER} (one.example)", PROMPT, title=f"Story {number}") for number in range(3)]
    after = pruned(scraper, folder, [*host("one.example", 20), *wall])
    assert [{**one, "warnings": []} for one in after[-3:]] == wall
    assert [one["warnings"] for one in after[-3:]] == [["recurring_only"]] * 3
    assert "23 lines = 0 unchanged + 20 pruned + 3 with nothing else + 0 broken" in capsys.readouterr().err


def test_records_without_host_stay(scraper: Scraper, folder: Path) -> None:
    records = [{**one, "host": None} for one in host("one.example", 10)]
    assert pruned(scraper, folder, records) == records


def test_blocks_go_with_their_paragraphs(scraper: Scraper, folder: Path) -> None:
    def blocks(number: int) -> list[Block]:
        return [
            Block(type=BlockType.HEADING, text=prose(f"h{number}", 8), level=2),
            Block(type=BlockType.PARAGRAPH, text=prose(f"b{number}")),
            Block(type=BlockType.CODE, text=f"{PROMPT}\n\n{FOOTER}"),
            Block(type=BlockType.LIST_ITEM, text=prose(f"i{number}"), ordered=False, depth=1),
            Block(type=BlockType.PARAGRAPH, text=FOOTER),
            Block(type=BlockType.LIST_ITEM, text=prose(f"j{number}"), ordered=False, depth=1),
            Block(type=BlockType.PARAGRAPH, text=PROMPT),
        ]

    made = [(plain(blocks(number)), [asdict(block) for block in blocks(number)]) for number in range(10)]
    records = [record(f"https://one.example/{number}", body, blocks=listed) for number, (body, listed) in enumerate(made)]
    for number, (old, new) in enumerate(zip(records, pruned(scraper, folder, records), strict=True)):
        left = [block for index, block in enumerate(blocks(number)) if index not in {2, 6}]
        assert new["blocks"] == [asdict(block) for block in left], "what holds two lists apart stays"
        assert new["body"] == plain(left)
        assert new["content_hash"] == content_hash(new["title"], plain(left))
        assert restored(new) == old["body"]


def test_the_order_of_lines_means_nothing(scraper: Scraper, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    records = [*host("one.example", 30), *host("two.example", 12), *host("three.example", 4)]
    records[3]["body"] = records[3]["body"].replace("Our reporters", "OUR REPORTERS")
    write(folder / "in.jsonl", records)
    random.Random(5).shuffle(records)
    write(folder / "shuffled.jsonl", records)
    assert report(scraper, capsys, "in.jsonl") == report(scraper, capsys, "shuffled.jsonl") != []
    for name in ("in", "shuffled"):
        assert scraper("prune", f"{name}.jsonl", "-o", f"{name}.new.jsonl") == 0
    lines = [sorted((folder / f"{name}.new.jsonl").read_bytes().splitlines()) for name in ("in", "shuffled")]
    assert lines[0] == lines[1]
    assert len(lines[0]) == 46


BROKEN = ["{", "[1]", "", '{"id": "x"}', '{"id": "\\ud800"', "[" * 100_000]


def test_broken_lines_are_named_and_counted(scraper: Scraper, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = list(host("one.example", 10))
    odd = {**good[0], "blocks": [{"type": "paragraph", "text": "Of another body"}]}
    write(folder / "in.jsonl", [*good[:5], *BROKEN, odd, *good[5:]])
    assert scraper("prune", "in.jsonl", "-o", "new.jsonl") == 1
    said = capsys.readouterr().err
    for number in range(6, 13):
        assert f"in.jsonl, line {number}: " in said
    assert said.count("in.jsonl, line ") == 7
    assert "line 12: the blocks are not those of the body" in said
    assert "17 lines = 0 unchanged + 10 pruned + 0 with nothing else + 7 broken" in said
    assert len(read(folder / "new.jsonl")) == 10


def test_the_output_follows_the_rules_of_other_commands(scraper: Scraper, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write(folder / "in.jsonl", host("one.example", 10))
    before = source.read_bytes()
    assert scraper("prune", "in.jsonl", "-o", "deep/new.jsonl") == 0
    once = (folder / "deep" / "new.jsonl").read_bytes()
    assert scraper("prune", "in.jsonl", "-o", "deep/new.jsonl") == 2
    assert "--append" in capsys.readouterr().err
    assert scraper("prune", "in.jsonl", "-o", "deep/new.jsonl", "--append") == 0
    assert (folder / "deep" / "new.jsonl").read_bytes() == once * 2
    assert scraper("prune", "in.jsonl", "-o", "deep/new.jsonl", "--overwrite") == 0
    assert (folder / "deep" / "new.jsonl").read_bytes() == once
    (folder / "link.jsonl").symlink_to(source)
    for name in ("in.jsonl", "link.jsonl"):
        for how in ("--overwrite", "--append"):
            assert scraper("prune", "in.jsonl", "-o", name, how) == 2
            assert "the output is the dataset itself" in capsys.readouterr().err
    assert scraper("prune", "in.jsonl", "--append") == 2
    assert scraper("prune", "in.jsonl", "-o", "-", "--json") == 2
    assert source.read_bytes() == before


class _Pipe(io.TextIOWrapper):
    """Standard input that cannot be read twice."""

    def __init__(self, data: bytes) -> None:
        raw = io.BytesIO(data)
        raw.seekable = lambda: False  # type: ignore[method-assign]
        super().__init__(io.BufferedReader(raw))  # type: ignore[arg-type, unused-ignore]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_gzip_and_standard_input(
    scraper: Scraper, folder: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], pack: Any
) -> None:
    plain_file = write(folder / "in.jsonl", host("one.example", 10))
    packed = pack(plain_file.read_bytes())
    (folder / "packed").write_bytes(packed)
    assert scraper("prune", "in.jsonl", "-o", "expected.jsonl") == 0
    assert scraper("prune", "packed", "-o", "new.jsonl") == 0
    monkeypatch.setattr(sys, "stdin", _Pipe(packed))
    capsysbinary.readouterr()
    assert scraper("prune", "-", "-o", "-") == 0
    shown = capsysbinary.readouterr()
    assert shown.out == (folder / "new.jsonl").read_bytes() == (folder / "expected.jsonl").read_bytes()
    assert b"one.example" in shown.err, "the report gives way to the records"


def test_a_torn_gzip_file_is_a_broken_line(scraper: Scraper, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = gzip.compress(write(folder / "in.jsonl", host("one.example", 50)).read_bytes())
    (folder / "torn.jsonl.gz").write_bytes(whole[: len(whole) * 3 // 4])
    assert scraper("prune", "torn.jsonl.gz", "-o", "new.jsonl") == 1
    assert "the packed stream is broken here" in capsys.readouterr().err
    assert len(read(folder / "new.jsonl")) > 20
