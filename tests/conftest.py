"""Fixtures that several test folders share."""

from collections.abc import Iterator

import pytest

from tests.faults import ROUTES
from tests.server import Server


@pytest.fixture
def server() -> Iterator[Server]:
    """A misbehaving server on the loopback interface, with all behaviours of tests/faults.py."""
    with Server(routes=dict(ROUTES)) as running:
        yield running
