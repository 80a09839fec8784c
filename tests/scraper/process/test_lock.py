"""The lock on an output: held by one, named to the others, gone with its holder."""

import contextlib
import errno
import fcntl
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from scraper.errors import ExitCode, Locked, OutputError
from scraper.process.lock import Holder, held, holder, lock_path

HOLD = """
import sys, time
from pathlib import Path
from scraper.process.lock import held
with held(Path(sys.argv[1]), run_id="first"):
    print("held", flush=True)
    time.sleep(60)
"""


def holding(output: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(output)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_run_is_told_who_holds_it_and_a_kill_lets_go(tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    with holding(output) as process:
        with pytest.raises(Locked) as caught, held(output):
            pass
        assert caught.value.exit_code is ExitCode.LOCKED
        assert f"process {process.pid} on {os.uname().nodename} since 20" in str(caught.value)
        assert str(output) in str(caught.value)
        who = holder(output)
        assert who is not None
        assert (who.pid, who.run_id) == (process.pid, "first")
        process.send_signal(signal.SIGKILL)
    assert holder(output) is None  # though its name still stands in the file
    with held(output):
        pass
    assert not list(tmp_path.iterdir())


def test_of_many_that_come_and_go_one_at_a_time_is_inside(tmp_path: Path) -> None:
    output, inside, most = tmp_path / "out.jsonl", [], []

    def come_and_go() -> None:
        for _ in range(100):
            with contextlib.suppress(Locked), held(output):
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=come_and_go) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(most) > 100
    assert max(most) == 1


def test_a_link_and_a_folder_are_the_same_output(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "link").symlink_to("parts")
    with held(tmp_path / "parts"), pytest.raises(Locked), held(tmp_path / "link"):
        pass
    assert not list((tmp_path / "parts").iterdir())


def test_a_look_at_the_lock_turns_no_run_away(tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    descriptor = os.open(lock_path(output), os.O_RDWR | os.O_CREAT)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    threading.Timer(0.1, os.close, [descriptor]).start()
    with held(output):
        assert holder(output) is not None


def test_a_lock_that_was_removed_meanwhile_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "out.jsonl"
    flock, removed = fcntl.flock, []

    def remove_once(descriptor: int, operation: int) -> None:
        flock(descriptor, operation)
        if not removed:
            lock_path(output).unlink()
            removed.append(True)

    monkeypatch.setattr("scraper.process.lock.fcntl.flock", remove_once)
    with held(output):
        assert lock_path(output).stat().st_size  # the file that others will find is the one that is held


def test_what_is_no_file_is_not_locked(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with held(pipe), held(Path("-")), held(Path("/dev/null")):
        assert list(tmp_path.iterdir()) == [pipe]


def test_a_place_without_room_for_a_lock_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=r"file.*cannot lock the output: .*make .* writable"), held(tmp_path / "file" / "out.jsonl"):
        pass


def test_a_filesystem_without_locks_is_warned_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def refuse(_descriptor: int, _operation: int) -> None:
        raise OSError(errno.ENOSYS, "Function not implemented")

    monkeypatch.setattr("scraper.process.lock.fcntl.flock", refuse)
    with held(tmp_path / "out.jsonl"):
        assert "its filesystem has no locks" in caplog.text
        assert holder(tmp_path / "out.jsonl") is None


def test_a_holder_that_has_not_signed_yet_is_another_process() -> None:
    assert str(Holder()) == "another process"
