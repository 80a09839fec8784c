"""Totals that reconcile, and the exit code that they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.errors import ExitCode
from scraper.records import Failure, FailureKind, Outcome, OutcomeKind
from scraper.summary import Summary

KNOWN = [kind for kind in OutcomeKind if kind is not OutcomeKind.PENDING]


def summary(targets: int, kinds: list[OutcomeKind]) -> Summary:
    made = Summary()
    for _ in range(targets):
        made.take()
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
