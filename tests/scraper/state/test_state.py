"""The state file: what is kept comes back, versions move on, and a file that cannot be used is told as such."""

import contextlib
import random
import sqlite3
import threading
from pathlib import Path

import pytest

from scraper.errors import ExitCode, StateError
from scraper.records import FailureKind, Page, RobotsState, StoredRobots, Validators
from scraper.state import State

PAGE = "https://example.org/a"


def test_what_is_kept_comes_back_in_the_next_run(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "state.sqlite"
    read = StoredRobots(state=RobotsState.READ, expires=5e9, text="User-agent: *\nDisallow: /é")
    away = StoredRobots(state=RobotsState.UNREACHABLE, expires=1.5, reason="no", kind=FailureKind.TLS, retry_after=60.0)
    state = State(path)
    state.robots.put("https://example.org", read)
    state.robots.put("https://example.net", away)
    state.pages.keep_validators(PAGE, Validators('W/"1"', None))
    state.close()
    again = State(path)
    assert again.robots.get("https://example.org") == read
    assert again.robots.get("https://example.net") == away
    assert again.robots.get("https://example.com") is None
    assert again.pages.validators(PAGE) == Validators('W/"1"', None)
    again.pages.keep_validators(PAGE, Validators(None, None))
    assert again.pages.validators(PAGE) is None
    again.pages.keep_validators(PAGE, Validators(None, "Thu, 05 Mar 2026 07:30:00 GMT"))
    again.pages.forget_validators()
    assert again.pages.validators(PAGE) is None
    again.close()


def test_the_file_is_a_write_ahead_log_with_a_version(tmp_path: Path) -> None:
    State(tmp_path / "s").close()
    with sqlite3.connect(tmp_path / "s") as file:
        assert file.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert file.execute("PRAGMA user_version").fetchone() == (4,)
        file.execute("PRAGMA user_version = 99")
    file.close()
    with pytest.raises(StateError, match="newer version"):
        State(tmp_path / "s")


def test_a_file_of_the_first_version_is_brought_to_the_present_one(tmp_path: Path) -> None:
    State(tmp_path / "s").close()
    with sqlite3.connect(tmp_path / "s") as file:
        file.execute("INSERT INTO validators VALUES ('https://example.org/a', '1', NULL)")
        for table in ("listings", "targets", "documents", "output", "runs", "findings", "hosts", "archived", "takedowns"):
            file.execute(f"DROP TABLE {table}")
        file.execute("PRAGMA user_version = 1")
    file.close()
    state = State(tmp_path / "s")
    assert state.pages.validators(PAGE) == Validators("1", None)
    assert state.pages.listing(PAGE) is None
    assert state.targets.pending() == 0
    state.close()


def test_listings_are_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    state = State(tmp_path / "s")
    state.pages.keep_listing(Page(data=b"<rss>" * 1000, url=PAGE, headers={"etag": "1"}, content_type="text/xml"))
    assert state.pages.listing_validators(PAGE) == Validators("1", None)
    assert state.pages.listing(PAGE) == ("text/xml", b"<rss>" * 1000)
    for page in (Page(data=random.randbytes(9 * 2**20), url=PAGE, headers={"etag": "2"}), Page(data=b"<rss>", url=PAGE)):
        state.pages.keep_listing(page)
        assert state.pages.listing(PAGE) is state.pages.listing_validators(PAGE) is None
    state.close()


def test_threads_share_it(tmp_path: Path) -> None:
    state = State(tmp_path / "s")

    def keep(first: int) -> None:
        for number in range(first, first + 50):
            state.pages.keep_validators(f"{PAGE}/{number}", Validators(str(number), None))

    threads = [threading.Thread(target=keep, args=(first,)) for first in range(0, 400, 50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(state.pages.validators(f"{PAGE}/{number}") == Validators(str(number), None) for number in range(400))
    state.close()


def test_a_file_that_is_no_state(tmp_path: Path) -> None:
    path = tmp_path / "s"
    path.write_text("this is no database, and long enough to be looked at as one " * 20)
    with pytest.raises(StateError, match="move it away") as caught:
        State(path)
    assert str(path) in str(caught.value)
    assert caught.value.exit_code == ExitCode.STORAGE
    assert path.read_text().startswith("this is no database")


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    with contextlib.closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE places (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(StateError, match="database of another program; name another state file"):
        State(path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file" / "s", tmp_path):
        with pytest.raises(StateError, match="cannot be used"):
            State(path)
