"""Fixtures that several test folders share."""

import os
from collections.abc import Iterator

import pytest

from tests.faults import ROUTES
from tests.server import Server


@pytest.fixture
def server() -> Iterator[Server]:
    """A misbehaving server on the loopback interface, with all behaviours of tests/faults.py."""
    with Server(routes=dict(ROUTES)) as running:
        yield running


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that are marked slow run where CI=true, and where they are asked for with -m."""
    if os.environ.get("CI") == "true" or config.getoption("markexpr"):
        return
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="slow: runs with CI=true, or with -m slow"))
