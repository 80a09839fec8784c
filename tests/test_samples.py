"""Golden test: every sample page in data/samples gives the record, or the failure, that its folder says."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

__all__: list[str] = []

SAMPLES = Path(__file__).resolve().parent.parent / "data" / "samples"

# Keys of record.json that are no keys of the record: what they say of it is tested below.
EXTRA_KEYS = {"removed_kinds", "body_contains", "body_lacks"}


@dataclass(frozen=True, slots=True)
class Sample:
    """One line of the manifest."""

    name: str
    data: bytes
    url: str | None
    content_type: str
    fetched_at: datetime


def _samples() -> list[Sample]:
    samples = []
    for line in (SAMPLES / "manifest.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        path = SAMPLES / entry["file"]
        fetched_at = datetime.fromisoformat(entry["fetched_at"])
        samples.append(Sample(path.parent.name, path.read_bytes(), entry["url"], entry["content_type"], fetched_at))
    return samples


def _extract(sample: Sample) -> dict[str, Any]:
    from extractors import Context, extract  # noqa: PLC0415 # a broken import fails the tests of pages, not the reading of this file

    context = Context(fetched_at=sample.fetched_at)
    return extract(sample.data, url=sample.url, content_type=sample.content_type, context=context).to_dict()


def _golden(sample: Sample, name: str) -> dict[str, Any] | None:
    path = SAMPLES / sample.name / name
    return json.loads(path.read_text("utf-8")) if path.exists() else None


ALL = _samples()
ARTICLES = [pytest.param(sample, id=sample.name) for sample in ALL if _golden(sample, "record.json") is not None]
FAILURES = [pytest.param(sample, id=sample.name) for sample in ALL if _golden(sample, "failure.json") is not None]


@pytest.mark.parametrize("sample", ARTICLES)
def test_record(sample: Sample) -> None:
    golden = _golden(sample, "record.json")
    assert golden is not None
    record = _extract(sample)
    expected = {key: value for key, value in golden.items() if key not in EXTRA_KEYS}
    assert {key: record[key] for key in expected} == expected


@pytest.mark.parametrize("sample", ARTICLES)
def test_removed_and_passages(sample: Sample) -> None:
    golden = _golden(sample, "record.json")
    assert golden is not None
    record = _extract(sample)
    missing = set(golden.get("removed_kinds", [])) - {removal["kind"] for removal in record["removed"]}
    assert not missing, f"kinds that were not removed: {sorted(missing)}; removed: {record['removed']}"
    assert [text for text in golden.get("body_contains", []) if text not in record["body"]] == []
    assert [text for text in golden.get("body_lacks", []) if text in record["body"]] == []


@pytest.mark.parametrize("sample", FAILURES)
def test_failure(sample: Sample) -> None:
    from extractors.errors import ExtractionError  # noqa: PLC0415 # as above

    golden = _golden(sample, "failure.json")
    assert golden is not None
    with pytest.raises(ExtractionError) as caught:
        _extract(sample)
    assert caught.value.kind == golden["kind"]


def test_every_folder_is_in_the_manifest_and_complete() -> None:
    folders = {path.name for path in SAMPLES.iterdir() if path.is_dir()}
    assert folders == {sample.name for sample in ALL}
    for sample in ALL:
        goldens = [name for name in ("record.json", "failure.json") if (SAMPLES / sample.name / name).exists()]
        assert len(goldens) == 1, f"{sample.name} has {goldens}"


def test_samples_cover_the_languages() -> None:
    languages = {(_golden(sample, "record.json") or {}).get("language") for sample in ALL} - {None}
    assert len(languages) >= 7
    assert "ar" in languages, "one language is written from right to left"
    assert languages & {"ja", "zh"}, "one language has no spaces between words"
