"""A folder of parts: readers see whole parts only, whenever a run is killed, and each line once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from scraper.errors import OutputError, OutputExists
from scraper.job.outputs import Compression, Position, Revisions, Rotate
from scraper.records import Format, IfExists
from scraper.writers.parts import Clock, PartsSink, Rotation
from tests.scraper.writers.places import commit, line, numbers

KINDS = [None, Compression.GZIP, Compression.ZSTD]


@dataclass
class Time:
    """A clock to be moved by hand."""

    now: datetime = datetime(2026, 3, 5, 23, 59, tzinfo=UTC)
    seconds: float = 0.0

    def clock(self) -> Clock:
        return Clock(lambda: self.now, lambda: self.seconds)


def opened(folder: Path, **settings: Any) -> PartsSink:
    return PartsSink(**{"folder": folder, "if_exists": IfExists.APPEND, **settings})


def visible(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def seen(folder: Path) -> list[int]:
    return numbers(*sorted(folder.iterdir()))


def hidden(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.parent.iterdir() if path != folder)


def test_a_part_is_visible_when_it_is_full(tmp_path: Path) -> None:
    sink = opened(tmp_path / "out", rotation=Rotation(size=2 * len(line(1))), clock=Time().clock())
    assert sink.restore(None) == Position(part=1)
    for number in range(5):
        sink.put(line(number))
        commit(sink, sink.sync)
    assert visible(tmp_path / "out") == ["part-000001-20260305.jsonl", "part-000002-20260305.jsonl"]
    assert seen(tmp_path / "out") == [0, 1, 2, 3]
    assert hidden(tmp_path / "out") == [".out.part-000003-20260305-jsonl.growing"]
    commit(sink, sink.finish)
    sink.close()
    assert seen(tmp_path / "out") == [0, 1, 2, 3, 4]
    assert hidden(tmp_path / "out") == []


@pytest.mark.parametrize(
    ("by", "parts"),
    [(Rotate.DAY, ["part-000001-20260305.jsonl", "part-000002-20260306.jsonl"]), (Rotate.SIZE, ["part-000001-20260305.jsonl"])],
)
def test_days_part_and_a_clock_that_is_set_back_does_not(tmp_path: Path, by: Rotate, parts: list[str]) -> None:
    time = Time()
    sink = opened(tmp_path / "out", rotation=Rotation(by=by), clock=time.clock())
    sink.restore(None)
    for hours in (0, -48, 1, -48, 1, 1):
        time.now = Time.now + timedelta(hours=hours)
        commit(sink, sink.sync)
        sink.put(line(hours))
    commit(sink, sink.finish)
    assert visible(tmp_path / "out") == parts


def test_a_part_is_visible_after_a_while(tmp_path: Path) -> None:
    time = Time()
    sink = opened(tmp_path / "out", rotation=Rotation(interval=60), clock=time.clock())
    sink.restore(None)
    sink.put(line(1))
    time.seconds = 59.0
    commit(sink, sink.sync)
    assert seen(tmp_path / "out") == []
    time.seconds = 60.0
    commit(sink, sink.sync)
    assert seen(tmp_path / "out") == [1]


def steps(sink: PartsSink, kept: list[Position]) -> Iterator[str]:
    """Three batches of two lines and the end; a kill may come after any step. `kept` is what the state knows."""
    kept.append(sink.restore(kept[-1] if kept else None))
    yield "restored"
    for number in range(6):
        sink.put(line(number))
        yield "put"
        if number % 2:
            position = sink.finish() if number == 5 else sink.sync()
            yield "synced"
            kept.append(position)
            yield "committed"
            sink.settle(position)
            yield "settled"
    sink.close()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("interval", [60, 0])
@pytest.mark.parametrize("torn", [b"", b'{"id": "torn'])
def test_a_kill_after_any_step_loses_and_doubles_nothing(tmp_path: Path, kind: Compression | None, interval: float, torn: bytes) -> None:
    for kill in range(17):
        folder = tmp_path / str(kill) / "out"
        kept: list[Position] = []
        for number, _step in enumerate(steps(opened(folder, compression=kind, rotation=Rotation(interval=interval)), kept)):
            if number == kill:
                break
        for path in folder.parent.glob("*.growing"):
            path.write_bytes(path.read_bytes() + torn)
        seen(folder)  # whatever is visible is whole
        sink = opened(folder, compression=kind, rotation=Rotation(interval=interval))
        position = sink.restore(kept[-1] if kept else Position())
        assert position == sink.sync() or interval == 0
        sink.settle(sink.finish())
        committed = 2 * sum(one.length > 0 for one in {(p.part, p.length): p for p in kept}.values())
        assert seen(folder) == list(range(committed)), (kill, kept)
        assert hidden(folder) == []
        sink.close()


def test_a_new_run_over_uncommitted_leftovers_starts_clean(tmp_path: Path) -> None:
    sink = opened(tmp_path / "out")
    sink.restore(Position())
    sink.put(line(1))
    sink.close()
    sink = opened(tmp_path / "out")
    assert sink.restore(Position()) == Position(part=1)
    assert hidden(tmp_path / "out") == []


def test_half_a_line_of_another_program_is_cut(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    sink = opened(tmp_path / "out")
    sink.restore(None)
    sink.put(line(1))
    position = commit(sink, sink.finish)
    part = next((tmp_path / "out").iterdir())
    part.write_bytes(part.read_bytes() + b'{"id": "' + b"x" * 200_000)
    opened(tmp_path / "out").restore(position)
    assert seen(tmp_path / "out") == [1]
    assert "its last line was torn: 200008 bytes are cut" in caplog.text


def test_unknown_parts_are_added_to(tmp_path: Path) -> None:
    sink = opened(tmp_path / "out")
    sink.restore(None)
    sink.put(line(1))
    commit(sink, sink.sync)
    sink.put(line(2)[:-5])
    sink.close()
    sink = opened(tmp_path / "out")
    assert sink.restore(None) == Position(part=2)
    sink.put(line(3))
    commit(sink, sink.finish)
    assert seen(tmp_path / "out") == [1, 3]


@pytest.mark.parametrize(
    ("position", "words"),
    [
        (Position(length=10, part=2), "part 2 is missing"),
        (Position(length=10, part=2, ready=True), "part 2 is missing"),
        (Position(), "part 2 is there, and the state knows of 1 only"),
    ],
)
def test_parts_that_the_state_does_not_know_or_that_are_gone(tmp_path: Path, position: Position, words: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / f"part-00000{1 if position.part else 2}-20260305.jsonl").write_bytes(line(1))
    with pytest.raises(OutputError, match=words):
        opened(tmp_path / "out").restore(position)
    assert len(visible(tmp_path / "out")) == 1


def test_a_folder_holds_one_format(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "part-000001-20260305.md").write_bytes(b"# x\n")
    with pytest.raises(OutputError, match=r"another format \(md\) than the job asks for \(jsonl\)"):
        opened(tmp_path / "out").restore(None)


def test_what_is_there_is_refused_or_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    opened(folder, if_exists=IfExists.REFUSE).restore(None)
    (folder / "part-000001-20260305.jsonl").write_bytes(line(1))
    (folder / "notes.txt").write_bytes(b"mine")
    (tmp_path / ".out.part-000002-20260305-jsonl.growing").write_bytes(line(2))
    with pytest.raises(OutputExists, match="--append"):
        opened(folder, if_exists=IfExists.REFUSE)
    assert opened(folder, if_exists=IfExists.OVERWRITE).restore(None) == Position(part=1)
    assert (visible(folder), hidden(folder)) == (["notes.txt"], [])


@pytest.mark.parametrize("kind", KINDS)
def test_the_latest_revision_alone(tmp_path: Path, kind: Compression | None) -> None:
    folder = tmp_path / "out"
    sink = opened(folder, compression=kind, revisions=Revisions.LATEST, rotation=Rotation(interval=0))
    sink.restore(None)
    for batch in ((1, 2), (3,), (4, 2, 4), (3, 5)):
        for number in batch:
            sink.put(line(number))
        position = sink.finish() if 5 in batch else sink.sync()
        sink.settle(position)
    sink.close()
    assert seen(folder) == [1, 2, 4, 3, 5]
    assert [name[:11] for name in visible(folder)] == ["part-000001", "part-000003", "part-000004"]
    sink = opened(folder, compression=kind, revisions=Revisions.LATEST)
    assert sink.restore(position) == Position(part=5)
    before = [path.stat().st_ino for path in folder.iterdir()]
    commit(sink, sink.finish)
    assert [path.stat().st_ino for path in folder.iterdir()] == before


@pytest.mark.parametrize("settled", [True, False])
def test_a_kill_behind_a_full_part_leaves_revisions_to_the_next_clean_end(tmp_path: Path, settled: bool) -> None:
    folder = tmp_path / "out"
    settings = {"revisions": Revisions.LATEST, "rotation": Rotation(interval=0)}
    sink = opened(folder, **settings)
    sink.restore(None)
    for last in (False, True):
        sink.put(line(1))
        position = sink.sync()
        if settled or not last:
            sink.settle(position)
    sink.close()
    for end in range(2):
        sink = opened(folder, **settings)
        sink.restore(position)
        position = commit(sink, sink.finish)
        sink.close()
        assert (end, seen(folder), hidden(folder)) == (end, [1], [])


def test_a_disk_of_its_own_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not Path("/dev/shm").is_mount():
        pytest.skip("no mount to try")
    with pytest.raises(OutputError, match="another disk than the one that it lies in"):
        opened(Path("/dev/shm"))


def test_another_format_is_written_the_same_way(tmp_path: Path) -> None:
    sink = opened(tmp_path / "out", form=Format.MARKDOWN)
    sink.restore(None)
    sink.put(b"# Title\n")
    commit(sink, sink.finish)
    assert [path.suffix for path in (tmp_path / "out").iterdir()] == [".md"]
