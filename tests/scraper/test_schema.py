"""The JSON Schema: kept in step with the records, with the file in data/, and with every sample."""

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from extractors.article import Block, BlockType, Image, Provenance, Removal
from scraper.job.file import build_job
from scraper.records import Failure, FailureKind
from scraper.run.pipeline import run_job
from scraper.schema import article_schema, failure_schema, schema_text
from tests.scraper.fakes import article

ROOT = Path(__file__).resolve().parents[2]
TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
    "array": (list,),
    "object": (dict,),
}


def faults(value: Any, schema: dict[str, Any], path: str = "$") -> list[str]:
    """Where `value` departs from `schema`; knows the words that the schemas of this project use, and no others."""
    assert not set(schema) - {
        "$schema", "title", "description", "type", "properties", "required", "additionalProperties", "items", "anyOf", "enum",
        "const", "pattern", "minLength", "minimum", "maximum",
    }  # fmt: skip
    if "anyOf" in schema:
        return [] if any(not faults(value, choice, path) for choice in schema["anyOf"]) else [f"{path}: none of the choices"]
    names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if type(value) not in [kind for name in names for kind in TYPES[name]]:
        return [f"{path}: {type(value).__name__} is not {names}"]
    found = []
    if isinstance(value, dict) and "properties" in schema:
        found += [f"{path}: keys {sorted(set(value) ^ set(schema['properties']))}"] if list(value) != schema["required"] else []
        found += [
            fault for key, item in value.items() for fault in faults(item, schema["properties"].get(key, {"type": []}), f"{path}.{key}")
        ]
    if isinstance(value, list):
        found += [fault for index, item in enumerate(value) for fault in faults(item, schema["items"], f"{path}[{index}]")]
    if isinstance(value, str):
        fits = re.search(schema.get("pattern", ""), value) and len(value) >= schema.get("minLength", 0)
        found += [] if fits and value in schema.get("enum", [value]) and value == schema.get("const", value) else [f"{path}: {value!r}"]
    if isinstance(value, (int, float)) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        found.append(f"{path}: {value}")
    return found


def test_the_file_in_data_is_what_the_command_prints() -> None:
    assert (ROOT / "data" / "schema.json").read_text("utf-8") == schema_text(article_schema())


def test_every_key_has_a_meaning() -> None:
    assert [key for key, schema in article_schema()["properties"].items() if not schema.get("description")] == []


def test_a_full_record_is_valid_and_a_changed_one_is_not() -> None:
    made = article()
    record = replace(
        made,
        blocks=(Block(type=BlockType.TABLE, text="x", rows=(("a", "b"),)),),
        image=Image(url="https://example.org/i.jpg"),
        removed=(Removal("newsletter", "en.newsletter", "Sign up"),),
        provenance={**made.provenance, "title": Provenance("jsonld", "raw", 0.9)},
        date_published="2022-02-11T08:30:00+01:00",
    ).to_dict()
    assert faults(record, article_schema()) == []
    wrong = [("title", ""), ("authors", "Ann"), ("word_count", -1), ("date_published", "None"), ("id", None), ("extra", 1)]
    wrong += [(key, "") for key in ("url", "url_canonical", "host", "description", "language", "site_name", "date_modified")]
    wrong += [(key, [""]) for key in ("authors", "agencies", "warnings")]
    for key, value in wrong:
        assert faults({**record, key: value}, article_schema()), key
    assert faults({key: value for key, value in record.items() if key != "language"}, article_schema())


def test_failures_are_valid() -> None:
    failure = Failure(url=None, kind=FailureKind.DNS, detail="unknown host").to_dict()
    assert faults(failure, failure_schema()) == []
    assert faults({**failure, "kind": "other"}, failure_schema())


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    source = {"kind": "files", "manifest": str(ROOT / "data" / "samples" / "manifest.jsonl")}
    extract = {"blocks": True}
    run_job(build_job({"job": {"output": "out.jsonl"}, "source": [source], "extract": extract}, base=folder))
    return folder


def test_every_sample_record_is_valid(samples: Path) -> None:
    records = [json.loads(line) for line in (samples / "out.jsonl").read_text("utf-8").splitlines()]
    assert len(records) >= 12
    assert [fault for record in records for fault in faults(record, article_schema(), record["url"] or record["id"])] == []


def test_every_sample_failure_is_valid(samples: Path) -> None:
    failures = [json.loads(line) for line in (samples / "out.failures.jsonl").read_text("utf-8").splitlines()]
    assert failures
    assert [fault for failure in failures for fault in faults(failure, failure_schema())] == []


@pytest.mark.parametrize("moment", [datetime.min, datetime.max])
def test_a_failure_at_the_end_of_the_calendar_is_valid(moment: datetime) -> None:
    for zone in (timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))):
        failure = Failure(url=None, kind=FailureKind.DNS, detail="", fetched_at=moment.replace(tzinfo=zone)).to_dict()
        assert faults(failure, failure_schema()) == []
