"""Totals that reconcile, and the exit code that they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.errors import ExitCode
from scraper.records import Failure, FailureKind, Outcome, OutcomeKind
from scraper.report.summary import Summary

KNOWN = [kind for kind in OutcomeKind if kind is not OutcomeKind.PENDING]


def summary(targets: int, kinds: list[OutcomeKind]) -> Summary:
    made = Summary()
    for _ in range(targets):
        made.take(None)
    for kind in kinds:
        failure = Failure(url=None, kind=FailureKind.TIMEOUT, detail="") if kind is OutcomeKind.FAILED else None
        made.count(Outcome(kind=kind, url=None, failure=failure, reason="excluded"))
    return made


@given(st.lists(st.sampled_from(KNOWN)), st.integers(0, 5))
def test_totals_always_add_up(kinds: list[OutcomeKind], pending: int) -> None:
    made = summary(len(kinds) + pending, kinds)
    assert made.targets == sum(made.total(kind) for kind in OutcomeKind)
    numbers = [int(word) for word in made.lines()[0].split() if word.isdigit()]
    assert numbers[0] == sum(numbers[1:])


HOSTS = st.sampled_from([None, *(f"https://h{number}.example/" for number in range(30))])


@given(st.lists(st.tuples(HOSTS, st.sampled_from([*KNOWN, None]))))
def test_hosts_add_up_to_the_totals(targets: list[tuple[str | None, OutcomeKind | None]]) -> None:
    made = Summary()
    for url, kind in targets:
        made.take(url)
        if kind:
            made.count(Outcome(kind=kind, url="https://elsewhere.example/after/redirects" if url else None, asked=url))
    figures = made.figures()
    hosts = [*figures["hosts"], *filter(None, [figures["other_hosts"]])]
    assert len(hosts) <= 21
    for key in ("targets", *OutcomeKind):
        assert figures[key] == sum(host[key] for host in hosts)
    for host in hosts:
        assert host["targets"] == sum(host[kind] for kind in OutcomeKind)


def test_the_largest_hosts_are_told_one_by_one() -> None:
    made = Summary()
    for number in range(30):
        for _ in range(1 + number):
            made.take(f"https://h{number}.example/a")
    figures = made.figures()
    assert [host["host"] for host in figures["hosts"][:2]] == ["h29.example", "h28.example"]
    assert figures["other_hosts"]["targets"] == sum(range(1, 11))


def test_hosts_without_end_take_no_memory_without_end() -> None:
    made = Summary()
    for number in range(6000):
        made.take(f"https://h{number}.example/a")
    assert len(made._hosts) == 5000
    assert made.figures()["other_hosts"]["pending"] == 6000 - 20


W, U, D, F, S = KNOWN


@pytest.mark.parametrize(
    ("kinds", "pending", "fail_under", "code"),
    [
        ([], 0, None, ExitCode.OK),
        ([W, U, D, S], 0, None, ExitCode.OK),
        ([W, F], 0, None, ExitCode.SOME_FAILED),
        ([U, F], 0, None, ExitCode.SOME_FAILED),
        ([W], 1, None, ExitCode.SOME_FAILED),
        ([F], 1, None, ExitCode.SOME_FAILED),
        ([F, F], 0, None, ExitCode.NOTHING_USABLE),
        ([F, D, S], 0, None, ExitCode.NOTHING_USABLE),
        ([W, W, W, F], 0, 0.75, ExitCode.OK),
        ([W, W, W, F, S, D], 0, 0.75, ExitCode.OK),
        ([W, W, F], 0, 0.75, ExitCode.SOME_FAILED),
        ([W, W, W], 2, 0.75, ExitCode.SOME_FAILED),
        ([F], 0, 0.5, ExitCode.NOTHING_USABLE),
    ],
)
def test_exit_codes(kinds: list[OutcomeKind], pending: int, fail_under: float | None, code: ExitCode) -> None:
    assert summary(len(kinds) + pending, kinds).exit_code(fail_under) is code


def test_closing_lines_say_what_failed_and_what_was_left_out() -> None:
    assert summary(4, [W, F, F, S]).lines() == [
        "4 targets = 1 written + 0 unchanged + 0 duplicates + 2 failures + 1 skipped + 0 pending",
        "failures: timeout 2",
        "skipped: excluded 1",
    ]


def test_what_the_sources_have_still_to_name_is_pending() -> None:
    made = Summary()
    made.unread = True
    assert made.exit_code(None) is made.exit_code(0.9) is ExitCode.SOME_FAILED
    assert made.lines()[1] == "the sources were not read to their end"
    made.unread = False
    assert made.exit_code(None) is ExitCode.OK
