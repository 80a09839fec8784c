"""Which sink an output gets, and which keys would say nothing for it."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from scraper.errors import JobError
from scraper.job.file import build_job
from scraper.job.outputs import Layout, Position, beside
from scraper.records import IfExists
from scraper.run.pipeline import run_job
from scraper.writers.choose import check_write, open_sink
from tests.scraper.fakes import fake_extract, fake_fetch
from tests.scraper.writers.places import line, numbers


def run(base: Path, output: str, **write: Any) -> None:
    source = {"kind": "urls", "urls": ["https://example.org/a", "https://example.org/b"]}
    job = build_job({"job": {"output": output}, "source": [source], "write": write}, base=base)
    assert run_job(job, fetch=fake_fetch, extract=fake_extract).ended_by is None


def test_a_slash_makes_a_folder(tmp_path: Path) -> None:
    run(tmp_path, "out/", compression="gz")
    (part,) = (tmp_path / "out").iterdir()
    assert part.name.startswith("part-000001-")
    assert [json.loads(one)["url"][-1] for one in gzip.decompress(part.read_bytes()).splitlines()] == ["a", "b"]
    assert (tmp_path / "out.failures.jsonl").exists()


def test_a_file_is_packed_by_its_name(tmp_path: Path) -> None:
    run(tmp_path, "out.jsonl.gz")
    assert len(gzip.decompress((tmp_path / "out.jsonl.gz").read_bytes()).splitlines()) == 2
    sink = open_sink(tmp_path / "other.jsonl.zst", IfExists.REFUSE)
    sink.put(line(1))
    sink.close()
    assert numbers(tmp_path / "other.jsonl.zst") == [1]


def test_a_folder_that_is_there_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    run(tmp_path, "out")
    assert len(list((tmp_path / "out").iterdir())) == 1


@pytest.mark.parametrize(
    ("output", "write", "key", "words"),
    [
        ("out.jsonl", {"rotate": "day"}, "rotate", 'output = "out/"'),
        ("out.jsonl", {"part_bytes": 1}, "part_bytes", "only a folder has parts"),
        ("-", {"visible_interval": 0}, "visible_interval", "only a folder has parts"),
        ("out.jsonl", {"compression": "zst"}, "compression", "ends with .zst"),
        ("out.jsonl.gz", {"compression": "zst"}, "compression", "ends with .zst"),
        ("out/", {"revisions": "latest", "format": "md"}, "revisions", "only lines of JSON"),
        ("-", {"revisions": "latest"}, "revisions", "only lines of JSON"),
    ],
)
def test_a_key_without_effect_is_refused(tmp_path: Path, output: str, write: dict[str, Any], key: str, words: str) -> None:
    job = build_job({"job": {"output": output}, "write": write}, base=tmp_path)
    with pytest.raises(JobError, match=words) as caught:
        check_write(job.job.output, job.write)
    assert caught.value.place is not None
    assert caught.value.place.key == f"write.{key}"


def test_the_layout_may_be_said_outright(tmp_path: Path) -> None:
    assert build_job({"job": {"output": "out"}, "write": {"layout": "folder"}}, base=tmp_path).write.layout is Layout.FOLDER
    assert build_job({"job": {"output": "out"}}, base=tmp_path).write.layout is None


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "out"])
def test_what_lies_beside_an_output_is_named_after_it(name: str) -> None:
    assert beside(Path("/data") / name, "failures.jsonl") == Path("/data/out.failures.jsonl")


@pytest.mark.parametrize(
    ("position", "text"),
    [(Position(), "0"), (Position(12), "12"), (Position(12, 3), "12 part 3"), (Position(12, 3, ready=True), "12 part 3 ready")],
)
def test_a_position_is_kept_as_text(position: Position, text: str) -> None:
    assert str(position) == text
    assert Position.read(text) == position


@pytest.mark.parametrize("output", ["out.csv", "out.CSV.gz", "out.parquet", "out.xlsx"])
def test_the_name_of_a_table_is_refused(tmp_path: Path, output: str) -> None:
    job = build_job({"job": {"output": output}}, base=tmp_path)
    with pytest.raises(JobError, match=r"has the name of a table.*`scraper export out\.jsonl` makes a table"):
        check_write(job.job.output, job.write)
