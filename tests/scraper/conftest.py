"""What tests of the program must put back: logging belongs to the process."""

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    """Handlers and levels of the root and of the program are the same after the test as before it."""
    root, own = logging.getLogger(), logging.getLogger("scraper")
    handlers, levels = root.handlers[:], (root.level, own.level)
    yield
    root.handlers[:] = handlers
    root.setLevel(levels[0])
    own.setLevel(levels[1])
