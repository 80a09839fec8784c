"""Job files: what is read, and that each complaint names file, line, key and remedy."""

import re
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import get_args

import pytest
from msgspec.structs import fields

from extractors.article import BodyEngine
from scraper.__main__ import run_command
from scraper.errors import JobError
from scraper.job.file import JobText, Raw, apply_setting, build_job, parse_setting, read_job_file
from scraper.job.keys import STDIO, FilesSource, Job, SourceSection, UrlsSource
from scraper.records import Format, IfExists
from tests.scraper.commands.jobs import SMALLEST

ROOT = Path(__file__).resolve().parents[3]


def read(tmp_path: Path, text: str) -> Job:
    path = tmp_path / "job.toml"
    path.write_text(text)
    raw, content = read_job_file(path)
    return build_job(raw, base=tmp_path, where=JobText("job.toml", content, {}))


def complaint(tmp_path: Path, text: str) -> str:
    with pytest.raises(JobError) as caught:
        read(tmp_path, text)
    return str(caught.value)


def test_the_smallest_job(tmp_path: Path) -> None:
    job = read(tmp_path, SMALLEST)
    assert job.job.output == tmp_path / "out.jsonl"
    assert job.source == (UrlsSource(path=tmp_path / "urls.txt"),)
    assert (job.fetch.delay, job.fetch.allow_networks) == (0, ("127.0.0.0/24",))


def test_every_section(tmp_path: Path) -> None:
    job = read(
        tmp_path,
        """
[job]
name = "daily"
output = "-"
fail_under = 0.95
[[source]]
kind = "files"
path = "../pages"
fetched_at = 2022-02-11T08:30:00Z
[extract]
body_engine = "trafilatura"
rules = ["mine"]
[filter]
since = 2022-01-01
[write]
format = "md"
if_exists = "append"
""",
    )
    assert job.job.output == STDIO
    assert job.source == (FilesSource(path=tmp_path.parent / "pages", fetched_at=datetime(2022, 2, 11, 8, 30, tzinfo=UTC)),)
    assert (job.extract.body_engine, job.extract.rules) == (BodyEngine.TRAFILATURA, (tmp_path / "mine",))
    assert job.filter.since == date(2022, 1, 1)
    assert (job.write.format, job.write.if_exists) == (Format.MARKDOWN, IfExists.APPEND)


def test_an_empty_file_is_a_job_that_does_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "") == Job()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[fetch]\n# slow\ndelai = 2\n", 'job.toml, line 3, fetch.delai: unknown key; did you mean "delay"?'),
        ("[jobs]\n", 'job.toml, line 1, jobs: unknown key; did you mean "job"?'),
        ("[write]\nzzz = 1\n", "job.toml, line 2, write.zzz: unknown key; known here: format, if_exists"),
        ('[[source]]\nkind = "urls"\n[[source]]\nkind = "urls"\npat = "x"\n', "job.toml, line 5, source[1].pat: unknown key"),
        ('[[source]]\nkind = "url"\n', "job.toml, line 2, source[0].kind: no such kind of source; known kinds: urls, files"),
        ('[[source]]\npath = "x"\n', "job.toml, line 1, source[0].kind: no such kind of source"),
        ('[fetch]\ndelay = "two"\n', "job.toml, line 2, fetch.delay: Expected `float | null`, got `str`"),
        ("[fetch]\ndelay = -1\n", "job.toml, line 2, fetch.delay: Expected `float` >= 0"),
        ("[job]\nfail_under = 95\n", "job.toml, line 2, job.fail_under: Expected `float` <= 1"),
        ("[job]\noutput = 3\n", "job.toml, line 2, job.output: Expected a path"),
        (
            '[extract]\nbody_engine = "best"\n',
            "job.toml, line 2, extract.body_engine: Invalid enum value 'best'; known here: model, trafilatura",
        ),
        ('[write]\nrotate = "hour"\n', "job.toml, line 2, write.rotate: Invalid enum value 'hour'; known here: size, day"),
        ('[fetch]\nrobots = "no"\n', "job.toml, line 2, fetch.robots: Invalid enum value 'no'; known here: obey, ignore"),
        ('[[source]]\nkind = "urls"\nformat = "xlsx"\n', "line 3, source[0].format: Invalid enum value 'xlsx'; known here: txt, csv"),
        ('[[sources]]\nkind = "urls"\n', 'job.toml, line 1, sources: unknown key; did you mean "source"?'),
        ('[[job]]\noutput = "x"\n', "job.toml, line 1, job: Expected `object`"),
        ("[fetch]\ntimeout = inf\n", "job.toml, line 2, fetch.timeout: Expected `float` <= 1"),
        ("[fetch]\ndelay = 1e10\n", "job.toml, line 2, fetch.delay: Expected `float` <= 1"),
        ("[extract]\ntimeout = 1e10\n", "job.toml, line 2, extract.timeout: Expected `float` <= 1"),
        ("[job]\ngrace = inf\n", "job.toml, line 2, job.grace: Expected `float` <= 1"),
        ("[archive]\nkeep_days = inf\n", "job.toml, line 2, archive.keep_days: Expected `float` <= 1"),
        ('[job]\nname = "../news"\n', "job.toml, line 2, job.name: a slash or control character"),
        ('[job]\nname = "a\\nb"\n', "job.toml, line 2, job.name: a slash or control character"),
        ('[fetch]\nuser_agent = ""\n', "job.toml, line 2, fetch.user_agent: it is empty, or begins"),
        ('[fetch]\nuser_agent = " bot"\n', "job.toml, line 2, fetch.user_agent: it is empty, or begins"),
        ('[fetch]\ncontact = "${MAIL}"\n', "job.toml, line 2, fetch.contact: variables are read for secrets alone (fetch.headers"),
        ('[fetch]\narchive_url = "https://a.example/"\n', "job.toml, line 2, fetch.archive_url: no http or https address with {url} in it"),
        ('[fetch]\nbrowser_hosts = ["https://a.example/"]\n', "line 2, fetch.browser_hosts: 'https://a.example/' is no host"),
        ("source = 3\n", "job.toml, line 1, source: Expected `array`"),
        ("source = [3]\n", "source[0]: Expected `object`"),
        ('[[source]]\nkind = "files"\nfetched_at = 2022-02-11T08:30:00\n', "job.toml, line 3, source[0].fetched_at:"),
        ('[fetch]\ncontact = "a\\nb"\n', "job.toml, line 2, fetch.contact: it is sent as a header"),
        ('[report]\nping = "nope"\n', "job.toml, line 2, report.ping: no http or https address"),
        ('[filter]\nlanguage = ["english"]\n', "job.toml, line 2, filter.language: 'english' is no code of a language"),
        ("[filter]\nuntil = 2026-01-01\nsince = 2026-01-02\n", "job.toml, line 3, filter.since: 2026-01-02 is after 2026-01-01"),
    ],
)
def test_complaints_name_file_line_and_key(tmp_path: Path, text: str, words: str) -> None:
    assert words in complaint(tmp_path, text)


def test_codes_of_languages_and_days_that_are_one(tmp_path: Path) -> None:
    text = '[filter]\nlanguage = ["pt-BR", "zh-Hant", "fil", "EN"]\nsince = 2026-01-01\nuntil = 2026-01-01\n'
    assert read(tmp_path, text).filter.language == ("pt-BR", "zh-Hant", "fil", "EN")


def test_what_is_no_toml(tmp_path: Path) -> None:
    assert complaint(tmp_path, "[job]\noutput = \n").startswith(f"{tmp_path}/job.toml, line 2: no valid TOML: Invalid value")
    (tmp_path / "job.toml").write_bytes(b"[job]\nname = '\xff'\n")
    with pytest.raises(JobError, match="not UTF-8"):
        read_job_file(tmp_path / "job.toml")
    with pytest.raises(JobError, match="cannot read the job file: No such file"):
        read_job_file(tmp_path / "none.toml")


def test_a_mark_of_byte_order_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "job.toml").write_bytes(b"\xef\xbb\xbf[job]\n")
    assert read_job_file(tmp_path / "job.toml")[0] == {"job": {}}


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("fetch.delay=2", ("fetch.delay", 2)),
        ('job.name="a b"', ("job.name", "a b")),
        ("job.name = a b", ("job.name", "a b")),
        ("filter.include=['/a=b']", ("filter.include", ["/a=b"])),
        ("filter.since=2022-01-01", ("filter.since", date(2022, 1, 1))),
    ],
)
def test_settings_are_toml_or_text(text: str, setting: tuple[str, object]) -> None:
    assert parse_setting(text) == setting


@pytest.mark.parametrize("text", ["fetch.delay", "=2"])
def test_a_setting_needs_key_and_value(text: str) -> None:
    with pytest.raises(JobError, match=r"fetch\.delay=2"):
        parse_setting(text)


def test_settings_reach_every_place() -> None:
    raw: Raw = {"source": [{"kind": "urls"}]}
    apply_setting(raw, "fetch.delay", 2)
    apply_setting(raw, "source[0].path", "x")
    assert raw == {"source": [{"kind": "urls", "path": "x"}], "fetch": {"delay": 2}}


@pytest.mark.parametrize("key", ["source[1].path", "source.path", "fetch.delay.x", "", "fetch[0]"])
def test_a_setting_that_leads_nowhere(key: str) -> None:
    with pytest.raises(JobError):
        apply_setting({"source": [{}], "fetch": {"delay": 1}}, key, 2)


JOBS = sorted((ROOT / "data" / "jobs").glob("*.toml"))


def with_all_keys(path: Path, monkeypatch: pytest.MonkeyPatch) -> Job:
    """A job that comes along, with every key of which a comment tells in use."""
    for name in re.findall(r"\$\{(\w+)\}", path.read_text()):
        monkeypatch.setenv(name, "x")
    text = re.sub(r"^# (?=\w+ = |\[)", "", path.read_text(), flags=re.MULTILINE)
    return build_job(tomllib.loads(text), base=path.parent, where=JobText(str(path), text, {}))


@pytest.mark.parametrize("path", JOBS, ids=lambda path: path.name)
def test_the_jobs_that_come_along_are_valid(path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    raw, text = read_job_file(path)
    assert build_job(raw, base=path.parent, where=JobText(str(path), text, {})).source
    assert with_all_keys(path, monkeypatch).source
    assert run_command(["run", str(path), "--check"]) == 0
    assert "problem" not in capsys.readouterr().out


# Keys that are better left alone, or that go by themselves.
UNTOLD = {"job.run_id", "fetch.browser_path", "fetch.archive_url", "write.layout"}


def test_the_jobs_that_come_along_tell_of_every_key() -> None:
    told = "\n".join(path.read_text() for path in JOBS)
    known = {f"{table.name}.{key.name}" for table in fields(Job) if table.name != "source" for key in fields(table.type)}
    known |= {f"source.{key.name}" for kind in get_args(SourceSection) for key in fields(kind)}
    untold = {key for key in known if not re.search(rf"^(# )?\[?(\w+\.)?{key.partition('.')[2]}(\]| = )", told, re.MULTILINE)}
    assert untold == UNTOLD, "tell of a new key in data/jobs"
