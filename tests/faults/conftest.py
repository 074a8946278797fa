"""One reference platform for a module of fault tests; every test has its own terminal in front of it."""

from collections.abc import Iterator

import pytest

from .hall import Hall, PlatformProcess
from .proxy import Proxy


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """A platform that stays up."""
    process = PlatformProcess(tmp_path_factory.mktemp("platform"))
    try:
        yield process.start()
    finally:
        process.stop()


@pytest.fixture(scope="module")
def hurried_hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """A platform whose departments hurry; times on the wire stay true."""
    process = PlatformProcess(tmp_path_factory.mktemp("platform"), "scaled")
    try:
        made = process.start()
        made.control("PUT", "/clock", {"mode": "scaled", "factor": 2000})
        yield made
    finally:
        process.stop()


@pytest.fixture
def proxy(hall: Hall) -> Iterator[Proxy]:
    """A line to it that can misbehave."""
    line = Proxy(hall.url)
    try:
        yield line
    finally:
        line.close()
