"""The tables of the state: the frontier's order, lines by id, positions, runs, and transactions that are whole."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from extractors.article import Evidence, Origin
from scraper.errors import StateError
from scraper.records import Failure, FailureKind, OutcomeKind, Target
from scraper.report.drift import RUNS_KEPT, Alarm, HostFigures
from scraper.state import State
from scraper.state.archived import ArchivedPayload
from scraper.state.documents import Document
from scraper.state.hosts import Host
from scraper.state.output import Committed
from scraper.state.takedowns import Takedown
from scraper.state.targets import Settlement

ID = "0" * 32


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    with closing(State(tmp_path / "state.sqlite")) as opened:
        yield opened


def add(state: State, url: str, due: float = 0.0) -> None:
    state.targets.add(Target(url=url), run=1, said=None, due=due)


def settle(state: State, url: str, kind: FailureKind | None = None, due: float | None = None) -> None:
    known = state.targets.find(url)
    assert known is not None
    failure = Failure(url=url, kind=kind, detail="") if kind else None
    outcome = OutcomeKind.FAILED if kind else OutcomeKind.WRITTEN
    state.targets.settle(known.number, Settlement(run=1, outcome=outcome, failure=failure, fetched=5.0, due=due))


def test_the_next_target_is_that_of_a_host_and_the_first_that_is_due(state: State) -> None:
    for url, due in (("https://b.example/1", 3.0), ("https://b.example/2", 1.0), ("https://b.example/3", 1.0), ("https://a.example/", 9.0)):
        add(state, url, due)
    waiting = state.targets.waiting(2)
    order = []
    for known in waiting:
        order.append(known.target.url[8:])
        if known.host == "b.example":
            settle(state, known.target.url)
    assert order == ["a.example/", "b.example/2", "b.example/3", "b.example/1"]
    assert list(state.targets.waiting(1)) == []  # they were named in that run
    assert state.targets.pending() == 1


def test_the_next_target_is_found_through_the_index(state: State, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "state.sqlite")) as file:
        for query in (
            "SELECT host FROM targets WHERE pending AND host > 'a' ORDER BY host LIMIT 1",
            "SELECT * FROM targets WHERE pending AND host = 'a' AND (due, number) > (1, 1) AND named_in < 9 ORDER BY due, number LIMIT 1",
        ):
            plan = " ".join(row[3] for row in file.execute(f"EXPLAIN QUERY PLAN {query}"))
            assert "USING" in plan
            assert "targets_pending" in plan
            assert "TEMP B-TREE" not in plan


def test_what_is_said_of_a_target_comes_back(state: State) -> None:
    said = Evidence(origin=Origin.SITEMAP, title="Ü", published="2026-03-05", authors=("A", "B"), tags=("t",))
    state.targets.add(Target(url="https://a.example/1", source="s", evidence=(said,), name="list line 3"), run=1, said=7.5, due=1.0)
    known = state.targets.find("https://a.example/1?utm_source=x")
    assert known is not None
    assert known.target == Target(url="https://a.example/1", source="s", evidence=(said,), name="list line 3")
    assert (known.said, known.pending, known.outcome, known.host) == (7.5, True, None, "a.example")


def test_failures_wait_again_when_they_are_due_or_asked_for(state: State) -> None:
    for number, kind in enumerate((FailureKind.TIMEOUT, FailureKind.DNS, None)):
        add(state, f"https://a.example/{number}")
        settle(state, f"https://a.example/{number}", kind, due=10.0 * (number + 1))
    assert state.targets.queue_due_failures(15.0) == 1
    assert state.targets.queue_failed(FailureKind.TIMEOUT, 16.0) == 0  # it waits already
    assert state.targets.queue_failed(None, 16.0) == 1
    known = state.targets.find("https://a.example/0")
    assert known is not None
    assert (known.failures, known.failure, known.fetched) == (1, FailureKind.TIMEOUT, 5.0)
    settle(state, "https://a.example/0", FailureKind.TIMEOUT)
    settle(state, "https://a.example/1")
    assert [state.targets.find(f"https://a.example/{number}").failures for number in (0, 1)] == [2, 0]  # type: ignore[union-attr]


def test_lines_by_id(state: State) -> None:
    for content, payload in (("a", "1"), ("b", "2"), ("a", "3")):
        state.documents.add(Document(id=ID, content_hash=content, payload_sha256=payload, run=4))
    assert state.documents.latest(ID) == Document(id=ID, content_hash="a", payload_sha256="3", run=4)
    assert state.documents.with_payload(ID, "2") == Document(id=ID, content_hash="b", payload_sha256="2", run=4)
    assert state.documents.with_payload(ID, "1") is None
    state.documents.forget(ID)
    assert state.documents.latest(ID) is None


def test_positions_move_with_the_folder(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    state = State(tmp_path / "a" / "s")
    state.output.commit("records", Committed(tmp_path / "a" / "out.jsonl", "17"))
    state.output.commit("failures", Committed(Path("/elsewhere/f.jsonl"), "3"))
    state.close()
    (tmp_path / "a").rename(tmp_path / "b")
    state = State(tmp_path / "b" / "s")
    assert state.output.committed("records") == Committed(tmp_path / "b" / "out.jsonl", "17")
    assert state.output.committed("failures") == Committed(Path("/elsewhere/f.jsonl"), "3")
    state.forget_dataset()
    assert state.output.committed("records") is None
    state.close()


def test_a_transaction_is_whole(state: State) -> None:
    add(state, "https://a.example/0")

    def half() -> None:
        with state.transaction():
            state.output.commit("records", Committed(Path("/x"), "1"))
            add(state, "https://a.example/0")

    with pytest.raises(StateError, match="UNIQUE"):
        half()
    assert state.output.committed("records") is None
    add(state, "https://a.example/1")
    assert state.targets.pending() == 2


def test_runs_and_what_they_found(state: State) -> None:
    first, second = state.runs.begin("one", 1.0), state.runs.begin(None, 2.0)
    state.runs.note(second, {"written": 3}, 4.0)
    state.runs.end(first, 3.0, exit_code=1, ended_by="deadline", complete=False)
    newest, oldest = state.runs.last(5)
    assert (newest.number, newest.totals, newest.seen, newest.ended) == (second, {"written": 3}, 4.0, None)
    assert (oldest.run_id, oldest.exit_code, oldest.ended_by, oldest.totals) == ("one", 1, "deadline", {})


def test_what_runs_found_at_hosts(state: State) -> None:
    first, second = state.runs.begin("one", 1.0), state.runs.begin("two", 2.0)
    one = HostFigures(tried=2, articles=1, filled={"title": 1}, lengths={30: 1})
    state.runs.add_findings(first, {"a.example": one, "b.example": one})
    state.runs.add_findings(second, {"a.example": one})
    state.runs.add_findings(second, {"a.example": one, "c.example": one})
    twice = HostFigures(tried=4, articles=2, filled={"title": 2}, lengths={30: 2})
    assert list(state.runs.histories(second)) == [("a.example", [twice, one]), ("c.example", [one])]
    assert list(state.runs.histories(first)) == [("a.example", [one]), ("b.example", [one])]
    state.runs.mark(second, [Alarm("a.example", "title", 1.0, 0.0, 0.0, (30, 30))])
    (host, history), _ = state.runs.histories(second)
    assert (host, [figures.alarms for figures in history]) == ("a.example", [("title",), ()])
    assert state.runs.accept("a.example")
    assert not state.runs.accept("z.example")
    (host, history), _ = state.runs.histories(second)
    assert (host, [figures.alarms for figures in history]) == ("a.example", [()])


def test_the_oldest_findings_go(state: State) -> None:
    for run in range(1, RUNS_KEPT + 10):
        state.runs.add_findings(run, {"a.example": HostFigures(tried=run)})
    ((_, history),) = state.runs.histories(RUNS_KEPT + 9)
    assert [figures.tried for figures in history] == list(range(RUNS_KEPT + 9, 9, -1))


def test_hosts_payloads_and_takedowns(state: State) -> None:
    state.hosts.keep([Host(host="a.example", parked_until=9.0, reason="429"), Host(host="b.example", delay=2.0)])
    assert state.hosts.get("a.example") == Host(host="a.example", parked_until=9.0, reason="429")
    payload = ArchivedPayload(payload_sha256="f", url="https://a.example/", record_id="urn:1", file="a.warc.gz", date="2026-01-01")
    state.archived.keep(payload)
    assert state.archived.find("f") == state.archived.newest("https://a.example/") == payload
    state.archived.forget_file("a.warc.gz")
    assert state.archived.find("f") is None
    state.takedowns.add(Takedown(what="a.example", moment=1.0, reason=None, removed={"records": 2}))
    assert [one.removed for one in state.takedowns.all()] == [{"records": 2}]
