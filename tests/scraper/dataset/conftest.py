"""The command line in this process, without its signal handlers."""

from collections.abc import Callable

import pytest

from scraper.__main__ import run_command

__all__ = ["Scraper"]

Scraper = Callable[..., int]


@pytest.fixture
def scraper(monkeypatch: pytest.MonkeyPatch) -> Scraper:
    """Runs a command line and gives its exit code."""
    monkeypatch.setattr("scraper.process.interrupts.handle_signals", lambda: None)
    return lambda *arguments: run_command([str(argument) for argument in arguments])
